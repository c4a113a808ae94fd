"""The checks of `xordocs.validation`, for the kinds of arguments that a page's Python has."""

import math
from collections.abc import Callable, Collection
from typing import Any

import numpy as np

LARGEST_COUNT = 10_000_000


def check_int(value: Any, name: str, low: int = 1, high: int = LARGEST_COUNT) -> int:
    """Return a whole number from ``low`` to ``high``."""
    expected = f"{name} must be an integer from {low} to {high}, got {shown(value)}"
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(expected)
    if not low <= value <= high:
        raise ValueError(expected)
    return value


def check_ints(value: Any, name: str, low: int = 1, high: int = LARGEST_COUNT) -> tuple[int, ...]:
    """Return a sequence of at least one whole number as a tuple."""
    if not isinstance(value, (list, tuple)):
        raise TypeError(f"{name} must be a sequence of integers, got {shown(value)}")
    if not value:
        raise ValueError(f"{name} must have at least one entry, got {shown(value)}")
    return tuple([check_int(each, f"{name}[{i}]", low, high) for i, each in enumerate(value)])


def check_real(value: Any, name: str, above: float = -math.inf, below: float = math.inf) -> float:
    """Return a finite number between two bounds, themselves left out."""
    bounds = f"above {above} and below {below}"
    expected = f"{name} must be a finite number {bounds}, got {shown(value)}"
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(expected)
    if not (math.isfinite(value) and above < value < below):
        raise ValueError(expected)
    return float(value)


def check_array(
    value: Any,
    name: str,
    shape: str = "(...)",
    low: float = -math.inf,
    high: float = math.inf,
    dtype: Any = float,
    allow_empty: bool = False,
) -> Any:
    """Return finite numbers from ``low`` to ``high`` in a shape, as a new array of floats."""
    array = np.asarray(value)
    if array.dtype == bool:
        raise TypeError(f"{name} must be an array of real numbers, got {shown(value)}")
    if not (_fits(array.shape, shape) and (allow_empty or array.size)):
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    array = array.astype(dtype)
    for number in array.ravel().tolist():
        if not math.isfinite(number):
            raise ValueError(f"{name} must be finite, got {number}")
        if not low <= number <= high:
            raise ValueError(f"{name} must lie in [{low}, {high}], got {number}")
    return array


def check_labels(value: Any, rows: Any, of: str, dtype: Any = float) -> Any:
    """Return a label in [0, 1] for each row of another argument, ``(batch, 1)``."""
    labels = check_array(value, "y", "(batch, 1)", 0, 1, dtype=dtype)
    if len(labels) != len(rows):
        expected = f"shape {(len(rows), 1)}, a label for each row of {of}"
        raise ValueError(f"y must have {expected}, got {labels.shape}")
    return labels


def check_instance(value: Any, name: str, kind: type) -> Any:
    """Return a value of a class."""
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIO" else "a"
        raise TypeError(f"{name} must be {article} {kind.__name__}, got {shown(value)}")
    return value


def check_callable(value: Any, name: str, optional: bool = False) -> Callable[..., Any] | None:
    """Return a function; None as well, where ``optional``."""
    if not callable(value) and not (optional and value is None):
        expected = "a function or None" if optional else "a function"
        raise TypeError(f"{name} must be {expected}, got {shown(value)}")
    return value  # type: ignore[no-any-return]


def check_choice(value: Any, name: str, choices: Collection[Any]) -> Any:
    """Return one of a few values."""
    if value not in choices:
        said = " or ".join([repr(choice) for choice in choices])
        raise ValueError(f"{name} must be {said}, got {shown(value)}")
    return value


def check_finite(values: Any, name: str) -> Any:
    """Return results that are finite numbers; an `ArithmeticError` blames the argument."""
    if not np.isfinite(values).all():
        raise ArithmeticError(f"{name} must give finite outputs, got {shown(values.tolist())}")
    return values


def _fits(shape: tuple[int, ...], pattern: str) -> bool:
    words = [word.strip() for word in pattern.strip("()").split(",") if word.strip()]
    if words[:1] == ["..."]:
        words = words[1:]
        shape = shape[max(0, len(shape) - len(words)) :]
    if len(shape) != len(words):
        return False
    return all(not word.isdigit() or shape[i] == int(word) for i, word in enumerate(words))


def shown(value: object) -> str:
    """Return a value as text for a message, shortened where it is long."""
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:117]}..."
