"""Arguments that are a network, or what one leaves behind.

Each function takes an argument's name and value; it returns the value as layers of float64 arrays,
or raises a `TypeError` or `ValueError` that names the argument, what was expected and what came.
"""

from itertools import pairwise
from typing import Any

from xordocs.matrices import finite_array, inputs
from xordocs.nn.parameters import Layer, Parameters

__all__ = ["forward_pass", "layer", "network", "out"]


def layer(name: str, value: Any) -> Layer:
    """Return ``value`` as a layer whose weights and bias fit together, copied."""
    try:
        weights, bias = value
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name} must be a (weights, bias) pair, got {value!r}") from None
    weights, bias = finite_array(f"{name}.weights", weights), finite_array(f"{name}.bias", bias)
    if weights.ndim != 2 or 0 in weights.shape:
        raise ValueError(f"{name}.weights must have shape (inputs, units), got {weights.shape}")
    if bias.shape != (1, weights.shape[1]):
        raise ValueError(f"{name}.bias must have shape {(1, weights.shape[1])}, got {bias.shape}")
    return Layer(weights, bias)


def network(name: str, value: Any) -> Parameters:
    """Return ``value`` as layers whose shapes follow on one another, copied."""
    try:
        pairs = list(value)
    except TypeError:
        raise TypeError(f"{name} must be a list of (weights, bias) pairs, got {value!r}") from None
    layers = [layer(f"{name}[{i}]", pair) for i, pair in enumerate(pairs)]
    if not layers:
        raise ValueError(f"{name} must have at least one layer, got none")
    for i, (below, (weights, _)) in enumerate(pairwise(layers), start=1):
        if len(weights) != below.weights.shape[1]:
            raise ValueError(
                f"{name}[{i}].weights must have {below.weights.shape[1]} rows, one for "
                f"each unit below, got shape {weights.shape}"
            )
    if layers[-1].weights.shape[1] != 1:
        raise ValueError(
            f"{name}[{len(layers) - 1}].weights must have one column, the output unit, "
            f"got shape {layers[-1].weights.shape}"
        )
    return layers


def out(name: str, value: Any) -> Parameters | None:
    """Return ``value``, layers that a function writes into or None, as it is."""
    if value is not None and not (
        isinstance(value, list) and all(isinstance(each, Layer) for each in value)
    ):
        raise TypeError(f"{name} must be a list of Layer or None, got {value!r}")
    return value


def forward_pass(name: str, value: Any) -> Any:
    """Return ``value``, which holds each layer's finite ``z`` and ``a``, with copies of them."""
    z, a = getattr(value, "z", None), getattr(value, "a", None)
    if not (isinstance(z, list) and isinstance(a, list) and hasattr(value, "_replace")):
        raise TypeError(f"{name} must be a Forward, as forward returns it, got {value!r}")
    return value._replace(
        z=[inputs(f"{name}.z[{i}]", array) for i, array in enumerate(z)],
        a=[inputs(f"{name}.a[{i}]", array) for i, array in enumerate(a)],
    )
