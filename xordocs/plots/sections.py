"""Draw what a function is along a straight line: a loss along a parameter, a sum along a walk."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import rc_context

from xordocs.nn.parameters import Array
from xordocs.plots.style import (
    BOUNDARY,
    GREEN,
    INK,
    MUTED,
    PURPLE,
    RIM,
    STYLE,
    Plot,
    name_ends,
    styled,
)
from xordocs.plots.surfaces import PIXELS, boundary, lattice, painted
from xordocs.validation import check_array, check_real

__all__ = ["chord", "walks"]


@rc_context(STYLE)
def chord(
    theta: Array | Sequence[float],
    losses: Array | Sequence[float],
    at: float,
    h: float,
    slope: float,
    caption: str = "",
) -> Plot:
    """Draw a curve, the chord between two of its points, and a line with another slope.

    Args:
        theta: Where the curve is computed, ``(points,)``, increasing.
        losses: The loss at each, ``(points,)``.
        at: The middle of the chord.
        h: How far its ends are from the middle, positive; both must lie on the curve.
        slope: The slope that backpropagation gives in the middle, drawn as a line.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: An array is not as long as the other or not finite, or the chord leaves the
            curve.
    """
    theta = check_array(theta, "theta", "(points,)")
    losses = check_array(losses, "losses", f"({len(theta)},)")
    at, h = check_real(at, "at"), check_real(h, "h", above=0)
    if not theta[0] <= at - h < at + h <= theta[-1]:
        raise ValueError(
            f"at and h must give a chord from {theta[0]:g} to {theta[-1]:g}, got {at:g} and {h:g}"
        )
    ends = np.array([at - h, at + h])
    below, above = np.interp(ends, theta, losses)
    difference = (above - below) / (2 * h)
    figure = Plot("The loss along one parameter", caption=caption)
    axes = figure.subplots()
    axes.plot(theta, losses, color=GREEN, label="loss")
    reach = np.array([-1.6, 1.6]) * h
    height = float(np.interp(at, theta, losses))
    axes.plot(at + reach, height + slope * reach, color=INK, linestyle=":", label="backpropagation")
    axes.plot(
        at + reach, (above + below) / 2 + difference * reach,
        color=PURPLE, linestyle="--", linewidth=1.4, label="central difference",
    )  # fmt: skip
    axes.plot(ends, [below, above], "o", color=PURPLE, markersize=7)
    axes.plot(at, height, "o", color=INK, markersize=5)
    axes.set(xlabel="parameter θ", ylabel="loss J")
    axes.set_xticks([at - h, at, at + h], ["θ − h", "θ", "θ + h"])
    axes.legend()
    figure.description = (
        f"At θ = {at:.3g} the chord from θ - h to θ + h, with h = {h:g}, has the slope "
        f"{difference:.3g}; backpropagation’s line has {slope:.3g}."
    )
    return figure


@rc_context(STYLE)
def walks(
    distances: Array | Sequence[float],
    sums: Mapping[str, Array | Sequence[float]],
    crossings: Mapping[str, Array | Sequence[float]],
    ways: Mapping[str, Array | Sequence[Sequence[float]]],
    points: Array,
    y_hat: Array,
    caption: str = "",
) -> Plot:
    """Draw straight walks on a map of the output, and below it the output unit's sum along each.

    A dot stands where a hidden unit bends the sum.

    Args:
        distances: How far each point is from the start, ``(points,)``, increasing.
        sums: The output unit's sum at each, ``(points,)``, by the walk's name; at most four.
        crossings: At which distances each of the same walks crosses a hinge line.
        ways: Where each of the same walks is at each distance, ``(points, 2)``.
        points: The map's lattice, ``(steps * steps, 2)``, as `xordocs.datasets.grid` returns it.
        y_hat: The output at each, ``(steps * steps, 1)``.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no walk or more than four, one is not as long as the distances, or has
            no crossings or no way.
    """
    distances = check_array(distances, "distances", "(points,)")
    x1, x2, z = lattice(points, y_hat)
    figure = Plot("The output unit's sum along straight walks", (5.2, 5.6), caption)
    seen, axes = figure.subplots(2, 1, height_ratios=[1.6, 1])
    painted(seen, x1, x2, z, PIXELS)
    boundary(seen, x1, x2, z, 1.2)
    axes.axhline(0, color=MUTED, linewidth=1)
    told, lines = [], []
    for name, run, look in styled("sums", sums):
        check_array(run, f"sums[{name!r}]", f"({len(distances)},)")
        for given, called in ((crossings, "crossings"), (ways, "ways")):
            if name not in given:
                raise ValueError(f"{called} must have the walk {name!r}, got {list(given)}")
        way = check_array(ways[name], f"ways[{name!r}]", f"({len(distances)}, 2)")
        bends = np.array(crossings[name], float)
        bends = bends[(bends >= distances[0]) & (bends <= distances[-1])]
        there = [np.interp(bends, distances, along) for along in way.T]
        ends = way[[0, -1]].T
        seen.plot(*ends, color=RIM, linewidth=4.5, solid_capstyle="round")
        colour = BOUNDARY if look["color"] == INK else look["color"]  # dark in both schemes
        seen.plot(*ends, **look | {"color": colour})
        seen.plot(*there, "o", color=colour, markersize=5, markeredgecolor=RIM)
        lines += axes.plot(distances, run, label=name, **look)
        axes.plot(bends, np.interp(bends, distances, run), "o", color=look["color"], markersize=5)
        bent = f"last bent at {bends.max():.3g}" if bends.size else "without a bend"
        told.append(f"{name}: from {run[0]:.3g} to {run[-1]:.3g}, {bent}.")
    seen.set(xlabel="x₁", ylabel="x₂", aspect="equal")
    seen.grid(visible=False)
    axes.set(xlabel="distance from the start", ylabel="sum z₂")
    name_ends(lines)
    figure.description = " ".join(told)
    return figure
