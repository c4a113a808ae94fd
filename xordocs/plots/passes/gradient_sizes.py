"""Draw how large the gradient is in each layer, in the order in which the error comes back."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import rc_context

from xordocs.nn.parameters import Array
from xordocs.plots.style import STYLE, Plot, name_ends, positive, power_of_ten, styled
from xordocs.validation import check_array

__all__ = ["gradient_sizes"]


@rc_context(STYLE)
def gradient_sizes(sizes: Mapping[str, Array | Sequence[float]], caption: str = "") -> Plot:
    """Draw the size of each layer's gradient from the last layer back to the first.

    Args:
        sizes: The size in each layer, ``(layers,)``, the first layer's first, positive; by the
            network's name, at most four.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        ValueError: There is no network or more than four, one has another number of layers than the
            first, or a size is not positive.
    """
    lines = styled("sizes", sizes)
    layers = np.arange(1, lines[0][1].size + 1)
    figure = Plot("The size of the gradient, layer by layer", (5.2, 2.7), caption)
    axes = figure.subplots()
    for name, line, look in lines:
        where = f"sizes[{name!r}]"
        check_array(line, where, f"({layers.size},)")
        positive(where, line)
        axes.plot(layers, line, marker="o", markersize=4, label=name, **look)
    axes.set(xlabel="layer, from the last back to the first", yscale="log", xticks=layers)
    axes.set_ylabel("size of the slopes")
    axes.yaxis.set_major_formatter(power_of_ten)
    axes.invert_xaxis()
    name_ends(axes.get_lines())
    figure.description = " ".join(
        f"{name}: {line[-1]:.1e} in layer {layers[-1]}, the last, and {line[0]:.1e} in layer 1."
        for name, line, _ in lines
    )
    return figure
