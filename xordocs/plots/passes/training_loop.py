"""Draw how the functions that train a network hand their results on to one another."""

from typing import Any

from matplotlib import rc_context
from matplotlib.patches import FancyBboxPatch

from xordocs.plots.passes.worked_pass import PLATE
from xordocs.plots.style import GREEN, INK, MUTED, STYLE, Plot

__all__ = ["training_loop"]

PLACES = {
    "initialize": (0.0, 1.0), "forward": (1.3, 1.0), "loss": (2.4, 1.0),
    "backward": (2.4, 0.0), "update": (1.3, 0.0),
}  # fmt: skip
"""Where each function stands, in the order in which they are first called."""
PASSED = [
    ("initialize", "forward", "parameters", (0.6, 1.13), "center"),
    ("forward", "loss", "y_hat", (1.88, 1.13), "center"),
    ("forward", "backward", "z1, a1, y_hat", (2.0, 0.5), "left"),
    ("backward", "update", "gradients", (1.84, -0.13), "center"),
    ("update", "forward", "parameters", (1.34, 0.45), "left"),
]
"""Which function hands what to which, and where that is written."""
BOX: Any = {"boxstyle": "round,pad=0.45", "facecolor": "#ffffff", "edgecolor": INK}


@rc_context(STYLE)
def training_loop(caption: str = "") -> Plot:
    """Draw five functions and what each hands on; a frame stands around those of one epoch.

    Args:
        caption: What to notice in it, a sentence or two; without one the description is shown.
    """
    figure = Plot("Six functions, and what they hand on", (5.2, 2.7), caption)
    axes = figure.subplots()
    axes.set_axis_off()
    axes.add_patch(
        FancyBboxPatch(
            (0.9, -0.3), 1.9, 1.66, boxstyle="round,pad=0,rounding_size=0.08",
            facecolor="none", edgecolor=GREEN, linestyle="--", zorder=0,
        )
    )  # fmt: skip
    axes.text(0.94, -0.38, "6 train: once around in each epoch", fontsize=9, color=GREEN, va="top")
    boxes = {
        name: axes.text(
            *place, f"{step} {name}", fontsize=9.5, ha="center", va="center", zorder=3, bbox=BOX
        )
        for step, (name, place) in enumerate(PLACES.items(), start=1)
    }
    for giver, taker, what, spot, side in PASSED:
        axes.annotate(
            "", PLACES[taker], PLACES[giver], zorder=1,
            arrowprops={"arrowstyle": "-|>", "color": MUTED, "linewidth": 1.4, "shrinkA": 0,
                        "patchA": boxes[giver].get_bbox_patch(), "shrinkB": 2,
                        "patchB": boxes[taker].get_bbox_patch()},
        )  # fmt: skip
        axes.text(*spot, what, fontsize=9, ha=side, va="center", color=MUTED, zorder=2, bbox=PLATE)
    axes.set(xlim=(-0.36, 2.84), ylim=(-0.56, 1.4))
    figure.description = " ".join(
        f"{giver} hands {what} to {taker}." for giver, taker, what, *_ in PASSED
    )
    return figure
