"""Draw results as figures; each has a title and a description computed from its data.

Nothing here trains, and nothing touches Matplotlib's global state.
"""

from xordocs.plots.curves import descent, difference, loss, step_sizes
from xordocs.plots.folding import folded
from xordocs.plots.hinges import hinges
from xordocs.plots.maps import maps
from xordocs.plots.network_graph import Record, network_graph, tape
from xordocs.plots.rates import success
from xordocs.plots.sections import chord, walks
from xordocs.plots.style import Plot
from xordocs.plots.surfaces import contour, surface
from xordocs.plots.timings import bars, growth

__all__ = [
    "Plot",
    "Record",
    "bars",
    "chord",
    "contour",
    "descent",
    "difference",
    "folded",
    "growth",
    "hinges",
    "loss",
    "maps",
    "network_graph",
    "step_sizes",
    "success",
    "surface",
    "tape",
    "walks",
]
