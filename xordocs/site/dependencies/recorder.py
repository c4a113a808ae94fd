"""Record, inside a page's kernel, what the page imports, reads and lists.

An audit hook sees every ``open`` and every directory listing that goes through Python, and takes
the digest of a file at the moment that the page first reads it, so that a file edited while the
page runs can never be mistaken for the one that the page saw. It sees where the author's code
starts processes and opens connections, too. What those bring in it cannot see; such a page is
executed in every build, unless it declares its inputs.

What cannot be seen, and no word tells:

- files that a C or C++ library opens by itself: ``tf.io.read_file``, HDF5, Parquet through Arrow,
  SQLite's attached databases; and connections that such a library opens (database drivers, gRPC);
- processes that installed packages start for themselves, and what these read;
- whether a file or folder is there, how long and how old it is, when only asked by ``os.stat``,
  ``Path.exists`` and the like; where a symbolic link leads, by ``os.readlink``;
- the clock, the machine, its processors and its memory, and all that is random;
- environment variables that nobody declares, which pages therefore do not get;
- plugins of an installed package that are installed later, found by their entry points;
- what lies in hidden files of the home folder, in system folders and in installed packages, beyond
  the packages' versions.
"""

import contextlib
import functools
import importlib.util
import json
import os
import re
import stat
import sys
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, Self

from xordocs.site.dependencies.digests import file_digest, folder_digest
from xordocs.site.dependencies.import_watcher import watch_imports
from xordocs.site.dependencies.processes import EVENTS, Beginning, asked_host, beginning, is_worker
from xordocs.site.dependencies.source_files import Repository, module_files

__all__ = ["Record", "Recorder"]

_METADATA = re.compile(r"[/\\]([^/\\]+)-[^/\\-]+\.dist-info[/\\]METADATA$")
"""What is read where a page asks which version of a distribution is installed."""
MAX_BEGINNINGS = 20
"""How many processes and connections are told of a page, and hosts of a cell."""


class Record(NamedTuple):
    """What is known of a page's dependencies when it has been executed.

    Attributes:
        files: For each file that was read, its digest; None if it was missing.
        folders: The same for the names in each folder that was listed.
        modules: The modules of others that were imported, by their first names.
        imports_own: Whether modules of the author's were imported.
        distributions: The distributions of which the version was asked for.
        absent: The modules that were to be imported and were nowhere.
        beginnings: The processes and connections that were begun, by the fields of `Beginning`.
        hosts: The hosts that the last cell asked for.
    """

    files: dict[str, str | None]
    folders: dict[str, str | None]
    modules: list[str]
    imports_own: bool
    distributions: list[str]
    absent: list[str]
    beginnings: list[dict[str, Any]]
    hosts: list[str]

    @classmethod
    def unseen(cls, what: str) -> "Record":
        """Return the record of a page of which nothing was seen but that there is more.

        Args:
            what: Why, in a few words.
        """
        return cls({}, {}, [], False, [], [], [Beginning(what, None, 0, None)._asdict()], [])

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Read what a `Recorder` has written; None if that is lost."""
        with contextlib.suppress(OSError, ValueError, TypeError):
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        return None


class Recorder:
    """Records a page's dependencies from ``start`` on until its process ends.

    Args:
        repository: Whose files count.
        cell: Returns the number of the cell that is executed, as the kernel counts.
    """

    def __init__(self, repository: Repository, cell: Callable[[], int] = lambda: 0) -> None:
        self._repository, self._cell = repository, cell
        self._files: dict[str, str | None] = {}
        self._folders: dict[str, str | None] = {}
        self._made: set[str] = set()
        self._appended: set[str] = set()
        self._distributions: set[str] = set()
        self._absent: set[str] = set()
        self._beginnings: dict[Beginning, None] = {}  # in their order
        self._hosts: dict[str, None] = {}
        self._module_names: dict[str, str | None] = {}  # by a module's file, that file's name
        self._thread = threading.local()  # digesting a file opens it

    def start(self) -> None:
        """Begin to record.

        An audit hook is the one way to see what any library opens; it cannot be removed again.
        """
        on_candidate = functools.partial(self._record, self._record_read)
        watch_imports(self._repository, on_candidate, self._absent.add)
        sys.addaudithook(self._on_event)

    def write(self, path: Path) -> None:
        """Write the dependencies recorded so far, as JSON, at a cell's end.

        Args:
            path: The file to write, in a folder that does not count.
        """
        self._thread.recording = True
        try:
            path.write_text(json.dumps(self._recorded()._asdict()), encoding="utf-8")
            self._hosts = {}
        finally:
            self._thread.recording = False

    def _recorded(self) -> Record:
        modules = {name.partition(".")[0] for name in sys.modules.copy()}
        modules -= sys.stdlib_module_names | self._own_modules()
        files = self._files.copy()
        for name in self._appended & files.keys():  # as the page itself has left them
            files[name] = file_digest(os.path.join(self._repository.root, name))
        return Record(
            files=files,
            folders=self._folders.copy(),
            modules=sorted(modules),
            imports_own=any(name is not None for name in self._module_names.values()),
            distributions=sorted(self._distributions),
            absent=sorted(self._absent - modules),
            beginnings=[begun._asdict() for begun in self._beginnings.copy()],
            hosts=list(self._hosts.copy()),
        )

    def _own_modules(self) -> set[str]:
        """Return the first names of the author's modules, and record files that no ``open`` showed.

        Each file is looked at once: TensorFlow brings thousands, and a page has many cells.
        """
        own = set()
        for module, file in module_files():
            if file not in self._module_names:
                self._module_names[file] = name = self._repository.name(file)
                if name is not None and name not in self._files:
                    self._files[name] = file_digest(file)
            if self._module_names[file] is not None:
                own.add(module.partition(".")[0])
        return own

    def _on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._record(self._record_open, *arguments)
        elif event == "import" and arguments[1]:  # an extension module's file
            self._record(self._record_read, arguments[1])
        elif event == "sqlite3.connect":
            self._record(self._record_database, *arguments)
        elif event == "ctypes.dlopen" and arguments[0]:
            self._record(self._record_library, *arguments)
        elif event in ("os.listdir", "os.scandir") and not _is_import_machinery():
            self._record(self._record_listing, *arguments)
        elif event in EVENTS:
            self._record(self._record_beginning, event, arguments)

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

    def _record_open(self, path: Any, mode: str | None, flags: int) -> None:
        if isinstance(path, int):  # already open
            if is_worker(_caller()):
                self._record_beginning("os.fork", ())
            return
        for file in _meant(os.fsdecode(path), mode):
            self._record_opened(file, mode, flags)

    def _record_opened(self, file: str, mode: str | None, flags: int) -> None:
        writes = flags & (os.O_WRONLY | os.O_RDWR) != 0
        if not writes:
            self._record_read(file)
        elif (name := self._repository.name(file)) is not None:
            empties = flags & (os.O_TRUNC | os.O_EXCL) or (mode is not None and "x" in mode)
            if name in self._files or name in self._made:
                pass
            elif empties or not os.path.lexists(file):
                self._made.add(name)
            else:  # what was there before stays, and may be read
                self._appended.add(name)
                if flags & os.O_RDWR:
                    self._record_read(file)

    def _record_read(self, path: Any) -> None:
        file = os.fsdecode(path)
        if file.endswith(".pyc"):  # compiled from the file that the author edits
            with contextlib.suppress(ValueError):
                file = importlib.util.source_from_cache(file)
        if (queried := _METADATA.search(file)) is not None and not _is_scan(_caller()):
            self._distributions.add(queried[1].lower())
        name = self._repository.name(file)
        if name is None or name in self._files or name in self._made or not _is_file(file):
            return
        self._files[name] = file_digest(file)

    def _record_database(self, path: Any) -> None:
        file = os.fsdecode(path)
        if file.startswith("file:"):
            file = urllib.parse.unquote(file.removeprefix("file:").partition("?")[0])
        self._record_opened(file, None, os.O_RDWR)

    def _record_library(self, path: Any) -> None:
        if os.path.dirname(os.fsdecode(path)):  # other names the system looks up
            self._record_read(path)

    def _record_listing(self, path: Any = None) -> None:
        if isinstance(path, int):
            path = _path_of(path)
        folder = os.getcwd() if path is None else os.fsdecode(path)
        name = self._repository.name(folder)
        if name is not None and name not in self._folders:
            self._folders[name] = folder_digest(folder)

    def _record_beginning(self, event: str, arguments: tuple[Any, ...]) -> None:
        if (host := asked_host(event, arguments)) and len(self._hosts) < MAX_BEGINNINGS:
            self._hosts.setdefault(host)
        begun = beginning(event, arguments, _caller(), self._repository)
        if begun is not None and len(self._beginnings) < MAX_BEGINNINGS:
            if begun.cell is None:
                begun = begun._replace(cell=self._cell())
            self._beginnings.setdefault(begun)


def _meant(path: str, mode: str | None) -> Iterator[str]:
    """Yield the files that an event of ``open`` may mean.

    `os.open` takes a relative path from the folder that a descriptor is of, and the event does not
    say which; so all folders count that are open.
    """
    yield path
    if mode is None and not os.path.isabs(path):
        for descriptor in _descriptors():
            with contextlib.suppress(OSError):
                if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                    yield os.path.join(_path_of(descriptor), path)


def _descriptors() -> list[int]:
    """List this process's open descriptors."""
    for folder in ("/proc/self/fd", "/dev/fd"):
        with contextlib.suppress(OSError):
            return [int(name) for name in os.listdir(folder)]
    return []


def _path_of(descriptor: int) -> str:
    """Return the path of an open folder."""
    if sys.platform == "darwin":
        import fcntl

        return os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0"))
    return os.readlink(f"/proc/self/fd/{descriptor}")


def _is_file(path: str) -> bool:
    """Whether a path is that of a regular file, or of nothing: pipes and folders are not read."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True


def _caller() -> FrameType | None:
    """Return the innermost frame that is not of this module: it causes the event."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_globals.get("__name__") == __name__:
        frame = frame.f_back
    return frame


def _is_import_machinery() -> bool:
    """Whether a listing was made to find a module or a distribution: imports are watched anyway."""
    caller = sys._getframe(2).f_globals.get("__name__", "")
    return str(caller).startswith(("importlib", "_frozen_importlib"))


def _is_scan(frame: FrameType | None) -> bool:
    """Whether the names of all distributions are collected: that asks for nobody's version."""
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if frame.f_code.co_name == "packages_distributions" and module.startswith("importlib"):
            return True
        frame = frame.f_back
    return False
