"""Keep the theme's templates on disk as Jinja has compiled them."""

import contextlib
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from xordocs.site.cache import atomic_file, memo

__all__ = ["TemplateCache"]

KIND = "xordocs template 1"


class TemplateCache(BytecodeCache):
    """Compiled templates, in a folder that may be full, read-only or damaged.

    Jinja's own ``FileSystemBytecodeCache`` would run whatever a damaged file holds, and raise where
    the folder is missing or cannot be written to.

    Args:
        folder: The folder; made when first written to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template, if its file is there and whole."""
        with contextlib.suppress(OSError, atomic_file.DamagedError):
            bucket.bytecode_from_string(atomic_file.read(self._file(bucket), KIND))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template, if the folder can be written to."""
        with contextlib.suppress(OSError):
            atomic_file.write(self._file(bucket), KIND, bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}{memo.SUFFIX}"
