"""Compare two built sites of the same pages: what each page says, shows and leads to."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

NOT_CONTENT = "a.headerlink, .xd-eyebrow, .md-source-file, script, style, link, nav, #__skip"
"""What a generator or a template adds to a page."""
DOWNLOAD = "Download this notebook"
BLOCKS = [
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl",
    "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
]  # fmt: skip
"""Elements at whose edges words end; elsewhere white space counts."""
SHOWN = {
    "audio", "canvas", "details", "figure", "iframe", "img", "input", "noscript", "object", "pre",
    "table", "video",
}  # fmt: skip
"""What a page shows besides words, formulas and drawings; to it come custom elements."""
ACTIONS = re.compile(
    r'<ul class="xd-actions".*?</ul>|<a\b[^>]* class="md-content__button.*?</a>', re.DOTALL
)
"""What a template puts above a page: of it, the download counts as a link of the page's."""
DRAWING = re.compile(r"<(svg|math)\b.*?</\1>", re.DOTALL)


class Site:
    """A built site.

    Args:
        folder: Its folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages = {
            path.relative_to(folder).as_posix(): BuiltPage(
                path.relative_to(folder).as_posix(), path
            )
            for path in sorted(folder.rglob("*.html"))
            if path.name != "404.html"
        }

    def broken_links(self) -> Iterator[str]:
        """Say of each link, image, script and style sheet of a page that leads nowhere."""
        for page in self.pages.values():
            for target, fragment in sorted(page.targets):
                if not (self.folder / target).is_file():
                    yield f"{page.path}: leads to {target}, which is not there"
                elif fragment and target in self.pages and fragment not in self.pages[target].ids:
                    yield f"{page.path}: leads to {target}#{fragment}, which is not there"


class BuiltPage:
    """A page of a built site.

    Args:
        path: Its path within the site.
        file: Its file.
    """

    def __init__(self, path: str, file: Path) -> None:
        self.path = path
        html = file.read_text("utf-8")
        actions = "".join(match[0] for match in ACTIONS.finditer(html))
        self._downloads = re.findall(r'<a href="([^"]*)"[^>]* download', actions)
        html = ACTIONS.sub("", html)
        begin, end = html.find("<article"), html.find("</article>")
        if begin < 0 or end < 0:
            raise ValueError(f"{path} must have an <article>, got none")
        self._drawings = [match[0] for match in DRAWING.finditer(html, begin, end)]
        self._soup = BeautifulSoup(DRAWING.sub(r"<\1></\1>", html), "html.parser")
        article = self._soup.find("article")
        assert isinstance(article, Tag)
        self._article = article

    @cached_property
    def ids(self) -> set[str]:
        """The ids and names that a link can lead to."""
        return {str(tag["id"]) for tag in self._soup.find_all(id=True)}

    @cached_property
    def targets(self) -> set[tuple[str, str]]:
        """What the page's content links to or loads within the site: paths with fragments."""
        links = {*_addresses(self._article), *_addresses(self._soup.head)}
        return {found for link in links if (found := self._target(link))}

    @cached_property
    def links(self) -> set[tuple[str, str]]:
        """Where the page's text leads, within the site and to others."""
        links = self._article.select("a[href]:not([rel~=edit], .headerlink, nav a)")
        addresses = [*(str(link["href"]) for link in links), *self._downloads]
        return {
            self._target(address) or (address, "")
            for address in addresses
            if not address.startswith("#__codelineno")  # of numbered lines
        }

    @cached_property
    def words(self) -> list[str]:
        """The page's text, a word or a piece of code each."""
        content = BeautifulSoup(str(self._article), "html.parser")
        for tag in content.select(NOT_CONTENT):
            tag.decompose()
        for tag in content.find_all("p"):
            if tag.get_text().startswith(DOWNLOAD):
                tag.decompose()
        for tag in content.find_all(BLOCKS):
            tag.insert_before("\n")
            tag.insert_after("\n")
        return content.get_text().split()

    @cached_property
    def shown(self) -> Counter[str]:
        """How often the page shows what is no text; formulas and drawings by all they hold."""
        elements = [tag.name for tag in self._article.find_all(True)]
        return Counter(
            [
                *(name for name in elements if name in SHOWN or "-" in name),
                *("".join(unescape(drawing).split()) for drawing in self._drawings),
            ]
        )

    def _target(self, link: str) -> tuple[str, str] | None:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return None
        place = posixpath.join("/", posixpath.dirname(self.path), unquote(parts.path))
        path = posixpath.normpath(place)[1:] if parts.path else self.path
        is_folder = parts.path.endswith(("/", "..", ".")) or not path
        return posixpath.join(path, "index.html") if is_folder else path, unquote(parts.fragment)


def _addresses(tag: Tag | None) -> Iterator[str]:
    """Yield what an element's own elements link to or load."""
    for each in tag.select("[href], [src], [poster], [data]") if tag is not None else []:
        if "canonical" not in each.get_attribute_list("rel"):
            yield from (
                str(each[name]) for name in ("href", "src", "poster", "data") if each.get(name)
            )


def differences(ours: Site, theirs: Site) -> list[str]:
    """Say what another generator's site has lost, changed or added to ours.

    Args:
        ours: The site as MkDocs builds it.
        theirs: The same pages by the other generator.
    """
    lost = [f"{path}: the page is lost" for path in ours.pages if path not in theirs.pages]
    added = [f"{path}: the page is new" for path in theirs.pages if path not in ours.pages]
    both = [(page, theirs.pages[path]) for path, page in ours.pages.items() if path in theirs.pages]
    changed = [line for pair in both for line in _differences(*pair)]
    return [*lost, *added, *changed, *theirs.broken_links()]


def _differences(ours: BuiltPage, theirs: BuiltPage) -> Iterator[str]:
    if ours.words != theirs.words:
        at = next(
            (
                at
                for at, pair in enumerate(zip(ours.words, theirs.words, strict=False))
                if pair[0] != pair[1]
            ),
            min(len(ours.words), len(theirs.words)),
        )
        expected, got = (
            " ".join(words[max(0, at - 4) : at + 8]) for words in (ours.words, theirs.words)
        )
        yield f"{ours.path}: the text differs: expected “{expected}”, got “{got}”"
    for name, count in (ours.shown - theirs.shown).items():
        yield f"{ours.path}: {count} lost of {name[:120]}"
    for name, count in (theirs.shown - ours.shown).items():
        yield f"{ours.path}: {count} more of {name[:120]}"
    for target, fragment in sorted(ours.links - theirs.links):
        yield f"{ours.path}: the link to {target}#{fragment} is lost"
    for target, fragment in sorted(theirs.links - ours.links):
        yield f"{ours.path}: the link to {target}#{fragment} is new"
