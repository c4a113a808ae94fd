"""Draw the output unit's sum along straight walks, with the hinge lines that are crossed."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import rc_context

from xordocs.nn.parameters import Array
from xordocs.plots.style import MUTED, STYLE, Plot, styled
from xordocs.validation import check_array

__all__ = ["walks"]


@rc_context(STYLE)
def walks(
    distances: Array | Sequence[float],
    sums: Mapping[str, Array | Sequence[float]],
    crossings: Mapping[str, Array | Sequence[float]],
    caption: str = "",
) -> Plot:
    """Draw a sum against the distance walked, with a dot where a hidden unit bends it.

    Args:
        distances: How far each point is from the start, ``(points,)``, increasing.
        sums: The output unit's sum at each, ``(points,)``, by the walk's name; at most four.
        crossings: At which distances each of the same walks crosses a hinge line.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no walk or more than four, one is not as long as the distances, or has
            no crossings.
    """
    distances = check_array(distances, "distances", "(points,)")
    figure = Plot("The output unit's sum along straight walks", caption=caption)
    axes = figure.subplots()
    axes.axhline(0, color=MUTED, linewidth=1)
    told = []
    for name, run, look in styled("sums", sums):
        check_array(run, f"sums[{name!r}]", f"({len(distances)},)")
        if name not in crossings:
            raise ValueError(f"crossings must have the walk {name!r}, got {list(crossings)}")
        bends = np.array(crossings[name], float)
        bends = bends[(bends >= distances[0]) & (bends <= distances[-1])]
        axes.plot(distances, run, label=name, **look)
        axes.plot(bends, np.interp(bends, distances, run), "o", color=look["color"], markersize=5)
        bent = f"last bent at {bends.max():.3g}" if bends.size else "without a bend"
        told.append(f"{name}: from {run[0]:.3g} to {run[-1]:.3g}, {bent}.")
    axes.set(xlabel="distance from the start", ylabel="sum z₂")
    axes.legend()
    figure.description = " ".join(told)
    return figure
