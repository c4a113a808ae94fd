"""Draw a linear model as a sheet in space, and its errors as sticks."""

from typing import Any

import numpy as np
from matplotlib import rc_context
from mpl_toolkits.mplot3d import Axes3D

from xordocs.nn.parameters import Array
from xordocs.plots.style import CLASSES, GRID, INK, MARKS, MUTED, STYLE, Plot
from xordocs.validation import check_array, check_labels

__all__ = ["sticks"]

PATCHES = 6
FLAT = 1e-6
_NAMES: Any = {
    "color": MUTED,
    "fontsize": 9.5,
    "ha": "center",
    "va": "top",
    "zorder": 6,
    "linespacing": 1.6,
}


@rc_context(STYLE)
def sticks(x: Array, y: Array, y_hat: Array, caption: str = "") -> Plot:
    """Draw the labels in space, a linear model's guesses as a sheet, and a stick for each error.

    Args:
        x: The inputs ``(batch, 2)``.
        y: Their labels ``(batch, 1)``, 0 or 1, at whose height the points are.
        y_hat: The model's guesses ``(batch, 1)``, which must lie on a plane.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: A label is neither 0 nor 1, or the guesses do not lie on a plane.
    """
    x = check_array(x, "x", "(batch, 2)")
    y = check_labels(y, x, "x")
    y_hat = check_array(y_hat, "y_hat", f"({len(x)}, 1)")
    for label in np.ravel(y)[~np.isin(np.ravel(y), list(MARKS))][:1]:
        raise ValueError(f"y must be labels 0 or 1, got {label:g}")
    plane = np.linalg.lstsq(_with_ones(x), y_hat, rcond=None)[0]
    if abs(_with_ones(x) @ plane - y_hat).max() > FLAT:
        raise ValueError("y_hat must lie on a plane, as a linear model's guesses do")
    figure = Plot("A linear model's guesses, and its errors as sticks", (5.2, 3.4), caption)
    axes: Axes3D = figure.add_subplot(projection="3d", computed_zorder=False)
    axes.set_axis_off()
    (left, front), (right, back) = x.min(axis=0), x.max(axis=0)
    x1, x2 = np.meshgrid(
        np.linspace(left, right, PATCHES + 1), np.linspace(front, back, PATCHES + 1)
    )
    sheet = _with_ones(np.column_stack([x1.ravel(), x2.ravel()])) @ plane
    heights = sheet.reshape(x1.shape)
    axes.plot_surface(
        x1, x2, heights, facecolors=CLASSES(heights.clip(0, 1)), shade=False, alpha=0.8,
        edgecolor=MUTED, linewidth=0.4, zorder=2,
    )  # fmt: skip
    floor = [left, right, right, left, left], [front, front, back, back, front]
    axes.plot(*floor, 0, color=MUTED, linewidth=0.8, linestyle=":", zorder=1)
    axes.text((left + right) / 2, front, 0, "\nx₁", **_NAMES)
    axes.text(right, (front + back) / 2, 0, "\n    x₂", **_NAMES)
    for (a, b), label, guess in zip(x, np.ravel(y), np.ravel(y_hat), strict=True):
        axes.plot([a, a], [b, b], [0, max(label, guess)], color=GRID, linewidth=1, zorder=1)
        axes.plot([a, a], [b, b], [label, guess], color=INK, linewidth=2.4, zorder=4)
        shape, colour = MARKS[int(label)]
        axes.plot(
            [a], [b], [label], shape, color=colour, markersize=11, zorder=5,
            markeredgecolor="#fff", markeredgewidth=1.2,
        )  # fmt: skip
        if abs(guess - label) > FLAT:  # nearer the label, so that it cuts no edge of the sheet
            axes.text(
                a + 0.06, b, guess + 0.78 * (label - guess), f"{abs(guess - label):.3g}",
                fontsize=9.5, va="center", zorder=6,
                bbox={"boxstyle": "round,pad=0.15", "facecolor": "#ffffff", "edgecolor": "none"},
            )  # fmt: skip
        if label and b > front:
            axes.text(a, b, label, f"({a:g}, {b:g})\n", **_NAMES | {"va": "bottom"})
        else:
            axes.text(a, b, min(0.0, guess), f"\n({a:g}, {b:g})", **_NAMES)
    axes.set(zlim=(min(0, float(y_hat.min())), max(1, float(y_hat.max()))))
    axes.view_init(elev=20, azim=-58)
    axes.set_box_aspect((1, 1, 0.62), zoom=1.12)
    for artist in axes.get_children():  # the square that Matplotlib lays out is smaller
        artist.set_clip_on(False)
        artist.set_in_layout(False)
    figure.description = " ".join(
        f"At ({a:g}, {b:g}) the label is {label:g} and the guess {guess:.3g}: an error of "
        f"{abs(guess - label):.3g}."
        for (a, b), label, guess in zip(x, np.ravel(y), np.ravel(y_hat) + 0.0, strict=True)
    )
    return figure


def _with_ones(x: Array) -> Array:
    """Add a column of ones, which the plane's height multiplies."""
    return np.column_stack([x, np.ones(len(x))])
