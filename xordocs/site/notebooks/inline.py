"""Inline expressions: Python in a notebook's prose, of which the page shows the value.

`` `{python} losses[-1]` `` in a Markdown cell is evaluated after the code cells above it. Code
spans with more than one backtick, fenced code and comments show it as it stands.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from xordocs.site.errors import PageError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from xordocs.site.notebooks.source import Source

__all__ = [
    "RESULTS",
    "Expression",
    "check_expressions",
    "evaluation",
    "expressions",
    "insert_results",
    "place_of",
    "refuse_expressions",
    "result_of",
    "sections",
]

RESULTS = "xordocs_inline"
"""Where the metadata of an executed notebook hold what its expressions came to, in their order."""

_BLOCK = r"\n[ \t>]*(?:\n|\#|\||[-*+][ \t]|\d+[.)][ \t])"
"""Where a paragraph ends, and with it every code span."""
_TOKEN = re.compile(
    rf"""
    \\[\\`]
    | ^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?P<fence>`{{3,}}(?=[^`\n]*$)|~{{3,}})
      .*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
    | <!--.*?-->
    | (?<!`)(?P<ticks>`+)(?!`)(?P<span>(?:(?!{_BLOCK}).)+?)(?<!`)(?P=ticks)(?!`)
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_EXPRESSION = re.compile(r"\{python\}\s+(\S.*)", re.DOTALL)
_TABLE_RULE = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$", re.MULTILINE)


class Expression(NamedTuple):
    """An expression in a cell's prose.

    Attributes:
        code: The expression, on one line.
        start: Where its code span begins in the cell's text.
        end: Where it ends.
        line: Its line within the cell, counted from 1.
    """

    code: str
    start: int
    end: int
    line: int


def expressions(prose: str) -> list[Expression]:
    """Find the expressions in a text in Markdown, in order."""
    found = []
    for token in _TOKEN.finditer(prose):
        inner = _EXPRESSION.fullmatch(token["span"] or "") if token["ticks"] == "`" else None
        if inner is not None:
            code = re.sub(r"\s*\n[ \t>]*", " ", inner[1]).strip()
            line = prose.count("\n", 0, token.start()) + 1
            found.append(Expression(code, token.start(), token.end(), line))
    return found


def sections(notebook: "NotebookNode") -> list[list[str]]:
    """List the expressions before the first code cell, after it, and after each of the others."""
    parts: list[list[str]] = [[]]
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            parts.append([])
        elif cell.cell_type == "markdown":
            parts[-1].extend(one.code for one in expressions(cell.source))
    return parts


def check_expressions(source: "Source") -> None:
    """Check that a page's expressions are such, in the language that can be evaluated.

    Raises:
        PageError: One is no expression, or the page's code is in another language.
    """
    for position, one in _located(source):
        line = source.line(position, one.line)
        if source.language != "python":
            raise PageError(
                f"has the inline expression `{one.code}`{place_of(source, position)} in Python, "
                f"but its code is in {source.language}",
                line,
            )
        try:
            ast.parse(f"({one.code}\n)", mode="eval")
        except (SyntaxError, ValueError) as error:
            reason = error.msg if isinstance(error, SyntaxError) else error
            place = place_of(source, position)
            wrong = f"has the inline expression `{one.code}`{place}: {reason}"
            raise PageError(wrong, line) from error


def refuse_expressions(source: "Source") -> None:
    """Refuse a page with expressions that is not executed.

    Raises:
        PageError: It has one.
    """
    for position, one in _located(source):
        raise PageError(
            f"has the inline expression `{one.code}`{place_of(source, position)}, but is not "
            "executed",
            source.line(position, one.line),
        )


def place_of(source: "Source", position: int) -> str:
    """Name the cell of an expression where editors show cells; nothing where they show lines.

    Args:
        source: The page.
        position: The cell's index in the notebook.
    """
    if source.unit == "line":
        return ""
    cells = source.notebook.cells[: position + 1]
    return f" in Markdown cell {sum(cell.cell_type == 'markdown' for cell in cells)}"


def evaluation(code: str) -> str:
    """Return the expression whose value is the text that a page shows of another one's value.

    That is its Markdown if it has some, and otherwise what ``str`` makes of it.
    """
    return (
        "(lambda python, value: (lambda shown: shown if python.isinstance(shown, python.str) "
        "else python.str(value))((lambda given: given[0] if python.isinstance(given, python.tuple) "
        "else given)(value._repr_markdown_() "
        "if python.hasattr(python.type(value), '_repr_markdown_') else None)))"
        f"(__import__('builtins'), ({code}\n))"
    )


def result_of(plain: str) -> str:
    """Return the text that an `evaluation` came to, from how Python writes it."""
    return str(ast.literal_eval(plain)).encode(errors="backslashreplace").decode()


def insert_results(notebook: "NotebookNode", results: Sequence[str]) -> None:
    """Put what a notebook's expressions came to in their places, in order."""
    waiting = iter(results)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := expressions(cell.source)):
            cell.source = _inserted(cell.source, found, [next(waiting) for _ in found])


def _inserted(prose: str, found: Sequence[Expression], results: Sequence[str]) -> str:
    tables = list(_table_spans(prose))
    pieces, at = [], 0
    for one, result in zip(found, results, strict=True):
        line_start = prose.rfind("\n", 0, one.start) + 1
        line = prose[line_start : one.start]
        in_table = any(start <= one.start < end for start, end in tables)
        if in_table:
            result = re.sub(r"(?<!\\)\|", r"\\|", result)
        if in_table or line.lstrip(" >").startswith("#"):
            result = " ".join(result.split("\n"))
        margin = re.match(r"[ \t>]*", line)
        pieces += [
            prose[at : one.start],
            result.replace("\n", "\n" + margin[0] if margin else "\n"),
        ]
        at = one.end
    return "".join([*pieces, prose[at:]])


def _table_spans(prose: str) -> Iterator[tuple[int, int]]:
    """Yield where each table of a text begins and ends: the lines around its rule."""
    for rule in _TABLE_RULE.finditer(prose):
        start = prose.rfind("\n", 0, max(0, rule.start() - 1)) + 1
        blank = re.compile(r"\n[ \t>]*(?:\n|$)").search(prose, rule.end())
        yield start, blank.start() if blank else len(prose)


def _located(source: "Source") -> Iterator[tuple[int, Expression]]:
    for position, cell in enumerate(source.notebook.cells):
        if cell.cell_type == "markdown":
            for one in expressions(cell.source):
                yield position, one
