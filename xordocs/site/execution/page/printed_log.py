"""What is printed past Python: by a kernel's C libraries and its children."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from xordocs.site.errors import plain_lines

__all__ = ["PrintedLog"]

END_BYTES = 1 << 16
"""How much of the end is looked at for an error message."""


class PrintedLog:
    """What a kernel and its children print past Python, in the files of its standard streams.

    Args:
        folder: The kernel's.
    """

    def __init__(self, folder: Path) -> None:
        self._paths = folder / "stdout", folder / "stderr"
        self._begin = [0, 0]

    @contextlib.contextmanager
    def opened(self) -> Iterator[dict[str, IO[bytes]]]:
        """Open the files, which the kernel also reads, for a new process."""
        with self._paths[0].open("a+b") as stdout, self._paths[1].open("a+b") as stderr:
            yield {"stdout": stdout, "stderr": stderr}

    def begin_cell(self) -> None:
        """Forget what has been printed by now."""
        for number, path in enumerate(self._paths):
            with contextlib.suppress(OSError):  # a cell has deleted it
                self._begin[number] = path.stat().st_size

    def lines(self) -> list[str]:
        """Return the last lines that the current cell has printed."""
        found = []
        for path, begin in zip(self._paths, self._begin, strict=True):
            with contextlib.suppress(OSError), path.open("rb") as file:  # as above
                size = file.seek(0, os.SEEK_END)
                file.seek(max(begin if begin <= size else 0, size - END_BYTES))
                found += plain_lines(file.read().decode(errors="replace"))
        return found
