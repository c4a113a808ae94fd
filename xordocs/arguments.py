"""What each argument name stands for, everywhere in the package.

Each function takes an argument's name and value; it returns the value in the one form that the
package computes with, or raises a `TypeError` or `ValueError` that names the argument, what was
expected and what came.
"""

import math
from collections import Counter
from collections.abc import Callable
from operator import index
from typing import Any

import numpy as np

from xordocs.arrays import Array, Layer, Parameters

__all__ = [
    "CHECKS",
    "finite_array",
    "inputs",
    "labels",
    "network",
    "positive_integer",
    "positive_integers",
    "positive_number",
    "seed",
    "seeds",
]


def finite_array(name: str, value: Any) -> Array:
    """Return ``value`` as a new float64 array."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "buif":
            raise TypeError
        array = array.astype(np.float64)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be an array of real numbers, got {value!r}") from None
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} must be finite, got {array[where]} at {where}")
    return array


def inputs(name: str, value: Any) -> Array:
    """Return ``value`` as finite rows ``(batch, features)``."""
    array = finite_array(name, value)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{name} must have shape (batch, features), got {array.shape}")
    return array


def labels(name: str, value: Any) -> Array:
    """Return ``value`` as finite rows ``(batch, 1)`` within [0, 1]."""
    array = inputs(name, value)
    outside = array[(array < 0) | (array > 1)]
    if outside.size:
        raise ValueError(f"{name} must lie in [0, 1], got {outside[0]}")
    return array


def network(name: str, value: Any) -> Parameters:
    """Return ``value`` as layers whose shapes follow on one another, copied."""
    try:
        layers = [
            Layer(finite_array(f"{name}[{i}].weights", w), finite_array(f"{name}[{i}].bias", b))
            for i, (w, b) in enumerate(value)
        ]
    except TypeError as error:
        if str(error).startswith(name):
            raise
        raise TypeError(f"{name} must be a list of (weights, bias) pairs, got {value!r}") from None
    except ValueError as error:
        if str(error).startswith(name):
            raise
        raise ValueError(f"{name} must be a list of (weights, bias) pairs: {error}") from None
    if not layers:
        raise ValueError(f"{name} must have at least one layer, got none")
    for i, (weights, bias) in enumerate(layers):
        if weights.ndim != 2 or 0 in weights.shape:
            raise ValueError(
                f"{name}[{i}].weights must have shape (inputs, units), got {weights.shape}"
            )
        if bias.shape != (1, weights.shape[1]):
            raise ValueError(
                f"{name}[{i}].bias must have shape {(1, weights.shape[1])}, got {bias.shape}"
            )
        if i and len(weights) != layers[i - 1].weights.shape[1]:
            raise ValueError(
                f"{name}[{i}].weights must have {layers[i - 1].weights.shape[1]} rows, one for "
                f"each unit below, got shape {weights.shape}"
            )
    if layers[-1].weights.shape[1] != 1:
        raise ValueError(
            f"{name}[{len(layers) - 1}].weights must have one column, the output unit, "
            f"got shape {layers[-1].weights.shape}"
        )
    return layers


def positive_integer(name: str, value: Any) -> int:
    """Return ``value`` as an integer of at least 1."""
    if isinstance(value, bool | np.bool_) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be a positive integer, got {value!r}")
    if index(value) < 1:
        raise ValueError(f"{name} must be a positive integer, got {value!r}")
    return index(value)


def positive_integers(name: str, value: Any) -> tuple[int, ...]:
    """Return ``value`` as a tuple of at least one positive integer."""
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        raise TypeError(f"{name} must be a sequence of positive integers, got {value!r}")
    widths = tuple(value)
    if not widths:
        raise ValueError(f"{name} must have at least one layer, got {value!r}")
    try:
        return tuple(positive_integer(name, width) for width in widths)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name} must be positive integers, got {value!r}") from None


def seed(name: str, value: Any) -> int:
    """Return ``value`` as an integer that NumPy's legacy generator takes as a seed."""
    if isinstance(value, bool | np.bool_) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be an integer from 0 to 2**32 - 1, got {value!r}")
    if not 0 <= index(value) < 2**32:
        raise ValueError(f"{name} must be an integer from 0 to 2**32 - 1, got {value!r}")
    return index(value)


def seeds(name: str, value: Any) -> tuple[int, ...]:
    """Return ``value`` as seeds, all different and at least one."""
    if isinstance(value, str | int | np.integer) or not hasattr(value, "__iter__"):
        raise TypeError(f"{name} must be a sequence of seeds, got {value!r}")
    checked = tuple(seed(name, each) for each in value)
    if not checked:
        raise ValueError(f"{name} must be at least one, got none")
    if len(set(checked)) < len(checked):
        [(twice, _)] = Counter(checked).most_common(1)
        raise ValueError(f"{name} must all be different, got {twice} twice")
    return checked


def positive_number(name: str, value: Any) -> float:
    """Return ``value`` as a finite positive float."""
    if isinstance(value, bool | np.bool_ | str) or not hasattr(value, "__float__"):
        raise TypeError(f"{name} must be a finite positive number, got {value!r}")
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"{name} must be a finite positive number, got {value!r}") from None
    if not (math.isfinite(number) and number > 0):
        raise ValueError(f"{name} must be a finite positive number, got {value!r}")
    return number


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "epochs": positive_integer,
    "hidden_layers": positive_integers,
    "learning_rate": positive_number,
    "parameters": network,
    "seed": seed,
    "seeds": seeds,
    "width": positive_integer,
    "x": inputs,
    "y": labels,
}
"""The check of each argument name."""
