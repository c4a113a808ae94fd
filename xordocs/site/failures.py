"""An output that cannot be published, told so that an editor can open its cell."""

from pathlib import Path

__all__ = ["CellError", "FormulaError", "locate"]


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
    """A formula that cannot be set, with its source."""


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
    from xordocs.site import notebook  # only a failed build needs to read it again

    source = notebook.parse(path.read_text(encoding="utf-8"), path)
    lines = dict(zip((cell.id for cell in source.notebook.cells), source.lines, strict=True))
    line: int = lines[notebook.code_cells(source.notebook)[number - 1].id]
    return line
