"""Draw a network's output over its two inputs, from the side and from above."""

from collections.abc import Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D
from mpl_toolkits.mplot3d import Axes3D, proj3d
from mpl_toolkits.mplot3d.art3d import Poly3DCollection

from xordocs.nn.parameters import Array
from xordocs.plots.style import BOUNDARY, CLASSES, INK, MAP_MARKS, MUTED, RIM, STYLE, Plot, mark
from xordocs.validation import check_array, check_labels

__all__ = ["boundary", "contour", "lattice", "painted", "surface"]

PLATEAU, MUCH = 0.001, 0.05
MAP = 300
"""About how many pixels wide a map is."""
PIXELS = 72
"""How many pixels a large map has on a side, which the browser smooths: fewer weigh less."""
SHADES = 129
"""How many colours a surface or a map has: fewer weigh less."""
MESH = 9
"""How many lines of its mesh a surface has in each direction."""
CORNERS = {(0, 0): (0, -14), (0, -1): (15, -3), (-1, 0): (2, 7), (-1, -1): (6, 5)}
"""The corners of a surface, by their places in the lattice; how far from each its output stands."""
VIEW = {"elev": 50, "azim": -122}
"""From where it is seen, in degrees: over (0, 0), so a ridge from (0, 1) to (1, 0) goes across."""
NEARER = 0.06
"""How far the mesh is moved towards who sees it, before its facets."""


@rc_context(STYLE)
def surface(points: Array, y_hat: Array, caption: str = "") -> Plot:
    """Draw the network's output over a lattice as a surface seen from the side.

    Args:
        points: ``(steps * steps, 2)``, as `xordocs.datasets.grid` returns them.
        y_hat: The output at each, ``(steps * steps, 1)``.
        caption: What to notice in it, a sentence or two; without one the description is shown.
    """
    x1, x2, z = lattice(points, y_hat)
    figure = Plot("Output over the inputs, as a surface", (4.6, 3.7), caption)
    axes: Axes3D = figure.add_subplot(projection="3d")
    corners = np.stack([x1, x2, z], axis=-1)
    facets = np.stack(
        [corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]], axis=-2
    ).reshape(-1, 4, 3)
    colours = CLASSES.resampled(SHADES)
    shades = colours(facets[..., 2].mean(axis=1))
    lines = np.concatenate([_mesh(corners), _mesh(corners.swapaxes(0, 1))])
    darker = colours(lines[..., 2].mean(axis=1)) * (0.8, 0.8, 0.8, 1)
    painted = np.concatenate([shades, darker])
    elev, azim = np.radians([VIEW["elev"], VIEW["azim"]])
    towards = np.cos(elev) * np.cos(azim), np.cos(elev) * np.sin(azim), np.sin(elev)
    nearer = NEARER * np.array(towards) * (np.ptp(x1), np.ptp(x2), 1)
    sheet = Poly3DCollection(
        np.concatenate([facets, lines + nearer]), facecolors=painted, edgecolors=painted,
        linewidths=0.5, antialiased=False, rasterized=True,
    )  # fmt: skip
    axes.add_collection3d(sheet)
    axes.auto_scale_xyz(x1, x2, z)
    axes.set(xlabel="x₁", ylabel="x₂", zlabel="output ŷ", zlim=(0, 1))
    axes.view_init(**VIEW)
    axes.set_box_aspect((1, 1, 0.8), zoom=0.88)
    for axis in (axes.xaxis, axes.yaxis, axes.zaxis):
        axis.pane.set_alpha(0)
        axis.set_major_locator(MaxNLocator(2, steps=[1, 5, 10]))
    stem = (*corners[0, -1, :2], 0.0), tuple(corners[0, -1])
    axes.plot(*zip(*stem, strict=True), color=MUTED, linestyle=":", linewidth=1.3, zorder=9)
    for place, (right, up) in CORNERS.items():
        axes.annotate(
            f"{z[place]:.2f}", proj3d.proj_transform(*corners[place], axes.get_proj())[:2],
            (right, up), textcoords="offset points", ha="center", fontsize=9, color=INK,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "#ffffff", "edgecolor": "none"},
        )  # fmt: skip
    figure.description = _describe_corners(points, y_hat)
    return figure


@rc_context(STYLE)
def contour(points: Array, y_hat: Array, x: Array, y: Array, caption: str = "") -> Plot:
    """Draw the network's output over a lattice from above, with the labelled points on it.

    Args:
        points: ``(steps * steps, 2)``, as `xordocs.datasets.grid` returns them.
        y_hat: The output at each, ``(steps * steps, 1)``.
        x: The labelled inputs ``(batch, 2)``.
        y: Their labels ``(batch, 1)``, 0 or 1.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: An output is not finite, or a label neither 0 nor 1.
    """
    x = check_array(x, "x", "(batch, 2)")
    y = check_labels(y, x, "x")
    x1, x2, z = lattice(points, y_hat)
    figure = Plot("Output over the inputs, from above", (4.6, 3.7), caption)
    axes = figure.subplots()
    axes.grid(visible=False)
    seen = painted(axes, x1, x2, z, PIXELS)
    undecided = boundary(axes, x1, x2, z, 2)
    rim = {"markeredgecolor": RIM, "markeredgewidth": 2}
    mark(axes, x, y, MAP_MARKS, markersize=12, clip_on=False, **rim)
    margin = 0.06 * np.ptp(points[:, 0])
    axes.set(
        xlabel="x₁", ylabel="x₂", aspect="equal",
        xlim=(points[:, 0].min() - margin, points[:, 0].max() + margin),
        ylim=(points[:, 1].min() - margin, points[:, 1].max() + margin),
    )  # fmt: skip
    figure.colorbar(seen, ax=axes, label="output ŷ", ticks=[0, 0.25, 0.5, 0.75, 1])
    figure.legend(loc="outside upper left", ncols=2, handletextpad=0.2)
    told = (
        f"within {PLATEAU:g} of 1/2 on {undecided:.0%} of the map, where no boundary is drawn"
        if undecided
        else f"above 1/2 on {(z > 0.5).mean():.0%} of the map"
    )
    figure.description = f"{_describe_corners(points, y_hat)} The output is {told}."
    return figure


def painted(axes: Axes, x1: Array, x2: Array, z: Array, pixels: int) -> AxesImage:
    """Paint the output over a lattice, so many pixels on a side, and return the picture."""
    return axes.imshow(
        _refined(z, pixels), origin="lower", extent=(x1.min(), x1.max(), x2.min(), x2.max()),
        cmap=CLASSES.resampled(SHADES), vmin=0, vmax=1, interpolation="none",
    )  # fmt: skip


def boundary(axes: Axes, x1: Array, x2: Array, z: Array, width: float) -> float:
    """Draw where the output is one half, but not across a plateau there: rounding would place it.

    Between lattice points the log-odds are interpolated, not the outputs: with ReLU units they
    are made of flat pieces, so that the line is straight on a coarse lattice, too.

    Returns:
        The share of the map within `PLATEAU` of one half, if it is a plateau; otherwise 0.
    """
    near = np.abs(z - 0.5) < PLATEAU
    share = float(near.mean())
    if share < MUCH:
        share = 0.0
    around = np.pad(near, 1)
    beside = around[:-2, 1:-1] | around[2:, 1:-1] | around[1:-1, :-2] | around[1:-1, 2:]
    odds = np.ma.array(_log_odds(z), mask=near & beside & (share > 0))
    if odds.min() < 0 < odds.max():
        line = axes.contour(x1, x2, odds, [0], colors=BOUNDARY, linewidths=width, corner_mask=False)
        line.set_paths([_straightened(path, np.ptp(x1)) for path in line.get_paths()])
    return share


def _refined(z: Array, pixels: int) -> Array:
    """Return the mean output in each pixel of a map, interpolated by log-odds.

    So a border that is narrower than the lattice stays smooth.

    Args:
        z: The output at the lattice points ``(steps, steps)``, of which the outer ones lie on the
            map's edge.
        pixels: How many the map has on a side.
    """
    known = np.arange(len(z))
    middles = (np.arange(3 * pixels) + 0.5) / (3 * pixels) * (len(z) - 1)
    odds = np.array([np.interp(middles, known, row) for row in _log_odds(z)])
    odds = np.array([np.interp(middles, known, column) for column in odds.T]).T
    parts = 1 / (1 + np.exp(-odds))
    means: Array = parts.reshape(pixels, 3, pixels, 3).mean(axis=(1, 3))
    return means


def _log_odds(z: Array) -> Array:
    """Return the sums whose sigmoid the outputs are, as far as their digits tell."""
    z = np.clip(z, 1e-15, 1 - 1e-15)
    odds: Array = np.log(z / (1 - z))
    return odds


def _straightened(path: Path, width: float) -> Path:
    """Leave out the vertices of a path where it does not bend, on a map of this width."""
    if not np.size(path.vertices):
        return path
    scale = Affine2D().scale(MAP / width)
    bent = path.cleaned(scale, simplify=True)
    codes = np.asarray(bent.codes)
    corners = scale.inverted().transform(np.asarray(bent.vertices))
    return Path(corners[codes != Path.STOP], codes[codes != Path.STOP])


def lattice(points: Array, y_hat: Array, name: str = "y_hat") -> Sequence[Array]:
    """Fold a lattice's rows back into squares ``(steps, steps)``."""
    points, y_hat = (
        check_array(points, "points", "(points, 2)"),
        check_array(y_hat, name, "(points, 1)"),
    )
    steps = round(len(points) ** 0.5)
    if not len(points) == steps**2 == len(y_hat):
        raise ValueError(
            "points must be a square lattice with an output each, got shapes "
            f"{np.shape(points)} and {np.shape(y_hat)}"
        )
    columns: Sequence[Array] = [
        column.reshape(steps, steps) for column in (points[:, 0], points[:, 1], y_hat[:, 0])
    ]
    return columns


def _mesh(corners: Array) -> Array:
    """Return the pieces of lines across a sheet, each a facet without breadth ``(4, 3)``.

    A flat sheet at one half is as pale as the page; only the mesh shows that it is there.
    """
    places = np.linspace(0, len(corners) - 1, MESH)
    before = np.minimum(places.astype(int), len(corners) - 2)
    part = (places - before)[:, None, None]
    lines = (1 - part) * corners[before] + part * corners[before + 1]
    pieces: Array = np.stack([lines[:, :-1], lines[:, 1:], lines[:, 1:], lines[:, :-1]], axis=-2)
    return pieces.reshape(-1, 4, 3)


def _describe_corners(points: Array, y_hat: Array) -> str:
    x1, x2, z = lattice(points, y_hat)
    corners = [f"{z[i, j]:.2f} at ({x1[i, j]:g}, {x2[i, j]:g})" for i in (0, -1) for j in (0, -1)]
    return f"The output is {', '.join(corners[:-1])} and {corners[-1]}."
