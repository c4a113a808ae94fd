"""Draw a network as a graph with the numbers of one forward pass, and a computation as a tape."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes

from xordocs.nn.parameters import Forward, Parameters, check_parameters
from xordocs.plots.style import BLUE, GRID, INK, MUTED, STYLE, VERMILLION, Plot
from xordocs.validation import check_instance

__all__ = ["Record", "check_passed", "network_graph", "tape"]

TALL, APART = 0.3, 0.12
"""Half the height that a box takes of its step, and how far both arrows are from its middle."""


class Record(NamedTuple):
    """One operation on a tape.

    Args:
        operation: What is computed, such as ``a₁W₂ + b₂``; a line break stands where it is cut.
        result: The name of what comes out.
        slope: The name of the loss's slope along it.
        parameters: The names of the slopes that the operation's own parameters get, if it has any.
    """

    operation: str
    result: str
    slope: str
    parameters: str = ""


@rc_context(STYLE)
def network_graph(parameters: Parameters, passed: Forward, caption: str = "") -> Plot:
    """Draw units as boxes and weights as lines: thick if large, dashed if negative.

    Positive weights have the colour of class 1, towards which they push, as in the playground.

    Args:
        parameters: The network.
        passed: Its forward pass for one row, ``(1, 2)``; each box holds the unit's output.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        TypeError, ValueError: An argument is not as above, or ``passed`` of another network.
    """
    parameters = check_passed(parameters, passed)
    tallest = max(a.size for a in passed.a)
    figure = Plot("The network with one row's values on it", (5.2, 0.42 * tallest + 0.9), caption)
    axes = figure.subplots()
    axes.set_axis_off()
    places = [
        np.column_stack([np.full(a.size, float(depth)), np.linspace(0, 1, a.size + 2)[1:-1][::-1]])
        for depth, a in enumerate(passed.a)
    ]
    for depth, (weights, _) in enumerate(parameters):
        for below, above in np.ndindex(weights.shape):
            weight = weights[below, above]
            axes.plot(
                *zip(places[depth][below], places[depth + 1][above], strict=True),
                color=BLUE if weight < 0 else VERMILLION, zorder=1,
                linestyle="--" if weight < 0 else "-",
                linewidth=0.3 + 1.1 * min(float(abs(weight)), 3.0),
            )  # fmt: skip
    for depth, (a, place) in enumerate(zip(passed.a, places, strict=True)):
        hidden = 0 < depth < len(passed.a) - 1
        for value, (across, up) in zip(a[0], place, strict=True):
            off = hidden and value == 0
            axes.text(
                across, up, f"{value:.2f}" if hidden or depth else f"{value:g}", fontsize=8.5,
                ha="center", va="center", color=MUTED if off else INK, zorder=3,
                bbox={"boxstyle": "round,pad=0.35", "facecolor": "#ffffff",
                      "edgecolor": GRID if off else INK, "linewidth": 1},
            )  # fmt: skip
    titles = ["inputs", *["hidden units"] * (len(passed.a) - 2), "output"]
    for depth, title in enumerate(titles):
        axes.text(depth, 1.0, title, ha="center", fontsize=9.5, color=MUTED)
    axes.set(xlim=(-0.25, len(passed.a) - 0.75), ylim=(0, 1.05))
    silent = sum(int((a == 0).sum()) for a in passed.a[1:-1])
    inputs = ", ".join(f"{value:g}" for value in passed.a[0][0])
    figure.description = (
        f"For the input ({inputs}), {silent} of {sum(a.size for a in passed.a[1:-1])} hidden units "
        f"are off, and the output is {passed.a[-1].item():.3f}."
    )
    return figure


def check_passed(parameters: Parameters, passed: Forward) -> Parameters:
    """Return the parameters, copied, if ``passed`` is their forward pass for one row.

    Args:
        parameters: The network.
        passed: What `xordocs.nn.numpy_mlp.forward` has returned for it.

    Raises:
        TypeError, ValueError: It is not.
    """
    parameters = check_parameters(parameters)
    check_instance(passed, "passed", Forward)
    if len(passed.a[0]) != 1:
        raise ValueError(f"passed must be of one row, got {len(passed.a[0])}")
    widths = [len(parameters[0].weights), *(layer.bias.size for layer in parameters)]
    shapes, expected = [a.shape for a in passed.a], [(1, width) for width in widths]
    if shapes != expected or len(passed.z) != len(parameters):
        raise ValueError(
            f"passed must be a forward pass of parameters, whose a has shapes {expected}, "
            f"got {shapes}"
        )
    for (weights, bias), below, z in zip(parameters, passed.a[:-1], passed.z, strict=True):
        if not np.allclose(z, below @ weights + bias, rtol=1e-4, atol=1e-5):  # float32 may pass
            raise ValueError("passed must be a forward pass of parameters, got another network's")
    return parameters


@rc_context(STYLE)
def tape(records: Sequence[Record], caption: str = "") -> Plot:
    """Draw operations below one another: results go down, and the loss's slopes come back up.

    Args:
        records: The operations, from the input to the loss.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no operation.
    """
    if not records:
        raise ValueError("records must be at least one operation, got none")
    figure = Plot("A tape, recorded and played back", (4.2, 0.8 * len(records) + 0.5), caption)
    axes = figure.subplots()
    axes.set_axis_off()
    for place, record in enumerate(records):
        axes.text(
            0, -place, record.operation, ha="center", va="center", ma="center",
            bbox={"boxstyle": "round,pad=0.45", "facecolor": "#ffffff", "edgecolor": INK},
        )  # fmt: skip
        top, bottom = -place - TALL, -place - 1 + TALL
        _arrow(axes, (-APART, top), (-APART, bottom), BLUE)
        axes.text(-APART - 0.06, -place - 0.5, record.result, ha="right", va="center", color=BLUE)
        _arrow(axes, (APART, bottom), (APART, top), VERMILLION)
        axes.text(APART + 0.06, -place - 0.5, record.slope, va="center", color=VERMILLION)
        if record.parameters:
            _arrow(axes, (0.3, -place), (0.56, -place), VERMILLION)
            axes.text(0.61, -place, record.parameters, va="center", color=VERMILLION)
    axes.text(-0.95, 0, "recorded\ndownwards", color=MUTED, fontsize=9, va="center")
    axes.text(-0.95, 1 - len(records), "played back\nupwards", color=MUTED, fontsize=9, va="center")
    axes.set(xlim=(-1, 1), ylim=(-len(records) + 0.25, 0.35))
    forward = "; ".join(
        f"{' '.join(record.operation.split())} gives {record.result}" for record in records
    )
    backward = ", ".join(
        ", ".join([record.slope, *record.parameters.split()]) for record in reversed(records)
    )
    figure.description = f"Recorded: {forward}. Handed back, from the last: {backward}."
    return figure


def _arrow(axes: Axes, tail: tuple[float, float], head: tuple[float, float], colour: str) -> None:
    axes.annotate(
        "",
        head,
        tail,
        arrowprops={"arrowstyle": "-|>", "color": colour, "shrinkA": 0, "shrinkB": 0},
    )
