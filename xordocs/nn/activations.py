"""What a unit does with its weighted sum z; each function beside its derivative.

All take arrays of any shape and return as many numbers, also for sums as large as float64 has.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

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


def relu(z: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return z where it is positive, else 0 (Fukushima, 1969)."""
    return np.maximum(z, 0)


def relu_derivative(z: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return 1 where z is positive, else 0, also at the kink, z = 0."""
    return (z > 0).astype(z.dtype)


def leaky_relu(z: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return z where it is positive, else `LEAK` times z."""
    return np.maximum(z, LEAK * z)


def leaky_relu_derivative(
    z: Float[Array, "*shape"],
) -> Float[Array, "*shape"]:
    """Return 1 where z is positive, else `LEAK`."""
    return np.where(z > 0, 1, LEAK).astype(z.dtype)


def tanh(z: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return the hyperbolic tangent of z, between -1 and 1."""
    return np.tanh(z)


def tanh_derivative(z: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return 1 - tanh(z)², as 1 / cosh(z)², which keeps its digits far from 0."""
    with np.errstate(over="ignore"):  # 1 / infinity is the right 0
        return 1 / np.cosh(z) ** 2


def sigmoid(z: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return 1 / (1 + exp(-z)), between 0 and 1."""
    with np.errstate(over="ignore"):  # 1 / (1 + infinity) is the right 0
        return 1 / (1 + np.exp(-z))


def sigmoid_derivative(z: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Return sigmoid(z) (1 - sigmoid(z)), at most 1/4."""
    return sigmoid(z) * sigmoid(-z)  # 1 - sigmoid(z) without a subtraction


class Activation(NamedTuple):
    """A hidden unit's function with the derivative that backpropagation needs.

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


RELU = Activation("relu", "ReLU", relu, relu_derivative)
LEAKY_RELU = Activation(
    "leaky_relu", "leaky ReLU", leaky_relu, leaky_relu_derivative
)
TANH = Activation("tanh", "tanh", tanh, tanh_derivative)
SIGMOID = Activation("sigmoid", "sigmoid", sigmoid, sigmoid_derivative)

ACTIVATIONS = (RELU, LEAKY_RELU, TANH, SIGMOID)
"""Every activation function of the course and the playground."""
