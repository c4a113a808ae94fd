"""Draw many networks as a field of squares, one for each, coloured by what became of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.colors import to_rgba
from matplotlib.patches import Patch

from xordocs.plots.style import STYLE, Plot

__all__ = ["field"]

COLOURS = [to_rgba("#007f5c", 0.22), *map(to_rgba, ("#a64d84", "#e69f01", "#c8322d"))]
"""Of what most have become, and of the rest; as alike in both schemes as those of a map.

Of colours that a page repaints, these are a shade off.
"""
SQUARE, GAP = 2, 1
"""How many pixels a square and the gap beside it are wide."""


@rc_context(STYLE)
def field(title: str, outcomes: Sequence[str], caption: str = "") -> Plot:
    """Draw a square for each network, row by row from the upper left.

    Args:
        title: What is drawn, in a few words.
        outcomes: What has become of each network, of at most four kinds. The most frequent is pale.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no network, or there are more than four kinds.
    """
    if not len(outcomes):
        raise ValueError("outcomes must be of at least one network, got none")
    kinds, which, counts = np.unique(outcomes, return_inverse=True, return_counts=True)
    if len(kinds) > len(COLOURS):
        raise ValueError(f"outcomes must be of at most {len(COLOURS)} kinds, got {len(kinds)}")
    order = np.argsort(-counts, kind="stable")
    side = int(np.ceil(len(outcomes) ** 0.5))
    squares = np.zeros((side * side, 4))
    squares[: len(outcomes)] = np.array(COLOURS)[np.argsort(order)[which]]
    cell = SQUARE + GAP
    picture = np.zeros((side, cell, side, cell, 4))
    picture[:, :SQUARE, :, :SQUARE] = squares.reshape(side, 1, side, 1, 4)
    figure = Plot(title, (5.2, 4.6), caption)
    axes = figure.subplots()
    axes.imshow(picture.reshape(side * cell, side * cell, 4), interpolation="none")
    axes.set_axis_off()
    look: Any = {"handlelength": 1, "handleheight": 1, "columnspacing": 1, "handletextpad": 0.4}
    squared = [
        Patch(color=colour, label=f"{kinds[kind]}: {counts[kind]:,}")
        for kind, colour in zip(order, COLOURS, strict=False)
    ]
    figure.legend(handles=squared, loc="outside upper left", ncols=len(kinds), **look)
    figure.description = (
        f"Of {len(outcomes):,} networks: "
        + ", ".join(f"{kinds[kind]} {counts[kind]:,}" for kind in order)
        + "."
    )
    return figure
