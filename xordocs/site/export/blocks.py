"""Turn a page's HTML into CommonMark, with HTML where that has no form for it.

A library such as markdownify drops what it has no form for: boxes, tabs, formulas, live figures.
Here these are the half of a page that must stay as it is.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Comment, Tag

from xordocs.site.export.escapes import as_block, escape_start
from xordocs.site.export.inline import BLOCKS, Drawings, Inline

__all__ = ["to_markdown"]

DRAWING = re.compile(r"<(svg|math)\b.*?</\1>", re.DOTALL)
"""What is kept letter by letter: the HTML parser would not keep the case of attributes."""
SECTIONS = "doc"
"""The class of what mkdocstrings puts around text and headings, which stand without it here."""
PLAIN_LISTING = {"highlight", "no-copy", "annotate"}
"""Classes of a listing that say nothing of its text."""
INDENT = 4
"""How far Python-Markdown wants what belongs to an item of a list; CommonMark takes it, too."""
CONTAINERS = {
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "div", "dl",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "main", "menu", "nav",
    "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip
"""Elements that begin a block of HTML in CommonMark as well as in Python-Markdown."""


def to_markdown(html: str, lead: Callable[[str], str | None]) -> str:
    """Return a rendered page as Markdown.

    Args:
        html: The page's content.
        lead: Returns a link as it stands in the Markdown file; None if it stays in HTML.
    """
    drawings = Drawings([])

    def put_aside(drawing: re.Match[str]) -> str:
        drawings.texts.append(drawing[0])
        return f'<{drawing[1]} data-drawing="{len(drawings.texts) - 1}"></{drawing[1]}>'

    soup = BeautifulSoup(DRAWING.sub(put_aside, html), "html.parser")
    for link in soup.select("a.headerlink"):
        link.decompose()  # the other generator has its own
    blocks = _Blocks(Inline(drawings, lead), drawings).blocks(soup)
    return "\n\n".join(blocks) + "\n"


class _Blocks(NamedTuple):
    """Writes blocks.

    Attributes:
        inline: Writes what stands in them.
        drawings: The drawings and formulas that have been put aside.
    """

    inline: Inline
    drawings: Drawings

    def blocks(self, parent: Tag) -> Iterator[str]:
        """Yield the blocks of Markdown for what an element holds."""
        for child in parent.children:
            if isinstance(child, Tag):
                if child.name == "div" and SECTIONS in child.get_attribute_list("class"):
                    yield from self.blocks(child)
                elif block := self._block(child):
                    yield block
            elif not isinstance(child, Comment) and str(child).strip():
                yield escape_start(self.inline.text(str(child)).strip())

    def _block(self, node: Tag) -> str:
        text = None
        if re.fullmatch("h[1-6]", node.name):
            text = self._heading(node)
        elif node.name == "p":
            text = self._paragraph(node)
        elif node.name in ("ol", "ul"):
            text = self._list(node)
        elif node.name == "blockquote":
            text = self._quotation(node)
        elif node.name == "hr" and not node.attrs:
            text = "---"
        elif "highlight" in node.get_attribute_list("class"):
            text = self._listing(node)
        return self._html(node) if text is None else text

    def _html(self, node: Tag) -> str:
        html = self.drawings.put_back(node.decode(formatter="minimal"))
        return as_block(html if node.name in CONTAINERS else f"<div>\n{html}\n</div>")

    def _heading(self, node: Tag) -> str:
        """Write a heading with its id, for which CommonMark has no form, in an empty element."""
        anchor = f'<span id="{node["id"]}"></span>' if node.get("id") else ""
        return f"{'#' * int(node.name[1])} {anchor}{self.inline.content(node).strip()}"

    def _paragraph(self, node: Tag) -> str | None:
        if node.attrs or node.find(BLOCKS):
            return None
        return escape_start(self.inline.content(node).strip())

    def _list(self, node: Tag) -> str | None:
        """Write a list, if nothing but text and lists stands in it."""
        items = node.find_all("li", recursive=False)
        first = int(str(node.get("start", "1")))
        marks = [f"{first + at}." if node.name == "ol" else "-" for at in range(len(items))]
        if set(node.attrs) - {"start"} or any(item.attrs for item in items):
            return None
        if not items or len(marks[-1]) > INDENT - 1:
            return None
        written = [self._item(item) for item in items]
        if not all(written):
            return None
        lines = (
            mark.ljust(INDENT) + re.sub(r"\n(?=[^\n])", f"\n{' ' * INDENT}", str(item))
            for mark, item in zip(marks, written, strict=True)
        )
        is_loose = any("\n\n" in str(item) for item in written)
        return ("\n\n" if is_loose else "\n").join(lines)

    def _item(self, item: Tag) -> str | None:
        """Write what an item of a list holds; None if there is more than text and lists."""
        parts: list[str] = []
        text = ""
        for child in [*item.children, None]:
            is_block = isinstance(child, Tag) and child.name in ("p", "ol", "ul")
            if child is not None and not is_block:
                if isinstance(child, Tag) and (child.name in BLOCKS or child.find(BLOCKS)):
                    return None
                text += self.inline.piece(child)
                continue
            if text.strip():
                parts.append(escape_start(text.strip()))
            text = ""
            if isinstance(child, Tag):
                written = self._paragraph(child) if child.name == "p" else self._list(child)
                if written is None:
                    return None
                parts.append(written)
        return ("\n\n" if item.find("p", recursive=False) else "\n").join(parts)

    def _quotation(self, node: Tag) -> str | None:
        inside = [child for child in node.children if isinstance(child, Tag)]
        paragraphs = [self._paragraph(child) if child.name == "p" else None for child in inside]
        if node.attrs or not paragraphs or None in paragraphs:
            return None
        return "\n>\n".join(f"> {text}" for text in paragraphs)

    def _listing(self, node: Tag) -> str | None:
        """Write highlighted code as a fence, if it is code and nothing else."""
        classes = [str(name) for name in node.get_attribute_list("class")]
        language = [name for name in classes if name.startswith("language-")]
        code = node.find("pre")
        if {*classes} - {*language} - PLAIN_LISTING or set(node.attrs) - {"class"}:
            return None
        if not isinstance(code, Tag) or node.select(
            "table, mark, a[href], .filename, .hll, .linenos"
        ):
            return None
        text = code.get_text().rstrip()
        if "\t" in text:  # Python-Markdown would make blanks of it
            return None
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
        return f"{fence}{''.join(language[:1]).removeprefix('language-')}\n{text}\n{fence}"
