"""Draw operations that a tape has recorded, and the slopes that it hands back."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib import rc_context
from matplotlib.axes import Axes

from xordocs.plots.style import GREEN, INK, PURPLE, STYLE, Plot

__all__ = ["Record", "tape"]

TALL, LINE = 0.19, 0.1
"""Half the height that a box of one line takes of its step, and what half a further line adds."""
APART = 0.09
"""How far both arrows are from the boxes' middle."""


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
    half = [TALL + LINE * record.operation.count("\n") for record in records] + [TALL]
    for place, record in enumerate(records):
        box = axes.text(
            0, -place, record.operation, ha="center", va="center", ma="center",
            bbox={"boxstyle": "round,pad=0.45", "facecolor": "#ffffff", "edgecolor": INK},
        )  # fmt: skip
        top, bottom = -place - half[place], -place - 1 + half[place + 1]
        middle = (top + bottom) / 2
        _arrow(axes, (-APART, top), (-APART, bottom), GREEN)
        axes.text(-APART - 0.06, middle, record.result, ha="right", va="center", color=GREEN)
        _arrow(axes, (APART, bottom), (APART, top), PURPLE)
        axes.text(APART + 0.06, middle, record.slope, va="center", color=PURPLE)
        if record.parameters:
            _arrow(axes, (0, -place), (0.6, -place), PURPLE, patchA=box.get_bbox_patch())
            axes.text(0.64, -place, record.parameters, va="center", color=PURPLE)
    look: Any = {"va": "center", "fontsize": 9.5}
    axes.text(-0.95, -0.5, "recorded\ndownwards", color=GREEN, **look)
    axes.text(0.6, -0.5, "played back\nupwards", color=PURPLE, **look)
    axes.set(xlim=(-1, 1), ylim=(-len(records) + 0.15, 0.35))
    forward = "; ".join(
        f"{' '.join(record.operation.split())} gives {record.result}" for record in records
    )
    backward = ", ".join(
        ", ".join([record.slope, *record.parameters.split()]) for record in reversed(records)
    )
    figure.description = f"Recorded: {forward}. Handed back, from the last: {backward}."
    return figure


def _arrow(
    axes: Axes, tail: tuple[float, float], head: tuple[float, float], colour: str, **more: Any
) -> None:
    look = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.6, "mutation_scale": 13}
    axes.annotate("", head, tail, arrowprops=look | {"shrinkA": 0, "shrinkB": 0} | more)
