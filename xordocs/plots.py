"""Results as figures; each carries a title and a description computed from what it shows.

Nothing here trains, and nothing touches Matplotlib's global state. Colours are the Okabe-Ito
palette, and no meaning rests on colour alone: lines differ in dash, points in mark.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d import Axes3D

from xordocs.arrays import Array

__all__ = ["Plot", "contour", "difference", "loss", "surface"]

INK, MUTED, GRID = "#1b1f24", "#5b6470", "#d8dce2"
BLUE, VERMILLION, GREEN, AMBER = "#0072b2", "#d55e00", "#009e73", "#e69f00"
CLASSES = LinearSegmentedColormap.from_list("classes", [BLUE, "#f3f0ea", VERMILLION])
"""From class 0's blue to class 1's vermillion, pale at 1/2."""

LINES = [(BLUE, "-"), (VERMILLION, "--"), (GREEN, ":"), (AMBER, "-.")]
MARKS = {0: ("o", BLUE), 1: ("s", VERMILLION)}

STYLE: Any = {
    "axes.edgecolor": MUTED,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.facecolor": "none",
    "font.size": 11,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "xordocs",  # ids are the same from build to build
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
}


class Plot(Figure):
    """A Matplotlib figure that notebooks show as SVG, with its description inside.

    Args:
        title: What it shows, in a few words.
        size: Width and height in inches.
    """

    def __init__(self, title: str, size: tuple[float, float] = (6.4, 3.6)) -> None:
        super().__init__(figsize=size, layout="constrained")
        self.title = title
        self.description = ""

    def _repr_svg_(self) -> str:
        stream = io.StringIO()
        metadata: dict[str, str | None] = {"Title": self.title, "Description": self.description}
        metadata |= {"Creator": None, "Date": None}  # nothing that changes with the day
        with rc_context(STYLE):
            self.savefig(stream, format="svg", metadata=metadata, dpi=120)
        return stream.getvalue()


def loss(losses: Mapping[str, Array] | Array, log: bool = False) -> Plot:
    """Draw the loss of one run, or of several with their names, over the epochs.

    Args:
        losses: Each run's loss before each step, ``(epochs,)``, positive where ``log`` is set.
        log: Divide the vertical axis by powers of ten, where equal ratios look equal.

    Raises:
        ValueError: A run is empty or not finite.
    """
    runs = losses if isinstance(losses, Mapping) else {"": losses}
    for name, run in runs.items():
        if np.ndim(run) != 1 or len(run) == 0 or not np.isfinite(run).all():
            raise ValueError(f"losses must be finite, (epochs,), got {run!r} for {name!r}")
    with rc_context(STYLE):
        figure = Plot("Training loss" + (", logarithmic scale" if log else ""))
        axes = figure.subplots()
        for (name, run), (colour, dash) in zip(runs.items(), LINES, strict=False):
            axes.plot(run, color=colour, linestyle=dash, label=name)
        axes.set(xlabel="epoch", ylabel="loss", yscale="log" if log else "linear")
        if not log:
            axes.set_ylim(bottom=0)
        if len(runs) > 1:
            axes.legend()
    figure.description = " ".join(_describe_loss(name, run) for name, run in runs.items())
    return figure


def _describe_loss(name: str, losses: Array) -> str:
    last = len(losses) - 1
    verb = "falls" if losses[last] < losses[0] else "goes"
    text = f"{name + ': the' if name else 'The'} loss {verb} from {losses[0]:.3g} at epoch 0"
    text += f" to {losses[last]:.2g} at epoch {last}"
    above = np.flatnonzero(losses >= 0.01)
    if losses[last] < 0.01 and above.size:
        text += f", below 0.01 from epoch {above[-1] + 1} on"
    return text + "."


def difference(losses: Mapping[str, Array], reference: Array) -> Plot:
    """Draw how far each run's loss is from a reference run's, epoch by epoch.

    Args:
        losses: Each run's name with its loss before each step, ``(epochs,)``.
        reference: The run to compare with, ``(epochs,)``.
    """
    gaps = {name: np.abs(run - reference) for name, run in losses.items()}
    with rc_context(STYLE):
        figure = Plot("Difference from the reference run's loss")
        axes = figure.subplots()
        for (name, gap), (colour, dash) in zip(gaps.items(), LINES, strict=False):
            axes.plot(gap, color=colour, linestyle=dash, label=name, linewidth=1.2)
        axes.set(xlabel="epoch", ylabel="difference of the loss", yscale="log")
        axes.legend()
    figure.description = " ".join(
        f"{name}: at most {gap.max():.1e}, at epoch {gap.argmax()}." for name, gap in gaps.items()
    )
    return figure


def surface(points: Array, y_hat: Array) -> Plot:
    """Draw the network's output over a lattice as a surface seen from the side.

    Args:
        points: ``(steps * steps, 2)``, as `xordocs.datasets.grid` returns them.
        y_hat: The output at each, ``(steps * steps, 1)``.
    """
    x1, x2, z = _lattice(points, y_hat)
    with rc_context(STYLE):
        figure = Plot("Output over the inputs, as a surface", (5.6, 4.4))
        axes: Axes3D = figure.add_subplot(projection="3d")
        axes.plot_surface(
            x1, x2, z, cmap=CLASSES, vmin=0, vmax=1, rcount=50, ccount=50,
            linewidth=0, antialiased=False, rasterized=True,
        )  # fmt: skip
        axes.set(xlabel="x₁", ylabel="x₂", zlabel="output ŷ", zlim=(0, 1))
        axes.view_init(elev=28, azim=-60)
        axes.set_box_aspect((1, 1, 0.8), zoom=0.88)
        for axis in (axes.xaxis, axes.yaxis, axes.zaxis):
            axis.pane.set_alpha(0)
    figure.description = _describe_corners(points, y_hat)
    return figure


def contour(points: Array, y_hat: Array, x: Array, y: Array) -> Plot:
    """Draw the network's output over a lattice from above, with the labelled points on it.

    Args:
        points: ``(steps * steps, 2)``, as `xordocs.datasets.grid` returns them.
        y_hat: The output at each, ``(steps * steps, 1)``.
        x: The labelled inputs ``(batch, 2)``.
        y: Their labels ``(batch, 1)``, 0 or 1.
    """
    x1, x2, z = _lattice(points, y_hat)
    with rc_context(STYLE):
        figure = Plot("Output over the inputs, from above", (5.2, 4.2))
        axes = figure.subplots()
        axes.grid(visible=False)
        levels = np.linspace(0, 1, 11)
        filled = axes.contourf(x1, x2, z, levels, cmap=CLASSES, vmin=0, vmax=1)
        if z.min() < 0.5 < z.max():
            axes.contour(x1, x2, z, [0.5], colors=INK, linewidths=2)
        for label, (mark, colour) in MARKS.items():
            chosen = x[np.ravel(y) == label]
            axes.plot(
                chosen[:, 0], chosen[:, 1], mark, color=colour, markersize=13,
                markeredgecolor="#ffffff", markeredgewidth=2, label=f"true {label}", clip_on=False,
            )  # fmt: skip
        margin = 0.06 * np.ptp(points[:, 0])
        axes.set(
            xlabel="x₁", ylabel="x₂", aspect="equal",
            xlim=(points[:, 0].min() - margin, points[:, 0].max() + margin),
            ylim=(points[:, 1].min() - margin, points[:, 1].max() + margin),
        )  # fmt: skip
        figure.colorbar(filled, label="output ŷ", ticks=[0, 0.25, 0.5, 0.75, 1])
        figure.legend(loc="outside upper left", ncols=2, handletextpad=0.2)
    share = float((z > 0.5).mean())
    figure.description = (
        f"{_describe_corners(points, y_hat)} The output is above 1/2 on {share:.0%} of the square."
    )
    return figure


def _lattice(points: Array, y_hat: Array) -> Sequence[Array]:
    """Fold a lattice's rows back into squares ``(steps, steps)``."""
    steps = round(len(points) ** 0.5)
    if steps**2 != len(points) or np.shape(y_hat) != (len(points), 1):
        raise ValueError(
            "points must be a square lattice with an output each, got shapes "
            f"{np.shape(points)} and {np.shape(y_hat)}"
        )
    columns: Sequence[Array] = [
        column.reshape(steps, steps) for column in (points[:, 0], points[:, 1], y_hat[:, 0])
    ]
    return columns


def _describe_corners(points: Array, y_hat: Array) -> str:
    x1, x2, z = _lattice(points, y_hat)
    corners = [f"{z[i, j]:.2f} at ({x1[i, j]:g}, {x2[i, j]:g})" for i in (0, -1) for j in (0, -1)]
    return f"The output is {', '.join(corners[:-1])} and {corners[-1]}."
