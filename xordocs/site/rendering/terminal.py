"""Read a text as a terminal shows it in the end: no colours, and nothing that was written over."""

import re

from xordocs.site.errors import ANSI

__all__ = ["as_displayed"]

_MOVE = re.compile(r"\x1b\[(\d*)([ABCDGK])|[\n\r\b]")
"""What moves the place of writing, or erases: up, down, right, left, to a column, to the end."""
_IGNORED = re.compile(r"[\x00-\x07\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What neither a terminal nor a page shows: control characters, halves of characters."""


def as_displayed(text: str) -> str:
    r"""Return what a terminal shows after all of a text has been written to it.

    >>> as_displayed("10 %\r100 %\ndone")
    '100 %\ndone'
    """
    text = text.replace("\r\n", "\n")
    if re.search(r"[\r\b]|\x1b\[\d*[ABCDGK]", text):
        text = _write(text)
    return _IGNORED.sub("", ANSI.sub("", text))


def _write(text: str) -> str:
    """Write to a screen without bounds, command by command."""
    screen = [""]
    row = column = at = 0
    for command in _MOVE.finditer(text):
        row, column = _put(screen, row, column, text[at : command.start()])
        at = command.end()
        count = int(command[1] or 1) if command[2] else 1
        match command[2] or command[0]:
            case "\n":
                row, column = row + 1, 0
            case "\r":
                column = 0
            case "A":
                row = max(row - count, 0)
            case "B":
                row += count
            case "C":
                column += count
            case "\b" | "D":
                column = max(column - count, 0)
            case "G":
                column = count - 1
            case "K":
                kept = screen[row][:column] if command[1] in ("", "0") else ""
                after = screen[row][column:] if command[1] == "1" else ""
                screen[row] = kept or (" " * column + after if after else "")
        while len(screen) <= row:
            screen.append("")
    _put(screen, row, column, text[at:])
    return "\n".join(screen)


def _put(screen: list[str], row: int, column: int, text: str) -> tuple[int, int]:
    """Write a text without commands over what stands there."""
    text = ANSI.sub("", text)
    if text:
        line = screen[row].ljust(column)
        screen[row] = line[:column] + text + line[column + len(text) :]
    return row, column + len(text)
