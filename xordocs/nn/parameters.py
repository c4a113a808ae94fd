"""The plain arrays that every network of the package shares."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "Layer", "Parameters", "flatten", "layered"]

Array = NDArray[Any]


class Layer(NamedTuple):
    """One layer's parameters, or their gradients.

    Args:
        weights: ``(inputs, units)``; column j holds what unit j listens to.
        bias: ``(1, units)``.
    """

    weights: Array
    bias: Array


Parameters = list[Layer]
"""A network: its layers in order, each ``(units below, units)``; the last has one unit."""


def flatten(parameters: Parameters) -> Array:
    """Return a network's numbers as one new vector θ: layer by layer, weights before bias."""
    return np.concatenate([array.ravel() for layer in parameters for array in layer])


def layered(theta: Array, like: Parameters) -> Parameters:
    """Return θ as layers again: views of it, so that a step of θ is a step of each layer.

    Args:
        theta: As from `flatten`.
        like: A network whose shapes they are to have.
    """
    layers = []
    start = 0
    for weights, bias in like:
        middle, end = start + weights.size, start + weights.size + bias.size
        layers.append(
            Layer(theta[start:middle].reshape(weights.shape), theta[middle:end].reshape(bias.shape))
        )
        start = end
    return layers
