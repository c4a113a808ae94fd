"""Headings of prose."""

import re

from xordocs.site.notebooks.dialect.text import find_literals

__all__ = ["headings"]

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_MARKS = re.compile(r"\{[:#.][^{}]*\}|!?\[([^\]]*)\]\([^)]*\)|[*_`$\\]|<[^<>]*>")
"""What is no text in a heading: marks, attributes, targets of links."""


def headings(prose: str) -> list[str]:
    """Return the texts of the headings in a cell's prose, in order."""
    fences = [literal for literal in find_literals(prose) if literal.kind == "fence"]
    return [
        " ".join(_MARKS.sub(r"\1", found[1]).split())
        for found in _HEADING.finditer(prose)
        if not any(fence.start <= found.start() < fence.end for fence in fences)
    ]
