"""Readers of notebooks, one for each format.

jupytext and nbformat are imported where a file is parsed: most builds parse none.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from xordocs.site.errors import PageError

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["READERS", "Reader", "Unit", "reader_of"]

_KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
_MARKER = re.compile(r"^\s*#\s*%%")

Unit = Literal["line", "cell"]
"""How a message names a place: by a line of the file, or, where editors show cells, by the cell."""


class Reader(NamedTuple):
    """How pages of one format are read.

    Attributes:
        name: The format's name.
        suffixes: How the names of its files end.
        recognizes: Whether the text of such a file is in this format.
        read: Parses a text into a notebook and the line on which each of its cells begins; raises
            `PageError` if it cannot.
        unit: How messages name a place in the file.
        is_executed: Whether a build executes the page; if not, the file holds its outputs.
    """

    name: str
    suffixes: tuple[str, ...]
    recognizes: Callable[[str], bool]
    read: Callable[[str], tuple["NotebookNode", Sequence[int]]]
    unit: Unit
    is_executed: bool


def reader_of(path: Path, text: str) -> Reader:
    """Find the reader for a page's file: the first that recognizes it.

    Raises:
        PageError: There is none.
    """
    for reader in READERS:
        if path.suffix in reader.suffixes and reader.recognizes(text):
            return reader
    known = ", ".join(f"{reader.name} ({' '.join(reader.suffixes)})" for reader in READERS)
    raise PageError(f"must be in one of these formats: {known}")


def _read_percent(text: str) -> tuple["NotebookNode", Sequence[int]]:
    """Parse a Python program whose cells begin with ``# %%``.

    The cells get ids that depend on nothing but their order.
    """
    import jupytext
    from nbformat import NotebookNode

    notebook: NotebookNode = jupytext.reads(text, fmt="py:percent")
    notebook.metadata = NotebookNode(kernelspec=NotebookNode(_KERNELSPEC))
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for position, cell in enumerate(notebook.cells):
        cell.id = f"cell-{position + 1}"
        cell.metadata.pop("lines_to_next_cell", None)  # how the file was laid out
    return notebook, tuple(_line_numbers(text.splitlines(), notebook.cells))


def _read_ipynb(text: str) -> tuple["NotebookNode", Sequence[int]]:
    """Parse a notebook in JSON, of any version of the format, into the newest."""
    import nbformat

    try:
        notebook = nbformat.reads(text, as_version=4)
    except Exception as error:  # nbformat lets through what its own reading stumbles over
        raise PageError(f"is no notebook: {error or type(error).__name__}") from error
    return notebook, [1] * len(notebook.cells)


def _line_numbers(lines: Sequence[str], cells: Sequence["NotebookNode"]) -> Iterator[int]:
    """Find each cell's text in the file, from where the cell before it ended."""
    at = 0
    for cell in cells:
        content = cell.source.splitlines()
        starts = range(at, len(lines) - len(content) + 1)
        at = next((start for start in starts if _begins_with(lines[start:], content)), at)
        yield at + 1
        at += len(content)


def _begins_with(lines: Sequence[str], content: Sequence[str]) -> bool:
    """Whether lines begin with a cell's text, as it is or commented out (as prose and magics are).

    A cell without text begins anywhere but at a marker.
    """
    if not content:
        return not lines or not _MARKER.match(lines[0])
    return all(
        ours.rstrip() in (line.rstrip(), line.removeprefix("#").removeprefix(" ").rstrip())
        for line, ours in zip(lines, content, strict=False)
    )


READERS: tuple[Reader, ...] = (
    Reader(
        name="Python in percent format",
        suffixes=(".py",),
        recognizes=lambda _text: True,
        read=_read_percent,
        unit="line",
        is_executed=True,
    ),
    Reader(
        name="Jupyter notebook",
        suffixes=(".ipynb",),
        recognizes=lambda _text: True,
        read=_read_ipynb,
        unit="cell",
        is_executed=False,
    ),
)
"""The formats of pages. A page is read by the first reader that recognizes it."""
