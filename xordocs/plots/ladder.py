"""Draw where the losses of many networks lie, with the losses at which networks get stuck."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import rc_context

from xordocs.nn.parameters import Array
from xordocs.plots.style import GREEN, MUTED, STYLE, Plot
from xordocs.validation import check_array

__all__ = ["NEAR", "ladder"]

NEAR = 0.005
"""How far from a rung a loss is still counted as its own; the width of a bar.

A bar stands on a rung, or whole widths away from the nearest.
"""


@rc_context(STYLE)
def ladder(losses: Sequence[float] | Array, rungs: Mapping[str, float], caption: str = "") -> Plot:
    """Draw how many networks end at each loss, and a dotted line at each rung.

    Args:
        losses: The final loss of each network, ``(networks,)``.
        rungs: The losses at which networks get stuck, by their names.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no loss or no rung, or one is not finite.
    """
    losses = check_array(losses, "losses", "(networks,)")
    places = check_array([*rungs.values()], "rungs", "(rungs,)")
    figure = Plot(f"The final loss of {len(losses)} networks", caption=caption)
    axes = figure.subplots()
    nearest = places[abs(losses[:, None] - places).argmin(axis=1)]
    widths = np.round((losses - nearest) / NEAR)
    middles, counts = np.unique((nearest + NEAR * widths).round(9), return_counts=True)
    axes.bar(middles, counts, NEAR, color=GREEN)
    tallest = int(counts.max())
    near = {name: int((abs(losses - rung) < NEAR).sum()) for name, rung in rungs.items()}
    for name, rung in rungs.items():
        axes.vlines(rung, 0, 1.04 * tallest, color=MUTED, linestyle=":", linewidth=1.2)
        axes.annotate(
            f"{name}\n{near[name]}", (rung, 1.05 * tallest), ha="center", va="bottom", fontsize=9.5
        )
    axes.set(xlabel="final loss J", ylabel="networks", ylim=(0, 1.25 * tallest))
    axes.set_xlim(left=0)
    axes.set_axisbelow(True)
    figure.description = (
        f"Of {len(losses)} networks "
        + ", ".join(f"{count} end within {NEAR:g} of {name}" for name, count in near.items())
        + f", and {len(losses) - sum(near.values())} elsewhere."
    )
    return figure
