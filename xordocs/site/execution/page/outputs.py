"""Make the outputs of executed cells the same in each build, and such that a page can show them."""

import itertools
import re
from collections.abc import Callable, Sequence
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from xordocs.site.execution.kernel.limits import cut
from xordocs.site.rendering.terminal import overwrite

__all__ = ["clean_outputs", "rename_widgets"]

_SURROGATES = re.compile("[\ud800-\udfff]")


def clean_outputs(outputs: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Clean the outputs of one cell.

    Streams are joined, lines that have been written over show what they show last, half surrogate
    pairs (which no file can hold) are spelt, and what is too long is cut.
    """
    cleaned: list[NotebookNode] = _join_streams(_map_strings(_spelt, list(outputs)))
    for output in cleaned:
        if output.output_type == "error":
            output.evalue, output.traceback = cut(output.evalue), list(map(cut, output.traceback))
        elif output.output_type != "stream" and "text/plain" in output.data:
            output.data["text/plain"] = cut(output.data["text/plain"])
    return cleaned


def rename_widgets(notebook: NotebookNode) -> None:
    """Number the models of widgets, whose names are different in each execution."""
    states = notebook.metadata.get("widgets", {}).values()
    models = [model for widgets in states for model in widgets.get("state", {})]
    names = {model: f"{number:032x}" for number, model in enumerate(models, 1)}
    if not names:
        return
    known = re.compile("|".join(map(re.escape, names)))

    def rename(text: str) -> str:
        return known.sub(lambda found: names[found[0]], _spelt(text))

    notebook.metadata.widgets = _map_strings(rename, notebook.metadata.widgets)
    for cell in notebook.cells:
        if "outputs" in cell:
            cell.outputs = _map_strings(rename, cell.outputs)


def _join_streams(outputs: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Join all that was printed between two displays, standard output first.

    How many pieces a text arrives in, and which of the two streams comes first, varies from run to
    run.
    """
    joined: list[NotebookNode] = []
    for kind, group in itertools.groupby(outputs, key=lambda output: output.output_type):
        if kind != "stream":
            joined.extend(group)
            continue
        texts: dict[str, list[str]] = {}
        for output in group:
            texts.setdefault(output.name, []).append(output.text)
        for name in sorted(texts, reverse=True):
            joined.append(new_output("stream", name=name, text=overwrite("".join(texts[name]))))
    return joined


def _spelt(text: str) -> str:
    """Spell half surrogate pairs as Python's literals do."""
    return _SURROGATES.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _map_strings(change: Callable[[str], str], value: Any) -> Any:
    """Change every string in a structure of JSON."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_map_strings(change, one) for one in value]
    if isinstance(value, dict):
        pairs = ((change(key), _map_strings(change, one)) for key, one in value.items())
        return type(value)(pairs)
    return value
