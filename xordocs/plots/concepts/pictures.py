"""Draw pictures of few pixels, such as handwritten digits."""

from collections.abc import Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.colors import LinearSegmentedColormap

from xordocs.nn.parameters import Array
from xordocs.plots.style import BOUNDARY, STYLE, Plot
from xordocs.validation import check_array

__all__ = ["pictures"]

PAPER = LinearSegmentedColormap.from_list("paper", ["#f3f0ea", BOUNDARY])
SIDE = 8
"""Pixels along each side."""
COLUMNS = 5
"""How many pictures stand side by side."""


@rc_context(STYLE)
def pictures(title: str, panels: Sequence[tuple[str, Array]], caption: str = "") -> Plot:
    """Draw pictures of 8 by 8 pixels, at most five in a row, each below its name.

    Args:
        title: What the panels have in common.
        panels: Each panel's name, which others may have too, and its pixels ``(64,)`` row by row
            from the top left, 0 for paper to 1 for ink.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no panel, or a pixel is not from 0 to 1.
    """
    if not panels:
        raise ValueError("panels must be at least one, got none")
    columns = min(len(panels), COLUMNS)
    rows = -(-len(panels) // columns)
    figure = Plot(title, (1.1 * columns, 1.3 * rows), caption)
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for each in axes:
        each.set_axis_off()
    for at, (each, (name, panel)) in enumerate(zip(axes, panels, strict=False)):
        where = f"panels[{at}][1]"
        pixels = check_array(panel, where, f"({SIDE * SIDE},)")
        for pixel in pixels[(pixels < 0) | (pixels > 1)][:1]:
            raise ValueError(f"{where} must have pixels from 0 to 1, got {pixel:g}")
        each.imshow(np.reshape(pixels, (SIDE, SIDE)), cmap=PAPER, vmin=0, vmax=1)
        each.set_title(name, fontsize=9.5)
    names = ", ".join(name for name, _ in panels)
    figure.description = f"{len(panels)} pictures of {SIDE} by {SIDE} pixels: {names}."
    return figure
