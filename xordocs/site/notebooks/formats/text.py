"""Parse the text formats of notebooks with Jupytext, and note where each cell stands.

Jupytext tells a file's format by its header or its markers. It does not tell where a cell's text
begins in the file, except for MyST Markdown; its readers, which take one cell after the other from
the file's lines, are watched for that.
"""

import copy
import itertools
import math
import re
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xordocs.site.errors import PageError
from xordocs.site.lazy_import import import_without
from xordocs.site.notebooks.formats import metadata
from xordocs.site.notebooks.formats.header import complete_kernel, jupyter_part, read_header

if TYPE_CHECKING:
    from jupytext.cell_reader import BaseCellReader
    from nbformat import NotebookNode

__all__ = ["parse"]

_PLACE = "xordocs_place"
"""Where a cell notes, while it is read, the index of its first line and how many it has."""
_LAYOUT = ("cell_marker", "endofcell", "lines_to_end_of_cell_marker", "lines_to_next_cell")
"""What Jupytext notes of how a cell was laid out in the file."""
_NOTED = ("language_info", "mystnb", "xordocs")
"""What is kept of a notebook's header besides its kernel."""
_JUPYTER = ("file_format", "jupyter", "jupytext", "kernelspec", "language_info")
"""What is Jupyter's in the header of MyST Markdown, and not the page's."""
_FENCE = re.compile(r"\s*(?:```+|~~~+)\s*$")
_MYST_TAG = re.compile(
    r"(^[`~]{3,}\{(?:code|raw)-cell\}[^\n]*\n"  # a directive
    r"(?:[ \t]*(?:---|:?[\w-]+:)[^\n]*\n)*?"  # its options
    r"[ \t]*:?tags:[ \t]+)([^\[\s][^\n]*)",
    re.MULTILINE,
)
"""Tags that are no list, which nbformat would refuse."""
_NAMED_LINE = re.compile(r"\bline (\d+)")


def parse(text: str, extension: str) -> tuple["NotebookNode", Sequence[int]]:
    """Parse a notebook; the same text gives the same notebook.

    Args:
        text: The file's text.
        extension: How the file's name ends.

    Returns:
        The notebook in nbformat 4.5, and the line on which each of its cells begins.

    Raises:
        PageError: Jupytext cannot read it.
    """
    from nbformat import NotebookNode

    comment = "#" if extension == ".py" else ""
    completed = complete_kernel(text, comment)
    added = len(completed.splitlines()) - len(text.splitlines())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Jupytext's name no page
            notebook = _read(completed, extension)
    except PageError as error:
        raise PageError(str(error), max(1, error.line - added)) from error
    except Exception as error:  # Jupytext lets through what its own reading stumbles over
        raise _refusal(text, error, added) from error
    about = {**jupyter_part(read_header(text, comment)), **notebook.metadata}
    notebook.metadata = NotebookNode({key: about[key] for key in _NOTED if key in about})
    spec = metadata.kernelspec(about)
    if spec.get("language") == metadata.PYTHON["language"]:
        spec = dict(metadata.PYTHON)  # runs where the author's own kernel is not installed
    notebook.metadata["kernelspec"] = NotebookNode(spec)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    places = []
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number}"
        begin, length = cell.metadata.pop(_PLACE, (added, math.inf))
        magics = max(0, len(cell.source.splitlines()) - length)  # which Jupytext puts before it
        places.append(begin - added - magics)
        for key in _LAYOUT:
            cell.metadata.pop(key, None)
    numbers = [1, *itertools.accumulate(_breaks(text), initial=1)][1:]
    return notebook, [numbers[max(0, min(place, len(numbers) - 1))] for place in places]


def _read(text: str, extension: str) -> "NotebookNode":
    """Read a notebook, with its place in the metadata of each cell."""
    with import_without("jupytext.async_contentsmanager", "jupytext.sync_contentsmanager"):
        from jupytext.formats import guess_format, read_format_from_metadata
        from jupytext.jupytext import TextNotebookConverter

    options: dict[str, Any] = {}
    name = read_format_from_metadata(text, extension)
    if name is None:
        name, options = guess_format(text, extension)
        if name == "pandoc":  # it takes mkdocstrings' marks for Pandoc's
            name = "markdown"
    if name == "myst":
        return _read_myst(text)
    converter = TextNotebookConverter(
        {"extension": extension, "format_name": name, **options}, config=None
    )
    lines = text.splitlines()
    implementation = copy.copy(converter.implementation)
    if implementation.cell_reader_class is not None:
        implementation.cell_reader_class = _noting(implementation.cell_reader_class, len(lines))
    converter.implementation = implementation
    notebook: NotebookNode = converter.reads(text)
    return notebook


def _noting(reader: type["BaseCellReader"], total: int) -> type["BaseCellReader"]:
    """Make a reader note where it finds each cell's text, among so many lines of the file."""

    class Noting(reader):
        def options_to_metadata(self, options: Any) -> Any:
            spoken, about = super().options_to_metadata(options)
            if "tags" in about:
                about["tags"] = metadata.tags(about["tags"], "a cell")
            return spoken, about

        def read(self, lines: list[str]) -> tuple["NotebookNode", int]:
            rest = list(lines)
            try:
                cell, taken = super().read(lines)
            except PageError as error:
                raise PageError(str(error), total - len(rest) + 1) from error
            begin = _offset(rest[:taken], self.org_content, self.content)
            cell.metadata[_PLACE] = total - len(rest) + begin, len(self.content)
            return cell, taken

    return Noting


def _offset(lines: Sequence[str], found: Sequence[str], content: Sequence[str]) -> int:
    """Return where a cell's content begins among the lines that were taken from the file for it.

    Args:
        lines: The lines, the cell's marker and blank lines after it among them.
        found: Those between the markers, as they stand in the file.
        content: The same without the marks of comments and without quotation marks around them.
    """
    marker = 0 if lines[: len(found)] == list(found) else 1
    if len(found) == len(content):
        return marker
    position = next((i for i, line in enumerate(content) if line.strip()), None)
    if position is None:
        return marker
    candidates = itertools.chain(range(marker, len(lines)), range(marker))
    begin = next((i for i in candidates if content[position] in lines[i]), marker)
    return max(0, begin - position)


def _read_myst(text: str) -> "NotebookNode":
    """Read MyST Markdown, whose header has Jupyter's metadata beside the page's front matter."""
    import yaml
    from jupytext.myst import myst_to_notebook
    from nbformat.v4 import new_raw_cell

    listed = _MYST_TAG.sub(lambda found: f"{found[1]}[{found[2]}]", text)
    notebook: NotebookNode = myst_to_notebook(listed, add_source_map=True)
    lines = text.splitlines()
    starts = notebook.metadata.pop("source_map")
    for cell, start in zip(notebook.cells, starts, strict=True):
        cell.metadata[_PLACE] = _myst_line(lines, start, cell), math.inf
    own = {key: value for key, value in read_header(text).items() if key not in _JUPYTER}
    if own:
        written = yaml.safe_dump(own, sort_keys=False, allow_unicode=True)
        notebook.cells.insert(0, new_raw_cell(f"---\n{written}---"))
    return notebook


def _myst_line(lines: Sequence[str], start: int, cell: "NotebookNode") -> int:
    """Find where a cell's text begins: after blank lines, and after a directive's options."""
    content = [line.strip() for line in cell.source.splitlines()]
    for begin in range(start, len(lines) - len(content) + 1):
        if [line.strip() for line in lines[begin : begin + len(content)]] != content:
            continue
        after = begin + len(content)
        if cell.cell_type == "markdown" or (after < len(lines) and _FENCE.match(lines[after])):
            return begin
    return start


def _breaks(text: str) -> list[int]:
    """Return for each of Jupytext's lines whether an editor breaks it, too: 1 or 0."""
    return [line.count("\n") for line in text.splitlines(keepends=True)]


def _refusal(text: str, error: Exception, added: int) -> PageError:
    """Describe why Jupytext cannot read a text, with the line if that is known.

    Args:
        text: The file's text.
        error: What Jupytext has raised.
        added: How many lines longer the header was that it has read.
    """
    import yaml

    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        first = next((i for i, line in enumerate(text.splitlines()) if "---" in line), 0)
        return PageError(
            f"has a header that is no YAML: {error.problem or error.context}",
            first + 2 + error.problem_mark.line,
        )
    reason = str(error).partition("\n")[0] or type(error).__name__
    reason = _NAMED_LINE.sub(lambda named: f"line {int(named[1]) - added}", reason)
    if isinstance(error, (AttributeError, KeyError, TypeError)):
        return PageError(f"has a header that Jupytext does not understand: {reason}")
    named = _NAMED_LINE.search(reason)
    return PageError(f"cannot be read: {reason}", int(named[1]) if named else 1)
