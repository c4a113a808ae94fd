"""Read a text as a terminal shows it in the end, with nothing that was written over."""

import re

from xordocs.site.errors import ANSI

__all__ = ["as_displayed", "overwrite"]

WIDEST = 1000
"""How far to the right a command may move, in columns; terminals are not that wide."""

_GOES_BACK = re.compile(r"\r|\x08|\x1b\[\d*[A-DGK]")
_SIGN = re.compile(
    rf"\x1b\[(?P<count>\d*)(?P<move>[A-DG])|\x1b\[(?P<erased>\d?)K|{ANSI.pattern}|.", re.DOTALL
)
_INVISIBLE = re.compile(r"[\x00-\x07\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What neither a terminal nor a page shows: control characters, halves of characters."""


def as_displayed(text: str) -> str:
    r"""Return what a terminal shows after all of a text has been written to it, without colours.

    >>> as_displayed("10 %\r\x1b[32m100 %\x1b[0m\ndone")
    '100 %\ndone'
    """
    return _INVISIBLE.sub("", ANSI.sub("", overwrite(text)))


def overwrite(text: str) -> str:
    r"""Return a text without what it writes over, as progress bars do.

    Colours stay only where nothing is written over: otherwise it is open what they are of.

    >>> overwrite("10 %\r100 %")
    '100 %'
    """
    text = text.replace("\r\n", "\n")
    if not _GOES_BACK.search(text):
        return text
    lines: list[list[str]] = [[]]
    row = column = 0
    for found in _SIGN.finditer(text):
        sign = found[0]
        line = lines[row]
        if sign == "\n":
            row, column = row + 1, 0
            if row == len(lines):
                lines.append([])
        elif sign == "\r":
            column = 0
        elif sign == "\b":
            column = max(column - 1, 0)
        elif found["move"]:
            row, column = _move(row, column, found["move"], _count(found["count"]))
            row = min(row, len(lines) - 1)
        elif found["erased"] is not None:  # from here on, up to here, or all
            end = len(line) if found["erased"] != "1" else column + 1
            start = column if found["erased"] in ("", "0") else 0
            line[start:end] = [" "] * (end - start) if end < len(line) else []
        elif not sign.startswith("\x1b"):
            line += [" "] * (column + 1 - len(line))
            line[column] = sign
            column += 1
    return "\n".join(map("".join, lines))


def _count(digits: str) -> int:
    """Return by how many places a command moves; one if it does not say."""
    return int(digits or 1) if len(digits) < 9 else 10**9  # farther than any text reaches


def _move(row: int, column: int, direction: str, count: int) -> tuple[int, int]:
    """Return the place to which a command moves: up, down, right, left, or to a column."""
    match direction:
        case "A":
            return max(row - count, 0), column
        case "B":
            return row + count, column
        case "C":
            return row, min(column + count, max(column, WIDEST))
        case "D":
            return row, max(column - count, 0)
    return row, min(max(count - 1, 0), WIDEST)
