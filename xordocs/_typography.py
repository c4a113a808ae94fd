"""Typographer's signs for prose that is not Markdown, where ``smarty`` sets the quotes."""

import re

__all__ = ["typographic"]

_OPENING = re.compile(r"""(?<![^\s(\[])["'](?=\S)""")
_POINT = re.compile(r"\(([−-]?[\d.½]+), ([−-]?[\d.½]+)\)")


def typographic(text: str) -> str:
    """Return prose with curly quotes and apostrophes, and points that stay on one line.

    A quote opens at the start, after a space or a bracket; any other closes, or is an apostrophe.
    A point is a pair of numbers in brackets; the space within it becomes a no-break space.
    """
    opened = _OPENING.sub(lambda quote: "“" if quote[0] == '"' else "‘", text)
    return _POINT.sub("(\\1,\N{NO-BREAK SPACE}\\2)", opened.replace('"', "”").replace("'", "’"))
