"""Draw results as figures; each has a title and a description computed from its data.

Nothing here trains, and nothing touches Matplotlib's global state.
"""

from xordocs.plots.curves import descent, difference, loss, step_sizes
from xordocs.plots.folding import folded
from xordocs.plots.hinges import hinges
from xordocs.plots.ladder import ladder
from xordocs.plots.maps import maps, mosaic
from xordocs.plots.network_graph import network_graph
from xordocs.plots.rates import by_learning_rate, ranking, success
from xordocs.plots.style import Plot
from xordocs.plots.surfaces import contour, surface
from xordocs.plots.timings import bars, growth

__all__ = [
    "Plot",
    "bars",
    "by_learning_rate",
    "contour",
    "descent",
    "difference",
    "folded",
    "growth",
    "hinges",
    "ladder",
    "loss",
    "maps",
    "mosaic",
    "network_graph",
    "ranking",
    "step_sizes",
    "success",
    "surface",
]
