"""Draw a matrix product as what it adds up: a weight's slope, row by row."""

from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from xordocs.nn.parameters import Array
from xordocs.plots.passes.worked_pass import brief, factor
from xordocs.plots.style import BLUE, INK, MUTED, STYLE, VERMILLION, Plot
from xordocs.validation import check_array

__all__ = ["sum_over_rows"]

WIDE, TALL = 0.92, 0.8
"""A tile's width and height, of the room that it has."""


@rc_context(STYLE)
def sum_over_rows(outputs: Array, deltas: Array, caption: str = "") -> Plot:
    """Draw each row's outputs times its delta, and below them the sums, ``outputs.T @ deltas``.

    A tile has the colour of its sign: orange above zero, blue below.

    Args:
        outputs: What comes in, ``(rows, units)``; few of each, as every product is written out.
        deltas: ``(rows, 1)``.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: An argument is not as above.
    """
    outputs = check_array(outputs, "outputs", "(rows, units)")
    rows, units = outputs.shape
    deltas = check_array(deltas, "deltas", f"({rows}, 1)")
    figure = Plot("A weight's slope, added up over the rows", (4.0, 0.6 * rows + 1.1), caption)
    axes = figure.subplots()
    axes.set_axis_off()
    centred: Any = {"ha": "center", "va": "center"}
    for unit in range(units):
        axes.text(unit, 0.65, f"unit {unit}", color=MUTED, **centred)
    axes.text(units, 0.65, "delta", color=MUTED, **centred)
    products, sums = outputs * deltas, (outputs.T @ deltas).ravel()
    for row, (came_in, (delta,)) in enumerate(zip(outputs, deltas, strict=True)):
        axes.text(-0.62, -row, f"row {row}", ha="right", va="center", color=MUTED)
        axes.text(units, -row, brief(delta), **centred)
        for unit, output in enumerate(came_in):
            product = products[row, unit]
            _tile(axes, unit, -row, product)
            factors = f"{brief(output)} · {factor(delta)}"
            axes.text(unit, 0.17 - row, factors, fontsize=9, color=MUTED, **centred)
            axes.text(unit, -0.15 - row, brief(product), **centred)
        if row:
            axes.text(-0.75, 0.5 - row, "+", **centred)
    axes.plot([-0.5, units - 0.5], [0.44 - rows] * 2, color=INK, linewidth=1.2)
    axes.text(-0.62, -rows - 0.08, "sum", ha="right", va="center", color=MUTED)
    for unit, total in enumerate(sums):
        _tile(axes, unit, -rows - 0.08, total, edgecolor=INK, linewidth=1.6)
        axes.text(unit, -rows - 0.08, brief(total), weight="bold", **centred)
    axes.set(xlim=(-1.25, units + 0.35), ylim=(-rows - 0.55, 0.95))
    figure.description = " ".join(
        f"Unit {unit}: {' and '.join(brief(each) for each in products[:, unit])} add up to "
        f"{brief(total)}."
        for unit, total in enumerate(sums)
    )
    return figure


def _tile(axes: Axes, across: float, up: float, value: float, **look: Any) -> None:
    """Put a tile in the colour of a number's sign below where the number is written."""
    colour = "none" if value == 0 else VERMILLION if value > 0 else BLUE
    corner = across - WIDE / 2, up - TALL / 2
    axes.add_patch(Rectangle(corner, WIDE, TALL, facecolor=colour, alpha=0.2))
    if look:
        axes.add_patch(Rectangle(corner, WIDE, TALL, facecolor="none", **look))
