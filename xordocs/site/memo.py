"""Texts that can be made again, kept on disk by what they were made from; safe to lose."""

import contextlib
import hashlib
import json
import os
from pathlib import Path

from xordocs.site import records

__all__ = ["SUFFIX", "Memo"]

KIND = "xordocs text 1"
SUFFIX = ".made"


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
        file = self._file(origin)
        try:
            text = records.read(file, KIND).decode()
        except (OSError, records.DamagedError):
            return None
        with contextlib.suppress(OSError):
            os.utime(file)  # what is of use is evicted later
        return text

    def keep(self, text: str, *origin: str) -> None:
        """Keep a text, if the folder can be written to."""
        with contextlib.suppress(OSError):
            records.write(self._file(origin), KIND, text.encode())

    def _file(self, origin: tuple[str, ...]) -> Path:
        name = hashlib.sha256(json.dumps(origin).encode()).hexdigest()[:32]
        return self._folder / f"{name}{SUFFIX}"
