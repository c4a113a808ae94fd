"""Turn a page's HTML into CommonMark, with HTML where that has no form for it.

A library such as markdownify drops what it has no form for: boxes, tabs, formulas, live figures.
Here these are the half of a page that must stay as it is.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from xordocs.site.export.escapes import as_block, escape_start
from xordocs.site.export.inline import BLOCKS, Drawings, Inline

__all__ = ["to_markdown"]

DRAWING = re.compile(r"<(svg|math)\b.*?</\1>", re.DOTALL)
"""What is kept letter by letter: the HTML parser would not keep the case of attributes."""
SECTIONS = "doc"
"""The class of what mkdocstrings puts around text and headings, which stand without it here."""
PLAIN_LISTING = {"highlight", "no-copy", "annotate"}
"""Classes of a listing that say nothing of its text."""
CONTAINERS = frozenset(
    "address article aside blockquote center details dialog div dl fieldset figcaption figure "
    "footer form header hr main menu nav ol p pre section table ul".split()
)
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
            if isinstance(child, Comment) or (isinstance(child, NavigableString) and not child.strip()):
                continue
            if isinstance(child, Tag) and SECTIONS in child.get_attribute_list("class") and (
                child.name == "div"
            ):
                yield from self.blocks(child)
            elif block := self._block(child):
                yield block

    def _block(self, node: object) -> str:
        if not isinstance(node, Tag):
            return escape_start(self.inline.text(str(node)).strip())
        if re.fullmatch("h[1-6]", node.name):
            return self._heading(node)
        text = None
        if node.name == "p":
            text = self._paragraph(node)
        elif node.name in ("ol", "ul"):
            text = self._list(node)
        elif node.name == "blockquote":
            text = self._quotation(node)
        elif node.name == "hr":
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
        """Write a list, if nothing but paragraphs and lists stands in it."""
        items = node.find_all("li", recursive=False)
        first = node.attrs.get("start", "1") if node.name == "ol" else "1"
        if set(node.attrs) - {"start"} or any(item.attrs for item in items) or not items:
            return None
        written = [self._item(item) for item in items]
        marks = [f"{number}." if node.name == "ol" else "-" for number in range(int(str(first)), int(str(first)) + len(items))]
        if any(item is None or not item for item in written) or len(marks[-1]) > 3:
            return None
        is_loose = any("\n\n" in item for item in written if item)
        lines = (
            mark.ljust(4) + str(item).replace("\n", "\n    ")
            for mark, item in zip(marks, written, strict=True)
        )
        text = ("\n\n" if is_loose else "\n").join(lines)
        return re.sub(r"^ +$", "", text, flags=re.MULTILINE)

    def _item(self, item: Tag) -> str | None:
        """Write what an item of a list holds; None if there is more than text and lists."""
        parts: list[tuple[str, bool]] = []
        loose = ""
        for child in item.children:
            name = child.name if isinstance(child, Tag) else ""
            if name not in ("p", "ol", "ul"):
                if isinstance(child, Tag) and (name in BLOCKS or child.find(BLOCKS)):
                    return None
                loose += self.inline.piece(child)
                continue
            if loose.strip():
                parts.append((escape_start(loose.strip()), False))
            loose = ""
            written = self._paragraph(child) if name == "p" else self._list(child)  # type: ignore[arg-type]
            if written is None:
                return None
            parts.append((written, name == "p"))
        if loose.strip():
            parts.append((escape_start(loose.strip()), False))
        has_paragraphs = any(is_paragraph for _, is_paragraph in parts)
        return ("\n\n" if has_paragraphs else "\n").join(text for text, _ in parts)

    def _quotation(self, node: Tag) -> str | None:
        inside = [child for child in node.children if isinstance(child, Tag)]
        paragraphs = [self._paragraph(child) if child.name == "p" else None for child in inside]
        if node.attrs or not paragraphs or None in paragraphs:
            return None
        return "\n>\n".join(f"> {text}" for text in paragraphs)

    def _listing(self, node: Tag) -> str | None:
        """Write highlighted code as a fence, if it is code and nothing else."""
        classes = [str(name) for name in node.get_attribute_list("class")]
        languages = [name.removeprefix("language-") for name in classes if name.startswith("language-")]
        others = {name for name in classes if not name.startswith("language-")}
        listing = node.find("pre")
        if others - PLAIN_LISTING or not isinstance(listing, Tag) or node.find(("table", "mark")) or node.select(".filename, .hll, .linenos"):
            return None
        code = listing.get_text()
        if "\t" in code or set(node.attrs) - {"class"}:
            return None
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        language = languages[0] if languages else ""
        return f"{fence}{language}\n{code.rstrip()}\n{fence}"
