"""Parse Jupyter's notebooks in JSON, of any version of the format, into the newest.

What editors and scripts leave out of a notebook has one meaning, and is filled in; what has none
is named with its cell.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xordocs.site.errors import PageError
from xordocs.site.notebooks.formats import metadata

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["parse"]

_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_FIELDS = {
    "code": ("outputs", "execution_count"),
    "markdown": ("attachments",),
    "raw": ("attachments",),
}
"""The kinds of cells, and what each has besides its id, its source and its metadata."""
_OUTPUTS: Mapping[str, Mapping[str, Any]] = {
    "stream": {"name": "stdout", "text": ""},
    "display_data": {"data": {}, "metadata": {}},
    "execute_result": {"data": {}, "metadata": {}, "execution_count": None},
    "error": {"ename": "", "evalue": "", "traceback": []},
}
"""The kinds of outputs, and what each has, with the meaning of its absence."""


def parse(text: str) -> tuple["NotebookNode", Sequence[int]]:
    """Parse a notebook; the same text gives the same notebook.

    Args:
        text: The file's text.

    Returns:
        The notebook in nbformat 4.5, and line 1 for each cell: editors show cells.

    Raises:
        PageError: It is no notebook.
    """
    if not text.strip():
        raise PageError("is no notebook: the file is empty")
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise PageError(f"is no notebook: {error.msg}", error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise PageError(f"is no notebook: {error}") from error
    version = content.get("nbformat") if isinstance(content, dict) else None
    if version in (1, 2, 3):
        content = _upgraded(text)
    elif version != 4:
        raise PageError(f"is no notebook: expected nbformat 4, got {version!r}")
    notebook = _complete(content)
    return notebook, [1] * len(notebook.cells)


def _upgraded(text: str) -> dict[str, Any]:
    """Convert a notebook of an old version of the format."""
    import nbformat

    try:
        upgraded: dict[str, Any] = nbformat.convert(nbformat.reader.reads(text), 4)
    except Exception as error:  # nbformat lets through what its own reading stumbles over
        raise PageError(f"is no notebook: {error or type(error).__name__}") from error
    for cell in upgraded["cells"]:
        cell.pop("id", None)  # a random one
    return upgraded


def _complete(content: Mapping[str, Any]) -> "NotebookNode":
    """Build a notebook of what is in the file, with what the newest format asks for besides."""
    from nbformat import from_dict
    from nbformat.v4.rwbase import rejoin_lines

    cells = content.get("cells")
    if not isinstance(cells, list):
        raise PageError(f"is no notebook: expected a list of cells, got {cells!r}")
    about = _mapping(content.get("metadata"), "its metadata")
    whole = [_complete_cell(cell, number) for number, cell in enumerate(cells, start=1)]
    _identify(whole)
    about["kernelspec"] = metadata.kernelspec(about)
    notebook = {"cells": whole, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    try:
        joined: NotebookNode = rejoin_lines(from_dict(notebook))
    except RecursionError as error:
        raise PageError(f"is no notebook: {error}") from error
    return joined


def _complete_cell(cell: object, number: int) -> dict[str, Any]:
    where = f"cell {number}"
    given = _mapping(cell, where)
    kind = str(given.get("cell_type"))
    if kind not in _FIELDS:
        raise PageError(f"has {where} of the type {kind!r}, expected one of {', '.join(_FIELDS)}")
    about = _mapping(given.get("metadata"), f"the metadata of {where}")
    if "tags" in about:
        about["tags"] = metadata.tags(about["tags"], where)
    whole = {
        "cell_type": kind,
        "id": given.get("id"),
        "metadata": about,
        "source": _text(given.get("source", ""), f"the source of {where}"),
    }
    whole |= {field: given[field] for field in _FIELDS[kind] if field in given}
    if kind == "code":
        outputs = given.get("outputs") or []
        if not isinstance(outputs, list):
            raise PageError(f"must have a list as the outputs of {where}, got {outputs!r}")
        whole["outputs"] = [_complete_output(output, where) for output in outputs]
        whole.setdefault("execution_count", None)
    elif "attachments" in whole:
        attachments = _mapping(whole["attachments"], f"the attachments of {where}")
        whole["attachments"] = {
            name: _mapping(forms, f"the attachment {name} of {where}")
            for name, forms in attachments.items()
        }
    return whole


def _complete_output(output: object, where: str) -> dict[str, Any]:
    given = _mapping(output, f"an output of {where}")
    kind = str(given.get("output_type"))
    if kind not in _OUTPUTS:
        expected = ", ".join(_OUTPUTS)
        raise PageError(
            f"has an output of {where} of the type {kind!r}, expected one of {expected}"
        )
    whole: dict[str, Any] = {"output_type": kind}
    for field, absent in _OUTPUTS[kind].items():
        value = given.get(field, absent)
        if isinstance(absent, dict):
            value = _mapping(value, f"the {field} of an output of {where}")
        elif field == "text":
            value = _text(value, f"an output of {where}")
        elif field == "traceback":
            value = _lines(value, f"the traceback of an output of {where}")
        whole[field] = value
    return whole


def _identify(cells: list[dict[str, Any]]) -> None:
    """Give an id to each cell that has none of its own, by nothing but the cells' order."""
    taken: set[str] = set()
    nameless = []
    for number, cell in enumerate(cells, start=1):
        own = cell["id"]
        if isinstance(own, str) and _ID.fullmatch(own) and own not in taken:
            taken.add(own)
        else:
            nameless.append((number, cell))
    for number, cell in nameless:
        name = f"cell-{number}"
        while name in taken:
            name += "-"
        taken.add(name)
        cell["id"] = name


def _mapping(value: object, what: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise PageError(f"is no notebook: expected a mapping as {what}, got {value!r}")
    return dict(value)


def _text(value: object, what: str) -> str:
    return "".join(_lines(value, what))


def _lines(value: object, what: str) -> list[str]:
    lines = value if isinstance(value, list) else [value]
    texts = [line for line in lines if isinstance(line, str)]
    if len(texts) != len(lines):
        raise PageError(f"is no notebook: expected a text as {what}, got {value!r}")
    return texts
