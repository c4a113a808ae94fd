"""Draw shares with their confidence intervals."""

from collections.abc import Sequence

import numpy as np
from matplotlib import rc_context

from xordocs.plots.style import BLUE, STYLE, Plot, positive
from xordocs.validation import check_array

__all__ = ["success"]

ROUNDING = 1e-9  # by which a bound of 0 or 1 may miss a share of 0 or 1


@rc_context(STYLE)
def success(
    values: Sequence[float],
    rates: Sequence[float],
    intervals: Sequence[tuple[float, float]],
    name: str,
    log: bool = False,
    caption: str = "",
) -> Plot:
    """Draw the share of networks that learn, against a setting.

    Args:
        values: The setting, increasing; positive where ``log`` is set.
        rates: The share that learned, 0 to 1, for each.
        intervals: The confidence interval of each.
        name: What the setting is called.
        log: Divide the horizontal axis by powers.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: The three differ in length, are empty or not finite, a value is not positive
            where it must be, or a rate lies outside its interval.
    """
    if not len(values) == len(rates) == len(intervals) > 0:
        raise ValueError(
            "values, rates and intervals must be equally many, at least one, got "
            f"{len(values)}, {len(rates)} and {len(intervals)}"
        )
    shares = check_array(rates, "rates", "(settings,)")
    bounds = check_array(intervals, "intervals", "(settings, 2)")
    settings = check_array(values, "values", "(settings,)")
    if log:
        positive("values", settings)
    below, above = shares - bounds[:, 0], bounds[:, 1] - shares
    for value, share, (low, high) in zip(values, shares, bounds, strict=True):
        if not (0 <= share <= 1 and low - ROUNDING <= share <= high + ROUNDING):
            raise ValueError(
                "rates must lie in [0, 1] and in their intervals, got "
                f"{share:g} of ({low:g}, {high:g}) at {value:g}"
            )
    figure = Plot(f"The share of networks that learn, against the {name}", caption=caption)
    axes = figure.subplots()
    axes.errorbar(
        values, rates, yerr=np.maximum([below, above], 0),
        color=BLUE, marker="o", markersize=5, linewidth=1.2, capsize=3, elinewidth=1.6,
    )  # fmt: skip
    axes.set(xlabel=name, ylabel="share that learns", ylim=(0, 1.02))
    axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    if log:
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter("{x:g}")
    else:
        axes.set_xticks(values)
    best = int(np.argmax(rates))
    figure.description = (
        f"Of the networks {rates[0]:.0%} learn at {name} {values[0]:g} and {rates[-1]:.0%} at "
        f"{values[-1]:g}; most, {rates[best]:.0%}, at {values[best]:g}."
    )
    return figure
