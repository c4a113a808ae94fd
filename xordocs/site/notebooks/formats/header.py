"""Read the YAML header of a notebook's file, which is also the front matter of its page."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xordocs.site.errors import PageError
from xordocs.site.notebooks.formats import metadata

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["complete_kernel", "front_matter", "is_markdown_notebook", "jupyter_part", "read_header"]

_MARK = "---"


def read_header(text: str, comment: str = "") -> dict[str, Any]:
    """Return what the header of a file says; nothing if it has none.

    Args:
        text: The file's text.
        comment: What the header's lines begin with.

    Raises:
        PageError: The header is no YAML.
    """
    block = _block(text, comment)
    return _mapping(*block) if block else {}


def complete_kernel(text: str, comment: str = "") -> str:
    """Complete the kernel in a file's header, and put it where Jupytext looks for it.

    Args:
        text: The file's text.
        comment: What the header's lines begin with.

    Returns:
        The same text if its header names no kernel, or a whole one that Jupytext finds.

    Raises:
        PageError: The header is no YAML, or has something else than a kernel there.
    """
    header = read_header(text, comment)
    inner = jupyter_part(header)
    if "kernelspec" not in inner:
        return text
    whole = metadata.kernelspec(inner)
    is_found = inner is not header or whole.get("language") == metadata.PYTHON["language"]
    if is_found and whole == inner["kernelspec"]:
        return text
    import yaml

    inner["kernelspec"] = whole
    if not is_found:
        header["jupyter"] = {"kernelspec": dict(whole)}
    lines, first = _block(text, comment) or ([], 1)
    mark = f"{comment} " if comment else ""
    written = yaml.safe_dump(header, sort_keys=False, allow_unicode=True).splitlines()
    completed = text.splitlines(keepends=True)
    completed[first - 1 : first - 1 + len(lines)] = [f"{mark}{line}\n" for line in written]
    return "".join(completed)


def jupyter_part(header: dict[str, Any]) -> dict[str, Any]:
    """Return what a header says to Jupyter: what it has under ``jupyter``, or else all of it.

    Raises:
        PageError: That is no mapping.
    """
    inner = header.get("jupyter", header)
    if not isinstance(inner, dict):
        raise PageError(f"must have a mapping under `jupyter` in its header, got {inner!r}")
    return inner


def front_matter(notebook: "NotebookNode") -> dict[str, Any]:
    """Return what a notebook's first cell says of its page, if that is what it is for.

    Raises:
        PageError: The cell is fenced off as front matter, and is no YAML.
    """
    return _mapping(lines, 1) if (lines := _front_matter_lines(notebook)) else {}


def is_markdown_notebook(text: str) -> bool:
    """Whether a Markdown file is a notebook: whether its header has a kernel, or is MyST-NB's."""
    if not text.startswith(_MARK):
        return False
    try:
        header = read_header(text)
    except PageError:
        return False
    inner = header.get("jupyter")
    about = inner if isinstance(inner, Mapping) else header
    if about.get("file_format") == "mystnb":
        return True
    return bool(about.get("kernelspec"))


def _block(text: str, comment: str) -> tuple[list[str], int] | None:
    """Return a header's lines, without what they begin with, and the number of the first."""
    lines = text.splitlines()
    first = next((i for i, line in enumerate(lines[:3]) if _is_mark(line, comment)), None)
    if first is None or not all(map(_may_precede, lines[:first])):
        return None
    for last in range(first + 1, len(lines)):
        if not lines[last].startswith(comment):
            return None
        if _is_mark(lines[last], comment):
            inner = lines[first + 1 : last]
            return [_uncomment(line, comment) for line in inner], first + 2
    return None


def _front_matter_lines(notebook: "NotebookNode") -> Sequence[str]:
    if not notebook.cells or notebook.cells[0].cell_type != "raw":
        return []
    lines = str(notebook.cells[0].source).strip().splitlines()
    if len(lines) < 2 or lines[0].rstrip() != _MARK or lines[-1].rstrip() != _MARK:
        return []
    return lines[1:-1]


def _mapping(lines: Sequence[str], first: int) -> dict[str, Any]:
    """Parse a header's lines; text between two rules is none."""
    import yaml

    try:
        parsed = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        what = (isinstance(error, yaml.MarkedYAMLError) and error.problem) or str(error)
        line = first + mark.line if mark is not None else first
        raise PageError(f"has a header that is no YAML: {what}", line) from error
    except Exception as error:  # PyYAML lets through what its constructors stumble over
        raise PageError(f"has a header that is no YAML: {error}", first) from error
    return parsed if isinstance(parsed, dict) else {}


def _uncomment(line: str, comment: str) -> str:
    return line.removeprefix(comment).removeprefix(" ") if comment else line


def _is_mark(line: str, comment: str) -> bool:
    return line.startswith(comment) and _uncomment(line, comment).rstrip() == _MARK


def _may_precede(line: str) -> bool:
    """Whether a line may stand before a header: how to run the file, and its encoding."""
    return line.startswith("#!") or (line.startswith("#") and "coding" in line)
