"""A network's parameters: a list of layers, each a weight matrix and a bias row."""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float
from numpy.typing import NDArray

from xordocs.validation import check_array, shown

__all__ = [
    "Array",
    "Forward",
    "Layer",
    "Parameters",
    "check_layer",
    "check_parameters",
    "flatten",
]

Array = NDArray[Any]


class Layer(NamedTuple):
    """The weights and biases of one layer, or their gradients.

    Args:
        weights: ``(inputs, units)``; column j belongs to unit j.
        bias: ``(1, units)``.
    """

    weights: Float[Array, "inputs units"]
    bias: Float[Array, "1 units"]


Parameters = list[Layer]
"""A network: its layers from the input upwards; the last has one unit."""


class Forward(NamedTuple):
    """The sums and outputs of each layer, which the backward pass needs.

    Args:
        z: Each layer's weighted sums ``(batch, units)``.
        a: The inputs, then each layer's outputs; ``a[-1]`` is ŷ, ``(batch, 1)``.
    """

    z: list[Float[Array, "batch units"]]
    a: list[Float[Array, "batch units"]]


def flatten(parameters: Parameters) -> Float[Array, " parameters"]:
    """Return all numbers of a network in a row, weights before bias.

    Args:
        parameters: The network, or a gradient of it.
    """
    return np.concatenate(
        [array.ravel() for layer in parameters for array in layer]
    )


def check_layer(value: Any, name: str, dtype: Any = np.float64) -> Layer:
    """Return a layer whose weights and biases fit together, copied.

    Args:
        value: A pair of weights and biases.
        name: The argument's name.
        dtype: The precision of the copy.

    Raises:
        TypeError, ValueError: The value is no such pair, or not finite.
    """
    try:
        weights, bias = value
    except (TypeError, ValueError) as error:
        raise type(error)(
            f"{name} must be a (weights, bias) pair, got {shown(value)}"
        ) from None
    weights = check_array(
        weights, f"{name}.weights", "(inputs, units)", dtype=dtype
    )
    units = weights.shape[1]
    return Layer(
        weights,
        check_array(bias, f"{name}.bias", f"(1, {units})", dtype=dtype),
    )


def check_parameters(
    value: Any, name: str = "parameters", dtype: Any = np.float64
) -> Parameters:
    """Return a network whose layers fit on one another, copied.

    Args:
        value: A list of pairs of weights and biases.
        name: The argument's name.
        dtype: The precision of the copy.

    Raises:
        TypeError, ValueError: The value is no such list.
    """
    try:
        pairs = list(value)
    except TypeError:
        raise TypeError(
            f"{name} must be a list of (weights, bias) pairs, got {shown(value)}"
        ) from None
    layers = [
        check_layer(pair, f"{name}[{i}]", dtype)
        for i, pair in enumerate(pairs)
    ]
    if not layers:
        raise ValueError(f"{name} must have at least one layer, got none")
    for i, (below, (weights, _)) in enumerate(pairwise(layers), start=1):
        if len(weights) != below.weights.shape[1]:
            raise ValueError(
                f"{name}[{i}].weights must have {below.weights.shape[1]} rows, "
                f"one for each unit below, got shape {weights.shape}"
            )
    if layers[-1].weights.shape[1] != 1:
        raise ValueError(
            f"{name}[{len(layers) - 1}].weights must have one column, the "
            f"output unit, got shape {layers[-1].weights.shape}"
        )
    return layers
