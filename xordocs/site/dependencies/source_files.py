"""Tell the author's own files from installed ones, and digest them."""

import hashlib
import os
import re
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

__all__ = [
    "Repository",
    "file_digest",
    "folder_digest",
    "forget_modules",
    "is_package_folder",
    "module_files",
]

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
        """Return a path relative to the root, with ``/``; None for what is not the author's."""
        path = os.path.abspath(path)
        if path.startswith(self._installed) or _PACKAGES.search(path):
            return None
        for spelling in (path, os.path.realpath(path)):
            for root in self._roots:
                if spelling == root or spelling.startswith(os.path.join(root, "")):
                    name = os.path.relpath(spelling, root).replace(os.sep, "/")
                    return None if name.startswith(".git/") else name
        return None


def is_package_folder(path: str) -> bool:
    """Whether packages are installed into a folder."""
    return _PACKAGES.search(os.path.join(path, "")) is not None


def file_digest(path: str | Path) -> str | None:
    """Return the SHA-256 of a file's bytes; None if there is no such file."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def folder_digest(path: str | Path) -> str | None:
    """Return the SHA-256 of the names in a folder; None if there is no such folder.

    Hidden files, ``__pycache__`` and ``name~`` do not count: editors and Python make and delete
    them.
    """
    try:
        names = [name for name in os.listdir(path) if not name.startswith((".", "__pycache__"))]
    except OSError:
        return None
    listing = "\0".join(sorted(name for name in names if not name.endswith("~")))
    return hashlib.sha256(listing.encode(errors="surrogateescape")).hexdigest()


def forget_modules(repository: Repository) -> None:
    """Make the next import of a module of the repository read its file again."""
    for name, path in module_files():
        if repository.name(path) is not None:
            del sys.modules[name]


def module_files() -> Iterator[tuple[str, str]]:
    """Yield the name and the file of every imported module that has one."""
    # a copy at one stroke: other threads import, too
    for name, module in sys.modules.copy().items():
        file = getattr(module, "__file__", None) if isinstance(module, ModuleType) else None
        if isinstance(file, str) and name != "__main__":
            yield name, file
