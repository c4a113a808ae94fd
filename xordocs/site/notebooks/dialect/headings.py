"""Headings of prose."""

import re

from xordocs.site.notebooks.dialect.text import find_literals

__all__ = ["last_heading"]

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_MARKS = re.compile(r"\{[:#.][^{}]*\}|!?\[([^\]]*)\]\([^)]*\)|[*_`$\\]|<[^<>]*>")
"""What is no text in a heading: marks, attributes, targets of links."""


def last_heading(prose: str) -> str:
    """Return the text of the last heading in a cell's prose; nothing if there is none."""
    fences = [literal for literal in find_literals(prose) if literal.kind == "fence"]
    found = [
        heading[1]
        for heading in _HEADING.finditer(prose)
        if not any(fence.start <= heading.start() < fence.end for fence in fences)
    ]
    return " ".join(_MARKS.sub(r"\1", found[-1]).split()) if found else ""
