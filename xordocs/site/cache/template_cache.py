"""Keep the theme's templates on disk as Jinja has compiled them."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from xordocs.site.cache import atomic_file, memo

__all__ = ["TemplateCache"]

KIND = "xordocs template 2"


class TemplateCache(BytecodeCache):
    """Compiled templates, in a folder that may be full, read-only or damaged.

    Jinja's own ``FileSystemBytecodeCache`` would run whatever a damaged file holds, and raise where
    the folder is missing or cannot be written to.

    Args:
        folder: The folder; made when first written to.
        report: Called with one line about a damaged file.
    """

    def __init__(self, folder: Path, report: Callable[[str], None]) -> None:
        self._folder, self._report = folder, report

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template, if its file is there and whole."""
        content = memo.read(self._file(bucket), KIND, _origin(bucket), self._report)
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template, if the folder can be written to."""
        with contextlib.suppress(OSError):
            atomic_file.write(
                self._file(bucket), KIND, _origin(bucket), bucket.bytecode_to_string()
            )

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}{memo.SUFFIX}"


def _origin(bucket: Bucket) -> str:
    return f"{bucket.key} {bucket.checksum}"
