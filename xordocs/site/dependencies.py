"""Inside a page's kernel: write down what the page really imports, reads and lists.

An audit hook sees every ``open`` and every directory listing that goes through Python, and takes
the digest of a file of the repository at the moment that the page first reads it, so that a file
edited while the page runs can never be mistaken for the one that the page saw.

What no audit hook can see: files that a C library opens by itself (``tf.io.read_file``, SQLite),
``os.stat`` and ``Path.exists``, other processes, the network, and the clock.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import sys
import sysconfig
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

__all__ = ["Recorder", "Repository", "file_digest", "folder_digest", "forget_repository_modules"]

_PACKAGES = re.compile(r"[/\\](site|dist)-packages[/\\]")


class Repository:
    """The files that an author may change: those under a root, but for installed packages.

    Args:
        root: The repository's folder.
    """

    def __init__(self, root: str | Path) -> None:
        self.root = os.path.realpath(root)
        self._roots = {self.root, os.path.abspath(root)}
        installed = [sysconfig.get_path("stdlib")]
        if sys.prefix != sys.base_prefix:  # a virtual environment, perhaps inside the repository
            installed.append(sys.prefix)
        self._installed = tuple(os.path.join(folder, "") for folder in installed)

    def name(self, path: str) -> str | None:
        """A path's name relative to the root, with ``/``; None for what is not the author's."""
        path = os.path.abspath(path)
        if path.startswith(self._installed) or _PACKAGES.search(path):
            return None
        for spelling in (path, os.path.realpath(path)):
            for root in self._roots:
                if spelling == root or spelling.startswith(os.path.join(root, "")):
                    name = os.path.relpath(spelling, root).replace(os.sep, "/")
                    return None if name.startswith(".git/") else name
        return None


def file_digest(path: str | Path) -> str | None:
    """The SHA-256 of a file's bytes; None if there is no such file."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def folder_digest(path: str | Path) -> str | None:
    """The SHA-256 of the names in a folder, hidden ones left out; None if there is no such folder.

    Editors and Python itself come and go with hidden files, ``__pycache__`` and ``name~``.
    """
    try:
        names = [name for name in os.listdir(path) if not name.startswith((".", "__pycache__"))]
    except OSError:
        return None
    listing = "\0".join(sorted(name for name in names if not name.endswith("~")))
    return hashlib.sha256(listing.encode(errors="surrogateescape")).hexdigest()


def forget_repository_modules(repository: Repository) -> None:
    """Make the next import of a module of the repository read its file again."""
    for name, path in _module_files():
        if repository.name(path) is not None:
            del sys.modules[name]


class Recorder:
    """Listens to the interpreter's audit events, from ``start`` on until the process ends.

    Args:
        repository: Whose files count.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._files: dict[str, str | None] = {}
        self._folders: dict[str, str | None] = {}
        self._written: set[str] = set()
        self._here = threading.local()  # digesting a file opens it

    def start(self) -> None:
        """Begin to listen."""
        sys.addaudithook(self._hear)

    def write(self, path: Path) -> None:
        """Write down what has been heard so far, as JSON.

        Args:
            path: The file to write, outside the repository.
        """
        modules = {name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names
        for name, file in _module_files():  # those that came in past ``open``
            if (ours := self._repository.name(file)) is not None:
                modules.discard(name.partition(".")[0])
                self._files.setdefault(ours, file_digest(file))
        heard = {"files": self._files, "folders": self._folders, "modules": sorted(modules)}
        path.write_text(json.dumps(heard), encoding="utf-8")

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in ("open", "import", "os.listdir", "os.scandir"):
            return
        if getattr(self._here, "busy", False):
            return
        self._here.busy = True
        try:
            if event == "open":
                self._hear_open(*arguments)
            elif event == "import" and arguments[1]:  # an extension module's file
                self._hear_read(arguments[1])
            elif event != "import" and not _import_machinery_asks():
                self._hear_listing(arguments[0])
        except Exception:  # noqa: S110 - what a page does must not fail because we listen
            pass
        finally:
            self._here.busy = False

    def _hear_open(self, path: object, mode: str | None, flags: int) -> None:
        if isinstance(path, int):  # already open
            return
        reads = flags & (os.O_WRONLY | os.O_TRUNC) == 0
        if reads and not (mode and "x" in mode):
            self._hear_read(path)
        elif (name := self._repository.name(os.fsdecode(path))) is not None:  # type: ignore[arg-type]
            self._written.add(name)

    def _hear_read(self, path: object) -> None:
        file = os.fsdecode(path)  # type: ignore[arg-type]
        if file.endswith(".pyc"):  # compiled from the file that the author edits
            with contextlib.suppress(ValueError):
                file = importlib.util.source_from_cache(file)
        name = self._repository.name(file)
        if name is not None and name not in self._files and name not in self._written:
            self._files[name] = file_digest(file)

    def _hear_listing(self, path: object) -> None:
        folder = os.getcwd() if path is None else os.fsdecode(path)  # type: ignore[arg-type]
        name = self._repository.name(folder)
        if name is not None and name not in self._folders:
            self._folders[name] = folder_digest(folder)


def _import_machinery_asks() -> bool:
    """Whether a listing was made to find a module or a distribution: imports are heard anyway."""
    asker = sys._getframe(2).f_globals.get("__name__", "")
    return str(asker).startswith(("importlib", "_frozen_importlib"))


def _module_files() -> Iterator[tuple[str, str]]:
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) if isinstance(module, ModuleType) else None
        if isinstance(file, str) and name != "__main__":
            yield name, file
