"""Read and write files that are either whole or rejected: a checksum line, then the content.

A file is written beside its place and renamed into it, so that a reader sees all of it or none.
The checksum covers what the content is of, too: a file that took another's place is rejected.
"""

import hashlib
import os
import secrets
import shutil
import stat
from pathlib import Path

__all__ = ["UNFINISHED", "DamagedError", "delete", "read", "write"]

UNFINISHED = ".tmp"
"""The suffix of a file that is still being written, or whose writer was killed."""


class DamagedError(ValueError):
    """A file that is not a whole one of the expected kind."""


def read(path: Path, kind: str, origin: str) -> bytes:
    """Read a file, and verify it.

    Args:
        path: The file.
        kind: What it should hold, and in which version of the format.
        origin: What the content is of.

    Raises:
        OSError: It cannot be read.
        DamagedError: It is something else, or was cut short or changed.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would never end
        raise DamagedError("not a file")
    header, _, content = path.read_bytes().partition(b"\n")
    if header != _header(kind, origin, content):
        raise DamagedError("not a whole entry of this format")
    return content


def write(path: Path, kind: str, origin: str, content: bytes) -> None:
    """Write a file completely or not at all.

    Args:
        path: The file; its folder is made. What is in its place goes.
        kind: As for `read`.
        origin: As for `read`.
        content: What `read` gives back.

    Raises:
        OSError: The disk is full, or the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.stem}.{secrets.token_hex(4)}{path.suffix}{UNFINISHED}")
    try:
        with beside.open("xb") as file:
            file.write(_header(kind, origin, content) + b"\n" + content)
            file.flush()
            os.fsync(file.fileno())
        if path.is_dir():
            delete(path)
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def delete(path: Path) -> None:
    """Delete a file, or the folder that is in its place; nothing if there is neither.

    Raises:
        OSError: The folder that it lies in cannot be written to.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _header(kind: str, origin: str, content: bytes) -> bytes:
    digest = hashlib.sha256(hashlib.sha256(origin.encode(errors="surrogatepass")).digest())
    digest.update(content)
    return f"{kind} {digest.hexdigest()}".encode()
