"""Draw several small maps of outputs: one for each moment, or for each network."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes

from xordocs.nn.parameters import Array
from xordocs.plots.style import (
    BOUNDARY,
    CLASSES,
    GREEN,
    MAP_MARKS,
    MUTED,
    RIM,
    STYLE,
    Plot,
    entitle,
    mark,
    power_of_ten,
    tiled,
)
from xordocs.plots.surfaces import boundary, lattice, painted
from xordocs.validation import check_array, check_labels, check_real

__all__ = ["film", "map_and_loss", "maps", "mosaic"]

FAR = 1e6
"""A loss above this has diverged, or is about to (`elements/figures/player.js`)."""
CORNERS = [(0, 0), (0, -1), (-1, 0), (-1, -1)]
PIXELS = 20
"""Pixels an inch of a map, which the browser smooths: fewer weigh less."""
MANY, LARGE, SMALL = 40, 7, 5
"""More labelled inputs than so many have small marks."""
STILLS = 6
"""How many moments of a film are drawn: more of the first than of the last, as it slows down."""
APART = 100
"""How many times as wide as the labelled inputs a map is that shows them as one dot."""


def film(
    points: Array,
    frames: Sequence[tuple[int, Array]],
    x: Array,
    y: Array,
    caption: str = "",
) -> Plot:
    """Draw some moments of a training as maps; a page that runs its code plays them all.

    Args:
        points: ``(steps * steps, 2)``, as `xordocs.datasets.grid` returns them.
        frames: Pairs of an epoch and the output at each point then, ``(steps * steps, 1)``.
        x: The labelled inputs ``(batch, 2)``.
        y: Their labels ``(batch, 1)``, 0 or 1.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        TypeError, ValueError: There is no frame, or an output is not as for `maps`.
    """
    if not frames:
        raise ValueError("frames must be at least one, got none")
    last = len(frames) - 1
    chosen = {0, *np.geomspace(1, max(last, 1), STILLS - 1).round().astype(int).clip(0, last)}
    panels = {f"epoch {frames[at][0]}": frames[at][1] for at in sorted(chosen)}
    return maps("The output while the network learns", panels, points, x, y, caption)


@rc_context(STYLE)
def maps(
    title: str,
    panels: Mapping[str, Array],
    points: Array | Mapping[str, Array],
    x: Array | Mapping[str, Array],
    y: Array | Mapping[str, Array],
    caption: str = "",
    side: float = 1.75,
    names: tuple[str, str] | None = None,
) -> Plot:
    """Draw several outputs from above, each under its name.

    Where the labelled inputs lie so close together that one mark would hide the others, a dark dot
    stands for them all.

    Args:
        title: What the panels have in common.
        panels: The output at each point, ``(steps * steps, 1)``, by the panel's name; a second
            line of a name is small.
        points: ``(steps * steps, 2)``, as `xordocs.datasets.grid` returns them: one lattice for
            all panels, or each panel's own by its name.
        x: The labelled inputs ``(batch, 2)``, of all panels or of each by its name.
        y: Their labels ``(batch, 1)``, 0 or 1, likewise.
        caption: What to notice in it, a sentence or two; without one the description is shown.
        side: How wide each panel is, in inches.
        names: What the two inputs are called, below and beside each panel.

    Raises:
        TypeError, ValueError: There is no panel, an output is not finite, a label neither 0 nor 1,
            or ``side`` not positive.
    """
    if not panels:
        raise ValueError("panels must be at least one, got none")
    side = check_real(side, "side", above=0)
    rows, columns = tiled(len(panels))
    figure = Plot(title, (side * columns, (side + 0.3) * rows), caption)
    lattices = _of_each(panels, "points", points)
    inputs, labels = _of_each(panels, "x", x), _of_each(panels, "y", y)
    for place, (name, y_hat) in enumerate(panels.items(), start=1):
        axes = figure.add_subplot(rows, columns, place)
        _draw(axes, name, lattices[name], y_hat, inputs[name], labels[name], side)
        if names:
            axes.set_axis_on()
            axes.set(xticks=[], yticks=[])
            axes.spines[:].set_visible(False)
            axes.set_xlabel(names[0], fontsize=9, labelpad=0)
            axes.set_ylabel(names[1], fontsize=9, labelpad=0)
    figure.description = _described(panels, points)
    return figure


@rc_context(STYLE)
def map_and_loss(
    title: str,
    name: str,
    y_hat: Array,
    points: Array,
    x: Array,
    y: Array,
    losses: Array,
    levels: Mapping[str, float] | None = None,
    caption: str = "",
) -> Plot:
    """Draw a network's output from above, and beside it the loss of its training.

    Args:
        title: What the two show.
        name: Stands above the map; a second line is small.
        y_hat: The output at each point, ``(steps * steps, 1)``.
        points: ``(steps * steps, 2)``, as `xordocs.datasets.grid` returns them.
        x: The labelled inputs ``(batch, 2)``.
        y: Their labels ``(batch, 1)``, 0 or 1.
        losses: The loss before each step, ``(epochs,)``; if one is above a million, the axis is
            logarithmic, begins at a hundredth, and has no levels.
        levels: Losses to mark with a dotted line, by their names.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    losses = check_array(losses, "losses", "(epochs,)")
    figure = Plot(title, (5.2, 2.2), caption)
    left, right = figure.subplots(1, 2, width_ratios=[2, 3])
    _draw(left, name, points, y_hat, x, y, 1.9)
    right.plot(losses, color=GREEN)
    is_far = losses.max() > FAR
    for mark_of, level in () if is_far else (levels or {}).items():
        right.axhline(level, xmax=0.98, color=MUTED, linestyle=":", linewidth=1)
        right.annotate(
            mark_of, (1, level), xycoords=("axes fraction", "data"), xytext=(5, 0),
            textcoords="offset points", va="center", color=MUTED, fontsize=9,
        )  # fmt: skip
    right.set(xlabel="epoch", ylabel="loss", ylim=(0, None))
    if is_far:
        decades = np.log10(losses.max())
        right.set(yscale="log", ylim=(0.01, losses.max()))
        right.set_yticks(10.0 ** np.arange(0, decades, np.ceil(decades / 5)))
        right.yaxis.set_major_formatter(power_of_ten)
        right.minorticks_off()
    described = _described({name: y_hat}, points)
    figure.description = f"{described} The loss ends at {losses[-1]:.3g}."
    return figure


@rc_context(STYLE)
def mosaic(
    title: str, panels: Mapping[str, Array], points: Array, x: Array, y: Array, caption: str = ""
) -> Plot:
    """Draw many outputs as one picture of small maps, without boundaries; it weighs a third.

    Args:
        title: As for `maps`, and so are the others.
        panels: The outputs by the panels' names.
        points: The lattice.
        x: The labelled inputs.
        y: Their labels.
        caption: What to notice in it.

    Raises:
        ValueError: As for `maps`.
    """
    if not panels:
        raise ValueError("panels must be at least one, got none")
    x = check_array(x, "x", "(batch, 2)")
    y = check_labels(y, x, "x")
    rows, columns = tiled(len(panels))
    steps = round(len(points) ** 0.5)
    wide, high = steps + 4, steps + 10  # with room beside a map, and for two lines above it
    picture = np.full((rows * high, columns * wide), np.nan)
    figure = Plot(title, (1.15 * columns, 1.45 * rows), caption)
    axes = figure.subplots()
    marks = []
    for place, (name, y_hat) in enumerate(panels.items()):
        row, column = divmod(place, columns)
        left, bottom = column * wide + 2, (rows - 1 - row) * high + 1
        picture[bottom : bottom + steps, left : left + steps] = lattice(
            points, y_hat, f"panels[{name!r}]"
        )[2]
        share = (x - points.min()) / (points.max() - points.min())
        marks.append((left, bottom) + share * (steps - 1))
        axes.text(
            left + (steps - 1) / 2, bottom + steps + 0.5, name,
            ha="center", va="bottom", fontsize=8,
        )  # fmt: skip
    axes.imshow(picture, origin="lower", cmap=CLASSES, vmin=0, vmax=1, interpolation="none")
    mark(
        axes, np.concatenate(marks), np.tile(y, (len(panels), 1)), MAP_MARKS, markersize=4.5,
        markeredgecolor=RIM, markeredgewidth=0.6,
    )  # fmt: skip
    axes.set_axis_off()
    at = [int(abs(points - row).sum(axis=1).argmin()) for row in x]
    wrong = [
        name.partition("\n")[0]
        for name, y_hat in panels.items()
        if ((np.ravel(y_hat)[at] > 0.5) != (y.ravel() > 0.5)).any()
    ]
    figure.description = (
        f"On {len(panels) - len(wrong)} of {len(panels)} maps the output is on the right side of "
        "one half at every labelled point"
    )
    figure.description += f", and on the others not: {', '.join(wrong)}." if wrong else "."
    return figure


def _draw(
    axes: Axes, name: str, points: Array, y_hat: Array, x: Array, y: Array, side: float
) -> None:
    """Draw one map under its name."""
    x1, x2, z = lattice(points, y_hat, f"panels[{name!r}]")
    x = check_array(x, "x", "(batch, 2)")
    y = check_labels(y, x, "x")
    low, high = x1.min(), x1.max()
    margin = 0.06 * (high - low)
    painted(axes, x1, x2, z, round(PIXELS * side))
    boundary(axes, x1, x2, z, 1.5)
    outline: Any = {"markeredgecolor": RIM, "markeredgewidth": 1.2, "clip_on": False}
    if np.ptp(x, axis=0).max() * APART < high - low:
        axes.plot(*x.mean(axis=0), "o", color=BOUNDARY, markersize=6, **outline)
    else:
        size = SMALL if len(x) > MANY else LARGE
        mark(axes, x, y, MAP_MARKS, markersize=size, **outline)
    axes.set(xlim=(low - margin, high + margin), ylim=(low - margin, high + margin))
    axes.set_axis_off()
    entitle(axes, name)


def _of_each(
    panels: Mapping[str, Array], name: str, given: Array | Mapping[str, Array]
) -> Mapping[str, Array]:
    """Return an argument that is one for all panels, or one for each, by the panel's name."""
    each = given if isinstance(given, Mapping) else dict.fromkeys(panels, given)
    if each.keys() != panels.keys():
        raise ValueError(f"{name} must have the panels {list(panels)}, got {list(each)}")
    return each


def _described(panels: Mapping[str, Array], points: Array | Mapping[str, Array]) -> str:
    """Return a sentence on the outputs at the corners, for each panel."""
    told = []
    for name, y_hat in panels.items():
        x1, x2, z = lattice(points[name] if isinstance(points, Mapping) else points, y_hat)
        places = ", ".join(f"({x1[corner]:g}, {x2[corner]:g})" for corner in CORNERS)
        outputs = ", ".join(f"{z[corner]:.2f}" for corner in CORNERS)
        where = f", at {places}" if isinstance(points, Mapping) else ""
        told.append(f"{' '.join(name.splitlines())}: {outputs}{where}.")
    shared = [] if isinstance(points, Mapping) else [f"The output at {places}."]
    return " ".join(shared + told)
