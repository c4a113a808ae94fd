"""Draw what a display with seven lamps shows: the lamps' numbers, or a network's answers."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes

from xordocs.nn.parameters import Array
from xordocs.plots.style import GREEN, GRID, STYLE, VERMILLION, Plot
from xordocs.validation import check_array

__all__ = ["displays", "numbered_lamps"]

CORNERS = [(0, 2), (1, 2), (1, 1), (1, 0), (0, 0), (0, 1), (0, 2)]
"""The ends of the first six lamps, clockwise from the upper left."""
ENDS = [*pairwise(CORNERS), ((0, 1), (1, 1))]
"""Where each lamp begins and ends; the last is the one in the middle."""
GAP = 0.14
"""How much of a lamp's length is left free at each end."""
NUMBER = {
    "ha": "center",
    "va": "center",
    "bbox": {"boxstyle": "circle,pad=0.15", "facecolor": "#ffffff", "edgecolor": "none"},
}
"""How a lamp's number stands on it."""
SPOKEN = 0.01
"""The description names the digits with at least this share."""


@rc_context(STYLE)
def displays(title: str, panels: Mapping[str, tuple[Array, Array]], caption: str = "") -> Plot:
    """Draw displays, two in a row, each beside a network's shares for the ten digits.

    Args:
        title: What the panels have in common.
        panels: The lamps ``(7,)``, 0 or 1, in the order of `xordocs.datasets.digits`, and the
            shares ``(10,)``, by the panel's name.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no panel, a lamp is neither lit nor dark, or a share is none.
    """
    if not panels:
        raise ValueError("panels must be at least one, got none")
    rows = -(-len(panels) // 2)
    figure = Plot(title, (5.2, 1.5 * rows), caption)
    grid = figure.add_gridspec(rows, 4, width_ratios=[1, 2.6, 1, 2.6])
    said = []
    for place, (name, panel) in enumerate(panels.items()):
        lamps, shares = _checked(name, *panel)
        row, column = divmod(place, 2)
        display = figure.add_subplot(grid[row, 2 * column])
        _draw(display, lamps)
        bars = figure.add_subplot(grid[row, 2 * column + 1])
        bars.bar(range(10), shares, color=GREEN)
        bars.set(ylim=(0, 1), yticks=[0, 1], yticklabels=["0", "1"], xticks=range(10))
        bars.tick_params(labelsize=8.5, length=0)
        bars.set_title(name, fontsize=9.5)
        bars.grid(axis="x", visible=False)
        said.append(_described(name, lamps, shares))
    figure.description = " ".join(said)
    return figure


@rc_context(STYLE)
def numbered_lamps(title: str, panels: Mapping[str, Array], caption: str = "") -> Plot:
    """Draw displays side by side, each lamp with its number, and below each the row that it is.

    Args:
        title: What the panels have in common.
        panels: The lamps ``(7,)``, 0 or 1, in the order of `xordocs.datasets.digits`, by the
            panel's name.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no panel, or a lamp is neither lit nor dark.
    """
    if not panels:
        raise ValueError("panels must be at least one, got none")
    figure = Plot(title, (1.45 * len(panels), 2.2), caption)
    said = []
    axes = figure.subplots(1, len(panels), squeeze=False)[0]
    for display, (name, panel) in zip(axes, panels.items(), strict=True):
        lamps = _checked_lamps(f"panels[{name!r}]", panel)
        _draw(display, lamps)
        for number, ends in enumerate(ENDS):
            display.text(*np.mean(ends, axis=0), f"{number}", fontsize=9, **NUMBER)
        row = f"({', '.join(f'{lamp:g}' for lamp in lamps)})"
        display.set_title(name, fontsize=9.5)
        display.text(0.5, -0.35, row, fontsize=9.5, ha="center", va="top")
        said.append(f"{name}: {_lit(lamps)}; as a row, {row}.")
    where = "Lamp 0 is at the top, 1 to 5 follow clockwise, and 6 is in the middle."
    figure.description = " ".join([where, *said])
    return figure


def _draw(display: Axes, lamps: Array) -> None:
    """Draw a display's lamps, the lit ones over the dark."""
    for lit, (start, end) in sorted(zip(lamps, ENDS, strict=True)):
        way = np.subtract(end, start)
        places = np.array([start + GAP * way, end - GAP * way])
        display.plot(
            *places.T, color=VERMILLION if lit else GRID, linewidth=5, solid_capstyle="round"
        )
    display.set(aspect="equal", xlim=(-0.25, 1.25), ylim=(-0.25, 2.25))
    display.set_axis_off()


def _checked_lamps(where: str, lamps: Array) -> Array:
    """Return a panel's lamps, if they are such."""
    lamps = check_array(lamps, where, "(7,)")
    for lamp in lamps[(lamps != 0) & (lamps != 1)][:1]:
        raise ValueError(f"{where} must have lamps of 0 or 1, got {lamp:g}")
    return lamps


def _checked(name: str, lamps: Array, shares: Array) -> tuple[Array, Array]:
    """Return a panel's lamps and shares, if they are such."""
    where = f"panels[{name!r}]"
    lamps, shares = _checked_lamps(where, lamps), check_array(shares, where, "(10,)")
    for share in shares[(shares < 0) | (shares > 1)][:1]:
        raise ValueError(f"{where} must have shares from 0 to 1, got {share:g}")
    return lamps, shares


def _described(name: str, lamps: Array, shares: Array) -> str:
    """Return a sentence on one panel."""
    order = [digit for digit in np.argsort(-shares, kind="stable") if shares[digit] >= SPOKEN]
    answers = ", ".join(f"{shares[digit]:.0%} for {digit}" for digit in order)
    return f"{name}: {_lit(lamps)}; {answers}."


def _lit(lamps: Array) -> str:
    """Return which lamps are lit, in words; they are counted from 0, as in code."""
    lit = ", ".join(str(lamp) for lamp in range(7) if lamps[lamp])
    return f"lamps {lit} are lit" if lit else "no lamp is lit"
