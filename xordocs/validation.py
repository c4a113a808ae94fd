"""Checks of arguments, called at the top of the functions that users call.

Each takes a value and the argument's name, and returns the value in the form that the package
computes with. A value of the wrong kind is a `TypeError`, a wrong value of the right kind a
`ValueError`; both name the argument, what was expected and what came.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Set
from numbers import Integral, Real
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "check_array",
    "check_callable",
    "check_choice",
    "check_finite",
    "check_instance",
    "check_int",
    "check_ints",
    "check_labels",
    "check_real",
    "shown",
]

T = TypeVar("T")
LARGEST_COUNT = 10_000_000
"""The most epochs or units: more would fill the memory before anything is computed."""


def check_int(value: Any, name: str, low: int = 1, high: int = LARGEST_COUNT) -> int:
    """Return a whole number from ``low`` to ``high`` as an ``int``."""
    expected = f"{name} must be an integer from {low:,} to {high:,}, got {shown(value)}"
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(expected)
    if not low <= int(value) <= high:
        raise ValueError(expected)
    return int(value)


def check_ints(
    value: Any, name: str, low: int = 1, high: int = LARGEST_COUNT, *, distinct: bool = False
) -> tuple[int, ...]:
    """Return a sequence of at least one whole number from ``low`` to ``high`` as a tuple."""
    try:
        if isinstance(value, str | bytes | bytearray | Set | Mapping):
            raise TypeError
        items = tuple(value)
    except TypeError:
        raise TypeError(f"{name} must be a sequence of integers, got {shown(value)}") from None
    if not items:
        raise ValueError(f"{name} must have at least one entry, got {shown(value)}")
    numbers = tuple(check_int(each, f"{name}[{i}]", low, high) for i, each in enumerate(items))
    if distinct and len(set(numbers)) < len(numbers):
        [(number, _)] = Counter(numbers).most_common(1)
        raise ValueError(f"{name} must all be different, got {number} more than once")
    return numbers


def check_real(
    value: Any, name: str, *, above: float = -math.inf, below: float = math.inf
) -> float:
    """Return a finite number between two bounds, themselves left out, as a ``float``."""
    bounds = [f"above {above:g}"] * (above > -math.inf) + [f"below {below:g}"] * (below < math.inf)
    text = " and ".join(bounds)
    expected = f"{name} must be a finite number{text and ' '}{text}, got {shown(value)}"
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(expected)
    try:
        number = float(value)
    except OverflowError:
        raise ValueError(expected) from None
    if not (math.isfinite(number) and above < number < below):
        raise ValueError(expected)
    return number


def check_array(
    value: Any,
    name: str,
    shape: str = "(...)",
    low: float = -math.inf,
    high: float = math.inf,
    *,
    dtype: Any = np.float64,
    allow_empty: bool = False,
) -> NDArray[Any]:
    """Return finite real numbers from ``low`` to ``high`` as a new array.

    Args:
        value: An array, or what NumPy makes one of.
        name: The argument's name.
        shape: The expected shape, such as ``"(batch, 2)"``: a word stands for any length, ``...``
            at the front for any number of axes.
        low: The least number allowed.
        high: The largest number allowed.
        dtype: The precision of the new array.
        allow_empty: Whether an axis may have length 0.

    Raises:
        TypeError: The value is not numbers: text, booleans, complex or ragged.
        ValueError: An entry is masked, not finite, or out of range, or the shape is another.
    """
    try:
        array = np.asarray(value)
    except Exception:  # rows of different lengths, or nothing that NumPy knows
        array = np.array(None)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must be an array of real numbers, got {shown(value)}")
    if np.ma.is_masked(value):
        raise ValueError(f"{name} must have no masked entries, got {shown(value)}")
    if not (_fits(array.shape, shape) and (allow_empty or array.size)):
        at_least = "" if allow_empty or array.size else ", none of them 0"
        raise ValueError(f"{name} must have shape {shape}{at_least}, got {array.shape}")
    with np.errstate(over="ignore"):  # of a longer float
        array = array.astype(np.float64)
    if not np.isfinite(array).all():
        place = tuple(np.argwhere(~np.isfinite(array))[0].tolist())
        raise ValueError(f"{name} must be finite, got {array[place]} at {place}")
    low, high = max(low, -float(np.finfo(dtype).max)), min(high, float(np.finfo(dtype).max))
    outside = array[(array < low) | (array > high)]
    if outside.size:
        raise ValueError(f"{name} must lie in [{low:g}, {high:g}], got {outside[0]}")
    return array.astype(dtype)


def check_labels(value: Any, rows: NDArray[Any], of: str, dtype: Any = np.float64) -> NDArray[Any]:
    """Return a label in [0, 1] for each row of another argument, ``(batch, 1)``."""
    labels = check_array(value, "y", "(batch, 1)", 0, 1, dtype=dtype)
    if len(labels) != len(rows):
        expected = f"shape {(len(rows), 1)}, a label for each row of {of}"
        raise ValueError(f"y must have {expected}, got {labels.shape}")
    return labels


def check_instance(value: Any, name: str, kind: type[T]) -> T:
    """Return a value of a class."""
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIO" else "a"
        raise TypeError(f"{name} must be {article} {kind.__name__}, got {shown(value)}")
    return value


def check_callable(value: Any, name: str, *, optional: bool = False) -> Callable[..., Any]:
    """Return a function; None as well, where ``optional``."""
    if not callable(value) and not (optional and value is None):
        expected = "a function or None" if optional else "a function"
        raise TypeError(f"{name} must be {expected}, got {shown(value)}")
    return value  # type: ignore[no-any-return]


def check_choice(value: T, name: str, choices: Collection[T]) -> T:
    """Return one of a few values."""
    if not any(isinstance(value, type(choice)) and value == choice for choice in choices):
        said = " or ".join(getattr(choice, "__name__", repr(choice)) for choice in choices)
        raise ValueError(f"{name} must be {said}, got {shown(value)}")
    return value


def check_finite(values: NDArray[Any], name: str) -> NDArray[Any]:
    """Return results that are finite numbers; an `ArithmeticError` blames the argument."""
    if not np.isfinite(values).all():
        raise ArithmeticError(f"{name} must give finite outputs, got {shown(values.tolist())}")
    return values


def _fits(shape: tuple[int, ...], pattern: str) -> bool:
    words = [word.strip() for word in pattern.strip("()").split(",") if word.strip()]
    if words[:1] == ["..."]:
        words = words[1:]
        shape = shape[max(0, len(shape) - len(words)) :]
    return len(shape) == len(words) and all(
        not word.isdigit() or length == int(word) for word, length in zip(words, shape, strict=True)
    )


def shown(value: object) -> str:
    """Return a value as text for a message, shortened where it is long or cannot be printed."""
    try:
        text = repr(value)
    except Exception:  # an int of more digits than Python prints, or a class without a repr
        text = f"a {type(value).__name__} that cannot be printed"
    return text if len(text) <= 120 else f"{text[:117]}..."
