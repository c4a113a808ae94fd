"""Record what an execution depended on, and find out what of it has changed."""

import contextlib
import functools
import hashlib
import importlib.machinery
import importlib.metadata
import os
import platform
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from xordocs.site.cache.source_files import file_digest, folder_digest, is_package_folder

__all__ = [
    "Manifest",
    "environment_digests",
    "installed_versions",
    "module_versions",
    "python_version",
    "version",
]


@dataclass(frozen=True)
class Manifest:
    """Everything that may change a page's outputs, as it was when the page was executed.

    Attributes:
        cells: A digest of each code cell, in order.
        files: For each file of the repository that was read, its digest; None if it was missing.
        folders: The same for the names in each folder that was listed.
        distributions: The version of each installed distribution that was imported or asked for.
        absent: The modules that were to be imported and were nowhere.
        environment: A digest of each declared environment variable.
        python: The interpreter's version and the machine's kind.
        seconds: How long the execution took. Nothing depends on it but the order of the next.
    """

    cells: list[str]
    files: dict[str, str | None]
    folders: dict[str, str | None]
    distributions: dict[str, str]
    absent: list[str]
    environment: dict[str, str]
    python: str
    seconds: float

    def changes(
        self,
        root: Path,
        cells: list[str],
        environment: Mapping[str, str],
        installed: Callable[[str], str | None],
    ) -> Iterator[str]:
        """Yield each dependency that changed since the execution.

        Args:
            root: The repository's folder.
            cells: The digests of the code cells as they now are.
            environment: The declared environment variables as they now are.
            installed: Returns a distribution's version; None if it is not installed.

        Yields:
            A few words for each change, such as ``numpy 2.4.1 → 2.4.6``.
        """
        if len(cells) != len(self.cells):
            yield f"{len(self.cells)} code cells → {len(cells)}"
        else:
            pairs = zip(self.cells, cells, strict=True)
            yield from (f"cell {n} changed" for n, (old, new) in enumerate(pairs, 1) if old != new)
        if self.python != python_version():
            yield f"{self.python} → {python_version()}"
        for name, old in self.distributions.items():
            if (new := installed(name)) != old:
                yield f"{name} {old} → {new or 'none'}"
        yield from (f"{name} is installed now" for name in self.absent if _is_installed(name))
        for name, digest in self.files.items():
            yield from _difference(name, digest, file_digest(root / name))
        for name, digest in self.folders.items():
            yield from _difference(f"{name}/", digest, folder_digest(root / name))
        now = environment_digests(environment)
        for name in sorted(self.environment.keys() | now.keys()):
            yield from _difference(f"${name}", self.environment.get(name), now.get(name))


def environment_digests(environment: Mapping[str, str]) -> dict[str, str]:
    """Digest each variable's value: a cache may travel further than a secret should."""
    return {
        name: hashlib.sha256(value.encode(errors="surrogateescape")).hexdigest()
        for name, value in environment.items()
    }


def python_version() -> str:
    """Name the interpreter's version and the machine's kind."""
    return f"Python {platform.python_version()} on {sys.platform} {platform.machine()}"


def module_versions(modules: Iterable[str]) -> dict[str, str]:
    """Look up the versions of the distributions that top-level modules come from.

    Args:
        modules: Names; those that no distribution claims are left out.

    Returns:
        The version of each distribution, by its name in lower case.
    """
    providers = _providers(_install_times())
    return installed_versions(
        name.lower() for module in modules for name in providers.get(module, [])
    )


def installed_versions(distributions: Iterable[str]) -> dict[str, str]:
    """Look up the version of each distribution that is installed, by its name."""
    names = sorted(set(distributions))
    return {name: found for name in names if (found := version(name)) is not None}


def _is_installed(module: str) -> bool:
    """Whether a module can now be imported from the folders that packages are installed into."""
    folders = [folder for folder in sys.path if is_package_folder(folder)]
    return importlib.machinery.PathFinder.find_spec(module, folders) is not None


@functools.lru_cache(maxsize=1)
def _providers(_install_times: tuple[int | None, ...]) -> Mapping[str, list[str]]:
    """Map each top-level module to the distributions that it comes from.

    `importlib.metadata.packages_distributions` answers the same, and takes most of a second.
    """
    providers: dict[str, list[str]] = {}
    for name, folder in _folders(_install_times).items():
        for module in _top_level(folder):
            providers.setdefault(module, []).append(name)
    return providers


def _top_level(folder: Path) -> set[str]:
    """Name the top-level modules of a distribution, by what its installer has written."""
    with contextlib.suppress(OSError):
        return set(folder.joinpath("top_level.txt").read_text(encoding="utf-8").split())
    with contextlib.suppress(OSError):
        files = folder.joinpath("RECORD").read_text(encoding="utf-8").splitlines()
        paths = (line.partition(",")[0].strip('"').split("/") for line in files)
        tops = {path[0] for path in paths if path[-1].endswith((".py", ".so", ".pyd"))}
        return {top.partition(".")[0] for top in tops} - {""}
    return set()


@functools.lru_cache(maxsize=1)
def _folders(_install_times: tuple[int | None, ...]) -> Mapping[str, Path]:
    """Map each installed distribution's normalized name to the folder that describes it."""
    folders: dict[str, Path] = {}
    for place in sys.path:
        with contextlib.suppress(OSError):
            for entry in sorted(os.listdir(place or ".")):
                if entry.endswith(".dist-info"):
                    name = _normalized(entry.partition("-")[0])
                    folders.setdefault(name, Path(place, entry))
    return folders


def _normalized(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def version(distribution: str) -> str | None:
    """Look up a distribution's version; None if it is not installed."""
    times = _install_times()
    folder = _folders(times).get(_normalized(distribution))
    if folder is not None:  # its name says it, and its metadata take long to parse
        return folder.stem.partition("-")[2]
    return _version(distribution, times)


def _install_times() -> tuple[int | None, ...]:
    """Return when each folder of the path last changed: what is remembered holds until then."""
    return tuple(map(_modified, sys.path))


def _modified(folder: str) -> int | None:
    try:
        return os.stat(folder or ".").st_mtime_ns
    except OSError:
        return None


@functools.lru_cache(maxsize=4096)
def _version(distribution: str, _install_times: tuple[int | None, ...]) -> str | None:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


def _difference(name: str, old: str | None, new: str | None) -> Iterator[str]:
    if old != new:
        yield f"{name} {'appeared' if old is None else 'changed' if new else 'is gone'}"
