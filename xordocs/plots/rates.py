"""Draw shares of successes, of networks that learn or of repeated trials, and random numbers."""

from collections.abc import Mapping, Sequence
from math import comb
from typing import Any

import numpy as np
from matplotlib import rc_context

from xordocs._typography import typographic
from xordocs.nn.parameters import Array
from xordocs.plots.style import GREEN, INK, MUTED, PURPLE, STYLE, Plot, positive, styled
from xordocs.validation import check_array, check_instance, check_int, check_real, shown

__all__ = [
    "by_learning_rate",
    "confidence_belt",
    "coverage",
    "draws",
    "ranking",
    "sampling_distribution",
]

MANY = 1_000_000
MOST_TRIALS = 1_000  # of which the binomial coefficients are floats, and sticks can be told apart
ROUNDING = 1e-9  # by which a bound of 0 or 1 may miss a share of 0 or 1

Line = tuple[Sequence[float] | Array, Sequence[float] | Array, Sequence[tuple[float, float]]]


BESIDE = 1.05
"""How many times as far right each line stands as the one before, so that bars stay apart."""


@rc_context(STYLE)
def by_learning_rate(
    lines: Mapping[str, Line],
    caption: str = "",
    title: str = "The share of networks that learn, by learning rate",
) -> Plot:
    """Draw the share of networks that learn against the learning rate, a line for each setting.

    Args:
        lines: At most four by their names, each the learning rates, the share that learns at each,
            and each share's interval.
        caption: What to notice in it, a sentence or two; without one the description is shown.
        title: What it shows, in a few words.

    Raises:
        ValueError: There is no line or one too many, the parts of one differ in length, a rate is
            not positive, or a share lies outside its interval.
    """
    figure = Plot(title, caption=caption)
    axes = figure.subplots()
    said: list[str] = []
    for label, shares, look in styled("lines", {name: line[1] for name, line in lines.items()}):
        rates = check_array(lines[label][0], f"lines[{label!r}][0]", f"({len(shares)},)")
        positive(f"lines[{label!r}][0]", rates)
        beside = BESIDE ** (len(said) - (len(lines) - 1) / 2)
        axes.errorbar(
            beside * rates, shares, yerr=_bars(label, shares, lines[label][2]),
            marker="o", markersize=4, linewidth=1.6, elinewidth=1, label=typographic(label), **look,
        )  # fmt: skip
        most = " and ".join(f"{rate:.3g}" for rate in rates[shares == shares.max()])
        said.append(f"{label}: most, {100 * shares.max():.3g}%, at {most}")
    aside = ", the lines set a little apart" if len(lines) > 1 else ""
    axes.set(xlabel=f"learning rate{aside}", ylabel="share that learns", ylim=(0, 1.02))
    axes.set_xscale("log")
    axes.minorticks_off()
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    if len(lines) > 1:
        figure.legend(loc="outside lower center", ncols=2, handlelength=2.8)
    figure.description = "The share that learns. " + "; ".join(said) + "."
    return figure


@rc_context(STYLE)
def ranking(
    shares: Mapping[str, tuple[float, tuple[float, float]]],
    reference: str,
    caption: str = "",
    low: float = 0.0,
) -> Plot:
    """Draw each setting's share with its interval on a line of its own, the largest share on top.

    Args:
        shares: The share that learns and its interval, by the setting's name.
        reference: The name of the setting that the others are compared with; a band shows its
            interval.
        caption: What to notice in it, a sentence or two; without one the description is shown.
        low: The share at which the axis begins; it ends at 1.

    Raises:
        TypeError: ``shares`` is no dictionary, or ``low`` no number.
        ValueError: There is no setting, the reference is none of them, a share lies outside its
            interval, or ``low`` does not lie between 0 and the lowest interval.
    """
    check_instance(shares, "shares", dict)
    low = check_real(low, "low")
    if reference not in shares:
        raise ValueError(f"reference must be one of {', '.join(shares)}, got {reference!r}")
    names = sorted(shares, key=lambda name: shares[name][0])
    values = np.array([shares[name][0] for name in names])
    bars = _bars("shares", values, [shares[name][1] for name in names])
    lowest = float((values - bars[0]).min())
    if not 0 <= low <= lowest + ROUNDING:
        raise ValueError(f"low must be from 0 to the lowest interval's {lowest:g}, got {low!r}")
    title = "The share of networks that learn" + (f", from {low:.0%} on" if low else "")
    figure = Plot(title, (5.2, 0.7 + 0.31 * len(names)), caption)
    axes = figure.subplots()
    axes.axvspan(*shares[reference][1], color=MUTED, alpha=0.18, linewidth=0)
    axes.errorbar(
        values, range(len(names)), xerr=bars,
        color=GREEN, marker="o", markersize=5, linestyle="none", elinewidth=1.8, capsize=3,
    )  # fmt: skip
    axes.set_yticks(range(len(names)), [typographic(name) for name in names])
    room = 0.02 * (1 - low)  # for the marks at both ends
    axes.set(xlabel="share that learns", xlim=(low - room, 1 + room), ylim=(-0.7, len(names) - 0.3))
    axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.3g}%")
    axes.grid(visible=False, axis="y")
    told = [
        f"{name} {shares[name][0]:.1%} ({shares[name][1][0]:.1%} to {shares[name][1][1]:.1%})"
        for name in dict.fromkeys((names[-1], reference, names[0]))
    ]
    figure.description = (
        f"The share that learns, with its interval, for {len(names)} settings from the largest to "
        f"the smallest. Among them are {', '.join(told)}."
    )
    return figure


@rc_context(STYLE)
def sampling_distribution(
    shares: Sequence[float] | Array,
    truth: float,
    reach: float,
    caption: str = "",
) -> Plot:
    """Draw how often each share came when the same number of trials was repeated.

    Args:
        shares: The share of successes in each repetition, ``(repetitions,)``.
        truth: The probability of a success.
        reach: How far from it a share is still called near; others have another colour.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    shares = check_array(shares, "shares", "(repetitions,)")
    truth, reach = check_real(truth, "truth"), check_real(reach, "reach", above=0)
    figure = Plot(f"The shares of {len(shares):,} repetitions", (5.2, 2.6), caption)
    axes = figure.subplots()
    places, counts = np.unique(shares, return_counts=True)
    near = abs(places - truth) <= reach
    for colour, drawn in ((GREEN, near), (PURPLE, ~near)):
        axes.vlines(places[drawn], 0, counts[drawn], color=colour, linewidth=3)
    axes.axvline(truth, color=MUTED, linestyle=":", linewidth=1.2, zorder=0)
    axes.set(xlabel="share", ylabel="how often", ylim=(0, 1.08 * counts.max()))
    figure.description = (
        f"Of {len(shares):,} shares, from {places[0]:.3g} to {places[-1]:.3g}, "
        f"{counts[near].sum():,} lie within {reach:.3g} of {truth:.3g}."
    )
    return figure


@rc_context(STYLE)
def draws(values: Sequence[float] | Array, reach: float, caption: str = "") -> Plot:
    """Draw how many of the numbers that were drawn at random lie in each stretch of a quarter.

    Args:
        values: The numbers, ``(draws,)``.
        reach: How far from zero a number is still called near, in steps of a quarter; others have
            another colour.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        TypeError, ValueError: An argument is not as above, or a number lies a million or farther
            from zero, too far to count by quarters.
    """
    values = check_array(values, "values", "(draws,)")
    reach = check_real(reach, "reach", above=0)
    if 4 * reach != round(4 * reach):
        raise ValueError(f"reach must be a multiple of a quarter, got {reach:g}")
    if abs(values).max() >= MANY:
        raise ValueError(f"values must lie nearer than {MANY:,}, got {abs(values).max():g}")
    quarters, counts = np.unique(np.floor(4 * values), return_counts=True)
    lefts = quarters / 4
    near = (lefts >= -reach) & (lefts < reach)
    figure = Plot(f"How {len(values):,} random numbers fall", (5.2, 2.4), caption)
    axes = figure.subplots()
    for colour, drawn in ((GREEN, near), (PURPLE, ~near)):
        axes.bar(lefts[drawn], counts[drawn], width=0.23, align="edge", color=colour)
    axes.set(xlabel="number", ylabel="how many", axisbelow=True)
    axes.grid(visible=False, axis="x")
    figure.description = (
        f"Of {len(values):,} numbers, from {values.min():.2f} to {values.max():.2f}, "
        f"{counts[near].sum():,} lie between {-reach:g} and {reach:g}."
    )
    return figure


@rc_context(STYLE)
def confidence_belt(
    trials: int,
    probabilities: Sequence[float] | Array,
    share: float,
    interval: tuple[float, float],
    z: float = 1.96,
    caption: str = "",
) -> Plot:
    """Draw how often each share comes, for several probabilities, and the interval of one share.

    Each probability has a base line at its height. On it stands a stick for every share, as high
    as that share is frequent (the binomial distribution). A share is near a probability if it is
    at most ``z`` standard deviations from it; the sticks of others have another colour. The shaded
    band, in which shares are near, is the belt of J. Neyman (1937).

    A probability is kept exactly if the share that was found is near it: a disc or a cross on its
    base line says so. The frame at the share is as high as its interval: it holds all that is kept,
    also between the base lines.

    Args:
        trials: How many trials a share is of, from 1 to a thousand.
        probabilities: Those whose shares are drawn, no two alike, ``(base lines,)``.
        share: The share that was found, from 0 to 1.
        interval: The lowest and the highest probability that it is near: from both the share is
            ``z`` standard deviations away, but for a thousandth.
        z: How many standard deviations are near, positive.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    trials = check_int(trials, "trials")
    if trials > MOST_TRIALS:
        raise ValueError(f"trials must be at most {MOST_TRIALS:,}, got {trials:,}")
    places = check_array(probabilities, "probabilities", "(base lines,)")
    if len(np.unique(places)) < len(places):
        raise ValueError("probabilities must be different from each other")
    share, z = check_real(share, "share"), check_real(z, "z", above=0)
    ends = check_array(interval, "interval", "(2,)")
    for name, values in (("probabilities", places), ("share", np.array(share)), ("interval", ends)):
        if not (values.min() >= 0 and values.max() <= 1):
            raise ValueError(f"{name} must lie between 0 and 1")
    distances = np.array([share - ends[0], ends[1] - share])
    if abs(distances - z * np.sqrt(ends * (1 - ends) / trials)).max() > 0.001:
        raise ValueError(
            f"interval must end {z:g} standard deviations from the share {share:g}, "
            f"got {shown(interval)}"
        )

    def near_shares(p: Array) -> tuple[Array, Array]:
        reach = z * np.sqrt(p * (1 - p) / trials)
        return np.maximum(p - reach, 0), np.minimum(p + reach, 1)

    figure = Plot("Which probabilities fit a share", (5.2, 5.2), caption)
    axes = figure.subplots()
    outline = (1 - np.cos(np.linspace(0, np.pi, 61))) / 2  # closest at the ends, where it curves
    axes.fill_betweenx(outline, *near_shares(outline), color=GREEN, alpha=0.09, linewidth=0)
    lows, highs = near_shares(places)
    kept = (lows <= share) & (share <= highs)
    counts = np.arange(trials + 1)
    shares = counts / trials
    ways = np.array([comb(trials, count) for count in range(trials + 1)], float)
    p = places[:, None]
    chances = ways * p**counts * (1 - p) ** (trials - counts)
    apart = np.diff(np.sort(places)).min(initial=0.1)
    tops = p + 0.85 * apart * chances / chances.max()
    for place, top, low, high, fits in zip(places, tops, lows, highs, kept, strict=True):
        axes.axhline(place, color=MUTED, linewidth=0.6, zorder=1)
        near = (low <= shares) & (shares <= high)
        for colour, drawn in ((GREEN, near), (PURPLE, ~near)):
            axes.vlines(shares[drawn], place, top[drawn], color=colour, linewidth=60 / (trials + 1))
        axes.annotate(
            "kept" if fits else "out", (1, place), xycoords=("axes fraction", "data"),
            xytext=(8, 1), textcoords="offset points", va="bottom", fontsize=9.5,
            color=GREEN if fits else PURPLE, weight="bold" if fits else "normal",
        )  # fmt: skip
    axes.axvline(share, color=INK, linestyle=":", linewidth=1.2, zorder=1.5)
    for marker, colour, drawn in (("o", GREEN, kept), ("x", PURPLE, ~kept)):
        axes.plot(
            np.full(drawn.sum(), share), places[drawn], marker, color=colour, markersize=6, mew=2
        )
    height = ends[1] - ends[0]
    axes.bar(share, height, 0.06, ends[0], fill=False, edgecolor=INK, linewidth=1, clip_on=False)
    for end, right, align in zip(ends, (10, -10), ("left", "right"), strict=True):
        axes.annotate(
            f"{end:.2f}", (share, end), xytext=(right, 0), textcoords="offset points",
            ha=align, va="center", fontsize=9.5, color=INK,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "#ffffff", "edgecolor": "none"},
        )  # fmt: skip
    axes.set(xlabel="share", ylabel="probability p", xlim=(-0.03, 1.03), ylim=(0, 1.03))
    axes.set_yticks(np.linspace(0, 1, 11))
    axes.grid(visible=False, axis="y")
    told = [
        f"those near {place:.3g} go from {low:.3f} to {high:.3f}"
        for place, low, high in zip(places, lows, highs, strict=True)
    ]
    figure.description = (
        f"Of the shares of {trials:,} trials {', '.join(told)}. The share {share:.3g} is near the "
        f"probabilities from {ends[0]:.3f} to {ends[1]:.3f}."
    )
    return figure


@rc_context(STYLE)
def coverage(
    shares: Sequence[float] | Array,
    intervals: Sequence[tuple[float, float]],
    truth: float,
    caption: str = "",
) -> Plot:
    """Draw repetitions side by side, each share with its interval, and set apart those that miss.

    Args:
        shares: The share of successes in each repetition, ``(repetitions,)``.
        intervals: Each share's interval.
        truth: The probability of a success, which an interval holds or misses.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        TypeError: ``truth`` is no number.
        ValueError: There is no share, or one lies outside its interval.
    """
    shares = check_array(shares, "shares", "(repetitions,)")
    truth = check_real(truth, "truth")
    bars = np.array(_bars("shares", shares, intervals))
    low, high = np.asarray(intervals, float).T
    hold = (low <= truth) & (truth <= high)
    figure = Plot(f"{len(shares):,} intervals and the true probability", (5.2, 2.8), caption)
    axes = figure.subplots()
    places = np.arange(1, len(shares) + 1)
    looks: list[tuple[Array, dict[str, Any]]] = [
        (hold, {"fmt": "o", "color": GREEN, "markersize": 2.5, "elinewidth": 0.9}),
        (~hold, {"fmt": "x", "color": PURPLE, "markersize": 7, "mew": 2, "elinewidth": 1.4}),
    ]
    for drawn, look in looks:
        axes.errorbar(places[drawn], shares[drawn], yerr=bars[:, drawn].tolist(), **look)
    axes.axhline(truth, color=INK, linestyle=":", linewidth=1.4)
    axes.set(xlabel="repetition", ylabel="share, with its interval")
    axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.3g}%")
    axes.grid(visible=False, axis="x")
    figure.description = (
        f"Of {len(shares):,} intervals {hold.sum():,} hold the true probability, {truth:.1%}, "
        f"{(high < truth).sum():,} lie below it and {(low > truth).sum():,} above."
    )
    return figure


def _bars(name: str, shares: Array, intervals: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Return how far the intervals reach below the shares, and above, in lists.

    Of two arrays Matplotlib asks whether the first is a finite number, which NumPy 2.1 warns of.
    """
    bounds = check_array(intervals, f"the intervals of {name!r}", f"({len(shares)}, 2)")
    below, above = shares - bounds[:, 0], bounds[:, 1] - shares
    if min(below.min(), above.min()) < -ROUNDING:
        raise ValueError(f"the shares of {name!r} must lie in their intervals")
    return [np.maximum(below, 0).tolist(), np.maximum(above, 0).tolist()]
