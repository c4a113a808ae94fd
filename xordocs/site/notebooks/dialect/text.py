"""Text between blocks' marks: what CommonMark and Python-Markdown read otherwise in a line."""

import re
from typing import Literal, NamedTuple

from xordocs.site.rendering import find_formulas

__all__ = ["change_text", "find_literals", "mask_formulas"]

CODE = re.compile(
    r"^(?P<fence> *(?:`{3,}|~{3,}))[^\n]*\n(?:.*?^(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|(?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
LINK = re.compile(
    r"<a\b.*?</a>|<[^<>]*>|\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])"
    r"|(?<![^\s*_~(])(?<!\]\()(https?://[^\s<>]*[^\s<>?!.,:;*_~\"')\]])",
    re.DOTALL,
)
"""An address that stands for itself, as the last alternative; the others are links already."""
ESCAPED = re.compile(r"""\\([<&~"'@^%/=?])""")
"""What CommonMark lets one escape, and Python-Markdown does not."""


class _Literal(NamedTuple):
    """A part of a text in which Markdown finds nothing: where it begins and ends, and its kind."""

    start: int
    end: int
    kind: Literal["fence", "span", "formula"]


def mask_formulas(lines: list[str]) -> list[str]:
    """Blot out formulas that go over several lines, in which lists seem to begin."""
    text = "\n".join(lines)
    for start, end, kind in find_literals(text):
        if kind == "formula" and "\n" in text[start:end]:
            text = text[:start] + re.sub(r"\S", "x", text[start:end]) + text[end:]
    return text.split("\n")


def change_text(lines: list[str]) -> list[str]:
    """Change what is text, and neither code nor a formula, so that it is read as CommonMark's."""
    text = "\n".join(lines)
    parts, at = [], 0
    for start, end, kind in find_literals(text):
        literal = text[start:end]
        code = re.sub(r"\n(?= *#)", " ", literal) if kind == "span" else literal
        parts += [_escape(text[at:start]), code]
        at = end
    return "".join([*parts, _escape(text[at:])]).split("\n")


def find_literals(text: str) -> list[_Literal]:
    """List code and formulas, none within another."""
    found = [
        *(_Literal(*it.span(), "span" if it["ticks"] else "fence") for it in CODE.finditer(text)),
        *(_Literal(it.start, it.end, "formula") for it in find_formulas(text)),
    ]
    apart: list[_Literal] = []
    for literal in sorted(found):
        if not apart or literal.start >= apart[-1].end:
            apart.append(literal)
    return apart


def _escape(text: str) -> str:
    """Write out what Python-Markdown would read as something else."""
    text = re.sub(r"^( {0,3})(#{1,6}(?=[^\s#])|#{7,})", r"\1\\\2", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\\)\\\n", "  \n", text)
    text = LINK.sub(lambda match: f"<{match[1]}>" if match[1] else match[0], text)
    return ESCAPED.sub(lambda match: f"&#{ord(match[1])};", text)
