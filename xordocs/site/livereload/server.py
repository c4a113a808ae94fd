"""What is kept under ``mkdocs serve`` from build to build, and what its server is asked to do."""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from xordocs.site.execution.session import Due, Executed, ExecutionError, Session
from xordocs.site.livereload.background import Background
from xordocs.site.livereload.incremental import Renderings

__all__ = ["Serving", "state"]

POLL_SECONDS = 0.1
"""How often files are looked at; MkDocs does so twice a second."""


class Serving:
    """One run of ``mkdocs serve``.

    Args:
        session: Executes the pages.
    """

    def __init__(self, session: Session) -> None:
        self.renderings = Renderings()
        self._executed = session.folder / "executed"
        self._executed.touch()
        self._folders: list[str] = []
        self._background = Background(session, lambda: state(self._folders), self._wake)
        self._begun = False
        self._visited = ""

    def look(self, pages: Mapping[str, Path]) -> tuple[dict[str, Executed], list[Due]]:
        """Tell the pages that are up to date from those to execute, as `Session.look` does."""
        return self._background.look(pages)

    def bring(
        self, due: Sequence[Due], addresses: Mapping[str, str], code: list[str], docs: str
    ) -> dict[str, Executed | ExecutionError]:
        """Have the page executed that is being read, if it is due; in the first build, every page.

        Args:
            due: The pages.
            addresses: Each page's address within the site.
            code: The files and folders that MkDocs watches beside the pages'.
            docs: The pages' folder.

        Returns:
            What is known of the pages. There will be another build for each of the others.
        """

        def is_read(one: Due) -> bool:
            return unquote(addresses[one.page.name]) == self._visited

        self._folders = [*code, docs]
        modules = [file for file in state(code) if file[0].endswith(".py")]
        known = self._background.update(due, modules, is_read)
        if not self._begun:
            self._background.proceed()
            known = self._background.wait()
        self._begun = True
        return known

    def proceed(self) -> None:
        """Have the other pages executed, now that the site is written."""
        self._background.proceed()

    def attend(self, server: Any) -> None:
        """Have MkDocs' server look at its files more often, and note which pages it is asked for.

        It overlooks what Python compiles, and builds again when a page has been executed.
        """
        from watchdog.observers.polling import PollingObserverVFS  # builds do without

        watched = list(server._watched_paths)
        for path in watched:
            server.unwatch(path)
        server.observer = PollingObserverVFS(os.stat, _listed, polling_interval=POLL_SECONDS)
        for path in [*watched, str(self._executed)]:
            server.watch(path)
        answer = server.get_app()

        def visited(environ: dict[str, Any], start_response: Any) -> Any:
            path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")  # as WSGI has it
            address = path.removeprefix(server.mount_path)
            if address == "" or address.endswith(("/", ".html")):
                self._visited = address or "./"
            return answer(environ, start_response)

        server.set_app(visited)

    def close(self) -> None:
        """End what is being executed."""
        self._background.stop()

    def _wake(self) -> None:
        self._executed.write_text(self._executed.read_text() + ".")


def state(paths: Iterable[str]) -> list[tuple[str, int, int]]:
    """Every file under some paths, with when it was written and its size."""
    found = []
    for file in (file for path in paths for file in _files(path)):
        with contextlib.suppress(OSError):  # some come and go
            status = file.stat()
            found.append((str(file), status.st_mtime_ns, status.st_size))
    return found


def _listed(path: str | None) -> Iterator[os.DirEntry[str]]:
    return iter([entry for entry in os.scandir(path) if _counts(entry.name)])


def _files(path: str) -> Iterator[Path]:
    if os.path.isfile(path):
        yield Path(path)
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(filter(_counts, folders))
        yield from (Path(folder, name) for name in sorted(filter(_counts, names)))


def _counts(name: str) -> bool:
    return not name.startswith((".", "__pycache__")) and not name.endswith("~")
