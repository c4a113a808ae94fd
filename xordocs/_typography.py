"""Typographer's signs for prose that is not Markdown, where ``smarty`` sets the quotes."""

import re

__all__ = ["typographic", "unbroken"]

_OPENING = re.compile(r"""(?<![^\s(\[])["'](?=\S)""")
_POINT = re.compile(r"\(([−-]?[\d.½]+), ([−-]?[\d.½]+)\)")


def typographic(text: str) -> str:
    """Return prose with curly quotes and apostrophes.

    A quote opens at the start, after a space or a bracket; any other closes, or is an apostrophe.
    """
    opened = _OPENING.sub(lambda quote: "“" if quote[0] == '"' else "‘", text)
    return opened.replace('"', "”").replace("'", "’")


def unbroken(text: str) -> str:
    """Return prose in which a point, a pair of numbers in brackets, stays on one line."""
    return _POINT.sub("(\\1,\N{NO-BREAK SPACE}\\2)", text)
