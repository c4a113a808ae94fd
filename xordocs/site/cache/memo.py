"""Keep texts on disk by what they were made from, so that they need not be made again.

Any of them may be lost: a damaged or missing text is made again, and a full disk costs only time.
"""

import contextlib
import functools
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from xordocs.site.cache import atomic_file

__all__ = ["SUFFIX", "Memo"]

KIND = "xordocs text 1"
SUFFIX = ".made"
ENGINE_SUFFIXES = {".j2", ".py"}


class Memo:
    """The texts kept in one folder, which any number of builds may share.

    Args:
        folder: The folder; made when first written to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine = _running_engine()

    def get(self, *origin: str) -> str | None:
        """Return a text, or None if there is none or it is damaged.

        Args:
            origin: Everything that the text was made from, as it was given to `store`.
        """
        if not self._engine.is_unchanged():
            return None
        file = self._file(origin)
        try:
            text = atomic_file.read(file, KIND).decode()
        except (OSError, atomic_file.DamagedError):
            return None
        with contextlib.suppress(OSError):
            os.utime(file)  # the cache evicts what was not used for longest
        return text

    def store(self, text: str, *origin: str) -> None:
        """Store a text, if the folder can be written to.

        Args:
            text: The text.
            origin: Everything that it was made from.
        """
        if self._engine.is_unchanged():
            with contextlib.suppress(OSError):
                atomic_file.write(self._file(origin), KIND, text.encode())

    def _file(self, origin: tuple[str, ...]) -> Path:
        name = hashlib.sha256(json.dumps([self._engine.digest, *origin]).encode()).hexdigest()[:32]
        return self._folder / f"{name}{SUFFIX}"


class _Engine(NamedTuple):
    """The engine's own code, which has a hand in every text.

    Attributes:
        digest: The SHA-256 of its files.
        modified: When each of them was last written, by its path.
    """

    digest: str
    modified: dict[str, int]

    def is_unchanged(self) -> bool:
        """Whether the files are still those that this process runs; asked for every text."""
        try:
            return all(os.stat(path).st_mtime_ns == it for path, it in self.modified.items())
        except OSError:
            return False


@functools.cache
def _running_engine() -> _Engine:
    """Digest the engine that this process runs, once and as early as a text may be asked for.

    A version number would not do: the engine is edited while it serves its own documentation, and
    then it must neither show texts of the code before nor store texts under the name of the new.
    """
    files = list(_engine_files())
    modified = {str(path): path.stat().st_mtime_ns for path in files}
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in files))
    return _Engine(digest.hexdigest(), modified)


def _engine_files() -> Iterator[Path]:
    files = sorted(Path(__file__).parents[1].rglob("*.*"))
    return (path for path in files if path.suffix in ENGINE_SUFFIXES)
