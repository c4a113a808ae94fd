"""A cell that cannot be published, told so that an editor can open it."""

import re
from collections.abc import Sequence
from pathlib import Path

import jupytext

ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")
MARKER = re.compile(r"# ?%%")
LINE_IN_CELL = re.compile(r"^Cell In\[\d+\], line (\d+)", re.MULTILINE)
TRACEBACK_LINES = 8


class CellError(Exception):
    """A cell that raised, or an output that must not be published.

    Args:
        number: The cell's place in the notebook, counted from 1, prose cells too.
        reason: What is wrong, and what to do about it.
        line: The line inside the cell, counted from 1.
    """

    def __init__(self, number: int, reason: str, line: int = 1) -> None:
        super().__init__(f"cell {number}: {reason}")
        self.number = number
        self.reason = reason
        self.line = line


def cell_raised(number: int, source: str, traceback: Sequence[str]) -> CellError:
    """Describe an exception that a cell raised: its source and the end of its traceback.

    Args:
        number: The cell's place in the notebook, counted from 1.
        source: The cell's code.
        traceback: The traceback as the kernel sent it, colours included.
    """
    told = ANSI.sub("", "\n".join(traceback)).rstrip()
    line = LINE_IN_CELL.search(told)
    code = "\n".join(f"    {line}" for line in source.splitlines())
    last = "\n".join(f"    {line}" for line in told.splitlines()[-TRACEBACK_LINES:])
    reason = (
        f"raised an exception\n\n{code}\n\n{last}\n\n"
        "Mend the cell, or tag it raises-exception if the error is the lesson."
    )
    return CellError(number, reason, int(line[1]) if line else 1)


def locate(path: Path, number: int, line: int = 1) -> int:
    """Find the line of a percent-format file on which a line of a cell stands.

    Args:
        path: The notebook's source, `.py` in percent format.
        number: The cell, counted from 1.
        line: The line inside the cell, counted from 1.

    Returns:
        The line, counted from 1; 1 when the file has no such cell (an `.ipynb`, say).
    """
    if path.suffix != ".py":
        return 1
    source = path.read_text(encoding="utf-8").splitlines()
    markers = [at for at, text in enumerate(source, start=1) if MARKER.match(text)]
    # What stands above the first marker is a cell without one.
    place = number - 1 - (len(jupytext.read(path).cells) - len(markers))
    return markers[place] + line if 0 <= place < len(markers) else 1
