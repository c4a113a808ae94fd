"""Draw how one number changes the next: boxes with values, and arrows with slopes."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from matplotlib import rc_context

from xordocs.plots.style import INK, MUTED, PURPLE, STYLE, Plot
from xordocs.validation import check_real

__all__ = ["chain"]

WIDTH, HEIGHT = 5.2, 0.8
"""The size of the figure, and of a row of boxes, in inches."""
NARROW = 3.8
"""The width if there is only one arrow from side to side."""
EDGE = 0.42
"""From the middle of the outermost boxes to the edge, in rows of boxes."""


@rc_context(STYLE)
def chain(
    values: Mapping[str, float], slopes: Mapping[tuple[str, str], float], caption: str = ""
) -> Plot:
    """Draw numbers in boxes, and along each arrow how much faster the next one changes.

    Args:
        values: The numbers by their names, from the first to the last.
        slopes: The slope of the second along the first, for each pair that is joined.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no value, a slope is of a name that has none, or the arrows lead in a
            circle.
    """
    columns = _columns(values, slopes)
    tallest = max(len(names) for names in columns)
    way = " → ".join(" and ".join(names) for names in columns)
    title = f"How a change passes on: {way}"
    width = WIDTH if len(columns) > 2 else NARROW
    figure = Plot(title, (width, HEIGHT * (tallest - 1 + 2 * EDGE)), caption)
    axes = figure.subplots()
    axes.set_axis_off()
    places = {
        name: (float(across), (len(names) - 1) / 2 - row)
        for across, names in enumerate(columns)
        for row, name in enumerate(names)
    }
    boxes = {
        name: axes.text(
            *place, f"{check_real(values[name], name):.3g}".replace("-", "−"),
            ha="center", va="center", zorder=3, fontsize=11.5,
            bbox={"boxstyle": "round,pad=0.35", "facecolor": "#ffffff", "edgecolor": INK},
        )
        for name, place in places.items()
    }  # fmt: skip
    for name, place in places.items():  # a text by itself, which stays centred in any font
        axes.annotate(
            name, place, xytext=(0, 12), textcoords="offset points", ha="center", va="bottom",
            fontsize=11.5,
        )  # fmt: skip
    for (below, above), slope in slopes.items():
        start, end = places[below], places[above]
        axes.annotate(
            "", end, start, zorder=1,
            arrowprops={"arrowstyle": "-|>", "color": MUTED, "linewidth": 1.4, "shrinkA": 0,
                        "patchA": boxes[below].get_bbox_patch(), "shrinkB": 2,
                        "patchB": boxes[above].get_bbox_patch()},
        )  # fmt: skip
        rising = (end[1] - start[1]) > 0
        axes.annotate(
            f"× {slope:.3g}".replace("-", "−"), ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2),
            xytext=(-3 if rising else 3, 4) if start[1] != end[1] else (0, 4),
            textcoords="offset points", color=PURPLE, fontsize=11.5,
            ha="center" if start[1] == end[1] else "right" if rising else "left", va="bottom",
        )  # fmt: skip
    reach = (tallest - 1) / 2 + EDGE
    axes.set(xlim=(-0.3, len(columns) - 0.7), ylim=(-reach, reach))
    figure.description = " ".join(
        f"{above} changes {slope:.4g} times as fast as {below}."
        for (below, above), slope in slopes.items()
    )
    return figure


def _columns(
    values: Mapping[str, float], slopes: Mapping[tuple[str, str], float]
) -> list[list[str]]:
    """Return the names column by column, each to the right of all that lead to it."""
    if not values:
        raise ValueError("values must be at least one, got none")
    graph: dict[str, set[str]] = {name: set() for name in values}
    for pair in slopes:
        for name in pair:
            if name not in values:
                raise ValueError(f"slopes must be of names in values, got {name!r}")
        graph[pair[1]].add(pair[0])
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise ValueError(f"slopes must not lead in a circle, got {error.args[1]}") from None
    depth: dict[str, int] = {}
    for name in order:
        depth[name] = max((depth[below] + 1 for below in graph[name]), default=0)
    return [[name for name in values if depth[name] == at] for at in range(max(depth.values()) + 1)]
