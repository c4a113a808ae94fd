"""The style that all figures share: the Okabe-Ito palette, and no meaning on colour alone."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from xordocs._typography import typographic, unbroken
from xordocs.nn.parameters import Array
from xordocs.validation import check_array

__all__ = [
    "AMBER",
    "BLUE",
    "BOUNDARY",
    "CLASSES",
    "GREEN",
    "GRID",
    "INK",
    "LINES",
    "MAP_MARKS",
    "MARKS",
    "MUTED",
    "PURPLE",
    "RIM",
    "STYLE",
    "VERMILLION",
    "Plot",
    "entitle",
    "mark",
    "name_ends",
    "positive",
    "power_of_ten",
    "styled",
    "tiled",
]

INK, MUTED, GRID = "#1b1f24", "#5b6470", "#d8dce2"
BLUE, VERMILLION = "#0072b2", "#d55e00"
"""Labels and outputs, 0 and 1, and signs, minus and plus; curves and counts have other colours."""
GREEN, PURPLE, AMBER = "#007f5b", "#a64d83", "#e69f00"
"""The palette's green and purple are darkened, so that words can be written in them, too."""
BOUNDARY = "#15191e"
"""Dark in both schemes, as it lies on pale colours; the page recolours `INK`."""

CLASSES = LinearSegmentedColormap.from_list("classes", ["#2f78b2", "#f3f0ea", "#f3a567"], N=255)
"""From class 0's blue, lightened, to class 1's vermillion, lightened, and pale at 1/2.

The colours of live figures (``elements/elements.css``), whose two sides differ in grey, too.
"""

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LINES = [(GREEN, "-"), (PURPLE, "--"), (INK, ":"), (AMBER, "-.")]
"""Each line's colour and dash, in order."""
MARKS = {0: ("o", BLUE), 1: ("s", VERMILLION)}
"""Each class's mark and colour."""
RIM = "#fefefe"
MAP_MARKS = {0: ("o", "#006fae"), 1: ("s", "#d05b00")}
"""Marks on a map and the rim around them, as alike in both schemes as the map's own colours are.

Of colours that a page repaints, these are a shade off.
"""

STYLE: Any = {
    "axes.edgecolor": MUTED,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.facecolor": "none",
    "font.size": 10.5,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "xordocs",  # ids are the same from build to build
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
}


COARSE = "image-rendering:crisp-edges;image-rendering:pixelated"
"""How Matplotlib has images drawn; without it the browser smooths them, as outputs are smooth."""


class Plot(Figure):
    """A Matplotlib figure that notebooks display as SVG, with its description inside.

    Args:
        title: What it shows, in a few words.
        size: Width and height in inches.
        caption: What to notice in it; without one a page shows the description.
    """

    def __init__(
        self, title: str, size: tuple[float, float] = (5.2, 3.2), caption: str = ""
    ) -> None:
        super().__init__(figsize=size, layout="constrained")
        self.title = unbroken(typographic(title))
        self.description = ""
        self.caption = unbroken(typographic(caption))

    def _repr_svg_(self) -> str:
        stream = io.StringIO()
        metadata: dict[str, str | None] = {"Title": self.title, "Description": self.description}
        metadata |= {"Creator": None, "Date": None}  # nothing that changes with the day
        for text in self.findobj(Text):
            text.set_text(typographic(text.get_text()))
        with rc_context(STYLE):
            self.savefig(stream, format="svg", metadata=metadata, dpi=168)
        return stream.getvalue().replace(COARSE, "")

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        said = {"image/svg+xml": {"caption": self.caption}} if self.caption else {}
        return {"image/svg+xml": self._repr_svg_()}, said


def entitle(axes: Axes, title: str, size: float = 9.5) -> None:
    """Write a title above axes, each line a text of its own: a page's font centres only those.

    Args:
        axes: Where to.
        title: One line or more.
        size: Of its letters, in points.
    """
    first, *rest = title.split("\n")
    line = 1.35 * size
    axes.set_title(first, fontsize=size, pad=6 + line * len(rest))
    for number, text in enumerate(reversed(rest)):
        axes.annotate(
            text, (0.5, 1), xycoords="axes fraction", xytext=(0, 6 + line * number),
            textcoords="offset points", ha="center", va="baseline", fontsize=size,
        )  # fmt: skip


def styled(name: str, runs: Mapping[str, Any]) -> list[tuple[str, Array, dict[str, Any]]]:
    """Give each run its line's colour and dash.

    Args:
        name: The argument that the runs came in.
        runs: At most four by their names, each finite, ``(points,)``.

    Raises:
        ValueError: There is no run or one too many, or one is empty, not flat or not finite.
    """
    if not runs:
        raise ValueError(f"{name} must be at least one run, got none")
    if len(runs) > len(LINES):
        raise ValueError(f"{name} must be at most {len(LINES)} runs, got {len(runs)}")
    lines = []
    for (label, values), (colour, dash) in zip(runs.items(), LINES, strict=False):
        where = f"{name}[{label!r}]" if label else name
        run = check_array(values, where, "(points,)")
        lines.append((label, run, {"color": colour, "linestyle": dash}))
    return lines


def name_ends(lines: Sequence[Line2D]) -> None:
    """Write each line's label beside its right end, joined to it by a stroke of the same kind.

    Call it last, when their axes have their limits and scales.

    Args:
        lines: One or more, of the same axes, each with a label.
    """
    axes: Any = lines[0].axes
    axes.autoscale_view()  # finds limits that were not set, as names stand by them
    to_axes = axes.transData + axes.transAxes.inverted()
    ends = []
    for line in lines:
        places = to_axes.transform(np.asarray(line.get_xydata()))
        ends.append((*places[places[:, 0].argmax()], line))
    ends.sort(key=lambda end: end[1])
    height = axes.get_window_extent().height * 72 / axes.figure.dpi
    heights = _apart([float(high) for _, high, _ in ends], 1.3 * STYLE["font.size"] / height)
    for (right, high, line), beside in zip(ends, heights, strict=True):
        stroke = {"color": line.get_color(), "linestyle": line.get_linestyle(), "linewidth": 1.2}
        axes.annotate(
            str(line.get_label()), (right, high), (1.06, beside), "axes fraction", va="center",
            arrowprops={"arrowstyle": "-", "relpos": (0, 0.5), "shrinkA": 1, "shrinkB": 0} | stroke,
        )  # fmt: skip


def _apart(heights: list[float], least: float) -> list[float]:
    """Move increasing heights as little as brings each so far above the one below, none below 0.

    The least squares solution, by pooling adjacent violators (Ayer and others, 1955).
    """
    pools: list[tuple[float, int]] = []
    for place, high in enumerate(heights):
        mean, members = high - place * least, 1
        while pools and pools[-1][0] > mean:
            lower, more = pools.pop()
            mean, members = (members * mean + more * lower) / (members + more), members + more
        pools.append((mean, members))
    levels = [max(0.0, mean) for mean, members in pools for _ in range(members)]
    return [level + place * least for place, level in enumerate(levels)]


def positive(name: str, values: Array) -> None:
    """Refuse values that a logarithmic axis would leave out.

    Args:
        name: The argument that they came in.
        values: Finite numbers of any shape.

    Raises:
        ValueError: One is zero or below.
    """
    for place in np.argwhere(values <= 0).tolist()[:1]:
        where = tuple(place)
        raise ValueError(
            f"{name} must be positive on a logarithmic axis, got {values[where]:g} at {where}"
        )


def power_of_ten(value: float, _place: float = 0) -> str:
    """Write a number at a logarithmic axis, as one digit, if not 1, and a power of ten."""
    digit, exponent = f"{value:.0e}".split("e")
    factor = "" if digit == "1" else f"{digit}·"
    return f"{factor}10{str(int(exponent)).translate(RAISED)}"


def mark(
    axes: Axes,
    places: Array,
    y: Array,
    marks: Mapping[int, tuple[str, str]] = MARKS,
    **look: Any,
) -> None:
    """Put each class's mark on its points.

    Args:
        axes: Where to draw.
        places: ``(batch, 2)``.
        y: The labels ``(batch, 1)``, 0 or 1.
        marks: Each class's mark and colour.
        look: How Matplotlib is to draw the marks.

    Raises:
        ValueError: A point would be left out, as its label is neither 0 nor 1.
    """
    if np.shape(places) != (len(y), 2):
        raise ValueError(f"x must have shape {(len(y), 2)}, got {np.shape(places)}")
    other = np.ravel(y)[~np.isin(np.ravel(y), list(marks))]
    if other.size:
        raise ValueError(f"y must be labels 0 or 1, got {other[0]:g}")
    for label, (shape, colour) in marks.items():
        chosen = places[np.ravel(y) == label]
        axes.plot(
            chosen[:, 0], chosen[:, 1], shape, color=colour, **{"label": f"label {label}"} | look
        )


def tiled(panels: int) -> tuple[int, int]:
    """Return in how many rows and columns to lay out this many panels."""
    columns = 2 if panels in (2, 4) else min(3 if panels < 15 else 5, panels)
    return -(-panels // columns), columns
