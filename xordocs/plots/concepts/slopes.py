"""Draw a loss as a curve over one weight: its slope at a place, and steps down."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context

from xordocs.nn.parameters import Array
from xordocs.plots.style import GREEN, INK, MUTED, PURPLE, STYLE, Plot, entitle
from xordocs.validation import check_array, check_real

__all__ = ["steps", "tangent"]

DASHES = ("--", ":")
"""Of the lines through two places of the curve, the longest run first."""


@rc_context(STYLE)
def tangent(
    weights: Array | Sequence[float],
    losses: Array | Sequence[float],
    place: tuple[float, float],
    slope: float,
    nudged: Array | Sequence[tuple[float, float]],
    caption: str = "",
) -> Plot:
    """Draw the loss of a single weight, with the slopes of nudges and the one they settle on.

    Args:
        weights: Where the curve is computed, ``(points,)``, increasing.
        losses: The loss at each, ``(points,)``.
        place: A weight and its loss.
        slope: The curve's slope there.
        nudged: One or two weights to the right of it with their losses, ``(nudges, 2)``.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: An array is not as long as its weights, or not finite, or a nudged weight is
            not to the right of the place, or there are none or more than two of them.
    """
    weights, losses = _check_curve(weights, losses)
    weight, loss = check_real(place[0], "place[0]"), check_real(place[1], "place[1]")
    slope = check_real(slope, "slope")
    ends = check_array(nudged, "nudged", "(nudges, 2)")
    if not 1 <= len(ends) <= len(DASHES):
        raise ValueError(f"nudged must be one weight or two, got {len(ends)}")
    if ends[:, 0].min() <= weight:
        raise ValueError(f"nudged must lie to the right of {weight:g}, got {ends[:, 0].min():g}")
    figure = Plot("The slope of the loss at one place", caption=caption)
    axes = figure.subplots()
    axes.plot(weights, losses, color=GREEN)
    look: Any = {"color": MUTED, "fontsize": 9.5}
    side: Any = {"color": MUTED, "linewidth": 1, "linestyle": ":"}
    told = []
    for number, ((there, high), dash) in enumerate(zip(ends, DASHES, strict=False)):
        run, rise = there - weight, high - loss
        below = loss - losses.max() * (0.085 * (len(ends) - number) - 0.02)
        axes.plot([weight, there, there], [loss, loss, high], **side)
        axes.annotate(
            "", (there, below), (weight, below),
            arrowprops={"arrowstyle": "<->", "color": MUTED, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
        axes.text((weight + there) / 2, below, f"run {run:.3g}", ha="center", va="bottom", **look)
        axes.annotate(
            f"rise {rise:.3g}", (there, loss + 0.3 * rise), xytext=(7, 0), va="center",
            textcoords="offset points", **look,
        )  # fmt: skip
        axes.plot(
            [weight, there], [loss, high], color=INK, linewidth=1.4, linestyle=dash, marker="o",
            markersize=4.5, label=f"run {run:.3g}: slope {rise / run:.3g}",
        )  # fmt: skip
        told.append(f"a run of {run:.3g} is a rise of {rise:.3g}")
    reach = np.array([-0.25, 0.4]) * np.ptp(weights)
    axes.plot(
        weight + reach, loss + slope * reach, color=PURPLE, zorder=3,
        label=f"shorter and shorter: slope {slope:.3g}",
    )  # fmt: skip
    axes.plot([weight], [loss], "o", color=INK, markersize=8, zorder=4)
    axes.set(
        xlabel="weight w", ylabel="loss J", xlim=(weights[0], weights[-1]), ylim=(0, losses.max())
    )
    axes.legend(loc="upper left")
    figure.description = (
        f"The curve is lowest, {losses.min():.3g}, at {weights[losses.argmin()]:.3g}. At "
        f"{weight:.3g} it is {loss:.3g} high, and its slope is {slope:.3g}. From there "
        f"{' and '.join(told)}."
    )
    return figure


@rc_context(STYLE)
def steps(
    weights: Array | Sequence[float],
    losses: Array | Sequence[float],
    paths: Mapping[str, Array | Sequence[Sequence[float]]],
    caption: str = "",
    title: str = "Steps down the same curve",
) -> Plot:
    """Draw several descents on the same curve side by side, a panel each.

    Args:
        weights: Where the curve is computed, ``(points,)``, increasing.
        losses: The loss at each, ``(points,)``.
        paths: Each descent by its name: the weight and its loss before each step, ``(steps, 2)``;
            those beyond the curve are left out.
        caption: What to notice in it, a sentence or two; without one the description is shown.
        title: What it shows, in a few words.

    Raises:
        ValueError: There is no path, or an array is not finite.
    """
    weights, losses = _check_curve(weights, losses)
    if not paths:
        raise ValueError("paths must be at least one, got none")
    walks = {
        name: check_array(path, f"paths[{name!r}]", "(steps, 2)") for name, path in paths.items()
    }
    figure = Plot(title, (5.2, 2.5), caption)
    for place, (name, walk) in enumerate(walks.items(), start=1):
        axes = figure.add_subplot(1, len(walks), place)
        axes.plot(weights, losses, color=GREEN, linewidth=1.6)
        axes.plot(*walk.T, "o--", color=INK, linewidth=1, markersize=3.5)
        axes.set(xlabel="weight w", xlim=(weights[0], weights[-1]), ylim=(0, losses.max()))
        entitle(axes, name)
        if place == 1:
            axes.set_ylabel("loss J")
        else:
            axes.set_yticklabels([])
    figure.description = " ".join(
        f"{' '.join(name.splitlines())}: in {len(walk) - 1} steps the weight goes from "
        f"{walk[0, 0]:.3g} to {walk[-1, 0]:.3g}."
        for name, walk in walks.items()
    )
    return figure


def _check_curve(
    weights: Array | Sequence[float], losses: Array | Sequence[float]
) -> tuple[Array, Array]:
    weights = check_array(weights, "weights", "(points,)")
    return weights, check_array(losses, "losses", f"({len(weights)},)")
