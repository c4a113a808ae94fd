"""Losses over the epochs."""

from collections.abc import Mapping

import numpy as np
from matplotlib import rc_context
from matplotlib.ticker import LogLocator

from xordocs.arrays import Array
from xordocs.plots.style import LINES, STYLE, Plot

__all__ = ["difference", "loss", "step_sizes"]


@rc_context(STYLE)
def loss(losses: Mapping[str, Array] | Array, log: bool = False) -> Plot:
    """Draw the loss of one run, or of several with their names, over the epochs.

    Args:
        losses: Each run's loss before each step, ``(epochs,)``, positive where ``log`` is set.
        log: Divide the vertical axis by powers of ten, where equal ratios look equal.

    Raises:
        ValueError: A run is empty or not finite.
    """
    runs = losses if isinstance(losses, Mapping) else {"": losses}
    for name, run in runs.items():
        if np.ndim(run) != 1 or len(run) == 0 or not np.isfinite(run).all():
            raise ValueError(f"losses must be finite, (epochs,), got {run!r} for {name!r}")
    figure = Plot("Training loss" + (", logarithmic scale" if log else ""))
    axes = figure.subplots()
    for (name, run), (colour, dash) in zip(runs.items(), LINES, strict=False):
        axes.plot(run, color=colour, linestyle=dash, label=name)
    axes.set(xlabel="epoch", ylabel="loss", yscale="log" if log else "linear")
    if not log:
        axes.set_ylim(bottom=0)
    if len(runs) > 1:
        axes.legend()
    if log:
        axes.yaxis.set_major_formatter("{x:g}")
    figure.description = " ".join(_describe_loss(name, run) for name, run in runs.items())
    return figure


def _describe_loss(name: str, losses: Array) -> str:
    last = len(losses) - 1
    verb = "falls" if losses[last] < losses[0] else "goes"
    text = f"{name + ': the' if name else 'The'} loss {verb} from {losses[0]:.3g} at epoch 0"
    text += f" to {losses[last]:.2g} at epoch {last}"
    above = np.flatnonzero(losses >= 0.01)
    if losses[last] < 0.01 and above.size:
        text += f", below 0.01 from epoch {above[-1] + 1} on"
    return text + "."


@rc_context(STYLE)
def difference(losses: Mapping[str, Array], reference: Array) -> Plot:
    """Draw how far each run's loss is from a reference run's, epoch by epoch.

    Args:
        losses: Each run's name with its loss before each step, ``(epochs,)``.
        reference: The run to compare with, ``(epochs,)``.
    """
    gaps = {name: np.abs(run - reference) for name, run in losses.items()}
    figure = Plot("Difference from the reference run's loss")
    axes = figure.subplots()
    for (name, gap), (colour, dash) in zip(gaps.items(), LINES, strict=False):
        axes.plot(gap, color=colour, linestyle=dash, label=name, linewidth=1.2)
    axes.set(xlabel="epoch", ylabel="difference of the loss", yscale="log")
    axes.legend()
    axes.yaxis.set_major_formatter("{x:.0e}")
    figure.description = " ".join(
        f"{name}: at most {gap.max():.1e}, at epoch {gap.argmax()}." for name, gap in gaps.items()
    )
    return figure


@rc_context(STYLE)
def step_sizes(steps: Array, errors: Mapping[str, Array]) -> Plot:
    """Draw the error of a difference quotient against its step size, both axes logarithmic.

    Args:
        steps: The step sizes, ``(steps,)``, positive.
        errors: The relative error at each, ``(steps,)``, by the quotient's name.
    """
    figure = Plot("The gradient check's error against the step size")
    axes = figure.subplots()
    for (name, error), (colour, dash) in zip(errors.items(), LINES, strict=False):
        axes.plot(steps, error, color=colour, linestyle=dash, marker="o", markersize=4, label=name)
    axes.set(xlabel="step size h", ylabel="relative error", xscale="log", yscale="log")
    axes.xaxis.set_major_formatter("{x:.0e}")
    axes.yaxis.set_major_formatter("{x:.0e}")
    axes.xaxis.set_major_locator(LogLocator(base=1000))
    axes.legend()
    figure.description = " ".join(
        f"{name}: least, {error.min():.0e}, at h = {steps[error.argmin()]:.0e}; "
        f"{error[steps.argmax()]:.0e} at the largest step, {error[steps.argmin()]:.0e} at the "
        "smallest."
        for name, error in errors.items()
    )
    return figure
