"""Draw a loss as a curve over one weight: its slope at a place, and steps down."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context

from xordocs.nn.parameters import Array
from xordocs.plots.style import GREEN, INK, MUTED, PURPLE, STYLE, Plot
from xordocs.validation import check_array, check_real

__all__ = ["steps", "tangent"]

RUN = 0.5


@rc_context(STYLE)
def tangent(
    weights: Array | Sequence[float],
    losses: Array | Sequence[float],
    place: tuple[float, float],
    slope: float,
    caption: str = "",
) -> Plot:
    """Draw the loss of a single weight as a curve, with the line that has its slope at a place.

    Args:
        weights: Where the curve is computed, ``(points,)``, increasing.
        losses: The loss at each, ``(points,)``.
        place: A weight and its loss.
        slope: The curve's slope there.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: An array is not as long as its weights, or not finite.
    """
    weights, losses = _check_curve(weights, losses)
    weight, loss = check_real(place[0], "place[0]"), check_real(place[1], "place[1]")
    slope = check_real(slope, "slope")
    figure = Plot("The slope of the loss at one place", caption=caption)
    axes = figure.subplots()
    axes.plot(weights, losses, color=GREEN)
    reach = np.array([-0.55, 0.8])
    axes.plot(weight + reach, loss + slope * reach, color=PURPLE, zorder=3)
    corner = [weight, weight + RUN, weight + RUN], [loss, loss, loss + slope * RUN]
    axes.plot(*corner, color=MUTED, linewidth=1.2, linestyle="--")
    look: Any = {"color": MUTED, "textcoords": "offset points", "fontsize": 9.5}
    axes.annotate(
        f"run {RUN:g}", (weight + RUN / 2, loss), xytext=(0, -5), ha="center", va="top", **look
    )
    axes.annotate(
        f"rise {slope * RUN:.3g}", (weight + RUN, loss + slope * RUN / 2), xytext=(5, 0),
        ha="left", va="center", **look,
    )  # fmt: skip
    axes.plot([weight], [loss], "o", color=INK, markersize=8, zorder=4)
    axes.set(
        xlabel="weight w", ylabel="loss J", xlim=(weights[0], weights[-1]), ylim=(0, losses.max())
    )
    figure.description = (
        f"The curve is lowest, {losses.min():.3g}, at {weights[losses.argmin()]:.3g}. At "
        f"{weight:.3g} it is {loss:.3g} high, and its slope is {slope:.3g}: along the line, a run "
        f"of {RUN:g} is a rise of {slope * RUN:.3g}."
    )
    return figure


@rc_context(STYLE)
def steps(
    weights: Array | Sequence[float],
    losses: Array | Sequence[float],
    paths: Mapping[str, Array | Sequence[Sequence[float]]],
    caption: str = "",
) -> Plot:
    """Draw several descents on the same curve side by side, a panel each.

    Args:
        weights: Where the curve is computed, ``(points,)``, increasing.
        losses: The loss at each, ``(points,)``.
        paths: Each descent by its name: the weight and its loss before each step, ``(steps, 2)``;
            those beyond the curve are left out.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no path, or an array is not finite.
    """
    weights, losses = _check_curve(weights, losses)
    if not paths:
        raise ValueError("paths must be at least one, got none")
    walks = {
        name: check_array(path, f"paths[{name!r}]", "(steps, 2)") for name, path in paths.items()
    }
    figure = Plot("Steps down the same curve", (1.55 * len(walks), 2.5), caption)
    for place, (name, walk) in enumerate(walks.items(), start=1):
        axes = figure.add_subplot(1, len(walks), place)
        axes.plot(weights, losses, color=GREEN, linewidth=1.6)
        axes.plot(*walk.T, "o--", color=INK, linewidth=1, markersize=3.5)
        axes.set(xlabel="weight w", xlim=(weights[0], weights[-1]), ylim=(0, losses.max()))
        axes.set_title(name, fontsize=9.5)
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
