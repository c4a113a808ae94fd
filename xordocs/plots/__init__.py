"""Draw results as figures; each has a title and a description computed from its data.

Nothing here trains, and nothing touches Matplotlib's global state.
"""

from xordocs.plots.curves import descent, difference, loss, step_sizes
from xordocs.plots.folding import folded
from xordocs.plots.hinges import hinges
from xordocs.plots.maps import maps
from xordocs.plots.network_graph import network_graph
from xordocs.plots.passes import delta_curves, worked_backward, worked_forward
from xordocs.plots.rates import by_learning_rate, ranking, success
from xordocs.plots.style import Plot
from xordocs.plots.surfaces import contour, surface
from xordocs.plots.timings import bars, growth

__all__ = [
    "Plot",
    "bars",
    "by_learning_rate",
    "contour",
    "delta_curves",
    "descent",
    "difference",
    "folded",
    "growth",
    "hinges",
    "loss",
    "maps",
    "network_graph",
    "ranking",
    "step_sizes",
    "success",
    "surface",
    "worked_backward",
    "worked_forward",
]
