"""Texts that can be made again, kept on disk by what they were made from; safe to lose."""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from xordocs.site.cache import atomic_file

__all__ = ["SUFFIX", "Memo"]

KIND = "xordocs text 1"
SUFFIX = ".made"


def _code() -> Iterator[Path]:
    """The files of the engine, which has a hand in every text."""
    return (
        path for path in sorted(Path(__file__).parents[1].rglob("*.*")) if path.suffix in ENGINE
    )


def _written() -> list[int]:
    return [path.stat().st_mtime_ns for path in _code()]


ENGINE = {".j2", ".py"}
WRITTEN = _written()
DIGEST = hashlib.sha256(b"\0".join(path.read_bytes() for path in _code())).hexdigest()
"""The engine that this process runs. If it has been edited since, nothing is kept or recalled."""


class Memo:
    """The texts kept in one folder, which any number of builds may share.

    Args:
        folder: The folder; made when first written to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, *origin: str) -> str | None:
        """Find a text.

        Args:
            origin: Everything that it was made from, as `keep` was told.

        Returns:
            None if there is none, or it is damaged.
        """
        if _written() != WRITTEN:
            return None
        file = self._file(origin)
        try:
            text = atomic_file.read(file, KIND).decode()
        except (OSError, atomic_file.DamagedError):
            return None
        with contextlib.suppress(OSError):
            os.utime(file)  # what is of use is evicted later
        return text

    def keep(self, text: str, *origin: str) -> None:
        """Keep a text, if the folder can be written to."""
        if _written() == WRITTEN:
            with contextlib.suppress(OSError):
                atomic_file.write(self._file(origin), KIND, text.encode())

    def _file(self, origin: tuple[str, ...]) -> Path:
        name = hashlib.sha256(json.dumps([DIGEST, *origin]).encode()).hexdigest()[:32]
        return self._folder / f"{name}{SUFFIX}"
