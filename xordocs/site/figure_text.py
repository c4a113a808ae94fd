"""Read what a Matplotlib figure says of itself: the titles and labels of its axes.

Kernels import this module, so it imports nothing: a page depends on what its kernel has loaded.
"""

from typing import Any

__all__ = ["FIGURE_TEXT", "figure_text"]

FIGURE_TEXT = "figure_text"
"""The key of this text in the metadata of an output."""

MOST_AXES = 6
MOST_ENTRIES = 8
TITLES = ("left", "center", "right")


def figure_text(figure: Any) -> str:
    """Put a figure's titles, axis labels and legends in one line; nothing if it has none.

    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> axes = figure.add_subplot(title="Training", xlabel="epoch", ylabel="loss")
    >>> figure_text(figure)
    'Training: loss against epoch'
    """
    title = _text(getattr(figure, "_suptitle", None))
    parts = [text for axes in figure.get_axes() if (text := _axes_text(axes))]
    if len(parts) > MOST_AXES:
        parts = [*parts[:MOST_AXES], f"and {len(parts) - MOST_AXES} more"]
    return ": ".join(filter(None, [title, "; ".join(parts)]))


def _axes_text(axes: Any) -> str:
    title = " ".join(filter(None, (_text(axes.get_title(place)) for place in TITLES)))
    x, y = _text(axes.get_xlabel()), _text(axes.get_ylabel())
    z = _text(axes.get_zlabel()) if hasattr(axes, "get_zlabel") else ""
    if z:
        labels = f"{z} against {' and '.join(filter(None, [x, y]))}" if x or y else z
    else:
        labels = f"{y} against {x}" if x and y else x or y
    legend = axes.get_legend()
    entries = [_text(text) for text in legend.get_texts()] if legend else []
    entries = list(filter(None, entries))
    if len(entries) > MOST_ENTRIES:
        entries = [*entries[:MOST_ENTRIES], "…"]
    described = ": ".join(filter(None, [title, labels]))
    return f"{described} ({', '.join(entries)})".strip() if entries else described


def _text(text: Any) -> str:
    """Return a text, or that of a text element, on one line and without the marks of formulas."""
    if text is not None and hasattr(text, "get_text"):
        text = text.get_text()
    return " ".join(str(text or "").replace("$", "").split())
