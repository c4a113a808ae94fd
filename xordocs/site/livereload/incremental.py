"""What makes ``mkdocs serve`` answer within a second: it renders again only what has changed.

Every build under ``serve`` is a whole one, so navigation, links and search are always right; but
a page whose text has not changed is not rendered again, and its search entries are kept.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

__all__ = ["Renderings"]

_DOCUMENTS = re.compile(r"^\s*::: ([\w.]+)", re.MULTILINE)
_SNIPPET = re.compile(r"^\s*-+8<-+", re.MULTILINE)
"""What shows that a page takes text from files: mkdocstrings' mark, and that of snippets."""

File = tuple[str, int, int]
Call = tuple[str, str, tuple[Any, ...], dict[str, Any]]


class _Rendering(NamedTuple):
    key: object
    page: Any
    meta: dict[str, Any]
    attributes: dict[str, Any]
    calls: list[Call]


class Renderings:
    """What rendering made of each page, from build to build."""

    def __init__(self) -> None:
        self._site: object = None
        self._watched: list[File] = []
        self._pages: dict[str, _Rendering] = {}
        self._entries: dict[str, tuple[object, list[Any]]] = {}

    def begin(self, site: object, watched: list[File]) -> None:
        """Begin a build.

        Args:
            site: What every page depends on.
            watched: What pages depend on that take text from elsewhere.
        """
        self._site, self._watched = site, watched

    def render(
        self, page: Any, text: str, files: Any, peers: dict[str, Any], render: Callable[[], None]
    ) -> None:
        """Render a page, or give it what rendering the same text has made of it.

        Args:
            page: The page, as MkDocs has it.
            text: What is rendered.
            files: The files of this build.
            peers: What pages register themselves with while they are rendered, by any name.
            render: Renders the page.
        """
        key = self._site, text, self._included(text)
        known = self._pages.get(page.file.src_uri)
        if known is not None and known.key == key:
            _restore(known, page, files, peers)
            return
        before = dict(vars(page))
        with _listening(peers) as calls:
            render()
        made = {name: it for name, it in vars(page).items() if before.get(name) is not it}
        self._pages[page.file.src_uri] = _Rendering(key, page, dict(page.meta), made, calls)

    def _included(self, text: str) -> list[File]:
        """The watched files that a page takes text from: those of the modules that it documents."""
        if _SNIPPET.search(text):
            return self._watched
        included = []
        for name in _DOCUMENTS.findall(text):
            module = name.split(".")
            files: list[File] = []
            while module and not files:
                ending = "/" + "/".join(module)
                files = [
                    file for file in self._watched
                    if file[0].endswith(f"{ending}.py") or f"{ending}/" in file[0]
                ]  # fmt: skip
                module.pop()
            included += files or self._watched
        return included

    def repeat(self, page: Any, files: Any, peers: dict[str, Any]) -> bool:
        """Give a page what it showed last, whatever its text now is; say whether it did show."""
        known = self._pages.get(page.file.src_uri)
        if known is not None:
            _restore(known, page, files, peers)
            page.meta = dict(known.meta)
        return known is not None

    def index(self, search: Any) -> None:
        """Let a search index of Material's take the entries of unchanged pages from here."""
        add = search.add_entry_from_context

        def add_or_repeat(page: Any) -> None:
            key = page.content, page.title
            known, entries = self._entries.get(page.file.src_uri, (None, []))
            if known != key:
                before = len(search.entries)
                add(page)
                self._entries[page.file.src_uri] = key, search.entries[before:]
            else:
                search.entries.extend(entries)

        search.add_entry_from_context = add_or_repeat


def _restore(known: _Rendering, page: Any, files: Any, peers: dict[str, Any]) -> None:
    """Give a page what its predecessor got, in the terms of this build."""
    vars(page).update(known.attributes)
    page.meta = dict(page.meta)
    links = (page.links_to_anchors or {}).items()
    found = ((files.get_file_from_path(file.src_uri), anchors) for file, anchors in links)
    page.links_to_anchors = {file: anchors for file, anchors in found if file is not None}
    for peer, method, arguments, options in known.calls:
        now = [page if argument is known.page else argument for argument in arguments]
        getattr(peers[peer], method)(*now, **options)


@contextmanager
def _listening(peers: dict[str, Any]) -> Iterator[list[Call]]:
    """Note what is registered with others within this context."""
    calls: list[Call] = []

    def listen(name: str, method: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            calls.append((name, method, arguments, options))
            return original(*arguments, **options)

        return call

    heard = [
        (name, peer, method)
        for name, peer in peers.items()
        for method in ("register_anchor", "register", "get_handler")
        if hasattr(peer, method)
    ]
    for name, peer, method in heard:
        setattr(peer, method, listen(name, method, getattr(peer, method)))
    try:
        yield calls
    finally:
        for _, peer, method in heard:
            delattr(peer, method)
