"""A page as its author wrote it, and as it was executed; parsed only where a notebook is needed."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xordocs.site.cache.manifest import version
from xordocs.site.cache.memo import Memo
from xordocs.site.errors import PageError

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Executed", "Finished", "Page", "fingerprints", "text_of"]


@dataclass(frozen=True)
class Page:
    """A page to be brought up to date.

    Attributes:
        name: Its name.
        path: Its file, in percent format.
        text: What stands there.
        cells: A digest of each code cell, in order.
    """

    name: str
    path: Path
    text: str
    cells: list[str]


class Executed(NamedTuple):
    """A page with what executing it gave.

    Attributes:
        page: The page.
        outputs: A notebook with the page's code cells, executed, in JSON; nothing if it has none.
        cached: Whether a later build can find it.
    """

    page: Page
    outputs: str
    cached: bool = True

    @property
    def origin(self) -> tuple[str, ...]:
        """What tells it from all others."""
        return self.page.text, self.outputs

    def notebook(self) -> "NotebookNode":
        """The page's prose with the outputs of its cells."""
        import nbformat

        from xordocs.site.notebooks.source import parse, with_outputs

        source = parse(self.page.text, self.page.path)
        if not self.outputs:
            return source.notebook
        return with_outputs(source, nbformat.from_dict(json.loads(self.outputs)))


class Finished(NamedTuple):
    """A page that came with its outputs.

    Attributes:
        text: What stands in its ``.ipynb``.
    """

    text: str

    @property
    def origin(self) -> tuple[str, ...]:
        """What tells it from all others."""
        return (self.text,)

    def notebook(self) -> "NotebookNode":
        """The notebook, in the newest format.

        Raises:
            PageError: It is none.
        """
        import nbformat

        try:
            notebook: NotebookNode = nbformat.reads(self.text, as_version=4)
        except Exception as error:  # nbformat lets through what its own reading stumbles over
            raise PageError(f"is no notebook: {error or type(error).__name__}") from error
        return notebook


def text_of(path: Path) -> str:
    """What stands in a page's file.

    Raises:
        PageError: It is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")  # with a byte order mark or without
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise PageError(f"must be UTF-8, got byte 0x{byte:02x} at {error.start}") from error


def fingerprints(text: str, path: Path, memo: Memo) -> list[str]:
    """One digest for each code cell of a page: equal if executing the cell does the same.

    Args:
        text: A program in percent format.
        path: Its file.
        memo: Knows the answer for texts that were asked for before.
    """
    origin = "fingerprints", *(version(name) or "" for name in ("jupytext", "nbformat")), text
    known = memo.get(*origin)
    if known is None:
        from xordocs.site.notebooks import source

        known = json.dumps(source.fingerprints(source.parse(text, path).notebook))
        memo.store(known, *origin)
    digests: list[str] = json.loads(known)
    return digests
