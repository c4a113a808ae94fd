"""Keep the theme's templates on disk as Jinja has compiled them."""

import contextlib
import functools
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from xordocs.site.cache import atomic_file, memo

__all__ = ["TemplateCache"]

KIND = "xordocs template 3"


class TemplateCache(BytecodeCache):
    """Compiled templates, in a folder that may be full, read-only or damaged.

    Jinja's own ``FileSystemBytecodeCache`` would run whatever a damaged file holds, and raise where
    the folder is missing or cannot be written to.

    Args:
        folder: The folder; made when first written to.
        describe: Describes by what an environment compiles templates, besides their texts; None if
            that is not known, and nothing can be kept. Called when the first is asked for: plugins
            have changed the environment by then.
        report: Called with one line about a damaged file.
    """

    def __init__(
        self,
        folder: Path,
        describe: Callable[[Environment], str | None],
        report: Callable[[str], None],
    ) -> None:
        self._folder, self._report = folder, report
        self._describe = functools.cache(describe)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template, if its file is there and whole."""
        if (origin := self._origin(bucket)) is None:
            return
        content = memo.read(self._file(bucket), KIND, origin, self._report)
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template, if the folder can be written to."""
        if (origin := self._origin(bucket)) is None:
            return
        with contextlib.suppress(OSError):
            atomic_file.write(self._file(bucket), KIND, origin, bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}{memo.SUFFIX}"

    def _origin(self, bucket: Bucket) -> str | None:
        described = self._describe(bucket.environment)
        return described and f"{bucket.key} {bucket.checksum} {described}"
