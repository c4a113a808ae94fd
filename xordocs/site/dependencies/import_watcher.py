"""Watch, inside a page's kernel, which file each import finds and which it would have preferred."""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

from xordocs.site.dependencies.source_files import Repository

__all__ = ["watch_imports"]


def watch_imports(
    repository: Repository, on_candidate: Callable[[str], None], on_missing: Callable[[str], None]
) -> None:
    """Report where Python looks for modules, from now on until the process ends.

    No audit event says which files an import would have preferred to the one that it found; only
    a finder that stands before Python's own can.

    Args:
        repository: Whose modules are compiled anew.
        on_candidate: Called with each file of the author's that an import would have preferred.
        on_missing: Called with each top-level module that no finder has found.
    """
    importlib.invalidate_caches()
    finder = _WatchingFinder(repository, on_candidate, on_missing)
    sys.meta_path.insert(sys.meta_path.index(PathFinder), finder)


class _UncachedLoader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        """Compile the source, and neither read nor write what was compiled before.

        Python tells an edited module from the one before by its size and the second of its edit,
        so that it may run code that no longer stands in the file.
        """
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code


class _WatchingFinder:
    """Finds what the finders after it find, and reports the files that come before that."""

    def __init__(
        self,
        repository: Repository,
        on_candidate: Callable[[str], None],
        on_missing: Callable[[str], None],
    ) -> None:
        self._repository = repository
        self._on_candidate, self._on_missing = on_candidate, on_missing

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = _find_spec_after(self, name, path, target)
        origin = spec.origin if spec is not None else None
        for folder in sys.path if path is None else path:
            if self._is_ours(folder):
                place = os.path.join(folder, name.rpartition(".")[2])
                for file in (os.path.join(place, "__init__.py"), f"{place}.py"):
                    if file == origin:
                        break
                    self._on_candidate(file)
            if origin is not None and origin.startswith(os.path.join(folder, "")):
                break
        if spec is None:
            if "." not in name:
                self._on_missing(name)
        elif type(spec.loader) is SourceFileLoader and self._is_ours(origin):
            spec.loader = _UncachedLoader(name, spec.loader.path)
        return spec

    def _is_ours(self, path: str | None) -> bool:
        if path is None or path.endswith(".__path_hook__"):  # of an editable package: no folder
            return False
        return self._repository.name(path) is not None


def _find_spec_after(
    finder: object, name: str, path: Sequence[str] | None, target: ModuleType | None
) -> ModuleSpec | None:
    """Ask the finders after this one: Python's own, and those of editable packages."""
    finders: list[object] = list(sys.meta_path)
    later = finders[finders.index(finder) + 1 :] if finder in finders else [PathFinder]
    for other in later:
        if (find := getattr(other, "find_spec", None)) is not None:
            spec: ModuleSpec | None = find(name, path, target)
            if spec is not None:
                return spec
    return None
