"""Find hidden units that cross their kink while one parameter moves.

At such a kink there is no derivative: the central difference averages two slopes, backpropagation
takes one of them, and neither is wrong.
"""

from typing import NamedTuple

import numpy as np

from xordocs.nn.activations import Activation
from xordocs.nn.parameters import Array

__all__ = ["Kink", "crossed_kinks", "has_kink"]


class Kink(NamedTuple):
    """A hidden unit that bends while one parameter moves from -h to +h.

    Args:
        parameter: The parameter's place in θ.
        layer: The unit's layer, from 0.
        unit: The unit, from 0.
        row: The row of x on which it bends.
        z: Its weighted sum there, before the parameter moves: 0 is on the kink itself.
    """

    parameter: int
    layer: int
    unit: int
    row: int
    z: float


def has_kink(activation: Activation) -> bool:
    """Tell whether a function has a kink at 0: whether its slope jumps there.

    Args:
        activation: The function, with its derivative.
    """
    left, right = activation.derivative(np.array([-1e-9, 1e-9]))
    return bool(abs(right - left) > 1e-6)


def crossed_kinks(
    parameter: int, below: list[Array], here: list[Array], above: list[Array]
) -> list[Kink]:
    """Find the hidden units whose sums change sign between the three places.

    Args:
        parameter: Which parameter moves, its place in θ.
        below: Each layer's sums ``(batch, units)`` when it is h smaller.
        here: The sums where it is.
        above: The sums when it is h larger.

    Returns:
        A kink for each unit and row, from the lowest layer up.
    """
    found = []
    hidden = zip(below[:-1], here[:-1], above[:-1], strict=True)
    for layer, (low, middle, high) in enumerate(hidden):
        crosses = (np.sign(low) != np.sign(middle)) | (np.sign(high) != np.sign(middle))
        for row, unit in np.argwhere(crosses).tolist():
            found.append(Kink(parameter, layer, unit, row, float(middle[row, unit])))
    return found
