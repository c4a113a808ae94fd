"""A percent-format Python file as a notebook, and executed outputs put back beside new prose."""

import copy
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jupytext
from nbformat import NotebookNode

__all__ = ["Source", "code_cells", "fingerprints", "parse", "with_outputs"]

EXECUTION_TAGS = ("raises-exception", "skip-execution")
"""The cell tags that change what executing a notebook does; all others only change its page."""

_KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
_MARKER = re.compile(r"^\s*#\s*%%")


@dataclass(frozen=True)
class Source:
    """A notebook and where each of its cells stands in the file that it was read from.

    Attributes:
        path: The file.
        notebook: Its cells, without outputs; the same file gives the same cell ids.
        lines: For each cell the line of its first source line, counted from 1.
    """

    path: Path
    notebook: NotebookNode
    lines: tuple[int, ...]


def parse(text: str, path: Path) -> Source:
    """Understand a notebook in percent format.

    Args:
        text: A Python program whose cells begin with ``# %%``.
        path: The file that it was read from.

    Returns:
        The notebook, with cell ids that depend on nothing but the cells' order.
    """
    notebook: NotebookNode = jupytext.reads(text, fmt="py:percent")
    notebook.metadata = NotebookNode(kernelspec=NotebookNode(_KERNELSPEC))
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for position, cell in enumerate(notebook.cells):
        cell.id = f"cell-{position + 1}"
        cell.metadata.pop("lines_to_next_cell", None)  # how the file was laid out
    return Source(path, notebook, tuple(_line_numbers(text.splitlines(), notebook.cells)))


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells that have something to execute, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def fingerprints(notebook: NotebookNode) -> list[str]:
    """One digest for each code cell: equal if executing the cell does the same."""
    return [_digest(cell) for cell in code_cells(notebook)]


def with_outputs(source: Source, executed: NotebookNode) -> NotebookNode:
    """Put the outputs of an executed notebook beside the prose of its newest source.

    Args:
        source: The notebook as it now stands.
        executed: A notebook with the same code cells, executed.

    Returns:
        A new notebook: prose, cell tags and order from ``source``, results from ``executed``.
    """
    notebook = copy.deepcopy(source.notebook)
    notebook.metadata = NotebookNode({**executed.metadata, **notebook.metadata})
    for cell, result in zip(code_cells(notebook), code_cells(executed), strict=True):
        cell.outputs, cell.execution_count = result.outputs, result.execution_count
    return notebook


def _digest(cell: NotebookNode) -> str:
    tags = [tag for tag in EXECUTION_TAGS if tag in cell.metadata.get("tags", [])]
    return hashlib.sha256(json.dumps([cell.source, tags]).encode()).hexdigest()


def _line_numbers(lines: Sequence[str], cells: Sequence[NotebookNode]) -> Iterator[int]:
    """Find each cell's text in the file, from where the cell before it ended."""
    at = 0
    for cell in cells:
        content = cell.source.splitlines()
        starts = range(at, len(lines) - len(content) + 1)
        at = next((start for start in starts if _stands_at(lines[start:], content)), at)
        yield at + 1
        at += len(content)


def _stands_at(lines: Sequence[str], content: Sequence[str]) -> bool:
    """Whether a cell's text begins here, as it is or commented out (as prose and magics are)."""
    if not content:
        return not lines or not _MARKER.match(lines[0])
    return all(
        ours.rstrip() in (line.rstrip(), line.removeprefix("#").removeprefix(" ").rstrip())
        for line, ours in zip(lines, content, strict=False)
    )
