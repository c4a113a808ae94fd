"""What a unit does with its weighted sum z; each function beside its derivative.

All take an array of any shape and return one of the same shape.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xordocs.arrays import Array

__all__ = [
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


def relu(z: Array) -> Array:
    """Return z where it is positive, else 0 (Nair and Hinton, 2010)."""
    return np.maximum(z, 0.0)


def relu_derivative(z: Array) -> Array:
    """Return 1 where z is positive, else 0, also at the kink, z = 0."""
    return np.heaviside(z, 0.0)


def leaky_relu(z: Array) -> Array:
    """Return z where it is positive, else `LEAK` times z."""
    return np.maximum(z, LEAK * z)


def leaky_relu_derivative(z: Array) -> Array:
    """Return 1 where z is positive, else `LEAK`."""
    slope: Array = np.maximum((z > 0).astype(z.dtype), LEAK)
    return slope


def tanh(z: Array) -> Array:
    """Return the hyperbolic tangent of z, between -1 and 1."""
    return np.tanh(z)


@np.errstate(over="ignore")
def tanh_derivative(z: Array) -> Array:
    """Return 1 - tanh(z)² as 1 / cosh(z)², which does not cancel far from 0.

    Where cosh(z)² overflows to infinity, 1 / infinity is the right 0.
    """
    slope: Array = np.reciprocal(np.cosh(z) ** 2)
    return slope


@np.errstate(over="ignore")
def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + exp(-z)), between 0 and 1.

    Where z is so far below zero that exp(-z) overflows to infinity, 1 / infinity is the right 0.
    """
    sigma: Array = np.reciprocal(1.0 + np.exp(-z))
    return sigma


def sigmoid_derivative(z: Array) -> Array:
    """Return sigmoid(z) (1 - sigmoid(z)), at most 1/4."""
    return sigmoid(z) * sigmoid(-z)


class Activation(NamedTuple):
    """A hidden unit's function with the derivative that backpropagation needs.

    Args:
        name: As the field calls it, in lower case.
        function: From z to the unit's output.
        derivative: From the same z to the function's slope there.
    """

    name: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array], Array]


RELU = Activation("relu", relu, relu_derivative)
LEAKY_RELU = Activation("leaky_relu", leaky_relu, leaky_relu_derivative)
TANH = Activation("tanh", tanh, tanh_derivative)
SIGMOID = Activation("sigmoid", sigmoid, sigmoid_derivative)
