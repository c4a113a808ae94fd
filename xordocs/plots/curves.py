"""Draw losses over the epochs, over settings and over a weight, and errors over step sizes."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.ticker import LogLocator

from xordocs.nn.parameters import Array
from xordocs.plots.style import (
    GREEN,
    INK,
    MUTED,
    STYLE,
    Plot,
    name_ends,
    positive,
    power_of_ten,
    styled,
)
from xordocs.validation import check_array, check_real

__all__ = ["descent", "difference", "loss", "loss_panels", "losses_along", "step_sizes"]


OPEN = "ox^+"
"""Marks that can be seen through one another, in the runs' order."""
SMALL: Any = {"markersize": 4, "markeredgewidth": 0.9}


PANELS = 4
"""How many small panels stand in a row."""
CLOSE = 0.12
"""Names of levels nearer than this, in shares of the highest, stand above and below their lines."""
RISEN = 1.1
"""How many times its lowest the last loss is if a description tells of the rise."""


@rc_context(STYLE)
def loss(
    losses: Mapping[str, Array | Sequence[float]]
    | Sequence[tuple[str, Array | Sequence[float]]]
    | Array
    | Sequence[float],
    log: bool = False,
    caption: str = "",
) -> Plot:
    """Draw the loss of one run, or of several with their names, over the epochs.

    Args:
        losses: Each run's loss before each step, ``(epochs,)``, positive where ``log`` is set; at
            most four runs. Names come as a mapping, or as pairs ``(name, run)``, which keep their
            order in a page's Python, too.
        log: Divide the vertical axis by powers of ten, where equal ratios look equal.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: A run is empty, not finite or not positive where it must be, or there are more
            than four.
    """
    runs = styled("losses", _named(losses))
    for name, run, _ in runs if log else ():
        positive(f"losses[{name!r}]" if name else "losses", run)
    title = "The loss, epoch by epoch" + (", logarithmic scale" if log else "")
    figure = Plot(title, caption=caption)
    axes = figure.subplots()
    for name, run, look in runs:
        axes.plot(run, label=name, **look)
    axes.set(xlabel="epoch", ylabel="loss", yscale="log" if log else "linear")
    if not log:
        axes.set_ylim(bottom=0)
    if log:
        axes.yaxis.set_major_formatter("{x:g}")
    if len(runs) > 1:
        name_ends(axes.get_lines())
    figure.description = " ".join(_describe_loss(name, run) for name, run, _ in runs)
    return figure


@rc_context(STYLE)
def loss_panels(
    losses: Mapping[str, Array | Sequence[float]],
    levels: Mapping[str, float],
    caption: str = "",
) -> Plot:
    """Draw the losses of several runs small, each in a panel of its own, all on the same axes.

    A loss that leaves its panel is above one and a half times the highest level.

    Args:
        losses: Each run's name with its loss before each step, ``(epochs,)``.
        levels: Heights to mark with a dotted line, positive, by their names.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no run or no level, or a run is empty or not finite.
    """
    for name, asked in (("losses", losses), ("levels", levels)):
        if not asked:
            raise ValueError(f"{name} must be at least one, got none")
    runs = {
        name: check_array(run, f"losses[{name!r}]", "(epochs,)") for name, run in losses.items()
    }
    heights = [check_real(level, name, above=0) for name, level in levels.items()]
    rows = -(-len(runs) // PANELS)
    figure = Plot("The losses of several networks", (5.2, 2.1 * rows), caption)
    panels = figure.subplots(rows, PANELS, squeeze=False, sharex=True, sharey=True).ravel()
    for axes in panels[len(runs) :]:
        axes.set_axis_off()
    for axes, (name, run) in zip(panels, runs.items(), strict=False):
        for height in heights:
            axes.axhline(height, color=MUTED, linestyle=":", linewidth=1)
        axes.plot(run, color=GREEN)
        axes.set_title(name, fontsize=9.5)
        last = max(map(len, runs.values())) - 1
        axes.set(xlim=(0, last), ylim=(0, 1.5 * max(heights)))
        axes.set_xticks([0, last], ["0", f"{last}"], fontsize=8.5)
        axes.set_yticks(heights, list(levels), fontsize=8.5)
        outer = zip(heights, axes.get_yticklabels(), strict=False)  # inner panels have no labels
        for height, label in outer:
            near = [each for each in heights if 0 < abs(each - height) < CLOSE * max(heights)]
            label.set_va("center" if not near else "bottom" if near[0] < height else "top")
        axes.grid(visible=False)
        axes.label_outer(remove_inner_ticks=True)
    figure.description = " ".join(_describe_loss(name, run) for name, run in runs.items())
    return figure


def _named(losses: Any) -> Mapping[str, Any]:
    """Return runs by their names, of a mapping, of pairs, or of a single run without a name."""
    if isinstance(losses, Mapping):
        return losses
    are_pairs = isinstance(losses, list) and losses and isinstance(losses[0], tuple)
    return dict(losses) if are_pairs else {"": losses}


def _describe_loss(name: str, losses: Array) -> str:
    last, lowest = len(losses) - 1, int(losses.argmin())
    rises = 0 < lowest < last and losses[last] > RISEN * losses[lowest]
    verb = "falls" if losses[lowest if rises else last] < losses[0] else "goes"
    text = f"{name + ': the' if name else 'The'} loss {verb} from {losses[0]:.3g} at epoch 0"
    if rises:
        text += f" to {losses[lowest]:.2g} at epoch {lowest}, and rises"
    text += f" to {losses[last]:.2g} at epoch {last}"
    above = np.flatnonzero(losses >= 0.01)
    if losses[last] < 0.01 and above.size:
        text += f", below 0.01 from epoch {above[-1] + 1} on"
    return text + "."


@rc_context(STYLE)
def difference(
    losses: Mapping[str, Array | Sequence[float]],
    reference: Array | Sequence[float],
    caption: str = "",
) -> Plot:
    """Draw how far each run's loss is from a reference run's, epoch by epoch.

    Args:
        losses: Each run's name with its loss before each step, ``(epochs,)``; at most four.
        reference: The run to compare with, ``(epochs,)``.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no run or more than four, or one is not as long as the reference.
    """
    reference = check_array(reference, "reference", "(epochs,)")
    runs = styled("losses", losses)
    for name, run, _ in runs:
        _check_length(f"losses[{name!r}]", run, reference)
    gaps = [(name, np.abs(run - reference), look) for name, run, look in runs]
    figure = Plot("Difference from the reference run's loss", caption=caption)
    axes = figure.subplots()
    for (name, gap, look), shape in zip(gaps, OPEN, strict=False):
        seen = np.where(gap > 0, gap, np.nan)  # there is no logarithm of zero
        axes.plot(seen, shape, color=look["color"], label=name, fillstyle="none", **SMALL)
    axes.set(xlabel="epoch", ylabel="difference of the loss", yscale="log")
    figure.legend(loc="outside upper left", ncols=2, handletextpad=0.2)
    axes.yaxis.set_major_formatter(power_of_ten)
    figure.description = " ".join(
        f"{name}: at most {gap.max():.1e}, at epoch {gap.argmax()}." for name, gap, _ in gaps
    )
    return figure


@rc_context(STYLE)
def losses_along(
    title: str,
    places: Array | Sequence[float],
    losses: Mapping[str, Array],
    name: str,
    caption: str = "",
) -> Plot:
    """Draw the losses of many runs along a number that doubles, such as the units of a layer.

    A line joins the medians, and a bar at each number reaches over the middle half of the runs.

    Args:
        title: What they are.
        places: The numbers, ``(points,)``, positive; each has a tick on a logarithmic axis.
        losses: Each run's loss at each number, ``(runs, points)``, by the losses' name; at most
            four.
        name: What the number is called.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no loss or more than four, one has not a loss for each number, or is
            not finite, or a number is zero or below.
    """
    places = check_array(places, "places", "(points,)")
    positive("places", places)
    quarters = {}
    for label, runs in losses.items():
        runs = check_array(runs, f"losses[{label!r}]", f"(runs, {len(places)})")
        quarters[label] = np.percentile(runs, [25, 50, 75], axis=0)
    figure = Plot(title, (5.2, 3.0), caption)
    axes = figure.subplots()
    said = []
    for label, middle, look in styled("losses", {key: three[1] for key, three in quarters.items()}):
        bars = abs(quarters[label][[0, 2]] - middle)
        axes.errorbar(
            places, middle, yerr=bars, marker="o", markersize=4, elinewidth=1, label=label, **look
        )
        at = dict.fromkeys([0, int(middle.argmin()), len(places) - 1])
        told = ", ".join(f"{middle[one]:.3g} at {places[one]:g}" for one in at)
        said.append(f"{label}, medians by {name}: {told}.")
    axes.set(xlabel=name, ylabel="loss", xscale="log", ylim=(0, None))
    axes.minorticks_off()
    axes.set_xticks(places)
    axes.xaxis.set_major_formatter("{x:g}")
    figure.legend(loc="outside lower center", ncols=2, handlelength=2.8)
    figure.description = " ".join(said)
    return figure


@rc_context(STYLE)
def descent(
    weights: Array | Sequence[float],
    losses: Array | Sequence[float],
    path: Array | Sequence[float],
    path_losses: Array | Sequence[float],
    caption: str = "",
) -> Plot:
    """Draw the loss of a single weight as a curve, and the steps of gradient descent on it.

    Args:
        weights: Where the curve is computed, ``(points,)``, increasing.
        losses: The loss at each, ``(points,)``.
        path: The weight before each step, ``(steps,)``; those beyond the curve are left out.
        path_losses: The loss at each, ``(steps,)``.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: An array is not as long as its weights, or not finite.
    """
    weights = check_array(weights, "weights", "(points,)")
    losses = check_array(losses, "losses", f"({len(weights)},)")
    path = check_array(path, "path", "(steps,)")
    path_losses = check_array(path_losses, "path_losses", f"({len(path)},)")
    figure = Plot("Gradient descent on one weight", caption=caption)
    axes = figure.subplots()
    axes.plot(weights, losses, color=GREEN)
    axes.plot(path, path_losses, "o--", color=INK, linewidth=1, markersize=4)
    span = np.ptp(weights) * 0.02
    axes.set(
        xlabel="weight w", ylabel="loss J", ylim=(0, losses.max()),
        xlim=(weights[0] - span, weights[-1] + span),
    )  # fmt: skip
    figure.description = (
        f"In {len(path) - 1} steps the weight goes from {path[0]:.3g} to {path[-1]:.3g}, and the "
        f"loss from {path_losses[0]:.3g} to {path_losses[-1]:.3g}. The curve is lowest, "
        f"{losses.min():.3g}, at {weights[losses.argmin()]:.3g}."
    )
    return figure


@rc_context(STYLE)
def step_sizes(
    steps: Array | Sequence[float],
    errors: Mapping[str, Array | Sequence[float]],
    caption: str = "",
) -> Plot:
    """Draw the error of a difference quotient against its step size, both axes logarithmic.

    Args:
        steps: The step sizes, ``(steps,)``, positive.
        errors: The relative error at each, ``(steps,)``, by the quotient's name; at most four.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no quotient or more than four, one has not an error for each step, or a
            step is not positive.
    """
    steps = check_array(steps, "steps", "(steps,)")
    positive("steps", steps)
    runs = styled("errors", errors)
    for name, error, _ in runs:
        _check_length(f"errors[{name!r}]", error, steps)
    figure = Plot("The gradient check's error against the step size", caption=caption)
    axes = figure.subplots()
    for name, error, look in runs:
        axes.plot(steps, error, marker="o", markersize=4, label=name, **look)
    axes.set(xlabel="step size h", ylabel="relative error", xscale="log", yscale="log")
    axes.xaxis.set_major_formatter(power_of_ten)
    axes.yaxis.set_major_formatter(power_of_ten)
    axes.xaxis.set_major_locator(LogLocator(base=1000))
    axes.legend()
    figure.description = " ".join(
        f"{name}: least, {error.min():.0e}, at h = {steps[error.argmin()]:.0e}; "
        f"{error[steps.argmax()]:.0e} at the largest step, {error[steps.argmin()]:.0e} at the "
        "smallest."
        for name, error, _ in runs
    )
    return figure


def _check_length(name: str, run: Array, other: Array) -> None:
    if run.shape != other.shape:
        raise ValueError(f"{name} must have shape {other.shape}, got {run.shape}")
