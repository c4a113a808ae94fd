"""Executed pages on disk: found while nothing they depended on has changed, safe to lose.

One file holds one execution: a line with the format and the checksum of the rest, a line with the
manifest, a line with the executed notebook. A file is written beside its place and renamed into
it, so that a reader sees all of an entry or none. The last few executions of a page are kept, so
that going back to another branch finds what was executed there.
"""

import contextlib
import dataclasses
import hashlib
import json
import os
import secrets
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from xordocs.site.manifest import Manifest

__all__ = ["Cache", "DamagedEntryError", "Entry"]

FORMAT = "xordocs execution 1"
SUFFIX = ".executed"
KEPT = 4
"""Executions kept of one page."""
LIMIT = 256 * 2**20
"""Bytes that a cache may take."""
ABANDONED_SECONDS = 3600
"""Age at which a half-written file is taken for the leavings of a killed build."""


class Entry(NamedTuple):
    """One execution of a page."""

    manifest: Manifest
    notebook: NotebookNode


class DamagedEntryError(ValueError):
    """A file in the cache that is not a whole entry of this format."""


class Cache:
    """The executions kept in one folder, which any number of builds may share.

    Args:
        folder: The folder; made when first written to.
        limit: How many bytes ``trim`` leaves.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit

    def entries(self, page: str) -> Iterator[tuple[Path, Entry | DamagedEntryError]]:
        """Read a page's executions, the last used first.

        Args:
            page: The page's name.

        Yields:
            Each file with what is in it, or what is wrong with it.
        """
        for file in _oldest_first(self._folder.joinpath(page).glob(f"*{SUFFIX}"))[::-1]:
            try:
                yield file, _decode(file.read_bytes())
            except FileNotFoundError:  # another build has just evicted it
                continue
            except (OSError, DamagedEntryError) as error:
                yield file, DamagedEntryError(str(error))

    def store(self, page: str, entry: Entry) -> None:
        """Keep an execution, for good or not at all.

        Args:
            page: The page's name.
            entry: The execution.

        Raises:
            OSError: The disk is full, or the folder cannot be written to.
        """
        content = _encode(entry)
        folder = self._folder / page
        folder.mkdir(parents=True, exist_ok=True)
        identity = {**dataclasses.asdict(entry.manifest), "seconds": None}
        name = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:16]
        beside = folder / f"{name}.{secrets.token_hex(4)}{SUFFIX}.tmp"
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, folder / f"{name}{SUFFIX}")
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        for old in _oldest_first(folder.glob(f"*{SUFFIX}"))[:-KEPT]:
            old.unlink(missing_ok=True)

    def used(self, file: Path) -> None:
        """Note that an entry was of use, so that it is evicted later than others."""
        with contextlib.suppress(OSError):
            os.utime(file)

    def drop(self, file: Path) -> None:
        """Delete an entry, if the folder can be written to."""
        with contextlib.suppress(OSError):
            file.unlink()

    def trim(self) -> None:
        """Evict the least recently used entries beyond the limit, and what killed builds left."""
        for file in self._folder.rglob(f"*{SUFFIX}.tmp"):
            if time.time() - _status(file)[0] > ABANDONED_SECONDS:
                self.drop(file)
        files = _oldest_first(self._folder.rglob(f"*{SUFFIX}"))
        sizes = [_status(file)[1] for file in files]
        excess = sum(sizes) - self._limit
        for file, size in zip(files, sizes, strict=True):
            if excess <= 0:
                break
            self.drop(file)
            excess -= size

    def clean(self) -> None:
        """Delete every entry, and nothing that is none."""
        for pattern in (f"*{SUFFIX}", f"*{SUFFIX}.tmp"):
            for file in self._folder.rglob(pattern):
                self.drop(file)


def _encode(entry: Entry) -> bytes:
    manifest = json.dumps(dataclasses.asdict(entry.manifest), sort_keys=True)
    payload = f"{manifest}\n{json.dumps(entry.notebook, sort_keys=True)}\n".encode()
    return f"{FORMAT} {hashlib.sha256(payload).hexdigest()}\n".encode() + payload


def _decode(content: bytes) -> Entry:
    header, _, payload = content.partition(b"\n")
    if header != f"{FORMAT} {hashlib.sha256(payload).hexdigest()}".encode():
        raise DamagedEntryError("not a whole entry of this format")
    manifest, notebook = payload.splitlines()
    return Entry(Manifest(**json.loads(manifest)), nbformat.from_dict(json.loads(notebook)))


def _oldest_first(files: Iterable[Path]) -> list[Path]:
    return sorted(files, key=lambda file: (_status(file)[0], file.name))


def _status(file: Path) -> tuple[float, int]:
    """When a file was last used, and its size; nothing of a file that another build evicted."""
    try:
        status = file.stat()
    except OSError:
        return 0.0, 0
    return status.st_mtime, status.st_size


if __name__ == "__main__":  # what `make clean-cache` runs
    Cache(Path(sys.argv[1])).clean()
