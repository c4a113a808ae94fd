"""Write text and HTML so that a Markdown parser leaves them as they are."""

import html
import re

__all__ = ["as_block", "as_inline", "escape", "escape_attribute", "escape_start"]

BACKSLASHED = "`*_#"
"""What a backslash protects in any dialect; a reference protects the rest.

With a backslash, brackets are the ends of a formula.
"""

_MARKS = re.compile(
    r"[\\`*_\[\]<>&~^$|{}#@]"  # marks of CommonMark, and of formulas, sub- and superscripts …
    r"|(?<=[-+=])[-+=]|[-+=](?=[-+=>/])"  # rows of them: marked words, keys, arrows
    r"|:(?=[\w:/])|[Ww](?=[Ww][Ww]\.)"  # emoji; addresses, which become links
    r"|\((?=(?:c|r|p|tm)\))|(?<=[\d+=c])/(?=[-\d=o])"  # symbols such as (c) and 1/2
    r"|(?<=\d)[snrt](?=[tdh]\b)"  # 1st and 2nd
)
_QUIET = re.compile(r"[\\`*_\[\]~^$|{}@]")
"""What means something to a parser even between an HTML tag's brackets."""
_START = re.compile(r"[-+!?=:]|(?P<number>\d{1,9})(?P<mark>[.)])(?=\s|$)")
_PARTS = re.compile(r"<[^<>]*>|[^<>]+")
_VERBATIM = re.compile(r"<(pre|textarea)\b.*?</\1>|<[a-zA-Z][^<>]*>", re.DOTALL)
"""Where an empty line counts: in preformatted text, and in a tag's attributes."""
_ENDS_EMPTY = re.compile(r"(?<=\n)([ \t]*)\n")
_EMPTY = re.compile(r"\n(?:[ \t]*\n)+")


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def escape(text: str) -> str:
    """Return text as Markdown that shows it, also where dialects give characters a meaning."""
    return _MARKS.sub(
        lambda match: f"\\{match[0]}" if match[0] in BACKSLASHED else _reference(match), text
    )


def escape_start(line: str) -> str:
    """Return a paragraph whose first characters begin no list, box or heading."""
    match = _START.match(line)
    if match is None:
        return line
    if match["mark"]:
        return f"{match['number']}\\{line[match.end('number') :]}"
    return f"&#{ord(line[0])};{line[1:]}"


def escape_attribute(value: str) -> str:
    """Return the value of an attribute in a tag that stands within a paragraph."""
    return _QUIET.sub(_reference, html.escape(value)).replace("\n", "&#10;")


def as_inline(markup: str) -> str:
    """Return HTML, a formula for example, as a part of a paragraph."""

    def keep(part: re.Match[str]) -> str:
        text = " ".join(part[0].split()) if part[0].strip() else " "
        if text.startswith("<"):
            return _QUIET.sub(_reference, text)
        return _MARKS.sub(_reference, html.unescape(text))

    return _PARTS.sub(keep, markup)


def as_block(markup: str) -> str:
    """Return HTML as one block of Markdown, which an empty line would end.

    In preformatted text and attributes the end of an empty line becomes a reference to it.
    """
    kept = _VERBATIM.sub(
        lambda part: _ENDS_EMPTY.sub(r"\1&#10;", part[0]).replace("\t", "&#9;"), markup
    )
    return _EMPTY.sub("\n", kept).strip()
