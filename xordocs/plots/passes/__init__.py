"""Draw the numbers of one row's way up, of its error's way down, and what that way begins with."""

from xordocs.plots.passes.delta_curves import delta_curves
from xordocs.plots.passes.worked_pass import worked_backward, worked_forward

__all__ = ["delta_curves", "worked_backward", "worked_forward"]
