"""Keep texts on disk by what they were made from, so that they need not be made again.

Any of them may be lost: a damaged or missing text is made again, and a full disk costs only time.
"""

import contextlib
import functools
import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from xordocs.site.cache import atomic_file

__all__ = ["SUFFIX", "Memo"]

KIND = "xordocs text 2"
SUFFIX = ".made"


class Memo:
    """The texts kept in one folder, which any number of builds may share.

    Args:
        folder: The folder; made when first written to.
        report: Called with one line about a damaged text.
    """

    def __init__(self, folder: Path, report: Callable[[str], None] = print) -> None:
        self._folder, self._report = folder, report
        self._engine = _running_engine()
        self._checked = 0, True

    def get(self, *origin: str) -> str | None:
        """Return a text, or None if there is none or it is damaged.

        Args:
            origin: Everything that the text was made from, as it was given to `store`.
        """
        if not self._runs_known_code():
            return None
        made_of = self._made_of(origin)
        file = self._file(made_of)
        content = read(file, KIND, made_of, self._report)
        if content is None:
            return None
        with contextlib.suppress(OSError):
            os.utime(file)  # the cache evicts what was not used for longest
        return content.decode(errors="surrogatepass")

    def store(self, text: str, *origin: str) -> None:
        """Store a text, if the folder can be written to.

        Args:
            text: The text.
            origin: Everything that it was made from.
        """
        if self._runs_known_code():
            made_of = self._made_of(origin)
            content = text.encode(errors="surrogatepass")
            with contextlib.suppress(OSError):
                atomic_file.write(self._file(made_of), KIND, made_of, content)

    def _runs_known_code(self) -> bool:
        """Whether the engine's files are unchanged, as far as this process may run one of them.

        Code that has been imported stays what it is: only another import may bring edited code.
        """
        imported = len(sys.modules)
        if self._checked[0] != imported:
            self._checked = imported, self._engine.is_unchanged()
        return self._checked[1]

    def _made_of(self, origin: tuple[str, ...]) -> str:
        return json.dumps([self._engine.digest, *origin])

    def _file(self, made_of: str) -> Path:
        name = hashlib.sha256(made_of.encode()).hexdigest()[:32]
        return self._folder / f"{name}{SUFFIX}"


def read(file: Path, kind: str, origin: str, report: Callable[[str], None]) -> bytes | None:
    """Read a file of the cache as `atomic_file.read` does; report and delete a damaged one.

    Returns:
        Its content; None if there is none.
    """
    try:
        return atomic_file.read(file, kind, origin)
    except atomic_file.DamagedError as error:
        report(f"{file.parent.name}/{file.name} is dropped from the cache ({error})")
        with contextlib.suppress(OSError):
            atomic_file.delete(file)
    except OSError:  # it is not there, or cannot be read
        pass
    return None


class _Engine(NamedTuple):
    """The engine's own code, which has a hand in every text.

    Attributes:
        digest: The SHA-256 of its files.
        modified: When each of them was last written, by its path.
    """

    digest: str
    modified: dict[str, int]

    def is_unchanged(self) -> bool:
        """Whether the files are still those that were digested."""
        try:
            return all(os.stat(path).st_mtime_ns == it for path, it in self.modified.items())
        except OSError:
            return False


@functools.cache
def _running_engine() -> _Engine:
    """Digest the engine that this process runs, once and as early as a text may be asked for.

    A version number would not do: the engine is edited while it serves its own documentation, and
    then it must neither show texts of the code before nor store texts under the name of the new.
    """
    files = list(_engine_files())
    modified = {str(path): path.stat().st_mtime_ns for path in files}
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in files))
    return _Engine(digest.hexdigest(), modified)


@functools.cache
def _engine_files() -> list[Path]:
    """List the engine's files; one that is added later needs an edit of another to be used."""
    return sorted(Path(__file__).parents[1].rglob("*.py"))
