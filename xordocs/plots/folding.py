"""Draw the four points before and after a hidden layer of two units."""

from typing import Any

import numpy as np
from matplotlib import rc_context

from xordocs.nn.parameters import Array, Layer, check_layer
from xordocs.plots.style import BLUE, INK, MUTED, STYLE, VERMILLION, Plot, mark
from xordocs.validation import check_array, check_labels

__all__ = ["folded"]

SIZE = 8.5
CORNERS = np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)])
SIDES = {  # how a label lies beside its point: offset and alignment
    (0, 1): {"xytext": (0, 9), "ha": "center", "va": "bottom"},
    (0, -1): {"xytext": (0, -9), "ha": "center", "va": "top"},
    (1, 0): {"xytext": (9, 0), "ha": "left", "va": "center"},
    (-1, 0): {"xytext": (-9, 0), "ha": "right", "va": "center"},
}


@rc_context(STYLE)
def folded(
    x: Array,
    hidden: Array,
    y: Array,
    output: Layer,
    image: Array | None = None,
    caption: str = "",
) -> Plot:
    """Draw the points where they are, and where two hidden units put them.

    Args:
        x: The inputs ``(batch, 2)``.
        hidden: The two units' outputs for each, ``(batch, 2)``.
        y: The labels ``(batch, 1)``, 0 or 1.
        output: The output unit, weights ``(2, 1)`` and bias ``(1, 1)``; its line is drawn.
        image: The two units' outputs for other inputs on one line, ``(points, 2)``, to be joined.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: ``hidden`` is not of two units, or a label neither 0 nor 1.
    """
    x = check_array(x, "x", "(batch, 2)")
    hidden = check_array(hidden, "hidden", f"({len(x)}, 2)")
    y = check_labels(y, x, "x")
    output = check_layer(output, "output")
    if image is not None:
        image = check_array(image, "image", "(points, 2)")
    figure = Plot("The four points before and after the hidden layer", (5.2, 2.7), caption)
    before, after = figure.subplots(1, 2)
    for axes, points, names in ((before, x, ("x₁", "x₂")), (after, hidden, ("a₁[0]", "a₁[1]"))):
        spread = max(1.0, float(np.ptp(points, axis=0).max()))
        low = points.min(axis=0) - 0.35 * spread
        look: dict[str, Any] = {} if axes is before else {"label": None}
        mark(axes, points, y, markersize=11, **look)
        shared: dict[tuple[float, ...], list[str]] = {}
        for (a, b), place in zip(x, points, strict=True):
            shared.setdefault(tuple(place.round(6)), []).append(f"({a:g}, {b:g})")
        for place, inputs in shared.items():
            text = " and ".join(inputs)
            line = None if axes is before else output
            axes.annotate(
                text, place, textcoords="offset points", fontsize=SIZE,
                **_beside(np.array(place), len(text), 1.75 * spread, line),
            )  # fmt: skip
        axes.set(
            xlabel=names[0], ylabel=names[1], aspect="equal",
            xlim=(low[0], low[0] + 1.75 * spread), ylim=(low[1], low[1] + 1.75 * spread),
        )  # fmt: skip
    if image is not None:
        after.plot(*image.T, color=MUTED, alpha=0.35, linewidth=7, solid_capstyle="round", zorder=1)
    (u, v), b = output.weights.ravel(), float(output.bias.item())
    if (u, v) != (0, 0):
        across, up = np.array([after.get_xlim(), after.get_ylim()])
        sums = u * across + v * up[:, np.newaxis] + b
        after.contourf(
            across,
            up,
            sums,
            [-np.inf, 0.5, np.inf],
            colors=[BLUE, VERMILLION],
            alpha=0.16,
            zorder=0,
        )
        after.grid(visible=False)
        middle = (0.5 - b) * np.array([u, v]) / (u * u + v * v)  # on the line where the sum is 1/2
        after.axline(middle, (middle[0] - v, middle[1] + u), color=INK, linewidth=1.6)
    figure.legend(loc="outside upper left", ncols=2, handletextpad=0.2)
    places = [", ".join(f"{value:g}" for value in place) for place in hidden]
    figure.description = " ".join(
        f"({a:g}, {b:g}) goes to ({place}), label {label:g}."
        for (a, b), place, label in zip(x, places, np.ravel(y), strict=True)
    )
    return figure


def _beside(place: Array, letters: int, width: float, line: Layer | None) -> dict[str, Any]:
    """Choose the side of a point where its label is clear of the output unit's line.

    Args:
        place: The point, ``(2,)``.
        letters: The length of the label.
        width: What the panel shows from left to right; it is about 140 points wide.
        line: The output unit, None where there is no line.
    """
    half = np.array([0.28 * SIZE * letters, 0.65 * SIZE])  # of the label's box, in points
    for side, look in SIDES.items():
        centre = np.array(side) * (9 + half)
        corners = place + (centre + half * CORNERS) * width / 140
        sums = corners @ line.weights.ravel() + line.bias.item() - 0.5 if line else np.ones(1)
        if (sums > 0).all() or (sums < 0).all():
            return look
    return SIDES[0, 1]
