"""Draw results as figures; each has a title and a description computed from its data.

Nothing here trains, and nothing touches Matplotlib's global state.
"""

from xordocs.plots.chords import chord
from xordocs.plots.concepts import chain, functions, landscape, steps, sticks, tangent
from xordocs.plots.curves import descent, difference, loss, step_sizes
from xordocs.plots.folding import folded
from xordocs.plots.hinges import hinges
from xordocs.plots.maps import maps
from xordocs.plots.network_graph import network_graph
from xordocs.plots.rates import success
from xordocs.plots.style import Plot
from xordocs.plots.surfaces import contour, surface
from xordocs.plots.tapes import Record, tape
from xordocs.plots.timings import bars, growth
from xordocs.plots.walks import walks

__all__ = [
    "Plot",
    "Record",
    "bars",
    "chain",
    "chord",
    "contour",
    "descent",
    "difference",
    "folded",
    "functions",
    "growth",
    "hinges",
    "landscape",
    "loss",
    "maps",
    "network_graph",
    "step_sizes",
    "steps",
    "sticks",
    "success",
    "surface",
    "tangent",
    "tape",
    "walks",
]
