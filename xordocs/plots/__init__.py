"""Results as figures; each carries a title and a description computed from what it shows.

Nothing here trains, and nothing touches Matplotlib's global state.
"""

from xordocs.plots.curves import difference, loss
from xordocs.plots.style import Plot
from xordocs.plots.surfaces import contour, surface

__all__ = ["Plot", "contour", "difference", "loss", "surface"]
