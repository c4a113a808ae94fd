"""A folder for one session alone; a later one sweeps up those of sessions that were killed."""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where nothing is swept
    fcntl = None  # type: ignore[assignment]

__all__ = ["PrivateFolder"]

PREFIX = "xordocs-pages-"
ABANDONED_SECONDS = 3600
"""How long a folder that nobody holds is left alone: its maker may be about to hold it."""


class PrivateFolder:
    """A new folder that no other user can enter, held until it is closed.

    Attributes:
        path: The folder.
    """

    def __init__(self) -> None:
        place = _place()
        _sweep(place)
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        self._held = _hold(self.path)

    def close(self) -> None:
        """Delete the folder and all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _hold(folder: Path) -> int | None:
    """Lock a folder for as long as this process has it open; None if another has."""
    if fcntl is None:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _sweep(place: str) -> None:
    for folder in Path(place).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # another user's, or just gone
            if time.time() - folder.stat().st_mtime > ABANDONED_SECONDS:
                held = _hold(folder)
                if held is not None:
                    shutil.rmtree(folder, ignore_errors=True)
                    os.close(held)


def _place() -> str:
    """A folder for temporary ones, whose name leaves room for a socket's: 107 bytes in all."""
    usual = tempfile.gettempdir()
    return "/tmp" if len(os.fsencode(usual)) > 60 and Path("/tmp").is_dir() else usual  # noqa: S108
