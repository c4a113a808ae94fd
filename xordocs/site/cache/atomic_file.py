"""Read and write files that are either whole or rejected: a checksum line, then the content.

A file is written beside its place and renamed into it, so that a reader sees all of it or none.
"""

import hashlib
import os
import secrets
from pathlib import Path

__all__ = ["UNFINISHED", "DamagedError", "read", "write"]

UNFINISHED = ".tmp"
"""The suffix of a file that is still being written, or whose writer was killed."""


class DamagedError(ValueError):
    """A file that is not a whole one of the expected kind."""


def read(path: Path, kind: str) -> bytes:
    """Read a file, and verify it.

    Args:
        path: The file.
        kind: What it should hold, and in which version of the format.

    Raises:
        OSError: It cannot be read.
        DamagedError: It is something else, or was cut short or changed.
    """
    header, _, content = path.read_bytes().partition(b"\n")
    if header != _header(kind, content):
        raise DamagedError("not a whole entry of this format")
    return content


def write(path: Path, kind: str, content: bytes) -> None:
    """Write a file completely or not at all.

    Args:
        path: The file; its folder is made.
        kind: As for `read`.
        content: What `read` gives back.

    Raises:
        OSError: The disk is full, or the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.stem}.{secrets.token_hex(4)}{path.suffix}{UNFINISHED}")
    try:
        with beside.open("xb") as file:
            file.write(_header(kind, content) + b"\n" + content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _header(kind: str, content: bytes) -> bytes:
    return f"{kind} {hashlib.sha256(content).hexdigest()}".encode()
