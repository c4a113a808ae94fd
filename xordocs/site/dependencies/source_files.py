"""Tell the files that an author may change from installed ones and the system's."""

import os
import re
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

__all__ = [
    "Repository",
    "forget_modules",
    "installed_folders",
    "is_package_folder",
    "module_files",
]

_PACKAGES = re.compile(r"[/\\](site|dist)-packages[/\\]")
_GIT = re.compile(r"[/\\]\.git[/\\]")


def _prefixes(*folders: str | Path) -> tuple[str, ...]:
    """Return how the path of each folder, and of all that is in it, may begin."""
    ways = [
        way for folder in folders for way in (os.path.abspath(folder), os.path.realpath(folder))
    ]
    return tuple(dict.fromkeys(os.path.normcase(os.path.join(way, "")) for way in ways))


def _is_in(path: str, prefixes: tuple[str, ...]) -> bool:
    return os.path.normcase(os.path.join(path, "")).startswith(prefixes)


if os.name == "nt":
    _NAMED = ("SYSTEMROOT", "PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMDATA")
    _SYSTEM = _prefixes(*(os.environ[name] for name in _NAMED if name in os.environ))
else:
    _FOLDERS = (
        *("/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/proc", "/run", "/sbin"),
        *("/snap", "/sys", "/usr", "/var/cache", "/var/db", "/var/lib", "/var/log", "/var/run"),
        *("/Applications", "/Library", "/System", "/private/etc", "/private/var/db", "/nix/store"),
    )
    _SYSTEM = tuple(f"{folder}/" for folder in _FOLDERS)
"""The folders whose files belong to the operating system."""
_USER = ("AppData", "Library")
"""Where programs keep what is theirs in the home folder of Windows and macOS.

Elsewhere hidden files and folders hold it: ``~/.cache``, ``~/.config``, ``~/.keras`` and so on.
"""


class Repository:
    """The files that an author may change: a repository's, and all others that belong to nobody.

    Installed packages, Python, the operating system, and what programs keep in hidden files of
    the home folder do not count.

    Args:
        root: The repository's folder. What lies in it counts wherever it lies, but for packages.
        *folders: Others that count in the same way.
        private: A folder that does not count.
    """

    def __init__(
        self, root: str | Path, *folders: str | Path, private: str | Path | None = None
    ) -> None:
        self.root = os.path.realpath(root)
        self._roots = _prefixes(root)
        self._own = _prefixes(root, *folders)
        packages = installed_folders()
        prefixes = (sys.prefix, sys.base_prefix)
        packages += [prefix for prefix in prefixes if not _is_in(self.root, _prefixes(prefix))]
        self._installed = _prefixes(*packages, *([] if private is None else [private]))
        self._names: dict[str, str | None] = {}

    def name(self, path: str) -> str | None:
        """Return the name of a file or folder that the author may change; None for another.

        Returns:
            The path relative to the root, with ``/``; the absolute path of what lies elsewhere.
        """
        path = os.path.abspath(path)
        if path not in self._names:
            self._names[path] = self._name(path)
        return self._names[path]

    def _name(self, path: str) -> str | None:
        if self._is_installed(path) or _GIT.search(os.path.join(path, "")):
            return None
        real = os.path.realpath(path)
        for spelling in (path, real):
            for root in self._roots:
                if _is_in(spelling, (root,)):
                    return os.path.relpath(spelling, root).replace(os.sep, "/")
        name = path.replace(os.sep, "/")
        if _is_in(path, self._own) or _is_in(real, self._own):
            return name
        if self._is_installed(real) or _is_in(path, _SYSTEM) or _is_settings(path):
            return None
        return name

    def _is_installed(self, path: str) -> bool:
        return _is_in(path, self._installed) or is_package_folder(path)


def installed_folders() -> list[str]:
    """Return the folders of Python's own modules, and of a virtual environment if there is one."""
    folders = [sysconfig.get_path("stdlib")]
    if sys.prefix != sys.base_prefix:  # a virtual environment, perhaps inside the repository
        folders.append(sys.prefix)
    return folders


def is_package_folder(path: str) -> bool:
    """Whether packages are installed into a folder."""
    return _PACKAGES.search(os.path.join(path, "")) is not None


def forget_modules(repository: Repository) -> None:
    """Make the next import of a module of the author's read its file again."""
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


def _is_settings(path: str) -> bool:
    """Whether a file is one that programs keep in the home folder without asking."""
    home = os.path.expanduser("~")
    if not _is_in(path, _prefixes(home)):
        return False
    first = os.path.relpath(path, home).split(os.sep)[0]
    return first in _USER or (first.startswith(".") and first != ".")
