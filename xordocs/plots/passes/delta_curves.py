"""Draw what a loss asks of the output unit: its delta against the output."""

from collections.abc import Mapping, Sequence

from matplotlib import rc_context

from xordocs.nn.parameters import Array
from xordocs.plots.style import STYLE, Plot, name_ends, styled
from xordocs.validation import check_array

__all__ = ["delta_curves"]


@rc_context(STYLE)
def delta_curves(
    y_hat: Array | Sequence[float],
    deltas: Mapping[str, Array | Sequence[float]],
    caption: str = "",
) -> Plot:
    """Draw the output unit's delta on one row whose label is 0, for several losses.

    Args:
        y_hat: The outputs, ``(points,)``, increasing.
        deltas: The delta at each, ``(points,)``, by the loss's name; at most four.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no loss or more than four, or one has not a delta for each output.
    """
    y_hat = check_array(y_hat, "y_hat", "(points,)")
    runs = styled("deltas", deltas)
    figure = Plot("The output unit's delta where the label is 0", caption=caption)
    axes = figure.subplots()
    said, lines = [], []
    for name, run, look in runs:
        check_array(run, f"deltas[{name!r}]", f"({len(y_hat)},)")
        lines += axes.plot(y_hat, run, label=name, **look)
        top = run.argmax()
        axes.plot(y_hat[top], run[top], "o", color=look["color"], markersize=6, clip_on=False)
        said.append(
            f"{name}: {run[0]:.2g} at ŷ = {y_hat[0]:g}, largest, {run[top]:.2g}, at "
            f"{y_hat[top]:.2g}, and {run[-1]:.2g} at {y_hat[-1]:g}."
        )
    axes.set(xlabel="output ŷ", ylabel="delta of the output unit", xlim=(y_hat[0], y_hat[-1]))
    axes.set_ylim(bottom=0)
    name_ends(lines)
    figure.description = " ".join(said)
    return figure
