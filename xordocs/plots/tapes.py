"""Draw what a gradient tape records on the way to the loss, and what it hands back."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib import rc_context
from matplotlib.axes import Axes

from xordocs.plots.style import BLUE, INK, MUTED, STYLE, VERMILLION, Plot

__all__ = ["Record", "tape"]

HALF, APART = 0.36, 0.16
"""Half the width of a box, and how far the two arrows are from its middle."""


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
def tape(records: Sequence[Record], caption: str = "") -> Plot:
    """Draw operations in a row: their results go to the right, the loss's slopes to the left.

    Args:
        records: The operations, from the input to the loss.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no operation.
    """
    if not records:
        raise ValueError("records must be at least one operation, got none")
    figure = Plot("A tape, recorded and played back", (5.6, 2.1), caption)
    axes = figure.subplots()
    axes.set_axis_off()
    for place, record in enumerate(records):
        axes.text(
            place, 0, record.operation, ha="center", va="center", fontsize=9.5, ma="center",
            bbox={"boxstyle": "round,pad=0.4", "facecolor": "#ffffff", "edgecolor": INK},
        )  # fmt: skip
        left, right = place + HALF, place + 1 - HALF
        _arrow(axes, (left, APART), (right, APART), BLUE)
        axes.text(place + 0.5, APART + 0.1, record.result, ha="center", va="bottom", color=BLUE)
        _arrow(axes, (right, -APART), (left, -APART), VERMILLION)
        axes.text(place + 0.5, -APART - 0.1, record.slope, ha="center", va="top", color=VERMILLION)
        if record.parameters:
            _arrow(axes, (place, -0.34), (place, -0.72), VERMILLION)
            axes.text(
                place, -0.76, record.parameters, ha="center", va="top", color=VERMILLION,
                fontsize=9.5,
            )  # fmt: skip
    last = len(records) - 0.5
    axes.text(-0.45, 0.6, "recorded from left to right", color=MUTED, fontsize=9)
    axes.text(last + 0.1, -0.95, "played back from right to left", color=MUTED, fontsize=9, ha="right")
    axes.set(xlim=(-0.48, last + 0.12), ylim=(-1.05, 0.72))
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
