"""Where a network's weights start: one draw of normal numbers, scaled or replaced.

Each function takes a layer's standard normal draws ``(..., inputs, units)``, of one network or of
many, and returns its first weights in the same shape. The draws are the same for all, so that a
seed gives networks that can be compared. Biases start at zero.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from xordocs.nn.parameters import Array
from xordocs.validation import check_array

__all__ = [
    "EQUAL",
    "GLOROT",
    "HE",
    "INITIALIZERS",
    "LARGE",
    "NOTEBOOK",
    "ZEROS",
    "Initializer",
    "equal",
    "glorot",
    "he",
    "large",
    "notebook",
    "zeros",
]

Draws = Float[Array, "*networks inputs units"]


def notebook(draws: Draws) -> Draws:
    """Return the draws as they are, N(0, 1), as the source notebook does."""
    return draws


def zeros(draws: Draws) -> Draws:
    """Return zeros: every unit's sum is zero, and so is every gradient."""
    return np.zeros_like(draws)


def equal(draws: Draws) -> Draws:
    """Return the layer's first draw for every weight: all units are alike, and stay so."""
    return np.broadcast_to(draws[..., :1, :1], draws.shape).copy()


def he(draws: Draws) -> Draws:
    """Return N(0, 2 / inputs), which keeps a signal's size through ReLU layers.

    He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015), §2.2.
    """
    inputs = draws.shape[-2]
    return draws * math.sqrt(2 / inputs)


def glorot(draws: Draws) -> Draws:
    """Return N(0, 2 / (inputs + units)), a compromise between the two directions of a signal.

    Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    networks" (2010), eq. 12; drawn from the normal distribution, not the uniform.
    """
    inputs, units = draws.shape[-2:]
    return draws * math.sqrt(2 / (inputs + units))


def large(draws: Draws) -> Draws:
    """Return N(0, 10²): sums so far from zero that the sigmoid is flat from the start."""
    return draws * 10.0


class Initializer(NamedTuple):
    """A way to choose the first weights.

    Args:
        name: What code and addresses call it.
        title: What a page calls it.
        function: From a layer's draws to its weights, both ``(..., inputs, units)``.
    """

    name: str
    title: str
    function: Callable[[Array], Array]

    def weights(self, draws: Draws) -> Draws:
        """Return a layer's first weights, in the shape of its draws.

        Args:
            draws: Standard normal numbers ``(..., inputs, units)``.

        Raises:
            TypeError, ValueError: The function returns no finite numbers in that shape.
        """
        shape = f"({', '.join(map(str, draws.shape))})"
        name = f"the weights of initializer {self.name!r}"
        return check_array(self.function(draws), name, shape)


NOTEBOOK = Initializer("notebook", "N(0, 1), as in the notebook", notebook)
ZEROS = Initializer("zeros", "all zero", zeros)
EQUAL = Initializer("equal", "all equal", equal)
HE = Initializer("he", "He", he)
GLOROT = Initializer("glorot", "Glorot", glorot)
LARGE = Initializer("large", "N(0, 10²), too large", large)

INITIALIZERS = (NOTEBOOK, HE, GLOROT, LARGE, EQUAL, ZEROS)
"""Every initializer of the course and the playground."""
