"""Write what stands in a paragraph: CommonMark's marks, and HTML within the line for the rest."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from bs4 import Comment, Tag
from bs4.element import NavigableString

from xordocs.site.export.escapes import as_inline, escape, escape_attribute

__all__ = ["BLOCKS", "Drawings", "Inline"]

BLOCKS = [
    "address", "article", "aside", "audio", "blockquote", "button", "canvas", "center", "details",
    "dialog", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "iframe", "input", "main", "menu", "nav", "noscript",
    "object", "ol", "p", "pre", "script", "section", "select", "style", "svg", "table", "textarea",
    "ul", "video",
]  # fmt: skip
"""Elements that stand in no paragraph of Markdown, or that are not safe in one."""
MARKS = {"em": "*", "strong": "**"}
VOID = {"br", "img", "wbr"}
_DRAWING = re.compile(r'<(svg|math) data-drawing="(\d+)"></\1>')


class Drawings(NamedTuple):
    """Drawings and formulas that have been put aside, each as it is in the page."""

    texts: list[str]

    def put_back(self, html: str) -> str:
        """Return HTML with its drawings and formulas in their places."""
        return _DRAWING.sub(lambda match: self.texts[int(match[2])], html)


class Inline(NamedTuple):
    """Writes what stands in paragraphs.

    Attributes:
        drawings: The formulas that have been put aside.
        lead: Returns a link as it stands in a Markdown file; None if it stays in HTML.
    """

    drawings: Drawings
    lead: Callable[[str], str | None]

    def content(self, parent: Tag) -> str:
        """Return what an element holds."""
        return "".join(map(self.piece, parent.children))

    def text(self, text: str) -> str:
        """Return text, with one space for any white space."""
        return escape(re.sub(r"\s+", " ", text))

    def piece(self, node: object) -> str:
        """Return a text or an element."""
        if isinstance(node, Comment) or not isinstance(node, Tag | NavigableString):
            return ""
        if isinstance(node, NavigableString):
            return self.text(node)
        if node.get("data-drawing") is not None:
            return as_inline(self.drawings.put_back(str(node)))
        written = None
        if node.name in MARKS:
            written = self._marked(node)
        elif node.name == "code":
            written = _code(node)
        elif node.name == "a":
            written = self._link(node)
        elif node.name == "img":
            written = self._image(node)
        return self._tag(node) if written is None else written

    def _tag(self, node: Tag) -> str:
        attributes = "".join(
            f' {name}="{escape_attribute(_value(value))}"' for name, value in node.attrs.items()
        )
        if node.name in VOID:
            return f"<{node.name}{attributes}>"
        return f"<{node.name}{attributes}>{self.content(node)}</{node.name}>"

    def _marked(self, node: Tag) -> str | None:
        """Write emphasis by asterisks where these cannot be taken for anything else."""
        mark, text = MARKS[node.name], self.content(node)
        before, after = node.previous_sibling, node.next_sibling
        stands_alone = all(
            it is None or (isinstance(it, NavigableString) and it and not it[place].isalnum())
            for it, place in ((before, -1), (after, 0))
        )
        if node.attrs or node.find(MARKS) or not stands_alone or not text or text != text.strip():
            return None
        return f"{mark}{text}{mark}"

    def _link(self, node: Tag) -> str | None:
        attributes = set(node.attrs)
        if not {"href"} <= attributes <= {"href", "title"} or node.find("a"):
            return None
        target = self.lead(_value(node["href"]))
        return None if target is None else f"[{self.content(node)}]({_target(target, node)})"

    def _image(self, node: Tag) -> str | None:
        if not {"src"} <= set(node.attrs) <= {"alt", "src", "title"}:
            return None
        target = self.lead(_value(node["src"]))
        alternative = escape(_value(node.get("alt") or ""))
        return None if target is None else f"![{alternative}]({_target(target, node)})"


def _code(node: Tag) -> str | None:
    """Write code between backticks, if it has nothing that some parser reads otherwise."""
    text = " ".join(node.get_text().split())
    if not text or set(node.attrs) - {"class"} or re.search(r"[`<&\\|$]|^#!|^:::", text):
        return None if node.attrs or node.find(True) else f"<code>{escape(text)}</code>"
    return f"`{text}`"


def _target(link: str, node: Tag) -> str:
    """Return what stands between the brackets of a link."""
    address = link.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    title = _value(node.get("title") or "")
    return f'{address} "{escape(title)}"' if title else address


def _value(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else " ".join(value)
