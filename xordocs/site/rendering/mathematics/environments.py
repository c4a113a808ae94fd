r"""Rewrite LaTeX's environments as those that math-core has, row by row."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from xordocs.site.rendering.mathematics.tokens import argument, braced, join, option, skip_blanks

__all__ = [
    "Environment",
    "environment_at",
    "join_rows",
    "merge_eqnarray",
    "rewrite_environment",
    "split_rows",
]

Tokens = list[str]
Rewrite = Callable[[Sequence[str]], Tokens]

ALIGNED = {
    "align",
    "alignat",
    "aligned",
    "alignedat",
    "flalign",
    "split",
    "eqnarray",
    "IEEEeqnarray",
}
GATHERED = {"gather", "gathered", "multlined"}
COUNTED = {"alignat", "alignedat", "IEEEeqnarray", "xalignat"}
"""Environments whose first argument is a number of columns, or says how to align them."""
NUMBERED = {"align*", "equation*", "gather*", "multline*"}
"""What is left of environments that have been numbered."""
TRANSPARENT = {"equation", "displaymath", "math", "subequations"}
FENCES = {"p": "()", "b": "[]", "B": (r"\{", r"\}"), "v": "||", "V": (r"\|", r"\|"), "": ".."}
"""The delimiters of `pmatrix` and its like, by their first letter."""
MAX_COLUMNS = 100
_NEW_ROW = {r"\\", r"\cr", r"\newline", r"\tabularnewline"}
_DIMENSION = re.compile(r"\s*-?(\d+\.?\d*|\.\d+)\s*(em|ex|pt|px|mm|cm|in|mu|pc|\\[A-Za-z]+)\s*")


class Environment(NamedTuple):
    r"""An environment in a formula.

    Attributes:
        name: Its name, with its star.
        body: The tokens between `\begin{…}` and `\end{…}`.
        end: The position after it.
    """

    name: str
    body: Tokens
    end: int


def environment_at(tokens: Sequence[str], at: int) -> Environment | None:
    r"""Read the environment that begins at a position; None if none does.

    Raises:
        ValueError: Its `\end` is missing or another's.
    """
    if tokens[at : at + 1] != [r"\begin"]:
        return None
    name, start = argument(tokens, at + 1)
    open_names = [join(name)]
    position = start
    while position < len(tokens):
        if tokens[position] in {r"\begin", r"\end"}:
            inner, after = argument(tokens, position + 1)
            if tokens[position] == r"\begin":
                open_names.append(join(inner))
            elif open_names.pop() != join(inner):
                raise ValueError(rf"\end{{{join(inner)}}} ends another environment")
            if not open_names:
                return Environment(join(name), list(tokens[start:position]), after)
            position = after
        else:
            position += 1
    raise ValueError(rf"\begin{{{open_names[-1]}}} lacks its \end")


def rewrite_environment(name: str, body: Sequence[str], rewrite: Rewrite) -> Tokens:
    """Rewrite an environment within a formula; only rows that have a tag by now are numbered.

    Args:
        name: Its name, with its star.
        body: What it holds.
        rewrite: Rewrites what its cells hold.
    """
    plain = name.rstrip("*")
    if r"\tag" in body and name in NUMBERED:
        return _table(name, [], list(body), rewrite)
    _, start = option(body, 0)  # `[t]`: how it stands to its line
    content = list(body[start:])
    if plain in TRANSPARENT:
        return rewrite(content)
    if plain in COUNTED:
        content = content[argument(content, 0)[1] :]
    if plain == "eqnarray":
        content = merge_eqnarray(content)
    if plain in ALIGNED:
        return _table("aligned", [], content, rewrite)
    if plain in GATHERED:
        return _table("gathered", [], content, rewrite)
    if plain in {"array", "darray", "subarray"}:
        columns, at = argument(content, 0)
        return _table(plain, braced(_columns(columns)), content[at:], rewrite)
    if small := re.fullmatch(r"([pbBvV]?)smallmatrix", plain):
        return _fenced(small[1], "subarray", "c", content, rewrite)
    if starred := re.fullmatch(r"([pbBvV]?)matrix\*", name):
        given = option(body, 0)[0]
        return _fenced(starred[1], "array", join(given or ["c"]).strip(), content, rewrite)
    return _table(name, [], list(body) if plain == "multline" else content, rewrite)


def split_rows(body: Sequence[str]) -> list[list[Tokens]]:
    r"""Split what an environment holds at `\\` into rows, and these at ``&`` into cells.

    What says how far apart two rows are is dropped, and so is an empty row at the end.
    """
    rows: list[list[Tokens]] = [[[]]]
    at = depth = 0
    in_fences = 0
    while at < len(body):
        symbol = body[at]
        inner = environment_at(body, at) if symbol == r"\begin" else None
        if inner is not None:
            rows[-1][-1].extend(body[at : inner.end])
            at = inner.end
            continue
        depth += (symbol == "{") - (symbol == "}")
        in_fences += (symbol == r"\left") - (symbol == r"\right")
        at += 1
        if depth == 0 and symbol == "&":
            rows[-1].append([])
        elif depth == 0 and symbol in _NEW_ROW:
            if in_fences:
                continue  # where LaTeX allows none, and Jupyter overlooks it
            rows.append([[]])
            at += body[at : at + 1] == ["*"]
            if body[at : at + 1] == ["["]:
                distance, after = option(body, at)
                at = after if _DIMENSION.fullmatch(join(distance or [])) else at
        else:
            rows[-1][-1].append(symbol)
    if len(rows) > 1 and not join([symbol for cell in rows[-1] for symbol in cell]).strip():
        rows.pop()
    return rows


def join_rows(rows: Sequence[Sequence[Sequence[str]]]) -> Tokens:
    """Join cells to rows, and rows to what an environment holds."""
    joined: Tokens = []
    for number, row in enumerate(rows):
        joined += [r"\\", " "] if number else []
        for place, cell in enumerate(row):
            joined += ["&"] if place else []
            # A bracket at a row's start would be read as a distance.
            joined += ["{", "}"] if place == 0 and number and cell[:1] in (["["], ["*"]) else []
            joined += cell
    return joined


def merge_eqnarray(body: Sequence[str]) -> Tokens:
    """Make the three columns of `eqnarray` the two of `align`."""
    rows = split_rows(body)
    return join_rows([[row[0], [symbol for cell in row[1:] for symbol in cell]] for row in rows])


def _table(name: str, columns: Tokens, content: Tokens, rewrite: Rewrite) -> Tokens:
    rows = [[_once(rewrite(cell)) for cell in row] for row in split_rows(content)]
    inner = join_rows(rows)
    return [r"\begin", *braced(list(name)), *columns, " ", *inner, r"\end", *braced(list(name))]


def _fenced(fence: str, name: str, alignment: str, content: Tokens, rewrite: Rewrite) -> Tokens:
    """Write a matrix as a table between delimiters."""
    width = max(len(row) for row in split_rows(content))
    columns = list(alignment * width if len(alignment) == 1 else alignment)
    left, right = FENCES[fence]
    table = _table(name, braced(columns), content, rewrite)
    return ["{", r"\left", left, *table, r"\right", right, "}"] if fence else table


def _once(cell: Tokens) -> Tokens:
    r"""Draw one rule where a cell begins with several."""
    rules = [r"\hline", r"\hdashline"]
    at = skip_blanks(cell, 0)
    while at < len(cell) and cell[at] in rules:
        following = skip_blanks(cell, at + 1)
        if following < len(cell) and cell[following] in rules:
            del cell[at + 1 : following + 1]
        else:
            break
    return cell


def _columns(columns: Sequence[str]) -> Tokens:
    """Reduce a table's columns to alignments and rules, which is what math-core knows."""
    reduced: Tokens = []
    at = 0
    while at < len(columns):
        symbol = columns[at]
        at += 1
        if symbol in {"@", "!", ">", "<"}:
            _, at = argument(columns, at)
        elif symbol in {"p", "m", "b"}:
            _, at = argument(columns, at)
            reduced.append("l")
        elif symbol == "*":
            times, at = argument(columns, at)
            repeated, at = argument(columns, at)
            if not join(times).isdecimal() or int(join(times)) > MAX_COLUMNS:
                raise ValueError(f"expected a number of columns, got {join(times)}")
            reduced += _columns(repeated) * int(join(times))
        elif symbol != " ":
            reduced.append(symbol)
    if len(reduced) > MAX_COLUMNS:
        raise ValueError(f"expected at most {MAX_COLUMNS} columns")
    return reduced
