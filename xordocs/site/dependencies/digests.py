"""Digest files, and the names in folders."""

import hashlib
import os
import stat
from pathlib import Path

__all__ = ["file_digest", "folder_digest", "is_passing"]


def file_digest(path: str | Path) -> str | None:
    """Return the SHA-256 of a file's bytes; None if there is no such regular file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except (OSError, ValueError):
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # a pipe would never end
            return None
        try:
            return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None


def folder_digest(path: str | Path, output: str = "") -> str | None:
    """Return the SHA-256 of the names in a folder; None if there is no such folder.

    What `is_passing` does not count.

    Args:
        path: The folder.
        output: A file or folder that does not count either.
    """
    try:
        names = os.listdir(path)
    except (OSError, ValueError):
        return None
    counted = (it for it in names if not is_passing(it) and os.path.join(path, it) != output)
    listing = "\0".join(sorted(counted))
    return hashlib.sha256(listing.encode(errors="surrogateescape")).hexdigest()


def is_passing(name: str) -> bool:
    """Whether a file is hidden, ``__pycache__`` or ``name~``: editors and Python make those."""
    return name.startswith((".", "__pycache__")) or name.endswith("~")


_BINARY = getattr(os, "O_BINARY", 0)
