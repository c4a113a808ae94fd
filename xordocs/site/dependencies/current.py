"""What dependencies are now, each looked up once for all pages of a build."""

import functools
import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path

from xordocs.site.dependencies.declared import input_digests
from xordocs.site.dependencies.digests import file_digest, folder_digest
from xordocs.site.dependencies.source_files import Repository
from xordocs.site.dependencies.versions import (
    editable_digest,
    is_installed,
    python_version,
    version,
)

__all__ = ["CurrentState"]


class CurrentState:
    """The state of what pages may depend on, as it was when each part was first asked for.

    Args:
        root: The repository's folder.
        environment: The variables whose change makes pages stale.

    Attributes:
        environment: A digest of each of these variables: a cache may travel further than a secret.
        python: The interpreter's version and the machine's kind.
    """

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self._root, self._repository = root, Repository(root)
        self.environment = {
            name: hashlib.sha256(value.encode(errors="surrogateescape")).hexdigest()
            for name, value in environment.items()
        }
        self.python = python_version()
        self.version = functools.cache(version)
        self.is_installed = functools.cache(is_installed)
        self._file_digest = functools.cache(file_digest)
        self._folder_digest = functools.cache(folder_digest)

    def file(self, name: str) -> str | None:
        """Digest a file, by its name as `Repository.name` gives it; None if it is missing."""
        return self._file_digest(os.path.join(self._root, name))

    def folder(self, name: str) -> str | None:
        """Digest the names in a folder, by its name; None if it is missing."""
        return self._folder_digest(os.path.join(self._root, name))

    def name(self, path: Path) -> str:
        """Name a page's file: relative to the root, or absolute where it lies elsewhere."""
        return self._repository.name(str(path)) or path.as_posix()

    def inputs(self, declared: Iterable[str] | None, page: Path) -> dict[str, str | None] | None:
        """Digest a page's declared inputs; None if it declares nothing."""
        if declared is None:
            return None
        return input_digests(declared, page.parent, os.environ, self._file_digest)

    @functools.cached_property
    def editables(self) -> str:
        """A digest of where packages that are installed as editable lie."""
        return editable_digest(self._repository)

    def place(self, page: Path) -> str:
        """Digest what absolute paths mean something for: this machine, its user, the page's folder.

        A folder may be a symbolic link that leads elsewhere tomorrow.
        """
        folder = self.name(page.parent.resolve())
        parts = [platform.node(), os.path.expanduser("~"), folder]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
