"""Exercises: cells that follow one another, tagged `exercise`, `check`, `hint` and `solution`.

The check is code that raises an AssertionError, in words for the reader, as long as the exercise is
not solved. There may be any number of hints, which are prose, and none.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from xordocs.site.errors import PageError
from xordocs.site.notebooks.dialect import headings
from xordocs.site.notebooks.tags import Role, execution, hides, role, roles

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from xordocs.site.notebooks.source import Source

__all__ = ["CLOSING", "Exercise", "Label", "label", "read_exercises", "summary"]

CLOSING: Sequence[Role] = ("check", "hint", "solution")
"""The parts that follow the cell that the reader changes."""
_AFTER: Mapping[Role | None, Sequence[Role]] = {
    "exercise": ("check",),
    "check": ("hint", "solution"),
    "hint": ("hint", "solution"),
}
"""What may follow a part of an exercise that is not whole yet."""
_ORDER = "expected cells tagged `exercise`, `check`, any number of `hint`, and `solution` in a row"
_SUMMARIES: Mapping[Role | None, str] = {
    "check": "How it is checked (may give the answer away)",
    "hint": "Hint",
    "solution": "Solution",
}
"""The words that open a part."""


class Exercise(NamedTuple):
    """An exercise by the positions of its cells in the notebook.

    Attributes:
        start: The code that the reader changes.
        check: The code that tells whether it is right.
        solution: The code that is.
    """

    start: int
    check: int
    solution: int


class Label(NamedTuple):
    """What an exercise is called.

    Attributes:
        id: Its name on the page, under which the reader's work is kept.
        title: The title of its own cell, if it has one.
        heading: The heading that it stands under, if there is one.
    """

    id: str
    title: str
    heading: str


def read_exercises(source: "Source") -> list[Exercise]:
    """Find a page's exercises, and check that all are whole and have names.

    Raises:
        PageError: A part is missing, in another order or of another kind than it must be; or two
            exercises have the same name.
    """
    cells = source.notebook.cells
    found: list[Exercise] = []
    parts: list[int] = []  # of the exercise that is not whole yet
    for position, cell in enumerate(cells):
        _check_cell(source, position)
        part = role(cell)
        if parts:
            _check_order(source, parts[-1], position)
        elif part in CLOSING:
            wrong = f"has a {part}{source.place(position)} without an exercise: {_ORDER}"
            raise PageError(wrong, source.line(position))
        if part == "exercise" or parts:
            parts.append(position)
        if part == "solution":
            found.append(Exercise(parts[0], parts[1], position))
            parts = []
    if parts:
        _check_order(source, parts[-1], None)
    _check_names(source, found)
    return found


def label(cells: Sequence["NotebookNode"], position: int) -> Label:
    """Return what the exercise is called whose first cell stands at a position."""
    about = cells[position].metadata
    heading = ["", *_headings(cells[:position])][-1]
    words = _slug(heading)
    own = about.get("name") or about.get("id")
    by_heading = f"exercise-{words}" if words else ""  # the heading's own id is without the prefix
    return Label(str(own or by_heading), str(about.get("title") or ""), heading)


def summary(cells: Sequence["NotebookNode"], position: int) -> str:
    """Return the words that open a part of an exercise; hints are numbered if there are several."""
    part = role(cells[position])
    words = _SUMMARIES[part]
    if part != "hint":
        return words
    first = last = position
    while first and role(cells[first - 1]) == "hint":
        first -= 1
    while last + 1 < len(cells) and role(cells[last + 1]) == "hint":
        last += 1
    return words if first == last else f"{words} {position - first + 1}"


def _check_cell(source: "Source", position: int) -> None:
    """Check that a cell is what its tags say it is to readers.

    Raises:
        PageError: It is not.
    """
    cell = source.notebook.cells[position]
    told, line = roles(cell), source.line(position)
    if not told:
        return
    place = source.place(position)
    if len(told) > 1:
        tags = " and ".join(f"`{name}`" for name in told)
        raise PageError(f"has the tags {tags} on one cell{place}, expected one of them", line)
    (part,) = told
    wanted = "markdown" if part == "hint" else "code"
    if cell.cell_type != wanted:
        got, expected = (_kind(kind) for kind in (cell.cell_type, wanted))
        raise PageError(f"has the tag `{part}` on {got}{place}, expected {expected}", line)
    if not cell.source.strip():
        raise PageError(f"has the tag `{part}` on an empty cell{place}", line)
    if part == "live":
        return
    if source.language != "python":
        wrong = f"has an exercise{place} in {source.language}, expected one in Python"
        raise PageError(wrong, line)
    if hides(cell, "cell") or hides(cell, "input") or "skip-execution" in execution(cell):
        raise PageError(
            f"has the tag `{part}` on a cell{place} that other tags hide or skip, expected one "
            "that is shown and executed",
            line,
        )


def _check_order(source: "Source", before: int, position: int | None) -> None:
    """Check that a part of an exercise is followed by what may follow it.

    Args:
        source: The page.
        before: The position of the part, which is not the last.
        position: The position of the cell that follows it; None at the end of the page.

    Raises:
        PageError: It is not.
    """
    cells = source.notebook.cells
    part = role(cells[before])
    expected = _AFTER.get(part, ())
    cell = cells[position] if position is not None else None
    if cell is not None and role(cell) in expected:
        return
    tags = " or ".join(f"`{name}`" for name in expected)
    place = source.place(before) or f" of line {source.line(before)}"
    if cell is None:
        got = "the end of the page"
    else:
        told = role(cell)
        got = f"the tag `{told}`" if told else _kind(cell.cell_type)
    wrong = f"expected the tag {tags} right after the {part}{place}, got {got}"
    raise PageError(f"has an exercise that is not whole: {wrong}", source.line(position or before))


def _check_names(source: "Source", exercises: Sequence[Exercise]) -> None:
    """Check that each exercise has a name of its own that stays the same from build to build.

    Raises:
        PageError: One has not.
    """
    cells = source.notebook.cells
    taken = set(map(_slug, _headings(cells)))
    names: dict[str, int] = {}
    for position in (exercise.start for exercise in exercises):
        name, _, heading = label(cells, position)
        line, place = source.line(position), source.place(position)
        remedy = 'give its cell a name: `name="update" tags=["exercise"]`'
        if not name:
            raise PageError(f"has an exercise{place} under no heading: {remedy}", line)
        if name.startswith("exercise-") and "{python}" in heading:
            raise PageError(f"has an exercise{place} under a computed heading: {remedy}", line)
        if re.search(r"\s", name):
            raise PageError(f"has an exercise{place} named {name!r}, expected no blanks", line)
        if name in taken:
            wrong = f"has an exercise{place} with the name `{name}`, which is a heading's"
            raise PageError(f"{wrong}: {remedy}", line)
        if name in names:
            first = source.place(names[name]) or f" of line {source.line(names[name])}"
            wrong = f"has an exercise{place} with the name `{name}` of the one{first}"
            raise PageError(f"{wrong}: {remedy}", line)
        names[name] = position


def _headings(cells: Sequence["NotebookNode"]) -> list[str]:
    prose = (cell.source for cell in cells if cell.cell_type == "markdown")
    return [heading for text in prose for heading in headings(text)]


def _slug(heading: str) -> str:
    """Return a heading's words as its id on the page has them."""
    return re.sub(r"[\W_]+", "-", heading.casefold()).strip("-")


def _kind(cell_type: str) -> str:
    return {"code": "a code cell", "markdown": "a Markdown cell", "raw": "a raw cell"}[cell_type]
