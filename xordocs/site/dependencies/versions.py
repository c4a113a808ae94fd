"""Look up the versions of what is installed: of Python, and of distributions."""

import contextlib
import functools
import hashlib
import importlib.machinery
import importlib.metadata
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from xordocs.site.dependencies.source_files import Repository, is_package_folder

__all__ = [
    "editable_digest",
    "installed_versions",
    "is_installed",
    "module_versions",
    "python_version",
    "version",
]

_IMPORTED = re.compile(r"(?:\bimport\s+|__import__\(['\"])(\w+)")
"""The modules that a line of a ``.pth`` file imports whenever Python starts."""


def python_version() -> str:
    """Name the interpreter's version and the machine's kind."""
    return f"Python {platform.python_version()} on {sys.platform} {platform.machine()}"


def module_versions(modules: Iterable[str]) -> dict[str, str]:
    """Look up the versions of the distributions that top-level modules come from.

    Args:
        modules: Names; those that no distribution claims are left out, and so are private
            modules that Python imports whenever it starts (``_distutils_hack``).

    Returns:
        The version of each distribution, by its name in lower case.
    """
    providers = _providers(_install_times())
    used = set(modules) - {name for name in _startup_modules() if name.startswith("_")}
    return installed_versions(name.lower() for module in used for name in providers.get(module, []))


def installed_versions(distributions: Iterable[str]) -> dict[str, str]:
    """Look up the version of each distribution that is installed, by its name."""
    names = sorted(set(distributions))
    return {name: found for name in names if (found := version(name)) is not None}


def editable_digest(repository: Repository) -> str:
    """Digest where packages that are installed as editable lie: it decides which code is imported.

    Args:
        repository: Paths in it count relative to its root.
    """
    digest = hashlib.sha256()
    for folder, line in _startup_lines():
        modules = _IMPORTED.findall(line)
        if not modules:
            digest.update((repository.name(line) or line).encode(errors="surrogateescape"))
        for module in modules:
            if "editable" in module:  # it knows the folders
                with contextlib.suppress(OSError):
                    digest.update(folder.joinpath(f"{module}.py").read_bytes())
    return digest.hexdigest()


def is_installed(module: str) -> bool:
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


def _startup_modules() -> set[str]:
    return {module for _, line in _startup_lines() for module in _IMPORTED.findall(line)}


def _startup_lines() -> Iterator[tuple[Path, str]]:
    """Yield each line of each ``.pth`` file in a folder of packages, with the folder."""
    for folder in (Path(folder) for folder in sys.path if is_package_folder(folder)):
        for file in sorted(folder.glob("*.pth")):
            with contextlib.suppress(OSError):
                lines = file.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
                yield from ((folder, line.strip()) for line in lines if line.strip())
