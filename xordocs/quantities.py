"""How many, how far, how often: arguments that are numbers, or a row of whole ones.

Each function takes an argument's name and value; it returns the value as a plain number, or a tuple
of them, or raises a `TypeError` or `ValueError` that names the argument, what was expected and what
came.
"""

import math
from collections import Counter
from collections.abc import Mapping, Set
from operator import index
from typing import Any

import numpy as np

__all__ = [
    "LIMIT",
    "count",
    "counts",
    "non_negative_integer",
    "number",
    "positive_integer",
    "positive_number",
    "probability",
    "rows",
    "seed",
    "seeds",
    "trials",
]

LIMIT = 10_000_000
"""The most epochs or units: more would fill the memory before anything is computed."""


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


def probability(name: str, value: Any) -> float:
    """Return ``value`` as a float between 0 and 1, and not so near to 1 that it rounds to it."""
    converted = number(name, value)
    if not 0 < converted < 1 or (1 + converted) / 2 == 1:
        raise ValueError(f"{name} must lie between 0 and 1, got {value!r}")
    return converted


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


def trials(name: str, value: Any) -> int:
    """Return ``value`` as an integer from 1 to 2**53: each of these is a float of its own."""
    return count(name, value, 2**53)


def non_negative_integer(name: str, value: Any) -> int:
    """Return ``value`` as an integer of at least 0."""
    whole = _integer(name, value, "an integer of at least 0")
    if whole < 0:
        raise ValueError(f"{name} must be an integer of at least 0, got {value!r}")
    return whole


def seed(name: str, value: Any) -> int:
    """Return ``value`` as an integer that NumPy's legacy generator takes as a seed."""
    whole = _integer(name, value, "an integer from 0 to 2**32 - 1")
    if not 0 <= whole < 2**32:
        raise ValueError(f"{name} must be an integer from 0 to 2**32 - 1, got {value!r}")
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


def seeds(name: str, value: Any) -> tuple[int, ...]:
    """Return ``value`` as seeds, all different and at least one."""
    checked = tuple(seed(name, each) for each in _sequence(name, value, "seeds"))
    if not checked:
        raise ValueError(f"{name} must be at least one, got none")
    if len(set(checked)) < len(checked):
        [(twice, _)] = Counter(checked).most_common(1)
        raise ValueError(f"{name} must all be different, got {twice} twice")
    return checked


def rows(name: str, value: Any) -> tuple[int, ...]:
    """Return ``value`` as rows of XOR's truth table, all different and at least one."""
    expected = "different rows from 0 to 3, at least one"
    checked = tuple(
        _integer(name, row, expected) for row in _sequence(name, value, "rows from 0 to 3")
    )
    if not checked or set(checked) - {0, 1, 2, 3} or len(set(checked)) < len(checked):
        raise ValueError(f"{name} must be {expected}, got {value!r}")
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
