"""HTML tags in prose, which must not reach beyond its cell: to a browser each cell is whole."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from xordocs.site.notebooks.dialect.text import find_literals

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["balance_tags"]

TAG = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|textarea)\b.*?</(?P=raw)\s*>"
    r"|<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)(?:\s(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)?(?P<void>/?)>",
    re.DOTALL | re.IGNORECASE,
)
"""A tag, or what holds none."""
ACROSS = re.compile(r"\smarkdown(?=[\s=>])")
"""What stands in the tags of elements that may go across cells."""
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
}  # fmt: skip
"""Elements without an end tag."""
OPTIONAL = {
    "colgroup", "dd", "dt", "li", "optgroup", "option", "rp", "rt", "tbody", "td", "tfoot", "th",
    "thead", "tr",
}  # fmt: skip
"""Elements that end where what is around them ends."""
ENDING_PARAGRAPHS = {
    "address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav",
    "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip
"""Elements at whose beginning a paragraph ends."""


class _Open(NamedTuple):
    """An open element: its name, where its tag begins, and whether other cells may end it."""

    name: str
    at: int
    across: bool


def balance_tags(text: str, tokens: Sequence["Token"], carried: list[str]) -> str:
    """Write the end tags that are missing, and leave out those that end nothing.

    An element with the attribute ``markdown`` is written for Python-Markdown, to which all cells
    are one text: it may end in a later cell.

    Args:
        text: A cell's prose.
        tokens: What CommonMark finds in it.
        carried: The names of the elements that earlier cells leave open in this way; changed in
            place.
    """
    blocks = _Blocks(text, tokens)
    open_: list[_Open] = []
    changes: list[tuple[int, int, str]] = []  # from, to, and what is to stand there

    def close(element: _Open, at: int) -> None:
        changes.append((at, at, f"</{element.name}>"))

    masked = _mask(text, tokens)
    for tag in TAG.finditer(masked):
        name = (tag["name"] or "").lower()
        if not name or name in VOID or tag["void"]:
            continue
        if not tag["end"]:
            if name in ENDING_PARAGRAPHS and open_ and open_[-1].name == "p":
                paragraph = open_.pop()
                close(paragraph, min(tag.start(), blocks.end(paragraph.at)))
            open_.append(_Open(name, tag.start(), bool(ACROSS.search(tag[0]))))
            continue
        names = [element.name for element in open_]
        if name not in names:
            if name in carried:
                del carried[len(carried) - 1 - carried[::-1].index(name) :]
            else:
                changes.append((*tag.span(), ""))
            continue
        while (element := open_.pop()).name != name:
            if element.name not in OPTIONAL:
                close(element, min(tag.start(), blocks.end(element.at)))
    across = [element for element in open_ if element.across and blocks.is_html(element.at)]
    carried += [element.name for element in across]
    open_ = [element for element in open_ if element not in across]
    last = ["-->"] if masked.rfind("<!--") > masked.rfind("-->") else []
    if not changes and not open_ and not last:
        return text
    for element in reversed(open_):
        if element.name != "p" and blocks.is_html(element.at):
            last.append(f"</{element.name}>")
        else:
            close(element, blocks.end(element.at))
    changes.reverse()  # of two end tags at one place, the inner element's was found first
    for start, end, written in sorted(changes, key=lambda change: change[0], reverse=True):
        text = text[:start] + written + text[end:]
    return "\n\n".join([text.rstrip("\n"), *last]) if last else text


class _Blocks:
    """The blocks of a text that tags stand in."""

    def __init__(self, text: str, tokens: Sequence["Token"]) -> None:
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        leaves = ("html_block", "heading_open", "paragraph_open", "tr_open")
        self._leaves = [(token, token.map) for token in tokens if token.type in leaves]

    def end(self, at: int) -> int:
        """Return where the block or the table's cell ends that a place is in."""
        line = bisect_right(self._starts, at) - 1
        for token, lines in self._leaves:
            if lines is not None and lines[0] <= line < lines[1]:
                last = lines[1] - 1
                while last > line and not self._lines[last].strip():
                    last -= 1
                end = self._starts[last] + len(self._lines[last].rstrip())
                bar = self._lines[line].find("|", at - self._starts[line])
                return self._starts[line] + bar if token.type == "tr_open" and bar >= 0 else end
        return self._starts[line] + len(self._lines[line])

    def is_html(self, at: int) -> bool:
        """Whether a place is in a block of HTML that is in no other block."""
        line = bisect_right(self._starts, at) - 1
        return any(
            token.type == "html_block" and not token.level and lines and lines[0] <= line < lines[1]
            for token, lines in self._leaves
        )


def _mask(text: str, tokens: Sequence["Token"]) -> str:
    """Blot out code and formulas, in which there are no tags."""
    lines = text.split("\n")
    for first, end in _code(tokens):
        lines[first:end] = [" " * len(line) for line in lines[first:end]]
    masked = "\n".join(lines)
    for start, end, _kind in find_literals(masked):
        blotted = re.sub(r"[<>]", " ", masked[start:end])
        masked = masked[:start] + blotted + masked[end:]
    return masked


def _code(tokens: Sequence["Token"]) -> Iterator[list[int]]:
    for token in tokens:
        if token.type in ("code_block", "fence") and token.map:
            yield token.map
