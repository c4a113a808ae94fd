"""Inside a page's kernel: which file an import finds, and which it would have found sooner.

What Python has compiled is not read: it tells an edited module from the one before by its size and
the second of its edit, so that it may run code that no longer stands in the file.
"""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType
from typing import Any

from xordocs.site.cache.source_files import Repository

__all__ = ["watch_imports"]


def watch_imports(
    repository: Repository, looked_for: Callable[[str], None], absent: Callable[[str], None]
) -> None:
    """Have Python tell where it looks for modules, from now on until the process ends.

    Args:
        repository: Whose modules are read anew.
        looked_for: Told each file of the repository that an import would have preferred.
        absent: Told each top-level module that is nowhere.
    """
    importlib.invalidate_caches()
    sys.meta_path.insert(sys.meta_path.index(PathFinder), _Finder(repository, looked_for))
    sys.meta_path.append(_LastFinder(absent))


class _FreshLoader(SourceFileLoader):
    def path_stats(self, path: str) -> dict[str, Any]:
        """Know nothing to tell a compiled file's age by, so that none is read or written."""
        raise OSError(path)


class _Finder:
    """Finds what Python finds on its path, and notes where it was looked for before."""

    def __init__(self, repository: Repository, looked_for: Callable[[str], None]) -> None:
        self._repository, self._looked_for = repository, looked_for
        self._ours: dict[str, bool] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target)
        origin = spec.origin if spec is not None else None
        for folder in sys.path if path is None else path:
            if self._is_ours(folder):
                place = os.path.join(folder, name.rpartition(".")[2])
                for file in (os.path.join(place, "__init__.py"), f"{place}.py"):
                    if file == origin:
                        break
                    self._looked_for(file)
            if origin is not None and origin.startswith(os.path.join(folder, "")):
                break
        if spec is not None and type(spec.loader) is SourceFileLoader and self._is_ours(origin):
            spec.loader = _FreshLoader(name, spec.loader.path)
        return spec

    def _is_ours(self, path: str | None) -> bool:
        if path is None:
            return False
        if path not in self._ours:
            self._ours[path] = self._repository.name(path) is not None
        return self._ours[path]


class _LastFinder:
    """Is asked for what no other finder has found."""

    def __init__(self, absent: Callable[[str], None]) -> None:
        self._absent = absent

    def find_spec(self, name: str, *_: object) -> None:
        if "." not in name:
            self._absent(name)
