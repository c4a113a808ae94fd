"""Draw functions of one number, such as what a unit does with its sum."""

from collections.abc import Mapping, Sequence

from matplotlib import rc_context

from xordocs.nn.parameters import Array
from xordocs.plots.style import MUTED, STYLE, Plot, mark, name_ends, positive, styled
from xordocs.validation import check_array

__all__ = ["functions"]


@rc_context(STYLE)
def functions(
    title: str,
    z: Array | Sequence[float],
    curves: Mapping[str, Array | Sequence[float]],
    name: str = "z",
    points: Array | None = None,
    y: Array | None = None,
    caption: str = "",
    log: bool = False,
) -> Plot:
    """Draw functions of the same number in one pair of axes.

    Args:
        title: What they are.
        z: The numbers, ``(points,)``, increasing.
        curves: What each function makes of them, ``(points,)``, by its name; at most four.
        name: What the number is called.
        points: Places to mark, ``(batch, 2)``, if there are any.
        y: Their labels ``(batch, 1)``, 0 or 1; without them the marks are small dots.
        caption: What to notice in it, a sentence or two; without one the description is shown.
        log: Whether the numbers' axis is logarithmic, which gives the small ones room.

    Raises:
        ValueError: There is no function or more than four, one has not a value for each number, or
            a number on a logarithmic axis is zero or below.
    """
    z = check_array(z, "z", "(points,)")
    if log:
        positive("z", z)
    lines = styled("curves", curves)
    for label, values, _ in lines:
        if values.shape != z.shape:
            raise ValueError(f"curves[{label!r}] must have shape {z.shape}, got {values.shape}")
    figure = Plot(title, (5.2, 3.0), caption)
    axes = figure.subplots()
    axes.axhline(0, color=MUTED, linewidth=0.8)
    for label, values, look in lines:
        axes.plot(z, values, label=label, **look)
    drawn = axes.get_lines()[1:]
    if points is not None and y is not None:
        mark(axes, points, y, markersize=9, zorder=3)
    elif points is not None:
        places = check_array(points, "points", "(batch, 2)")
        axes.plot(
            *places.T, ".", color=MUTED, markersize=5, label="the rows", zorder=1, clip_on=False
        )
    axes.set(xlabel=name, xlim=(z[0], z[-1]))
    if log:
        axes.set_xscale("log")
        axes.minorticks_off()
        axes.xaxis.set_major_formatter("{x:g}")
    if points is not None:
        marks = axes.get_lines()[1 + len(drawn) :]
        figure.legend(handles=marks, loc="outside lower center", ncols=2, handletextpad=0.2)
    if len(lines) > 1:
        name_ends(drawn)
    else:
        axes.set_ylabel(lines[0][0])
    figure.description = " ".join(
        _describe(label, z, values, name, int((values if log else abs(z)).argmin()))
        for label, values, _ in lines
    )
    if points is not None and y is None:
        figure.description += f" The dots are {len(points)} rows."
    return figure


def _describe(label: str, z: Array, values: Array, name: str, turn: int) -> str:
    places = [0, turn, len(z) - 1]
    told = [f"{values[at] + 0.0:.3g} at {name} = {z[at] + 0.0:.4g}" for at in dict.fromkeys(places)]
    return f"{label} is {', '.join(told)}."
