"""Draw hinge lines: where each hidden unit's sum is zero."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib import rc_context

from xordocs.nn.parameters import Array, Parameters, check_parameters
from xordocs.plots.style import (
    BLUE,
    GRID,
    INK,
    MUTED,
    STYLE,
    VERMILLION,
    Plot,
    entitle,
    mark,
    tiled,
)
from xordocs.validation import check_array, check_labels

__all__ = ["hinges"]

SIDE = (-0.3, 1.3)
"""From where to where a panel shows the plane, in both directions."""
TICK = 0.11
"""How long a tick is, in lengths of the square's side."""
SHIFTS = [0.0, *(sign * shift for shift in (0.15, 0.3, 0.45, 0.6) for sign in (1, -1))]
"""How far along its line a tick may stand from the line's middle, in the order of preference."""
ROOM = 0.055
"""How far a tick is from what could hide it."""
RADIUS = 0.07
"""Of a point's mark."""
NUMBER = 0.065
"""How far the middle of a tick's number is from the tick's end."""


@rc_context(STYLE)
def hinges(snapshots: Mapping[int, Parameters], x: Array, y: Array, caption: str = "") -> Plot:
    """Draw the hinge line of each hidden unit, at several epochs.

    Above each panel stands how many of the lines part the points. Such a line is solid and
    orange if its unit raises the output where it is on, and otherwise dashed and blue. A line that
    does so at another of the epochs is dotted. One that does so at none bends nothing that the data
    can see, and is not drawn. Each has a tick with its unit's number on the side where the unit is
    on, as clear of the other ticks, the lines and the marks as it can be.

    Args:
        snapshots: The network at each epoch, with one hidden layer and one output.
        x: The labelled inputs ``(4, 2)``.
        y: Their labels ``(4, 1)``, 0 or 1.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no snapshot, one has other layers, or a label is neither 0 nor 1.
    """
    if not snapshots:
        raise ValueError("snapshots must be at least one, got none")
    snapshots = {
        epoch: check_parameters(network, f"snapshots[{epoch!r}]")
        for epoch, network in snapshots.items()
    }
    for epoch, network in snapshots.items():
        shapes = [layer.weights.shape for layer in network]
        if len(shapes) != 2 or shapes[1][1] != 1:
            raise ValueError(
                f"snapshots[{epoch!r}] must have one hidden layer and one output, got weights of "
                f"the shapes {shapes}"
            )
    x = check_array(x, "x", "(batch, 2)")
    y = check_labels(y, x, "x")
    rows, columns = tiled(len(snapshots))
    title = "The units' hinge lines" + (" over the epochs" if len(snapshots) > 1 else "")
    figure = Plot(title, (2.6 * columns, 3.1 * rows), caption)
    crossing = {epoch: _separating(network, x) for epoch, network in snapshots.items()}
    numbered = set().union(*crossing.values())
    for place, (epoch, parameters) in enumerate(snapshots.items(), start=1):
        axes = figure.add_subplot(rows, columns, place)
        axes.set(xlim=SIDE, ylim=SIDE, aspect="equal", xticks=[], yticks=[])
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        axes.plot([0, 1, 1, 0, 0], [0, 0, 1, 1, 0], color=GRID)
        (weights, bias), (heights, _) = parameters
        lines = {}
        for unit, ((a, b), c) in enumerate(zip(weights.T, bias[0], strict=True)):
            size = np.hypot(a, b)
            if size == 0 or unit not in numbered:
                continue
            foot = np.array([a, b]) * -c / size**2  # the line's point nearest to (0, 0)
            along, on = np.array([-b, a]) / size, np.array([a, b]) / size
            ends = foot + 4 * along, foot - 4 * along
            colour, dash = (VERMILLION, "-") if heights[unit, 0] > 0 else (BLUE, "--")
            lines[unit] = foot, on
            look: dict[str, Any] = {"linewidth": 1.8, "linestyle": dash, "zorder": 2.2}
            if unit not in crossing[epoch]:
                look = {"linewidth": 1, "linestyle": ":"}
            axes.plot(*zip(*ends, strict=True), color=colour, **look)
        for unit, tick in zip(lines, _ticks(list(lines.values()), x), strict=True):
            colour = INK if unit in crossing[epoch] else MUTED
            axes.plot(*tick[[0, -2]].T, color=colour, linewidth=1.2)
            across, up = tick[-1]
            axes.text(across, up, f"{unit}", color=colour, fontsize=10.5, ha="center", va="center")
        mark(axes, x, y, markersize=9, zorder=3)
        count = f"{len(crossing[epoch])} of {weights.shape[1]} part the points"
        entitle(axes, f"epoch {epoch}\n{count}", 10.5)
    figure.description = " ".join(
        f"At epoch {epoch}, {len(units)} of {len(snapshots[epoch][0].bias[0])} lines part "
        f"the four points." for epoch, units in crossing.items()
    )  # fmt: skip
    return figure


def _separating(network: Parameters, x: Array) -> set[int]:
    """Return the units whose lines have labelled inputs on both sides; on a line is on neither."""
    sums = x @ network[0].weights + network[0].bias
    return set(np.flatnonzero((sums > 0).any(axis=0) & (sums < 0).any(axis=0)).tolist())


def _ticks(lines: list[tuple[Array, Array]], x: Array) -> list[Array]:
    """Return a tick for each line, given by a point of it and its direction.

    It is three of its points, from the line on, and the middle of its number.

    Each stands as near to the middle of its line as it can while it is clear of what is drawn.
    """
    ticks: list[Array] = []

    def clearance(tick: Array) -> float:
        taken = np.concatenate([*ticks, np.empty((0, 2))])
        to_ticks = np.hypot(*(tick[:, None] - taken).T)
        to_marks = np.hypot(*(tick[:, None] - x).T) - RADIUS
        sides = [(tick[1:] - foot) @ on for foot, on in lines]
        to_lines = [abs(side) * (np.ptp(np.sign(side)) < 2) for side in sides]
        to_frame = (SIDE[1] - SIDE[0]) / 2 - abs(tick - 0.5)
        distances = [to_ticks, to_marks, *to_lines, to_frame]
        return min(float(each.min()) for each in distances if each.size)

    points = [0, TICK / 2, TICK, TICK + NUMBER]
    for foot, on in lines:
        along = np.array([-on[1], on[0]])
        middle = foot + along * ((0.5 - foot) @ along)
        places = [middle + shift * along + np.outer(points, on) for shift in SHIFTS]
        ticks.append(max(places, key=lambda tick: min(ROOM, clearance(tick))))
    return ticks
