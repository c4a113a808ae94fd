"""Draw how long works take: bars beside one another, and lines as the work grows."""

from collections.abc import Mapping, Sequence

from matplotlib import rc_context

from xordocs.plots.style import GREEN, INK, MUTED, STYLE, Plot, name_ends, positive, styled
from xordocs.validation import check_array

__all__ = ["bars", "growth"]

BAR = 0.42
"""How many inches of the figure a bar takes."""


@rc_context(STYLE)
def bars(seconds: Mapping[str, float], title: str, caption: str = "") -> Plot:
    """Draw a bar for each work, the first one emphasized.

    Args:
        seconds: How long each work took, positive, by its name.
        title: What was measured.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no work, or a time is not finite or not positive.
    """
    if not seconds:
        raise ValueError("seconds must be at least one work's, got none")
    times = check_array(list(seconds.values()), "seconds", "(works,)")
    positive("seconds", times)
    figure = Plot(title, (5.2, 0.7 + BAR * len(times)), caption)
    axes = figure.subplots()
    drawn = axes.barh(list(seconds), times, height=0.6, color=MUTED)
    drawn[0].set_color(GREEN)
    axes.bar_label(drawn, [f"{time:.3g} s" for time in times], padding=4, color=INK)
    axes.invert_yaxis()
    axes.margins(x=0.2)
    axes.set_axisbelow(True)
    axes.grid(visible=False, axis="y")
    axes.set(xlabel="seconds, median")
    (first, least), *others = seconds.items()
    compared = [f"{name} {time:.3g}, {time / least:.2g} times as long" for name, time in others]
    figure.description = "; ".join([f"Seconds: {first} {least:.3g}", *compared]) + "."
    return figure


@rc_context(STYLE)
def growth(
    sizes: Sequence[float],
    seconds: Mapping[str, Sequence[float]],
    title: str,
    caption: str = "",
) -> Plot:
    """Draw how the time of each work grows with the size of what it works on.

    Args:
        sizes: The numbers of pages, increasing, ``(sizes,)``.
        seconds: How long each of at most four works took for each size, ``(sizes,)``, by its name.
        title: What was measured.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no work or one too many, or the times are not as many as the sizes.
    """
    pages = check_array(sizes, "sizes", "(sizes,)")
    works = styled("seconds", seconds)
    figure = Plot(title, caption=caption)
    axes = figure.subplots()
    for name, times, look in works:
        if len(times) != len(pages):
            raise ValueError(
                f"seconds[{name!r}] must be {len(pages)} times, one a size, got {len(times)}"
            )
        axes.plot(pages, times, marker="o", markersize=5, label=name, **look)
    axes.set(xlabel="pages", ylabel="seconds, median", xticks=pages)
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    if len(works) > 1:
        name_ends(axes.get_lines())
    figure.description = " ".join(
        f"{name}: {times[0]:.3g} s for {pages[0]:g} pages, {times[-1]:.3g} s for {pages[-1]:g}."
        for name, times, _ in works
    )
    return figure
