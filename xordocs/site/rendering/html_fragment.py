"""Balance the tags of HTML fragments, so that an output ends where its own block ends."""

import re
from html.parser import HTMLParser

__all__ = ["balance"]

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
}  # fmt: skip
"""Elements without an end."""
OPTIONAL_END = {
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p",
    "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
"""Elements that the end of their parent ends, too."""
ENDLESS = "plaintext"
"""The element that nothing ends: to browsers, the rest of the page is its text."""
FOREIGN = {"math", "svg"}
"""Elements inside which a slash ends a tag, as in XML."""
_DECLARATION = re.compile(r"<!\[[^>]*>?")
"""Such as `<![x[`: a comment to browsers, and to Python's parser nothing that it knows."""


def balance(html: str) -> str:
    """Close the elements that a fragment leaves open, and drop the end tags of none.

    Args:
        html: The fragment; if it is balanced, it is returned as it is.
    """
    if _is_balanced(html):
        return html
    from bs4 import (  # takes long to import, and is hardly ever needed
        BeautifulSoup,
        Comment,
        ParserRejectedMarkup,
    )
    from bs4.element import PreformattedString

    try:
        soup = BeautifulSoup(html, "html.parser")
    except ParserRejectedMarkup:
        soup = BeautifulSoup(_DECLARATION.sub("<!---->", html), "html.parser")
    for text in soup.find_all(string=True):
        if isinstance(text, PreformattedString) and not isinstance(text, Comment):
            text.extract()  # declarations and the like, which browsers ignore
    for element in soup.find_all(ENDLESS):
        element.name = "pre"
    return str(soup)


def _is_balanced(html: str) -> bool:
    tags = _Tags(convert_charrefs=False)
    try:
        tags.feed(html)
    except AssertionError:  # a declaration that Python's parser does not know
        return False
    cut_short = "<" in tags.rawdata  # a tag or a comment that does not end
    return not tags.malformed and not cut_short and OPTIONAL_END.issuperset(tags.open)


class _Tags(HTMLParser):
    """Tracks the elements that are open, and whether something has not been as HTML has it."""

    # The names and arguments are the standard library's.
    # ruff: noqa: ARG002

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.open: list[str] = []
        self.malformed = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.malformed |= tag == ENDLESS
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if FOREIGN.isdisjoint(self.open):
            self.handle_starttag(tag, attrs)  # HTML takes no notice of the slash

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL_END:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.malformed = True

    def handle_pi(self, data: str) -> None:
        self.malformed |= not data.endswith("?")

    def parse_bogus_comment(self, i: int, report: bool = True) -> int:
        self.malformed = True  # ``</`` or ``<!`` and anything
        return super().parse_bogus_comment(i, report)

    def unknown_decl(self, data: str) -> None:
        self.malformed = True
