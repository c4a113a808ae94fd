"""Render under ``mkdocs serve`` only the pages that have changed.

Every build under ``serve`` is a whole one, so navigation, links and search are always right; but
a page whose text has not changed is not rendered again, and its search entries are kept.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

__all__ = ["RenderCache"]

_DOCUMENTS = re.compile(r"^\s*::: ([\w.]+)", re.MULTILINE)
_SNIPPET = re.compile(r"^\s*-+8<-+", re.MULTILINE)
"""What shows that a page takes text from files: mkdocstrings' mark, and that of snippets."""

FileState = tuple[str, int, int]
Call = tuple[str, str, tuple[Any, ...], dict[str, Any]]


class _Rendering(NamedTuple):
    """What rendering a page made of it.

    Attributes:
        key: Everything that it was made from.
        page: MkDocs' page of that build.
        meta: The page's metadata.
        attributes: The attributes that rendering set.
        calls: What the page was registered with: name, method and arguments.
    """

    key: object
    page: Any
    meta: dict[str, Any]
    attributes: dict[str, Any]
    calls: list[Call]


class RenderCache:
    """The rendered pages, and their search entries, from build to build."""

    def __init__(self) -> None:
        self._site: object = None
        self._watched: list[FileState] = []
        self._pages: dict[str, _Rendering] = {}
        self._entries: dict[str, tuple[object, list[Any]]] = {}

    def begin(self, site: object, watched: list[FileState]) -> None:
        """Begin a build.

        Args:
            site: What every page depends on.
            watched: The files that pages may take text from.
        """
        self._site, self._watched = site, watched

    def render(
        self,
        page: Any,
        text: str,
        files: Any,
        registries: dict[str, Any],
        render: Callable[[], None],
    ) -> None:
        """Render a page, or restore what rendering the same text has made of it.

        Args:
            page: The page, as MkDocs has it.
            text: What is rendered.
            files: The files of this build.
            registries: What pages are registered with while they are rendered, by any name.
            render: Renders the page.
        """
        key = self._site, text, self._included(text)
        known = self._pages.get(page.file.src_uri)
        if known is not None and known.key == key:
            _restore(known, page, files, registries)
            return
        before = dict(vars(page))
        with _recording_calls(registries) as calls:
            render()
        made = {name: it for name, it in vars(page).items() if before.get(name) is not it}
        self._pages[page.file.src_uri] = _Rendering(key, page, dict(page.meta), made, calls)

    def _included(self, text: str) -> list[FileState]:
        """Return the watched files that a page takes text from, as of the modules it documents."""
        if _SNIPPET.search(text):
            return self._watched
        included = []
        for name in _DOCUMENTS.findall(text):
            module = name.split(".")
            files: list[FileState] = []
            while module and not files:
                ending = "/" + "/".join(module)
                files = [
                    file for file in self._watched
                    if file[0].endswith(f"{ending}.py") or f"{ending}/" in file[0]
                ]  # fmt: skip
                module.pop()
            included += files or self._watched
        return included

    def restore(self, page: Any, files: Any, registries: dict[str, Any]) -> bool:
        """Restore what a page showed last, whatever its text now is; return whether it did show.

        Args:
            page: The page, as MkDocs has it.
            files: The files of this build.
            registries: As for `render`.
        """
        known = self._pages.get(page.file.src_uri)
        if known is not None:
            _restore(known, page, files, registries)
            page.meta = dict(known.meta)
        return known is not None

    def keep_search_entries(self, search: Any) -> None:
        """Make a search index take the entries of unchanged pages from here.

        Material's index reads the HTML of every page anew, which takes longer than all else of a
        build in which one page has changed, and has no hook: its method is replaced.
        """
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


def _restore(known: _Rendering, page: Any, files: Any, registries: dict[str, Any]) -> None:
    """Give a page what the same page had in an earlier build, in terms of this build."""
    vars(page).update(known.attributes)
    page.meta = dict(page.meta)
    links = (page.links_to_anchors or {}).items()
    found = ((files.get_file_from_path(file.src_uri), anchors) for file, anchors in links)
    page.links_to_anchors = {file: anchors for file, anchors in found if file is not None}
    for registry, method, arguments, options in known.calls:
        now = [page if argument is known.page else argument for argument in arguments]
        getattr(registries[registry], method)(*now, **options)


@contextmanager
def _recording_calls(registries: dict[str, Any]) -> Iterator[list[Call]]:
    """Record with which calls a page is registered within this context.

    mkdocstrings and autorefs learn of headings while a page is rendered, forget them after the
    build, and have no hook: their methods are replaced for as long as a page is rendered.
    """
    calls: list[Call] = []

    def recording(name: str, method: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            calls.append((name, method, arguments, options))
            return original(*arguments, **options)

        return call

    replaced = [
        (name, registry, method)
        for name, registry in registries.items()
        for method in ("register_anchor", "register", "get_handler")
        if hasattr(registry, method)
    ]
    for name, registry, method in replaced:
        setattr(registry, method, recording(name, method, getattr(registry, method)))
    try:
        yield calls
    finally:
        for _, registry, method in replaced:
            delattr(registry, method)
