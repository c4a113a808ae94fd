"""Read a page's file as a notebook that knows where each of its cells stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xordocs.site.errors import PageError
from xordocs.site.notebooks.formats.header import front_matter
from xordocs.site.notebooks.formats.readers import Unit, reader_of
from xordocs.site.notebooks.options import read_options

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Source", "code_cells", "line_of", "locate", "parse", "place_in_prose", "read_text"]


@dataclass(frozen=True)
class Source:
    """A notebook and the place of each of its cells in the file that it was read from.

    Attributes:
        path: The file.
        notebook: Its cells.
        lines: For each cell the line of its first source line, counted from 1.
        unit: How messages name a place in the file.
        options: What its header says of its execution.
    """

    path: Path
    notebook: "NotebookNode"
    lines: Sequence[int]
    unit: Unit = "line"
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of its code."""
        return str(self.notebook.metadata.get("kernelspec", {}).get("language", "python"))

    def line(self, position: int, within: int = 1) -> int:
        """Find the line at which an editor should open the file for a line of a cell.

        Args:
            position: The cell's index in the notebook.
            within: The line within the cell, counted from 1.

        Returns:
            The line of the file, counted from 1; always 1 when messages name cells.
        """
        return self.lines[position] + within - 1 if self.unit == "line" else 1

    def executed_line(self, position: int, line: int) -> int:
        """Find the same for a line as IPython counts, which cuts off a cell's first blank lines.

        Args:
            position: The cell's index in the notebook.
            line: The line that IPython names, counted from 1.
        """
        code = self.notebook.cells[position].source
        blank = code[: len(code) - len(code.lstrip())].count("\n")
        return self.line(position, blank + line)

    def place(self, position: int) -> str:
        """Name a cell where editors show cells; nothing where they show lines.

        Args:
            position: The cell's index in the notebook.

        Returns:
            Words to be read after what stands there: `` in Markdown cell 3``.
        """
        if self.unit == "line":
            return ""
        kind = self.notebook.cells[position].cell_type
        alike = [cell for cell in self.notebook.cells[: position + 1] if cell.cell_type == kind]
        counted = [cell for cell in alike if kind != "code" or cell.source.strip()]
        return f" in {kind.replace('markdown', 'Markdown')} cell {len(counted)}"


def read_text(path: Path) -> str:
    """Read a page's file, with or without a byte order mark.

    Raises:
        PageError: It is not UTF-8, or cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        byte, line = error.object[error.start], error.object.count(b"\n", 0, error.start) + 1
        raise PageError(f"must be UTF-8, got byte 0x{byte:02x} at {error.start}", line) from error
    except OSError as error:
        raise PageError(f"cannot be read: {error.strerror}") from error


def parse(text: str, path: Path) -> Source:
    """Parse a page's text into a notebook; the same text gives the same notebook.

    Args:
        text: The text.
        path: The file that it was read from.

    Raises:
        PageError: It is in no known format, or not what its format demands.
    """
    reader = reader_of(path, text)
    notebook, lines = reader.read(text)
    options = read_options(notebook, front_matter(notebook), text)
    return Source(path, notebook, lines, reader.unit, options)


def code_cells(notebook: "NotebookNode") -> list["NotebookNode"]:
    """List the cells that have something to execute, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def line_of(text: str, passage: str) -> int | None:
    """Find the line on which a passage begins in a text, counted from 1; None if it is not there.

    Blanks may differ, and the text may be commented out or quoted, as prose is.
    """
    words = map(re.escape, passage.split())
    found = re.search(r"[\s#>]+".join(words), text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def place_in_prose(source: Source, passage: str) -> str:
    """Say where a passage begins in a notebook's prose, to be read after the file's name.

    Returns:
        ``:12`` for a line of the file; where messages name cells, ``:1: Markdown cell 3, line 2``;
        nothing if the passage is in no Markdown cell, such as one that an output holds.
    """
    number = 0
    for position, cell in enumerate(source.notebook.cells):
        if cell.cell_type != "markdown":
            continue
        number += 1
        line = line_of(cell.source, passage)
        if line is not None:
            inside = "" if source.unit == "line" else f": Markdown cell {number}, line {line}"
            return f":{source.line(position, line)}{inside}"
    return ""


def locate(source: Source, number: int) -> int:
    """Find the line at which an editor should open a page's file for a code cell.

    Args:
        source: The page.
        number: The code cell, counted from 1.

    Returns:
        The line, counted from 1.
    """
    wanted = code_cells(source.notebook)[number - 1]
    return source.line(next(i for i, cell in enumerate(source.notebook.cells) if cell is wanted))
