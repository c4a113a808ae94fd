"""What each argument name stands for, everywhere in the package.

Each function takes an argument's name and value; it returns the value in the one form that the
package computes with, or raises a `TypeError` or `ValueError` that names the argument, what was
expected and what came.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Set
from itertools import pairwise
from operator import index
from typing import Any

import numpy as np

from xordocs.activations import Activation
from xordocs.arrays import Array, Layer, Parameters
from xordocs.initializations import Initialization
from xordocs.losses import Loss

__all__ = [
    "CHECKS",
    "LIMIT",
    "count",
    "counts",
    "executor",
    "finite_array",
    "forward_pass",
    "inputs",
    "instance",
    "labels",
    "layer",
    "listener",
    "network",
    "non_negative_integer",
    "number",
    "out",
    "positive_integer",
    "positive_number",
    "precision",
    "seed",
    "seeds",
    "series",
]

LIMIT = 10_000_000
"""The most epochs or units: more would fill the memory before anything is computed."""


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


def series(name: str, value: Any) -> Array:
    """Return ``value`` as finite numbers in a row, ``(n,)``; there may be none."""
    array = finite_array(name, value)
    if array.ndim != 1:
        raise ValueError(f"{name} must have shape (n,), got {array.shape}")
    return array


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
    """Return ``value``, which holds each layer's ``z`` and ``a``, as it is."""
    z, a = getattr(value, "z", None), getattr(value, "a", None)
    if not (
        isinstance(z, list)
        and isinstance(a, list)
        and all(isinstance(array, np.ndarray) and array.ndim == 2 for array in [*z, *a])
    ):
        raise TypeError(f"{name} must be a Forward, as forward returns it, got {value!r}")
    return value


def positive_integer(name: str, value: Any) -> int:
    """Return ``value`` as an integer of at least 1."""
    whole = _integer(name, value, "a positive integer")
    if whole < 1:
        raise ValueError(f"{name} must be a positive integer, got {value!r}")
    return whole


def count(name: str, value: Any, limit: int = LIMIT) -> int:
    """Return ``value`` as an integer from 1 to a limit."""
    whole = positive_integer(name, value)
    if whole > limit:
        raise ValueError(f"{name} must be at most {limit:,}, got {value!r}")
    return whole


def non_negative_integer(name: str, value: Any) -> int:
    """Return ``value`` as an integer of at least 0."""
    whole = _integer(name, value, "an integer of at least 0")
    if whole < 0:
        raise ValueError(f"{name} must be an integer of at least 0, got {value!r}")
    return whole


def counts(name: str, value: Any) -> tuple[int, ...]:
    """Return ``value`` as a tuple of at least one integer from 1 to `LIMIT`."""
    widths = _sequence(name, value, "positive integers")
    if not widths:
        raise ValueError(f"{name} must have at least one layer, got {value!r}")
    try:
        widths = tuple(positive_integer(name, width) for width in widths)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name} must be positive integers, got {value!r}") from None
    return tuple(count(name, width) for width in widths)


def seed(name: str, value: Any) -> int:
    """Return ``value`` as an integer that NumPy's legacy generator takes as a seed."""
    whole = _integer(name, value, "an integer from 0 to 2**32 - 1")
    if not 0 <= whole < 2**32:
        raise ValueError(f"{name} must be an integer from 0 to 2**32 - 1, got {value!r}")
    return whole


def seeds(name: str, value: Any) -> tuple[int, ...]:
    """Return ``value`` as seeds, all different and at least one."""
    checked = tuple(seed(name, each) for each in _sequence(name, value, "seeds"))
    if not checked:
        raise ValueError(f"{name} must be at least one, got none")
    if len(set(checked)) < len(checked):
        [(twice, _)] = Counter(checked).most_common(1)
        raise ValueError(f"{name} must all be different, got {twice} twice")
    return checked


def _integer(name: str, value: Any, expected: str) -> int:
    try:
        if isinstance(value, bool | np.bool_):
            raise TypeError
        return index(value)
    except TypeError:
        raise TypeError(f"{name} must be {expected}, got {value!r}") from None


def _sequence(name: str, value: Any, of: str) -> tuple[Any, ...]:
    """Return ``value`` as a tuple, if it has an order and is no text."""
    try:
        if isinstance(value, str | bytes | bytearray | Set | Mapping):
            raise TypeError
        return tuple(value)
    except TypeError:
        raise TypeError(f"{name} must be a sequence of {of}, got {value!r}") from None


def number(name: str, value: Any, expected: str = "a finite number") -> float:
    """Return ``value`` as a finite float."""
    try:
        if isinstance(value, bool | np.bool_ | str | bytes):
            raise TypeError
        converted = float(value)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"{name} must be {expected}, got {value!r}") from None
    if not math.isfinite(converted):
        raise ValueError(f"{name} must be {expected}, got {value!r}")
    return converted


def positive_number(name: str, value: Any) -> float:
    """Return ``value`` as a finite positive float."""
    converted = number(name, value, "a finite positive number")
    if converted <= 0:
        raise ValueError(f"{name} must be a finite positive number, got {value!r}")
    return converted


def instance(kind: type) -> Callable[[str, Any], Any]:
    """Return the check that a value is of a kind."""

    def check(name: str, value: Any) -> Any:
        if not isinstance(value, kind):
            article = "an" if kind.__name__[0] in "AEIO" else "a"
            raise TypeError(f"{name} must be {article} {kind.__name__}, got {value!r}")
        return value

    return check


def listener(name: str, value: Any) -> Callable[..., object] | None:
    """Return ``value``, a function that is told something, or None."""
    if value is not None and not callable(value):
        raise TypeError(f"{name} must be a function or None, got {value!r}")
    return value  # type: ignore[no-any-return]


def executor(name: str, value: Any) -> Any:
    """Return ``value``, which takes work by ``submit``, or None."""
    if value is not None and not callable(getattr(value, "submit", None)):
        raise TypeError(f"{name} must be an Executor, with submit, or None, got {value!r}")
    return value


def precision(name: str, value: Any) -> type[np.floating[Any]]:
    """Return ``value``, one of NumPy's two floating types that the package computes in."""
    if value not in (np.float32, np.float64):
        raise ValueError(f"{name} must be numpy.float64 or numpy.float32, got {value!r}")
    return value  # type: ignore[no-any-return]


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "activation": instance(Activation),
    "dtype": precision,
    "epochs": count,
    "executor": executor,
    "hidden_layers": counts,
    "initialization": instance(Initialization),
    "learning_rate": positive_number,
    "loss": instance(Loss),
    "losses": series,
    "on_epoch": listener,
    "on_progress": listener,
    "out": out,
    "parameters": network,
    "passed": forward_pass,
    "seed": seed,
    "seeds": seeds,
    "width": count,
    "ws": layer,
    "x": inputs,
    "y": labels,
}
"""The check of each argument name."""
