"""Show Jupyter widgets as they were when the notebook ended.

Progress bars become elements of the page. All other widgets are drawn by Jupyter's own library from
their state, which then stands in the page.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from xordocs.site.rendering.embeds import REQUIRE_JS, embed_data
from xordocs.site.rendering.html_fragment import balance

__all__ = ["STATE", "VIEW", "embed_library", "embed_widget", "needed_states", "static_progress"]

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
LIBRARY = "https://cdn.jsdelivr.net/npm/@jupyter-widgets/html-manager@1/dist/embed-amd.js"
"""Jupyter's library for widgets outside of notebooks, from where nbconvert loads it."""

_REFERENCE = re.compile(r'"IPY_MODEL_([^"]+)"')
_BOXES = {"BoxModel", "HBoxModel", "VBoxModel"}
_BARS = {"FloatProgressModel", "IntProgressModel"}

States = Mapping[str, Mapping[str, Any]]


def static_progress(root: str, states: States) -> str | None:
    """Show a progress bar with the texts beside it, as the libraries of progress bars make them.

    Args:
        root: The id of the widget.
        states: The states of all widgets, by id.

    Returns:
        HTML; None if the widget consists of anything else.
    """
    parts = list(_progress_parts(root, states))
    if None in parts or not any(part and part.startswith("<progress") for part in parts):
        return None
    return f'<div class="xd-html xd-progress">{" ".join(filter(None, parts))}</div>'


def _progress_parts(name: str, states: States) -> Iterator[str | None]:
    """Yield the parts of a progress bar in order; None for each that is something else."""
    model = states.get(name, {})
    kind, state = model.get("model_name"), model.get("state", {})
    if kind in _BOXES:
        for child in state.get("children", []):
            yield from _progress_parts(str(child).removeprefix("IPY_MODEL_"), states)
    elif kind in _BARS:
        low, high, value = (state.get(key, 0) for key in ("min", "max", "value"))
        span = f'value="{escape(str(value - low))}" max="{escape(str(high - low))}"'
        yield f"{_text(state.get('description'))}<progress {span}></progress>"
    elif kind == "HTMLModel":
        yield balance(str(state.get("value", "")).strip())
    elif kind == "LabelModel":
        yield _text(state.get("value"))
    else:
        yield None


def _text(value: object) -> str:
    return escape(str(value or "").strip())


def embed_widget(view: Mapping[str, Any]) -> str:
    """Write the place in which Jupyter's library draws a widget."""
    return f'<div class="xd-html jupyter-widgets">{embed_data(VIEW, view)}</div>'


def embed_library(roots: set[str], states: States, about: Mapping[str, Any]) -> str:
    """Write the states of widgets, and load the library that draws them; once a page.

    Args:
        roots: The ids of the widgets that the page shows.
        states: The states of all widgets of the notebook, by id.
        about: What the notebook says of the states besides: the version of their format.
    """
    data = embed_data(STATE, {**about, "state": needed_states(roots, states)})
    scripts = "".join(f'<script src="{address}"></script>' for address in (REQUIRE_JS, LIBRARY))
    return f'<div class="xd-html">{data}{scripts}</div>'


def needed_states(roots: Iterable[str], states: States) -> dict[str, Mapping[str, Any]]:
    """Return the states of widgets, and of those that they consist of, by id."""
    needed: dict[str, Mapping[str, Any]] = {}
    found = sorted(roots)
    while found:
        name = found.pop()
        if name in states and name not in needed:
            needed[name] = states[name]
            found += _REFERENCE.findall(json.dumps(states[name]))
    return needed
