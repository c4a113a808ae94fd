"""Keep executed pages on disk, each with what it depended on.

One file holds one execution: a line with the manifest, a line with the executed notebook. The
last few executions of a page are kept, so that going back to another branch finds what was
executed there.
"""

import contextlib
import dataclasses
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from xordocs.site.cache import atomic_file, memo
from xordocs.site.cache.atomic_file import UNFINISHED, DamagedError
from xordocs.site.dependencies.manifest import Manifest

__all__ = ["Cache", "Entry"]

FIELDS = " ".join(field.name for field in dataclasses.fields(Manifest))
KIND = f"xordocs execution, {FIELDS}"
SUFFIX = ".executed"
SUFFIXES = (SUFFIX, memo.SUFFIX)
"""The suffixes of what a cache's folder may hold: executions, and texts made of them."""
MAX_EXECUTIONS = 4
"""How many executions of one page are kept."""
MAX_BYTES = 256 * 2**20
"""How much room a cache may take."""
ABANDONED_SECONDS = 3600
"""The age at which a half-written file must be that of a killed build."""


class Entry(NamedTuple):
    """One execution of a page.

    Attributes:
        manifest: What it depended on.
        notebook: The executed notebook, in JSON.
    """

    manifest: Manifest
    notebook: str


class Cache:
    """The executions kept in one folder, which any number of builds may share.

    Args:
        folder: The folder; made when first written to.
        limit: How many bytes ``trim`` leaves.
    """

    def __init__(self, folder: Path, limit: int = MAX_BYTES) -> None:
        self._folder = folder
        self._limit = limit

    def entries(self, page: str) -> Iterator[tuple[Path, Entry | DamagedError]]:
        """Read a page's executions, the last used first.

        Args:
            page: The page's name.

        Yields:
            Each file with what is in it, or what is wrong with it.
        """
        for file in _oldest_first(self._folder.joinpath(page).glob(f"*{SUFFIX}"))[::-1]:
            try:
                manifest, notebook, _ = atomic_file.read(file, KIND).decode().split("\n")
                yield file, Entry(Manifest(**json.loads(manifest)), notebook)
            except FileNotFoundError:  # another build has just deleted it
                continue
            except (OSError, DamagedError) as error:
                yield file, DamagedError(str(error))

    def has_entries(self, page: str) -> bool:
        """Whether there are executions of a page, whole or damaged."""
        return any(self._folder.joinpath(page).glob(f"*{SUFFIX}"))

    def store(self, page: str, entry: Entry) -> None:
        """Store an execution completely or not at all.

        Args:
            page: The page's name.
            entry: The execution.

        Raises:
            OSError: The disk is full, or the folder cannot be written to.
        """
        folder = self._folder / page
        identity = {**dataclasses.asdict(entry.manifest), "seconds": None}
        name = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:16]
        manifest = json.dumps(dataclasses.asdict(entry.manifest), sort_keys=True)
        content = f"{manifest}\n{entry.notebook}\n".encode()
        atomic_file.write(folder / f"{name}{SUFFIX}", KIND, content)
        for old in _oldest_first(folder.glob(f"*{SUFFIX}"))[:-MAX_EXECUTIONS]:
            old.unlink(missing_ok=True)

    def mark_used(self, file: Path) -> None:
        """Mark an entry as used just now, so that it is evicted later than others."""
        with contextlib.suppress(OSError):
            os.utime(file)

    def drop(self, file: Path) -> None:
        """Delete an entry, if the folder can be written to."""
        with contextlib.suppress(OSError):
            file.unlink()

    def trim(self) -> None:
        """Delete the least recently used files beyond the limit, and what killed builds left."""
        for file in self._files(UNFINISHED):
            if time.time() - _status(file)[0] > ABANDONED_SECONDS:
                self.drop(file)
        files = _oldest_first(self._files())
        sizes = [_status(file)[1] for file in files]
        excess = sum(sizes) - self._limit
        for file, size in zip(files, sizes, strict=True):
            if excess <= 0:
                break
            self.drop(file)
            excess -= size

    def clean(self) -> None:
        """Delete every entry and text, and nothing else."""
        for file in [*self._files(), *self._files(UNFINISHED)]:
            self.drop(file)

    def _files(self, ending: str = "") -> list[Path]:
        return [file for suffix in SUFFIXES for file in self._folder.rglob(f"*{suffix}{ending}")]


def _oldest_first(files: Iterable[Path]) -> list[Path]:
    return sorted(files, key=lambda file: (_status(file)[0], file.name))


def _status(file: Path) -> tuple[float, int]:
    """Return when a file was last used, and its size; zeros if another build has deleted it."""
    try:
        status = file.stat()
    except OSError:
        return 0.0, 0
    return status.st_mtime, status.st_size
