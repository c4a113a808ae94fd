"""Restore a page's rendering where rendering it again would make the same."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from xordocs.site.cache import Memo
from xordocs.site.incremental.log_messages import recording_messages
from xordocs.site.incremental.read_recorder import ReadRecorder, state_of
from xordocs.site.incremental.registrations import Call, Registries, recording_calls, repeat

__all__ = ["RenderCache", "Rendering"]

ATTRIBUTES = {"content", "links_to_anchors", "present_anchor_ids", "toc", "_title_from_render"}
"""What rendering sets of MkDocs' page."""
HANDLER = "python"
"""The handler of mkdocstrings that depends on files alone."""


_DOCUMENTS = re.compile(r"^[# ]*::: ?([\w.]+)", re.MULTILINE)
"""What shows which modules a page documents."""


class Rendering(NamedTuple):
    """What rendering a page made of it.

    Attributes:
        content: The HTML.
        toc: The headings, as the Markdown extension ``toc`` has them.
        title: The first heading's text; None if there is none.
        anchors: The ids on the page.
        links: Links to anchors: for each file its anchors, each with the link as it was written;
            None if MkDocs has not collected them.
        calls: What the page was registered with.
        states: A digest of each file and folder that it was made from besides the page's text.
        inventory: What the inventory held before, if the page was added to it.
    """

    content: str
    toc: list[dict[str, Any]]
    title: str | None
    anchors: list[str]
    links: dict[str, dict[str, str]] | None
    calls: list[Call]
    states: dict[str, str | None]
    inventory: str


class _Shown(NamedTuple):
    """What a page showed last in this process; the key is None if it must be rendered again."""

    key: str | None
    rendering: Rendering
    meta: dict[str, Any]


class RenderCache:
    """The rendered pages, from build to build.

    Args:
        memo: Keeps renderings on disk.
        get_toc: Makes MkDocs' table of contents from headings.
        remembers: Whether to remember what each page showed last in this process, which later
            builds may show: those of a served site.

    Attributes:
        has_postponed: Whether this build shows a page as it was although it must be rendered again.
    """

    def __init__(self, memo: Memo, get_toc: Callable[[Any], Any], *, remembers: bool) -> None:
        self._memo, self._get_toc, self._remembers = memo, get_toc, remembers
        self._shown: dict[str, _Shown] = {}
        self.begin(lambda: None, "")

    def begin(
        self, describe_site: Callable[[], str | None], output: str, *, postpones: bool = False
    ) -> None:
        """Begin a build.

        Args:
            describe_site: Describes what every page depends on, once all files are known; returns
                None if nobody can, so that every page is rendered.
            output: The folder that the site is written to, which no page depends on.
            postpones: Whether to leave to a later build what is not urgent: pages that document
                other modules of a package of which one has changed. They hardly ever come out
                differently, and take longer than all else of a build.
        """
        self._postpones, self.has_postponed = postpones, False
        self._describe_site: Callable[[], str | None] | None = describe_site
        self._site: str | None = None
        self._output = output
        self._states: dict[str, str | None] = {}
        self._documented: dict[str, str | None] = {}  # griffe keeps what it has read for one page
        self._inventory = hashlib.sha256()

    def render(
        self, page: Any, files: Any, registries: Registries, render: Callable[[], None]
    ) -> None:
        """Render a page, or restore what rendering the same has made of it.

        Args:
            page: MkDocs' page; its text is what is rendered.
            files: The files of this build.
            registries: What pages are registered with while they are rendered, by any name.
            render: Renders the page.
        """
        key = self._key(page)
        known = self._find(page, key) if key is not None else None
        if known is not None:
            self._restore(known, page, files, registries)
        else:
            known, is_kept = self._record(page, registries, render)
            if not is_kept:
                key = None
            elif key is not None:
                self._memo.store(json.dumps(known), "rendering", key)
        if self._remembers:
            self._shown[page.file.src_uri] = _Shown(key, known, dict(page.meta))

    def restore_last(self, page: Any, files: Any, registries: Registries) -> None:
        """Restore what a page showed last in this process, if anything, whatever its text now is.

        Args:
            page: MkDocs' page.
            files: The files of this build.
            registries: As for `render`.
        """
        shown = self._shown.get(page.file.src_uri)
        if shown is not None:
            self._restore(shown.rendering, page, files, registries)
            page.meta = dict(shown.meta)

    def _key(self, page: Any) -> str | None:
        """Name everything that a page is rendered from, as far as it is known beforehand."""
        if self._describe_site is not None:
            self._site, self._describe_site = self._describe_site(), None
        if self._site is None:
            return None
        key = json.dumps([self._site, page.file.src_uri, page.file.url, page.markdown])
        return hashlib.sha256(key.encode()).hexdigest()

    def _find(self, page: Any, key: str) -> Rendering | None:
        """Return a rendering of which nothing has changed, or nothing that is urgent."""
        shown = self._shown.get(page.file.src_uri)
        was_shown = shown is not None and shown.key == key
        if shown is not None and was_shown:
            rendering = shown.rendering
        else:
            text = self._memo.get("rendering", key)
            if text is None:
                return None
            rendering = _parse(text)
        if rendering.inventory and rendering.inventory != self._inventory.hexdigest():
            return None
        changed = [path for path, state in rendering.states.items() if self._state(path) != state]
        if changed and was_shown and self._postpones and not _concern(changed, page.markdown):
            self.has_postponed = True
            return rendering
        return None if changed else rendering

    def _state(self, path: str) -> str | None:
        if path not in self._states:
            self._states[path] = state_of(path, self._output)
        return self._states[path]

    def _record(
        self, page: Any, registries: Registries, render: Callable[[], None]
    ) -> tuple[Rendering, bool]:
        """Render a page; return what this made of it, and whether it would always make the same."""
        before, meta = dict(vars(page)), repr(page.meta)
        recorder = ReadRecorder(self._output)
        with (
            recording_calls(registries) as calls,
            recording_messages() as messages,
            recorder.recording(),
        ):
            render()
        inventory = self._inventory.hexdigest()
        registered = [call.without(page) for call in calls]
        self._count(registered)
        made = {name for name, it in vars(page).items() if before.get(name) is not it}
        handlers = {str(call.arguments[0]) for call in calls if call.method == "get_handler"}
        if handlers:
            self._documented.update(recorder.states)
            recorder.states.update(self._documented)
        rendering = Rendering(
            content=str(page.content),
            toc=_tokens(page.toc),
            title=page._title_from_render,
            anchors=sorted(page.present_anchor_ids or ()),
            links=_links_by_uri(page.links_to_anchors),
            calls=registered,
            states=recorder.states,
            inventory=inventory if any(call.registry == "inventory" for call in calls) else "",
        )
        is_kept = (
            not messages
            and recorder.is_complete
            and handlers <= {HANDLER}
            and not (handlers and "extensions:" in page.markdown)  # griffe's may read anything
            and made <= ATTRIBUTES
            and repr(page.meta) == meta
        )
        return rendering, is_kept and _as_stored(rendering) == rendering

    def _restore(self, rendering: Rendering, page: Any, files: Any, registries: Registries) -> None:
        """Give a page what the same page had in an earlier build, in terms of this build."""
        page.content = rendering.content
        page.toc = self._get_toc(rendering.toc)
        page._title_from_render = rendering.title
        page.present_anchor_ids = set(rendering.anchors)
        if rendering.links is not None:
            found = ((files.get_file_from_path(it), links) for it, links in rendering.links.items())
            page.links_to_anchors = {file: dict(links) for file, links in found if file is not None}
        repeat(rendering.calls, page, registries)
        self._count(rendering.calls)

    def _count(self, calls: list[Call]) -> None:
        """Digest what the inventory holds: whether a page adds a name depends on it."""
        for call in calls:
            if call.registry == "inventory":
                self._inventory.update(repr(call).encode())


def _parse(text: str) -> Rendering:
    rendering = Rendering(*json.loads(text))
    return rendering._replace(calls=[Call(*call) for call in rendering.calls])


def _as_stored(rendering: Rendering) -> Rendering | None:
    """Return what a rendering would be that was stored; None if no file can hold it."""
    try:
        return _parse(json.dumps(rendering))
    except (TypeError, ValueError):  # it was registered with some object
        return None


def _concern(files: list[str], text: str) -> bool:
    """Whether changed files belong to the modules that a page documents, or it documents none."""
    modules = [name.replace(".", "/") for name in _DOCUMENTS.findall(text)]
    return not modules or any(
        f"/{place}{end}" in file
        for module in modules
        for place, end in [(module, "/"), (module, ".py"), (module.rpartition("/")[0], ".py")]
        for file in files
    )


def _tokens(toc: Any) -> list[dict[str, Any]]:
    return [
        {"name": it.title, "id": it.id, "level": it.level, "children": _tokens(it.children)}
        for it in toc
    ]


def _links_by_uri(links: Any) -> dict[str, dict[str, str]] | None:
    return None if links is None else {file.src_uri: it for file, it in links.items()}
