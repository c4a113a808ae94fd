"""How every figure looks: the Okabe-Ito palette, and no meaning on colour alone."""

import io
from typing import Any

from matplotlib import rc_context
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

__all__ = [
    "AMBER",
    "BLUE",
    "BOUNDARY",
    "CLASSES",
    "GREEN",
    "GRID",
    "INK",
    "LINES",
    "MARKS",
    "MUTED",
    "STYLE",
    "VERMILLION",
    "Plot",
]

INK, MUTED, GRID = "#1b1f24", "#5b6470", "#d8dce2"
BLUE, VERMILLION, GREEN, AMBER = "#0072b2", "#d55e00", "#009e73", "#e69f00"
BOUNDARY = "#15191e"
"""Dark in both schemes, as it lies on pale colours; the page recolours `INK`."""

CLASSES = LinearSegmentedColormap.from_list("classes", [BLUE, "#f3f0ea", VERMILLION])
"""From class 0's blue to class 1's vermillion, pale at 1/2."""

LINES = [(BLUE, "-"), (VERMILLION, "--"), (GREEN, ":"), (AMBER, "-.")]
"""Each line's colour and dash, in order."""
MARKS = {0: ("o", BLUE), 1: ("s", VERMILLION)}
"""Each class's mark and colour."""

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


class Plot(Figure):
    """A Matplotlib figure that notebooks show as SVG, with its description inside.

    Args:
        title: What it shows, in a few words.
        size: Width and height in inches.
    """

    def __init__(self, title: str, size: tuple[float, float] = (5.2, 3.2)) -> None:
        super().__init__(figsize=size, layout="constrained")
        self.title = title
        self.description = ""

    def _repr_svg_(self) -> str:
        stream = io.StringIO()
        metadata: dict[str, str | None] = {"Title": self.title, "Description": self.description}
        metadata |= {"Creator": None, "Date": None}  # nothing that changes with the day
        with rc_context(STYLE):
            self.savefig(stream, format="svg", metadata=metadata, dpi=120)
        return stream.getvalue()
