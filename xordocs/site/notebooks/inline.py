"""Inline expressions: Python in a notebook's prose, of which the page shows the value.

`` `{python} losses[-1]` `` in a Markdown cell is evaluated after the code cells above it. Code
spans with more than one backtick, fenced code and comments show it as it stands.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from xordocs.site.errors import PageError
from xordocs.site.notebooks.dialect import find_literals
from xordocs.site.rendering import find_formulas

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from xordocs.site.notebooks.source import Source

__all__ = [
    "RESULTS",
    "Expression",
    "Result",
    "check_expressions",
    "evaluation",
    "expressions",
    "insert_results",
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


_MARKUP = re.compile(r"<(?!https?://[^\s<>]*>|[^\s<>@]+@[^\s<>]+>)(?=[A-Za-z/!?])|&(?=\#?\w+;)")
"""What begins a tag or an entity; addresses in angle brackets are links."""
_DELIMITERS = re.compile(r"^(?:\$\$?|\\[\[(])(?:\\displaystyle\b)?\s*|(?:\$\$?|\\[\])])$")

Result = str | Mapping[str, str]
"""What an expression came to: plain text, or Markdown, LaTeX or HTML by the name of its kind."""


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
                f"has the inline expression `{one.code}`{source.place(position)} in Python, "
                f"but its code is in {source.language}",
                line,
            )
        try:
            ast.parse(f"({one.code}\n)", mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            reason = error.msg if isinstance(error, SyntaxError) else error
            place = source.place(position)
            wrong = f"has the inline expression `{one.code}`{place}: {reason}"
            raise PageError(wrong, line) from error


def refuse_expressions(source: "Source") -> None:
    """Refuse a page with expressions that is not executed.

    Raises:
        PageError: It has one.
    """
    for position, one in _located(source):
        raise PageError(
            f"has the inline expression `{one.code}`{source.place(position)}, but is not executed",
            source.line(position, one.line),
        )


def evaluation(code: str) -> str:
    """Return the expression whose value is displayed as what a page shows of another one's value.

    That is its Markdown, its LaTeX or its HTML with the kind's name, or else what ``str`` makes
    of it. The text is written in hexadecimal digits, which `result_of` reads without a parser:
    in Python 3.11 two threads that make syntax trees disturb each other, and the main one may be
    reading a package to document it.
    """
    return (
        "(lambda python, value: python.type('Shown', (), {'__repr__': lambda _, shown=python.next(("
        "('text/' + kind, python.str(text)) for kind in ('markdown', 'latex', 'html') "
        "if python.hasattr(python.type(value), f'_repr_{kind}_') "
        "for method in (python.getattr(value, f'_repr_{kind}_', None),) if python.callable(method) "
        "for given in (method(),) "
        "for text in (given[0] if python.isinstance(given, python.tuple) else given,) "
        "if python.isinstance(text, python.str)), ('', python.str(value))): "
        "shown[0] + ':' + python.str.encode(shown[1], 'utf-8', 'surrogatepass').hex()})())"
        f"(__import__('builtins'), ({code}\n))"
    )


def result_of(plain: str) -> Result:
    """Return what an `evaluation` came to, from how it is displayed."""
    kind, _, digits = plain.partition(":")
    text = bytes.fromhex(digits).decode("utf-8", "surrogatepass")
    text = text.encode(errors="backslashreplace").decode()
    return {kind: text} if kind else text


def insert_results(notebook: "NotebookNode", results: Sequence[Result]) -> None:
    """Put what a notebook's expressions came to in their places, in order."""
    waiting = iter(results)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (found := expressions(cell.source)):
            cell.source = _inserted(cell.source, found, [next(waiting) for _ in found])


def _inserted(prose: str, found: Sequence[Expression], results: Sequence[Result]) -> str:
    tables = list(_table_spans(prose))
    formulas = [(it.start, it.end) for it in find_formulas(_blotted(prose, found))]
    text, at = "", 0
    plain: list[range] = []
    for one, result in zip(found, results, strict=True):
        line_start = prose.rfind("\n", 0, one.start) + 1
        line = prose[line_start : one.start]
        shown = result if isinstance(result, str) else _markup(result, one, formulas)
        in_table = any(start <= one.start < end for start, end in tables)
        if in_table:
            shown = re.sub(r"(?<!\\)\|", r"\\|", shown)
        if in_table or line.lstrip(" >").startswith("#"):
            shown = " ".join(shown.split("\n"))
        margin = line[: len(line) - len(line.lstrip(" \t>"))]
        text += prose[at : one.start]
        begin = len(text)
        text += shown.replace("\n", "\n" + margin)
        if isinstance(result, str):
            plain.append(range(begin, len(text)))
        at = one.end
    return _escaped(text + prose[at:], plain)


def _blotted(prose: str, found: Sequence[Expression]) -> str:
    """Put letters in the places of expressions, whose signs are no part of a formula."""
    for one in found:
        prose = prose[: one.start] + "x" * (one.end - one.start) + prose[one.end :]
    return prose


def _markup(result: Mapping[str, str], one: Expression, formulas: Sequence[tuple[int, int]]) -> str:
    """Return a result that is no plain text as it can stand where its expression stands."""
    ((kind, text),) = result.items()
    if kind == "text/latex" and any(start <= one.start < end for start, end in formulas):
        return _DELIMITERS.sub("", text.strip())
    return re.sub(r"\n\s*\n", "\n", text.strip()) if kind == "text/html" else text


def _escaped(text: str, plain: Sequence[range]) -> str:
    """Escape what would begin a tag or an entity in some parts of a text, but in formulas and code.

    Args:
        text: The text.
        plain: The parts.
    """
    literals = find_literals(text)

    def escape(found: re.Match[str]) -> str:
        at = found.start()
        is_plain = any(at in part for part in plain)
        if not is_plain or any(literal.start <= at < literal.end for literal in literals):
            return found[0]
        return "&lt;" if found[0] == "<" else "&amp;"

    return _MARKUP.sub(escape, text)


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
