"""Draw where the losses of many networks lie, with the losses at which networks get stuck."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import rc_context

from xordocs.nn.parameters import Array
from xordocs.plots.style import BLUE, MUTED, STYLE, Plot
from xordocs.validation import check_array

__all__ = ["NEAR", "ladder"]

NEAR = 0.005
"""How far from a rung a loss is still counted as its own; the width of a bar."""


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
    highest = max(losses.max(), places.max())
    edges = np.arange(-NEAR / 2, highest + 2 * NEAR, NEAR).tolist()
    tallest = np.max(axes.hist(losses, edges, color=BLUE)[0])
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
