"""Defer the work of an import until something of the module is used, or spare it."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

__all__ = ["import_without", "lazy_import"]


@contextmanager
def lazy_import(*names: str) -> Iterator[None]:
    """Defer importing these modules until first attribute access.

    The modules are those that others import within this context, so that their import statements
    need not be changed. What is imported already stays as it is.

    Args:
        names: Modules that an import statement names as a whole; ``from module import name`` uses
            what it names, and loads it at once.
    """

    class Finder:
        @staticmethod
        def find_spec(
            name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
        ) -> ModuleSpec | None:
            spec = PathFinder.find_spec(name, path, target) if name in names else None
            if spec is not None and spec.loader is not None:
                spec.loader = LazyLoader(spec.loader)
            return spec

    sys.meta_path.insert(0, Finder)
    try:
        yield
    finally:
        sys.meta_path.remove(Finder)


@contextmanager
def import_without(*names: str) -> Iterator[None]:
    """Let others import in this context as if these modules were not installed.

    What is imported already stays as it is.

    Args:
        names: Modules that others can do without, and that take long to import.
    """
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None, as Python has it
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
