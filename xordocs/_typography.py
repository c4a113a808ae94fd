"""Typographer's quotes for prose that is not Markdown, where ``smarty`` sets them."""

import re

__all__ = ["typographic"]

_OPENING = re.compile(r"""(?<![^\s(\[])["'](?=\S)""")


def typographic(text: str) -> str:
    """Return prose with curly quotes and apostrophes.

    A quote opens at the start, after a space or a bracket; any other closes, or is an apostrophe.
    """
    opened = _OPENING.sub(lambda quote: "“" if quote[0] == '"' else "‘", text)
    return opened.replace('"', "”").replace("'", "’")
