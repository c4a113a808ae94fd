"""Draw the loss over two weights as a landscape, with paths down through it."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.colors import to_rgba

from xordocs.nn.parameters import Array
from xordocs.plots.style import GREEN, INK, MUTED, STYLE, Plot, styled
from xordocs.plots.surfaces import lattice
from xordocs.validation import check_array

__all__ = ["landscape"]

BANDS = 11
DEEPEST = 0.34
MARKED = 3
"""How many places of a walk have a line of equal height through them."""


@rc_context(STYLE)
def landscape(
    points: Array,
    losses: Array | Sequence[float],
    paths: Mapping[str, Array | Sequence[Sequence[float]]],
    caption: str = "",
) -> Plot:
    """Draw the loss over two weights from above, as lines of equal height, and paths on it.

    Args:
        points: The pairs of weights ``(steps * steps, 2)``, as `xordocs.datasets.grid` returns
            them.
        losses: The loss at each, ``(steps * steps,)``.
        paths: Each path by its name, ``(steps, 2)``; at most four.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: A loss or a path is not finite, or there are more than four paths.
    """
    heights = check_array(losses, "losses", "(points,)")
    w1, w2, j = lattice(points, heights[:, np.newaxis], "losses")
    walks = {
        name: check_array(path, f"paths[{name!r}]", "(steps, 2)") for name, path in paths.items()
    }
    looks = styled("paths", {name: walk[:, 0] for name, walk in walks.items()})
    figure = Plot("A loss over two weights, from above", (4.6, 3.9), caption)
    axes = figure.subplots()
    axes.grid(visible=False)
    # lines crowd where the loss is steep; the lowest band is the darkest
    levels = j.min() + np.ptp(j) * np.linspace(0, 1, BANDS + 1) ** 2
    if len(walks) == 1:  # its first places lie on lines, so that the right angles are seen
        across, along = w1[0], w2[:, 0]
        for place in next(iter(walks.values()))[:MARKED]:
            rows = [np.interp(place[0], across, row) for row in j]
            height = np.interp(place[1], along, rows)
            levels[abs(levels - height).argmin()] = height
    shades = [to_rgba(GREEN, DEEPEST * (1 - band / BANDS) ** 1.5) for band in range(BANDS)]
    axes.contourf(w1, w2, j, levels, colors=shades)
    axes.contour(w1, w2, j, levels[1:], colors=MUTED, linewidths=0.7)
    for (name, walk), (_, _, look) in zip(walks.items(), looks, strict=True):
        look = look | {"color": INK} if len(walks) == 1 else look
        axes.plot(*walk.T, marker="o", markersize=4, linewidth=1.2, label=name, **look)
        axes.plot(*walk[0], "o", markersize=8, color=look["color"])
    lowest = points[heights.argmin()]
    axes.plot(*lowest, "*", markersize=11, color=INK, zorder=2)
    axes.set(
        xlabel="w₁", ylabel="w₂", aspect="equal",
        xlim=(w1.min(), w1.max()), ylim=(w2.min(), w2.max()),
    )  # fmt: skip
    if len(walks) > 1:
        figure.legend(loc="outside upper left", ncols=2)
    told = [f"The loss is lowest, {j.min():.3g}, at ({lowest[0]:.3g}, {lowest[1]:.3g})."] + [
        f"{name}: in {len(walk) - 1} steps from {_place(walk[0])} to {_place(walk[-1])}."
        for name, walk in walks.items()
    ]
    figure.description = " ".join(told)
    return figure


def _place(pair: Array) -> str:
    first, second = pair.round(2) + 0.0
    return f"({first:.2f}, {second:.2f})"
