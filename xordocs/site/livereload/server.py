"""Keep a site up to date under ``mkdocs serve``: what lives from build to build."""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import filterfalse
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from xordocs.site.dependencies.digests import is_passing
from xordocs.site.errors import ExecutionError
from xordocs.site.execution import Session, StalePage
from xordocs.site.livereload.background import BackgroundExecutor
from xordocs.site.notebooks.pages import Executed, Page

__all__ = ["LiveSite", "failure_notice", "file_states", "pending_notice"]


class LiveSite:
    """The site during one run of ``mkdocs serve``.

    Args:
        session: Executes the pages.
    """

    def __init__(self, session: Session) -> None:
        self._trigger = session.folder / "executed"  # MkDocs builds again when it is written
        self._trigger.touch()
        self._folders: list[str] = []
        self._executor = BackgroundExecutor(
            session, lambda: file_states(self._folders), self._request_build
        )
        self._is_built = self._catches_up = False
        self._current_page = ""

    def partition(self, pages: Mapping[str, Page]) -> tuple[dict[str, Executed], list[StalePage]]:
        """Split pages into fresh and stale, as `Session.partition` does."""
        return self._executor.partition(pages)

    def execute_stale(
        self,
        stale: Sequence[StalePage],
        addresses: Mapping[str, str],
        code: list[str],
        docs: str,
    ) -> dict[str, Executed | ExecutionError]:
        """Begin to execute the page that is being read; in the first build execute every page.

        Args:
            stale: The pages to execute.
            addresses: Each page's address within the site.
            code: The files and folders that MkDocs watches beside the pages'.
            docs: The pages' folder.

        Returns:
            What is known of the pages. There will be another build for each of the others.
        """

        def is_read(one: StalePage) -> bool:
            return unquote(addresses[one.page.name]) == self._current_page

        self._folders = [*code, docs]
        modules = [file for file in file_states(code) if file[0].endswith(".py")]
        known = self._executor.update(stale, modules, is_read)
        if not self._is_built:
            self._executor.execute_rest()
            known = self._executor.wait()
        self._is_built = True
        return known

    def postpones(self) -> bool:
        """Whether the build that begins may leave to another one what is not urgent."""
        catches_up, self._catches_up = self._catches_up, False
        return not catches_up

    def catch_up(self) -> None:
        """Request a build that postpones nothing, unless there will be one for an urgent page."""
        if not self._executor.is_urgent():
            self._catches_up = True
            self._request_build()

    def execute_rest(self) -> None:
        """Begin to execute the other pages, now that the site is written."""
        self._executor.execute_rest()

    def attach(self, server: Any) -> None:
        """Have MkDocs' server build again after an execution, and observe which page is read.

        Args:
            server: MkDocs' server, before it begins to serve.
        """
        server.watch(str(self._trigger))
        answer = server.get_app()

        def observe(environ: dict[str, Any], start_response: Any) -> Any:
            path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")  # as WSGI has it
            address = path.removeprefix(server.mount_path)
            if address == "" or address.endswith(("/", ".html")):
                self._current_page = address or "./"
            return answer(environ, start_response)

        server.set_app(observe)

    def close(self) -> None:
        """Stop what is being executed."""
        self._executor.stop()

    def _request_build(self) -> None:
        self._trigger.write_text(self._trigger.read_text() + ".")


def file_states(paths: Iterable[str]) -> list[tuple[str, int, int]]:
    """Return every file under some paths, with when it was written and its size."""
    found = []
    for file in (file for path in paths for file in _files(path)):
        with contextlib.suppress(OSError):  # some come and go
            status = file.stat()
            found.append((str(file), status.st_mtime_ns, status.st_size))
    return found


def _files(path: str) -> Iterator[Path]:
    if os.path.isfile(path):
        yield Path(path)
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(filterfalse(is_passing, folders))
        yield from (Path(folder, name) for name in sorted(filterfalse(is_passing, names)))


def failure_notice(message: str) -> str:
    """Return the HTML that tells why a page cannot be shown.

    Args:
        message: The reason, in a line, and what belongs to it.
    """
    return (
        f"<h1>{escape(message.partition(chr(10))[0])}</h1>\n"
        f'<div class="xd-output xd-error highlight"><pre><code>{escape(message)}</code></pre></div>'
    )


def pending_notice(reason: str, before: str) -> str:
    """Return the HTML that tells that a page is being executed.

    Args:
        reason: Why.
        before: What the page showed before; empty if it did not show.
    """
    follows = "What follows is from before. " if before else ""
    return (
        '<div class="admonition info"><p class="admonition-title">Being executed</p>'
        f"<p>Why: {escape(reason)}. {follows}The page reloads when it is done.</p></div>\n{before}"
    )
