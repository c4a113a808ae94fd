"""The theme's templates as Jinja has compiled them, kept on disk; safe to lose."""

import contextlib
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from xordocs.site.cache import atomic_file, memo

__all__ = ["CompiledTemplates"]

KIND = "xordocs template 1"


class CompiledTemplates(BytecodeCache):
    """Compiled templates, in a folder that may be full, read-only or damaged.

    Args:
        folder: The folder; made when first written to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find a template, unless it is another one by now."""
        with contextlib.suppress(OSError, atomic_file.DamagedError):
            bucket.bytecode_from_string(atomic_file.read(self._file(bucket), KIND))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, if the folder can be written to."""
        with contextlib.suppress(OSError):
            atomic_file.write(self._file(bucket), KIND, bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}{memo.SUFFIX}"
