"""Draw results as figures; each has a title and a description computed from its data.

Nothing here trains, and nothing touches Matplotlib's global state.
"""

from xordocs.plots.concepts import (
    chain,
    displays,
    field,
    functions,
    landscape,
    numbered_lamps,
    pictures,
    steps,
    sticks,
    tangent,
    windows,
)
from xordocs.plots.curves import descent, difference, loss, loss_panels, losses_along, step_sizes
from xordocs.plots.folding import folded
from xordocs.plots.hinges import hinges
from xordocs.plots.ladder import ladder
from xordocs.plots.maps import film, map_and_loss, maps, mosaic
from xordocs.plots.passes import (
    Record,
    delta_curves,
    gradient_sizes,
    named_network,
    network_graph,
    sum_over_rows,
    tape,
    training_loop,
    worked_backward,
    worked_forward,
)
from xordocs.plots.rates import (
    by_learning_rate,
    confidence_belt,
    coverage,
    draws,
    ranking,
    sampling_distribution,
)
from xordocs.plots.sections import chord, walks
from xordocs.plots.style import Plot
from xordocs.plots.surfaces import contour, surface
from xordocs.plots.timings import bars, growth

__all__ = [
    "Plot",
    "Record",
    "bars",
    "by_learning_rate",
    "chain",
    "chord",
    "confidence_belt",
    "contour",
    "coverage",
    "delta_curves",
    "descent",
    "difference",
    "displays",
    "draws",
    "field",
    "film",
    "folded",
    "functions",
    "gradient_sizes",
    "growth",
    "hinges",
    "ladder",
    "landscape",
    "loss",
    "loss_panels",
    "losses_along",
    "map_and_loss",
    "maps",
    "mosaic",
    "named_network",
    "network_graph",
    "numbered_lamps",
    "pictures",
    "ranking",
    "sampling_distribution",
    "step_sizes",
    "steps",
    "sticks",
    "sum_over_rows",
    "surface",
    "tangent",
    "tape",
    "training_loop",
    "walks",
    "windows",
    "worked_backward",
    "worked_forward",
]
