"""An output that cannot be published, told so that an editor can open its cell."""

from pathlib import Path

__all__ = ["CellError", "FormulaError", "PageError", "line_of", "locate"]


class PageError(ValueError):
    """A page that cannot be read; the message goes on from its file's name."""


class CellError(Exception):
    """An output that must not be published.

    Args:
        number: The code cell, counted from 1.
        reason: What is wrong, and what to do about it.
    """

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"cell {number}: {reason}")
        self.number = number


class FormulaError(ValueError):
    """A formula that cannot be set.

    Args:
        formula: Its source.
        reason: What is wrong with it.
    """

    def __init__(self, formula: str, reason: str) -> None:
        super().__init__(f"cannot set the formula ${formula}$: {reason}")
        self.formula = formula


def line_of(text: str, passage: str) -> int | None:
    """The line on which a passage begins in a text, counted from 1; None if it is not there.

    A page's prose may be commented out, so only the passage's first line is looked for.
    """
    first = passage.strip().partition("\n")[0]
    numbered = enumerate(text.splitlines(), start=1)
    return next((number for number, line in numbered if first in line), None)


def locate(path: Path, number: int) -> int:
    """Find the line of a notebook's source on which a code cell begins.

    Args:
        path: The notebook's source.
        number: The code cell, counted from 1.

    Returns:
        The line, counted from 1; 1 when the file is not in percent format (an ``.ipynb``, say).
    """
    if path.suffix != ".py":
        return 1
    from xordocs.site.notebooks import source  # only a failed build needs to read it again

    page = source.parse(path.read_text(encoding="utf-8-sig"), path)
    lines = dict(zip((cell.id for cell in page.notebook.cells), page.lines, strict=True))
    line: int = lines[source.code_cells(page.notebook)[number - 1].id]
    return line
