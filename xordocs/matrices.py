"""Arguments that are arrays of numbers.

Each function takes an argument's name and value; it returns the value as a new float64 array, or
raises a `TypeError` or `ValueError` that names the argument, what was expected and what came.
"""

from typing import Any

import numpy as np

from xordocs.nn.parameters import Array

__all__ = [
    "draws",
    "finite_array",
    "inputs",
    "labels",
    "outputs",
    "series",
    "steps",
    "sums",
]


def finite_array(name: str, value: Any, largest: float = np.inf) -> Array:
    """Return ``value`` as a new float64 array, none of it larger than ``largest`` in size."""
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
    if np.abs(array).max(initial=0) > largest:
        raise ValueError(f"{name} must be at most {largest} in size, got {np.abs(array).max()}")
    return array


def inputs(name: str, value: Any) -> Array:
    """Return ``value`` as finite rows ``(batch, features)``."""
    array = finite_array(name, value)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{name} must have shape (batch, features), got {array.shape}")
    return array


def labels(name: str, value: Any) -> Array:
    """Return ``value`` as finite rows ``(batch, 1)`` within [0, 1]."""
    array = _column(name, finite_array(name, value))
    outside = array[(array < 0) | (array > 1)]
    if outside.size:
        raise ValueError(f"{name} must lie in [0, 1], got {outside[0]}")
    return array


def outputs(name: str, value: Any) -> Array:
    """Return ``value`` as finite rows ``(batch, 1)``, whose cubes are finite too."""
    return _column(name, finite_array(name, value, 1e100))


def sums(name: str, value: Any) -> Array:
    """Return ``value`` as finite numbers of any shape, which can be added up."""
    return finite_array(name, value, 1e300)


def series(name: str, value: Any) -> Array:
    """Return ``value`` as finite numbers in a row, ``(n,)``; there may be none."""
    array = finite_array(name, value)
    if array.ndim != 1:
        raise ValueError(f"{name} must have shape (n,), got {array.shape}")
    return array


def steps(name: str, value: Any) -> Array:
    """Return ``value`` as positive numbers in a row, ``(n,)``, at least one."""
    array = series(name, value)
    if not array.size:
        raise ValueError(f"{name} must be at least one, got none")
    if array.min() <= 0:
        raise ValueError(f"{name} must be positive, got {array.min()}")
    return array


def draws(name: str, value: Any) -> Array:
    """Return ``value`` as a layer's finite numbers, or many layers', ``(..., inputs, units)``."""
    array = finite_array(name, value)
    if array.ndim < 2 or 0 in array.shape:
        raise ValueError(f"{name} must have shape (..., inputs, units), got {array.shape}")
    return array


def _column(name: str, array: Array) -> Array:
    """Return the array, if it is a column of at least one row."""
    if array.ndim != 2 or array.shape[1] != 1 or not array.size:
        raise ValueError(f"{name} must have shape (batch, 1), at least one row, got {array.shape}")
    return array
