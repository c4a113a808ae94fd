"""Look up the versions of what is installed: of Python, and of distributions."""

import functools
import importlib.machinery
import importlib.metadata
import os
import platform
import sys
from collections.abc import Iterable, Mapping

from xordocs.site.dependencies.source_files import is_package_folder

__all__ = ["installed_versions", "is_installed", "module_versions", "python_version", "version"]


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


def is_installed(module: str) -> bool:
    """Whether a module can now be imported from the folders that packages are installed into."""
    folders = [folder for folder in sys.path if is_package_folder(folder)]
    return importlib.machinery.PathFinder.find_spec(module, folders) is not None


@functools.lru_cache(maxsize=1)
def _providers(_install_times: tuple[int | None, ...]) -> Mapping[str, list[str]]:
    return importlib.metadata.packages_distributions()


def version(distribution: str) -> str | None:
    """Look up a distribution's version; None if it is not installed."""
    return _version(distribution, _install_times())


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
