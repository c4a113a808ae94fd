"""Where a network's weights start: one draw of normal numbers, scaled or replaced.

Each takes a layer's standard normal draws ``(..., inputs, units)``, of one network or a census, and
returns its first weights in the same shape. The draws are the same for all, so that one seed stays
one seed. Biases start at zero. Draws of another shape are a `ValueError`.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xordocs.checks import checked
from xordocs.matrices import finite_array
from xordocs.nn.parameters import Array

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


@checked
def notebook(draws: Array) -> Array:
    """Return the draws as they are, N(0, 1), as the source notebook does."""
    return draws


@checked
def zeros(draws: Array) -> Array:
    """Return zeros: no unit hears anything, and no gradient comes back."""
    return np.zeros_like(draws)


@checked
def equal(draws: Array) -> Array:
    """Return a layer full of its first draw: the units are one unit, and stay it."""
    return np.broadcast_to(draws[..., :1, :1], draws.shape).copy()


@checked
def he(draws: Array) -> Array:
    """Return N(0, 2 / inputs), which carries a signal's size through ReLU layers.

    He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015), §2.2.
    """
    inputs = draws.shape[-2]
    return draws * math.sqrt(2 / inputs)


@checked
def glorot(draws: Array) -> Array:
    """Return N(0, 2 / (inputs + units)), a middle way between the way up and the way down.

    Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    networks" (2010), eq. 12; drawn from the normal distribution, not the uniform.
    """
    inputs, units = draws.shape[-2:]
    return draws * math.sqrt(2 / (inputs + units))


@checked
def large(draws: Array) -> Array:
    """Return N(0, 10²): sums so far from zero that the sigmoid is flat from the start."""
    return draws * 10.0


class Initializer(NamedTuple):
    """A way to start.

    Args:
        name: What code and addresses call it.
        title: What a page calls it.
        function: From a layer's draws to its weights, both ``(..., inputs, units)``.
    """

    name: str
    title: str
    function: Callable[[Array], Array]

    def weights(self, draws: Array) -> Array:
        """Return a layer's first weights, in the shape of its draws.

        Args:
            draws: Standard normal numbers ``(..., inputs, units)``.

        Raises:
            TypeError, ValueError: The function returns no finite numbers in that shape.
        """
        weights = finite_array(f"the weights of initializer {self.name!r}", self.function(draws))
        if weights.shape != draws.shape:
            raise ValueError(
                f"the weights of initializer {self.name!r} must have the shape of the draws, "
                f"{draws.shape}, got {weights.shape}"
            )
        return weights


NOTEBOOK = Initializer("notebook", "N(0, 1), as in the notebook", notebook)
ZEROS = Initializer("zeros", "all zero", zeros)
EQUAL = Initializer("equal", "all equal", equal)
HE = Initializer("he", "He", he)
GLOROT = Initializer("glorot", "Glorot", glorot)
LARGE = Initializer("large", "N(0, 10²), too large", large)

INITIALIZERS = (NOTEBOOK, HE, GLOROT, LARGE, EQUAL, ZEROS)
"""Every initializer of the course and the playground."""
