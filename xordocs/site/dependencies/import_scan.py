"""Find which modules a page will import, from its source and without running any of it."""

import ast
import functools
import importlib.util
from collections.abc import Iterable, Iterator
from importlib.machinery import PathFinder
from pathlib import Path

from xordocs.site.dependencies.source_files import Repository

__all__ = ["find_imports", "imported_names", "is_importable"]


def find_imports(
    page: Path, modules: Iterable[str], repository: Repository, code: str | None = None
) -> set[str]:
    """Find which of some modules a page imports, itself or through the author's own modules.

    The answer decides only what is imported ahead of the page. One too many costs time, one too
    few (a name that is put together as the page runs) as well.

    Args:
        page: A Python file.
        modules: The names to look for.
        repository: Whose modules are looked into.
        code: The page's code, where the file is no Python.

    Returns:
        Those of ``modules`` that some import statement names, or names something inside of.
    """
    found: set[str] = set()
    seen: set[Path | str] = set()
    waiting = [(page, "")]
    while waiting:
        file, package = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        own = code if file == page else None
        for name in _imports(file, package, own) - seen:
            seen.add(name)
            found.update(m for m in modules if f"{name}.".startswith(f"{m}."))
            waiting.extend(_files_of(name, repository))
    return found


def is_importable(module: str) -> bool:
    """Whether Python finds a module; nothing is imported, the packages around it neither."""
    top, *inner = module.split(".")
    try:
        spec = importlib.util.find_spec(top)
        for number in range(len(inner)):
            if spec is None:
                return False
            name = ".".join([top, *inner[: number + 1]])
            spec = PathFinder.find_spec(name, spec.submodule_search_locations or [])
    except ValueError:  # no name of a module
        return False
    return spec is not None


def _imports(file: Path, package: str, code: str | None) -> frozenset[str]:
    """Return the absolute names that a file's imports could mean, those in functions too."""
    try:
        content = file.read_bytes() if code is None else code.encode()
        return _cached_names(content, package)
    except (OSError, SyntaxError, ValueError):  # the page itself will say so
        return frozenset()


@functools.lru_cache(maxsize=1024)
def _cached_names(source: bytes, package: str) -> frozenset[str]:
    return frozenset(imported_names(source, package))


def imported_names(source: str | bytes, package: str) -> Iterator[str]:
    """Yield the absolute names that import statements could mean, those in functions too.

    Args:
        source: Python code.
        package: The package that relative imports start from.

    Raises:
        SyntaxError: The code is no Python.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                origin = importlib.util.resolve_name("." * node.level + origin, package)
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def _files_of(name: str, repository: Repository) -> Iterator[tuple[Path, str]]:
    """Yield the repository's files that importing a dotted name runs, each with its package."""
    places: list[str] | None = None
    parts = name.split(".")
    for depth in range(1, len(parts) + 1):
        dotted = ".".join(parts[:depth])
        spec = PathFinder.find_spec(dotted, places)
        if spec is None:
            return
        locations = spec.submodule_search_locations
        if spec.origin is not None and repository.name(spec.origin) is not None:
            package = dotted if locations is not None else dotted.rpartition(".")[0]
            yield Path(spec.origin), package
        elif locations is None or not any(repository.name(place) for place in locations):
            return
        if locations is None:
            return
        places = list(locations)
