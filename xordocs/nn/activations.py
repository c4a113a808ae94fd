"""What a unit does with its weighted sum z; each function beside its derivative.

All take finite numbers of any shape, at most 1e300 in size, and return as many; for anything else
they raise a `TypeError` or `ValueError` that names ``z``.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xordocs.checks import checked
from xordocs.nn.parameters import Array

__all__ = [
    "ACTIVATIONS",
    "LEAK",
    "LEAKY_RELU",
    "RELU",
    "SIGMOID",
    "TANH",
    "Activation",
    "leaky_relu",
    "leaky_relu_derivative",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "tanh",
    "tanh_derivative",
]

LEAK = 0.01
"""The slope of a leaky ReLU below zero (Maas, Hannun and Ng, 2013)."""


@checked
def relu(z: Array) -> Array:
    """Return z where it is positive, else 0 (Nair and Hinton, 2010)."""
    return np.maximum(z, 0.0)


@checked
def relu_derivative(z: Array) -> Array:
    """Return 1 where z is positive, else 0, also at the kink, z = 0."""
    return np.heaviside(z, 0.0)


@checked
def leaky_relu(z: Array) -> Array:
    """Return z where it is positive, else `LEAK` times z."""
    return np.maximum(z, LEAK * z)


@checked
def leaky_relu_derivative(z: Array) -> Array:
    """Return 1 where z is positive, else `LEAK`."""
    return np.maximum(np.heaviside(z, 0.0), LEAK)


@checked
def tanh(z: Array) -> Array:
    """Return the hyperbolic tangent of z, between -1 and 1."""
    return np.tanh(z)


@checked
@np.errstate(over="ignore")
def tanh_derivative(z: Array) -> Array:
    """Return 1 - tanh(z)² as 1 / cosh(z)², which does not cancel far from 0.

    Where cosh(z)² overflows to infinity, 1 / infinity is the right 0.
    """
    slope: Array = np.reciprocal(np.cosh(z) ** 2)
    return slope


@checked
@np.errstate(over="ignore")
def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + exp(-z)), between 0 and 1.

    Where z is so far below zero that exp(-z) overflows to infinity, 1 / infinity is the right 0.
    """
    sigma: Array = np.reciprocal(1.0 + np.exp(-z))
    return sigma


@checked
@np.errstate(over="ignore")
def sigmoid_derivative(z: Array) -> Array:
    """Return sigmoid(z) (1 - sigmoid(z)), at most 1/4.

    As 1 - sigmoid(z) is sigmoid(-z), which does not cancel far above zero, it is a product of two.
    """
    slope: Array = np.reciprocal((1.0 + np.exp(-z)) * (1.0 + np.exp(z)))
    return slope


class Activation(NamedTuple):
    """A hidden unit's function with the derivative that backpropagation needs.

    Training calls them in each epoch, on what it has computed itself, so those below are the
    functions above without their checks.

    Args:
        name: What code and addresses call it.
        title: What a page calls it.
        function: From z to the unit's output.
        derivative: From the same z to the function's slope there.
    """

    name: str
    title: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array], Array]


RELU = Activation("relu", "ReLU", relu.__wrapped__, relu_derivative.__wrapped__)
LEAKY_RELU = Activation(
    "leaky_relu", "leaky ReLU", leaky_relu.__wrapped__, leaky_relu_derivative.__wrapped__
)
TANH = Activation("tanh", "tanh", tanh.__wrapped__, tanh_derivative.__wrapped__)
SIGMOID = Activation("sigmoid", "sigmoid", sigmoid.__wrapped__, sigmoid_derivative.__wrapped__)

ACTIVATIONS = (RELU, LEAKY_RELU, TANH, SIGMOID)
"""Every activation function of the course and the playground."""
