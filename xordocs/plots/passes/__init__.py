"""Draw a network's forward pass, the way back of its error, and the tape that records both."""

from xordocs.plots.passes.delta_curves import delta_curves
from xordocs.plots.passes.gradient_sizes import gradient_sizes
from xordocs.plots.passes.network_graph import network_graph
from xordocs.plots.passes.row_sums import sum_over_rows
from xordocs.plots.passes.tapes import Record, tape
from xordocs.plots.passes.training_loop import training_loop
from xordocs.plots.passes.worked_pass import named_network, worked_backward, worked_forward

__all__ = [
    "Record",
    "delta_curves",
    "gradient_sizes",
    "named_network",
    "network_graph",
    "sum_over_rows",
    "tape",
    "training_loop",
    "worked_backward",
    "worked_forward",
]
