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
from typing import Any, NamedTuple

from xordocs.site.cache import atomic_file, memo
from xordocs.site.cache.atomic_file import UNFINISHED, DamagedError
from xordocs.site.dependencies import Manifest

__all__ = ["Cache", "Entry"]

FIELDS = " ".join(field.name for field in dataclasses.fields(Manifest))
KIND = f"xordocs execution, {FIELDS}"
SUFFIX = ".executed"
INLINE = "{python}"
"""What stands in the prose of a page that has inline expressions."""
SUFFIXES = (SUFFIX, memo.SUFFIX)
"""The suffixes of what a cache's folder may hold: executions, and texts made of them."""
ENDINGS = (*SUFFIXES, *(f"{suffix}{UNFINISHED}" for suffix in SUFFIXES))
MAX_EXECUTIONS = 4
"""How many executions of one page are kept."""
MAX_BYTES = 256 * 2**20
"""How much room a cache may take."""
DERIVED = ("templates", "texts")
"""The folders of what is made of executions, and of the theme."""
TAG = "CACHEDIR.TAG"
"""Marks the folder as a cache, of which anything may be deleted: https://bford.info/cachedir/."""
SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n# Executed pages, to be made again.\n"
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

    def pages(self) -> list[str]:
        """List the names of the pages that there are executions of."""
        folders = {file.parent for file in self._files() if file.suffix == SUFFIX}
        return sorted(folder.relative_to(self._folder).as_posix() for folder in folders)

    def entries(self, page: str) -> Iterator[tuple[Path, Entry | DamagedError]]:
        """Read a page's executions, the last used first.

        Args:
            page: The page's name.

        Yields:
            Each file with what is in it, or what is wrong with it.

        Raises:
            OSError: The cache's folder cannot be read.
        """
        place = self._obstacle(page)
        if place is not None:
            yield place, DamagedError("a file where a folder should be")
        for file in self._executions(page)[::-1]:
            try:
                yield file, _parse(atomic_file.read(file, KIND, _origin(page, file)))
            except FileNotFoundError:  # another build has just deleted it
                continue
            except (OSError, DamagedError) as error:
                yield file, DamagedError(str(error))

    def has_entries(self, page: str) -> bool:
        """Whether there are executions of a page, whole or damaged."""
        with contextlib.suppress(OSError):
            return bool(self._executions(page))
        return False

    def store(self, page: str, entry: Entry) -> None:
        """Store an execution completely or not at all.

        Args:
            page: The page's name.
            entry: The execution.

        Raises:
            OSError: The disk is full, or the folder cannot be written to.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        if set(os.listdir(self._folder)) <= {*DERIVED}:  # it is new, and no folder of the author's
            self._folder.joinpath(TAG).write_text(SIGNATURE, encoding="ascii")
        name = hashlib.sha256(entry.manifest.identity.encode()).hexdigest()[:16]
        file = self._folder / page / f"{name}{SUFFIX}"
        content = f"{entry.manifest.to_json()}\n{entry.notebook}\n".encode()
        atomic_file.write(file, KIND, _origin(page, file), content)
        for old in self._executions(page)[:-MAX_EXECUTIONS]:
            self.drop(old)

    def forget(self, page: str) -> None:
        """Delete the executions of a page."""
        for file in self._executions(page):
            self.drop(file)

    def mark_used(self, file: Path) -> None:
        """Mark an entry as used just now, so that it is evicted later than others."""
        with contextlib.suppress(OSError):
            os.utime(file)

    def drop(self, file: Path) -> None:
        """Delete an entry, or what is in its place, if the folder can be written to."""
        if file.name.endswith(ENDINGS) or os.path.isfile(self._folder / TAG):
            with contextlib.suppress(OSError):
                atomic_file.delete(file)

    def trim(self) -> None:
        """Delete the least recently used files beyond the limit, and what killed builds left."""
        for place in map(self._folder.joinpath, DERIVED):
            if _is_obstacle(place):
                self.drop(place)
        for file in self._files(UNFINISHED):
            if time.time() - _status(file)[0] > ABANDONED_SECONDS:
                self.drop(file)
        excess = sum(_status(file)[1] for file in self._files()) - self._limit
        if excess <= 0:
            return
        for file in _oldest_first(self._files()):
            size = _status(file)[1]
            self.drop(file)
            excess -= size
            if excess <= 0:
                break

    def clean(self) -> None:
        """Delete every entry and text, what is in their place, and nothing of others."""
        for file in [*self._files(), *self._files(UNFINISHED), self._folder / TAG]:
            self.drop(file)
        for folder, _, _ in os.walk(self._folder, topdown=False):
            with contextlib.suppress(OSError):  # it is not empty
                os.rmdir(folder)

    def _executions(self, page: str) -> list[Path]:
        """List the files of a page's executions, the last used last."""
        try:
            with os.scandir(self._folder / page) as entries:
                names = [entry.name for entry in entries if entry.name.endswith(SUFFIX)]
        except (FileNotFoundError, NotADirectoryError):
            return []
        return _oldest_first(self._folder / page / name for name in names)

    def _obstacle(self, page: str) -> Path | None:
        """Find what stands where the page's folder, or one above it, must be."""
        place = self._folder
        for part in Path(page).parts:
            place /= part
            if _is_obstacle(place):
                return place
        return None

    def _files(self, ending: str = "") -> Iterator[Path]:
        """Yield all files of the cache, and what is in the place of one."""
        suffixes = tuple(f"{suffix}{ending}" for suffix in SUFFIXES)
        for folder, folders, files in os.walk(self._folder):
            named = [name for name in (*files, *folders) if name.endswith(suffixes)]
            folders[:] = [name for name in folders if name not in named]
            yield from (Path(folder, name) for name in named)


def _origin(page: str, file: Path) -> str:
    """Say what a file is of: a page, and the manifest that gave the file its name."""
    return f"{page}/{file.stem}"


def _parse(content: bytes) -> Entry:
    """Parse an entry.

    Raises:
        DamagedError: It is something else.
    """
    try:
        manifest, notebook, end = content.decode().split("\n")
        entry = Entry(Manifest.from_json(manifest), notebook)
        cells = json.loads(notebook)["cells"]
        # of a page without code the inline expressions are executed, as if they were a cell
        executed = sum(map(_is_executed, cells)) or any(INLINE in cell["source"] for cell in cells)
        if end or executed != len(entry.manifest.cells):
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DamagedError("not an execution") from None
    return entry


def _is_executed(cell: dict[str, Any]) -> bool:
    """Whether a cell is one of code with its outputs; blank ones are not executed."""
    is_code = cell["cell_type"] == "code" and bool(cell["source"].strip())
    return is_code and isinstance(cell["outputs"], list)


def _is_obstacle(place: Path) -> bool:
    """Whether something that is no folder is in a folder's place, such as a link to nothing."""
    return os.path.lexists(place) and not os.path.isdir(place)


def _oldest_first(files: Iterable[Path]) -> list[Path]:
    return sorted(files, key=lambda file: (_status(file)[0], file.name))


def _status(file: Path) -> tuple[float, int]:
    """Return when a file was last used, and its size; zeros if another build has deleted it."""
    try:
        status = file.stat()
    except OSError:
        return 0.0, 0
    return status.st_mtime, status.st_size
