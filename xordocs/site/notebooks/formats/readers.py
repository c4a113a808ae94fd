"""Readers of notebooks, one for each kind of file.

jupytext and nbformat are imported where a file is parsed: most builds parse none.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from xordocs.site.errors import PageError
from xordocs.site.notebooks.formats import ipynb, text
from xordocs.site.notebooks.formats.header import is_markdown_notebook, read_header

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["READERS", "Reader", "Unit", "is_markdown_notebook", "reader_of"]

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
        holds_outputs: Whether the file has a place for outputs.
    """

    name: str
    suffixes: tuple[str, ...]
    recognizes: Callable[[str], bool]
    read: Callable[[str], tuple["NotebookNode", Sequence[int]]]
    unit: Unit
    holds_outputs: bool


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


def _read_script(content: str) -> tuple["NotebookNode", Sequence[int]]:
    """Parse a Python program in the format that its header or its markers tell."""
    read_header(content, "#")
    return text.parse(content, ".py")


def _read_markdown(content: str) -> tuple["NotebookNode", Sequence[int]]:
    """Parse Markdown or MyST Markdown with cells in fences."""
    read_header(content)
    return text.parse(content, ".md")


READERS: tuple[Reader, ...] = (
    Reader(
        name="Python with cells as Jupytext marks them",
        suffixes=(".py",),
        recognizes=lambda _text: True,
        read=_read_script,
        unit="line",
        holds_outputs=False,
    ),
    Reader(
        name="Markdown with a kernel in its header",
        suffixes=(".md",),
        recognizes=lambda _text: True,  # the others are no notebooks, and no pages of ours
        read=_read_markdown,
        unit="line",
        holds_outputs=False,
    ),
    Reader(
        name="Jupyter notebook",
        suffixes=(".ipynb",),
        recognizes=lambda _text: True,
        read=ipynb.parse,
        unit="cell",
        holds_outputs=True,
    ),
)
"""The formats of pages. A page is read by the first reader that recognizes it."""
