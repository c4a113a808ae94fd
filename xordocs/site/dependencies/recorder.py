"""Record, inside a page's kernel, what the page imports, reads and lists.

An audit hook sees every ``open`` and every directory listing that goes through Python, and takes
the digest of a file of the repository at the moment that the page first reads it, so that a file
edited while the page runs can never be mistaken for the one that the page saw.

What no audit hook can see: files that a C library opens by itself (``tf.io.read_file``),
``os.stat`` and ``Path.exists``, other processes, the network, and the clock.
"""

import contextlib
import functools
import importlib.util
import json
import os
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xordocs.site.dependencies.import_watcher import watch_imports
from xordocs.site.dependencies.source_files import (
    Repository,
    file_digest,
    folder_digest,
    module_files,
)

__all__ = ["Recorder"]

_METADATA = re.compile(r"[/\\]([^/\\]+)-[^/\\-]+\.dist-info[/\\]METADATA$")
"""What is read where a page asks which version of a distribution is installed."""


class Recorder:
    """Records a page's dependencies from ``start`` on until its process ends.

    Args:
        repository: Whose files count.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._files: dict[str, str | None] = {}
        self._folders: dict[str, str | None] = {}
        self._written: set[str] = set()
        self._distributions: set[str] = set()
        self._absent: set[str] = set()
        self._thread = threading.local()  # digesting a file opens it

    def start(self) -> None:
        """Begin to record.

        An audit hook is the one way to see what any library opens; it cannot be removed again.
        """
        on_candidate = functools.partial(self._record, self._record_read)
        watch_imports(self._repository, on_candidate, self._absent.add)
        sys.addaudithook(self._on_event)

    def write(self, path: Path) -> None:
        """Write the dependencies recorded so far, as JSON.

        Args:
            path: The file to write, outside the repository.
        """
        modules = {name.partition(".")[0] for name in sys.modules.copy()} - sys.stdlib_module_names
        for name, file in module_files():  # those that came in past ``open``
            if (ours := self._repository.name(file)) is not None:
                modules.discard(name.partition(".")[0])
                self._files.setdefault(ours, file_digest(file))
        dependencies = {
            "files": self._files,
            "folders": self._folders,
            "modules": sorted(modules),
            "distributions": sorted(self._distributions),
            "absent": sorted(self._absent - modules),
        }
        path.write_text(json.dumps(dependencies), encoding="utf-8")

    def _on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._record(self._record_open, *arguments)
        elif event == "import" and arguments[1]:  # an extension module's file
            self._record(self._record_read, arguments[1])
        elif event == "sqlite3.connect":
            self._record(self._record_database, *arguments)
        elif event in ("os.listdir", "os.scandir") and not _is_import_machinery():
            self._record(self._record_listing, *arguments)

    def _record(self, record: Callable[..., None], *arguments: Any) -> None:
        """Record an event, but none that recording causes; a page must not fail because of it."""
        if getattr(self._thread, "recording", False):
            return
        self._thread.recording = True
        try:
            record(*arguments)
        except Exception:  # noqa: S110 - see above
            pass
        finally:
            self._thread.recording = False

    def _record_open(self, path: object, mode: str | None, flags: int) -> None:
        if isinstance(path, int):  # already open
            return
        reads = flags & (os.O_WRONLY | os.O_TRUNC) == 0
        if reads and not (mode and "x" in mode):
            self._record_read(path)
        elif (name := self._repository.name(os.fsdecode(path))) is not None:  # type: ignore[arg-type]
            self._written.add(name)

    def _record_read(self, path: object) -> None:
        file = os.fsdecode(path)  # type: ignore[arg-type]
        if file.endswith(".pyc"):  # compiled from the file that the author edits
            with contextlib.suppress(ValueError):
                file = importlib.util.source_from_cache(file)
        if (queried := _METADATA.search(file)) is not None:
            self._distributions.add(queried[1].lower())
        name = self._repository.name(file)
        if name is not None and name not in self._files and name not in self._written:
            self._files[name] = file_digest(file)

    def _record_database(self, path: object) -> None:
        file = os.fsdecode(path)  # type: ignore[arg-type]
        if os.path.exists(file):
            self._record_read(file)
        elif (name := self._repository.name(file)) is not None:
            self._written.add(name)  # SQLite makes it

    def _record_listing(self, path: object = None) -> None:
        folder = os.getcwd() if path is None else os.fsdecode(path)  # type: ignore[arg-type]
        name = self._repository.name(folder)
        if name is not None and name not in self._folders:
            self._folders[name] = folder_digest(folder)


def _is_import_machinery() -> bool:
    """Whether a listing was made to find a module or a distribution: imports are watched anyway."""
    caller = sys._getframe(2).f_globals.get("__name__", "")
    return str(caller).startswith(("importlib", "_frozen_importlib"))
