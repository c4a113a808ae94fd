"""Draw hinge lines: where each hidden unit's sum is zero."""

from collections.abc import Mapping

import numpy as np
from matplotlib import rc_context

from xordocs.nn.parameters import Array, Parameters, check_parameters
from xordocs.plots.style import BLUE, GRID, MUTED, STYLE, Plot, mark, tiled
from xordocs.validation import check_array, check_labels

__all__ = ["hinges"]

NEAR = 0.02
"""Two lines coincide that are closer than this, in lengths of the square's side."""


@rc_context(STYLE)
def hinges(snapshots: Mapping[int, Parameters], x: Array, y: Array, caption: str = "") -> Plot:
    """Draw the hinge line of each hidden unit of the first layer, at several epochs.

    A line that separates the points has a tick on the side where its unit is on, and lines that
    coincide have their ticks beside each other. Of the others, which bend nothing that the data can
    see, there is a faint trace.

    Args:
        snapshots: The network at each epoch.
        x: The labelled inputs ``(4, 2)``.
        y: Their labels ``(4, 1)``, 0 or 1.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no snapshot, or a label is neither 0 nor 1.
    """
    if not snapshots:
        raise ValueError("snapshots must be at least one, got none")
    snapshots = {
        epoch: check_parameters(network, f"snapshots[{epoch!r}]")
        for epoch, network in snapshots.items()
    }
    x = check_array(x, "x", "(batch, 2)")
    y = check_labels(y, x, "x")
    rows, columns = tiled(len(snapshots))
    figure = Plot("The units' hinge lines over the epochs", (2.5 * columns, 2.7 * rows), caption)
    crossing = {}
    for place, (epoch, parameters) in enumerate(snapshots.items(), start=1):
        axes = figure.add_subplot(rows, columns, place)
        axes.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal", xticks=[], yticks=[])
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        axes.plot([0, 1, 1, 0, 0], [0, 0, 1, 1, 0], color=GRID)
        weights, bias = parameters[0]
        crosses = 0
        drawn: list[tuple[Array, Array]] = []
        for (a, b), c in zip(weights.T, bias[0], strict=True):
            size = np.hypot(a, b)
            if size == 0:
                continue
            foot = np.array([a, b]) * -c / size**2  # the line's point nearest to (0, 0)
            along, on = np.array([-b, a]) / size, np.array([a, b]) / size
            ends = foot + 4 * along, foot - 4 * along
            inside = (np.sign(x @ [a, b] + c) > 0).any() and (np.sign(x @ [a, b] + c) < 0).any()
            crosses += int(inside)
            if not inside:
                axes.plot(*zip(*ends, strict=True), color=MUTED, linestyle=":", linewidth=0.6)
                continue
            axes.plot(*zip(*ends, strict=True), color=BLUE, linewidth=1.5)
            nearest = foot + along * ((np.array([0.5, 0.5]) - foot) @ along)
            same = sum(
                abs(there - nearest).max() < NEAR and abs(other @ on) < NEAR
                for there, other in drawn
            )
            drawn.append((nearest, along))
            beside = nearest + 0.12 * same * along
            tick = beside, beside + 0.12 * on
            axes.plot(*zip(*tick, strict=True), color=BLUE, linewidth=1.2)
        mark(axes, x, y, markersize=9, zorder=3)
        axes.set_title(f"epoch {epoch}", fontsize=10.5)
        crossing[epoch] = crosses
    figure.description = " ".join(
        f"At epoch {epoch}, the four points are separated by {crosses} of "
        f"{len(snapshots[epoch][0].bias[0])} lines." for epoch, crosses in crossing.items()
    )  # fmt: skip
    return figure
