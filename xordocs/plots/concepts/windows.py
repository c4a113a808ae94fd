"""Draw places of a convolution: the window of the picture there, the kernel, and the sum."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from xordocs.nn.parameters import Array
from xordocs.plots.concepts.pictures import PAPER, SIDE
from xordocs.plots.style import BLUE, INK, MUTED, STYLE, VERMILLION, Plot, entitle
from xordocs.validation import check_array

__all__ = ["windows"]

KERNEL = 3
"""Pixels along each side of a window."""
FULL = 16
"""The number of a pixel that is all ink."""


@rc_context(STYLE)
def windows(
    picture: Array, kernel: Array, places: Sequence[tuple[int, int]], caption: str = ""
) -> Plot:
    """Draw, for each place, the picture with the window there, its numbers, the kernel and the map.

    Args:
        picture: ``(8, 8)``, from 0 for paper to 16 for ink.
        kernel: Its weights ``(3, 3)``.
        places: The row and the column of each window's middle, counted from 0.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: An argument is not as above, or there is no place.
    """
    picture = check_array(picture, "picture", f"({SIDE}, {SIDE})")
    kernel = check_array(kernel, "kernel", f"({KERNEL}, {KERNEL})")
    for pixel in picture[(picture < 0) | (picture > FULL)][:1]:
        raise ValueError(f"picture must have pixels from 0 to {FULL}, got {pixel:g}")
    if not places:
        raise ValueError("places must be at least one, got none")
    framed = np.pad(picture, 1)
    sums = sum(
        kernel[i, j] * framed[i : i + SIDE, j : j + SIDE] for i, j in np.ndindex(kernel.shape)
    )
    found = np.maximum(0, sums)
    figure = Plot("A window, a kernel, and the sum", (5.2, 1.55 * len(places) + 0.2), caption)
    rows = figure.subplots(len(places), 4, squeeze=False, width_ratios=[8, 7, 7, 8])
    told = [f"The kernel's weights are {_rows(kernel)}."]
    for number, (panels, (row, column)) in enumerate(zip(rows, places, strict=True)):
        if not (0 <= row < SIDE and 0 <= column < SIDE):
            raise ValueError(
                f"places[{number}] must be a row and a column from 0 to {SIDE - 1}, "
                f"got {(row, column)}"
            )
        for axes in panels:
            axes.set_axis_off()
        seen = framed[row : row + KERNEL, column : column + KERNEL]
        total = _brief(float((seen * kernel).sum()))
        titles = ("picture", "window", "× kernel", f"sum {total}")
        for axes, title in zip(panels, titles, strict=True):
            entitle(axes, title)
        look: Any = {"cmap": PAPER, "vmin": 0}
        panels[0].imshow(picture, vmax=FULL, **look)
        panels[3].imshow(found, vmax=found.max() or 1, **look)
        frame: Any = {"fill": False, "edgecolor": VERMILLION, "linewidth": 2, "clip_on": False}
        panels[0].add_patch(Rectangle((column - 1.5, row - 1.5), KERNEL, KERNEL, **frame))
        panels[3].add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, **frame))
        _write(panels[1], seen, [INK] * seen.size)
        _write(panels[2], kernel, [VERMILLION if weight > 0 else BLUE for weight in kernel.flat])
        told.append(
            f"The window around row {row}, column {column} has the pixels {_rows(seen)}; the nine "
            f"products add up to {total}."
        )
    figure.description = " ".join(told)
    return figure


def _write(axes: Axes, numbers: Array, colours: list[str]) -> None:
    """Write nine numbers into the cells of a square."""
    for (row, column), colour in zip(np.ndindex(numbers.shape), colours, strict=True):
        axes.add_patch(Rectangle((column, row), 1, 1, fill=False, edgecolor=MUTED, linewidth=0.8))
        axes.text(
            column + 0.5, row + 0.5, _brief(float(numbers[row, column])), fontsize=10, color=colour,
            ha="center", va="center",
        )  # fmt: skip
    axes.set(xlim=(-0.05, KERNEL + 0.05), ylim=(KERNEL + 0.05, -0.05), aspect="equal")


def _rows(numbers: Array) -> str:
    return "; ".join(", ".join(_brief(float(each)) for each in row) for row in numbers)


def _brief(number: float) -> str:
    return f"{number:g}".replace("-", "−")
