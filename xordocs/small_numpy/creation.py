"""Functions that make arrays: from lists, of one number, in steps, and from other arrays."""

from collections.abc import Sequence
from typing import Any

from ._core.dtypes import FLOAT, INT, as_dtype, cast, dtype_of, promote
from ._core.missing import missing
from ._core.nesting import flatten
from ._core.shapes import as_shape, shape_text, size_of, spread
from .ndarray import as_array, ndarray

__all__ = [
    "arange",
    "array",
    "asarray",
    "column_stack",
    "concatenate",
    "copy",
    "empty",
    "eye",
    "full",
    "full_like",
    "hstack",
    "linspace",
    "meshgrid",
    "ones",
    "ones_like",
    "vstack",
    "zeros",
    "zeros_like",
]


def array(values: Any, dtype: Any = None) -> ndarray:
    """Return a new array of a number, of a list, or of a list of lists."""
    made = values.copy() if isinstance(values, ndarray) else ndarray(*flatten(values))
    return made if dtype is None else made.astype(dtype)


def asarray(values: Any, dtype: Any = None) -> ndarray:
    """Return an array as it is if it fits, else a new one."""
    made = as_array(values)
    return made if dtype is None or made.dtype == as_dtype(dtype) else made.astype(dtype)


def copy(a: Any) -> ndarray:
    """Return an array of its own with the same numbers."""
    return as_array(a).copy()


def full(shape: Any, fill_value: Any, dtype: Any = None) -> ndarray:
    """Return an array of one number, everywhere the same."""
    lengths = as_shape(shape)
    kind = dtype_of(fill_value)
    if kind is None:
        missing("full() of anything but one number")
    wanted = kind if dtype is None else as_dtype(dtype)
    return ndarray(cast([fill_value], kind, wanted) * size_of(lengths), lengths, wanted)


def zeros(shape: Any, dtype: Any = float) -> ndarray:
    """Return an array of zeros."""
    return full(_whole("zeros", shape, dtype), 0, dtype)


def ones(shape: Any, dtype: Any = float) -> ndarray:
    """Return an array of ones."""
    return full(_whole("ones", shape, dtype), 1, dtype)


def empty(shape: Any, dtype: Any = float) -> ndarray:
    """Return an array to be filled; here it holds zeros."""
    return full(_whole("empty", shape, dtype), 0, dtype)


def _whole(name: str, shape: Any, dtype: Any) -> Any:
    """Return a shape, unless its second number was given as the kind of numbers."""
    if isinstance(shape, int) and isinstance(dtype, int):
        raise TypeError(
            f"Cannot interpret '{dtype}' as a data type. A shape of two numbers is a pair, in "
            f"parentheses of its own: np.{name}(({shape}, {dtype}))"
        )
    return shape


def full_like(a: Any, fill_value: Any, dtype: Any = None) -> ndarray:
    """Return an array of one number, in another array's shape and kind."""
    model = as_array(a)
    return full(model.shape, fill_value, model.dtype.type if dtype is None else dtype)


def zeros_like(a: Any, dtype: Any = None) -> ndarray:
    """Return zeros in another array's shape and kind."""
    return full_like(a, 0, dtype)


def ones_like(a: Any, dtype: Any = None) -> ndarray:
    """Return ones in another array's shape and kind."""
    return full_like(a, 1, dtype)


def eye(n: int) -> ndarray:
    """Return the identity matrix ``(n, n)``; ``np.eye(n)[labels]`` makes one-hot rows."""
    return ndarray([float(i == j) for i in range(n) for j in range(n)], (n, n), FLOAT)


def arange(start: Any, stop: Any = None, step: Any = 1) -> ndarray:
    """Return numbers from ``start`` up to ``stop``, itself left out; one argument counts from 0."""
    if stop is None:
        start, stop = 0, start
    kind = FLOAT if FLOAT in [dtype_of(v) for v in (start, stop, step)] else INT
    numbers: list[Any] = []
    if kind is INT:
        numbers = list(range(start, stop, step))
    else:
        length = -((stop - start) // -step)  # rounded up
        delta = (start + step) - start
        numbers = [float(start + i * delta) for i in range(max(int(length), 0))]
    return ndarray(numbers, (len(numbers),), kind)


def linspace(start: float, stop: float, num: int = 50) -> ndarray:
    """Return ``num`` numbers at equal distances, the first ``start`` and the last ``stop``."""
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    width = (stop - start) / max(num - 1, 1)
    numbers = [i * width + start for i in range(num)]
    if num > 1:
        numbers[-1] = stop
    return ndarray([float(v) for v in numbers], (num,), FLOAT)


def concatenate(arrays: Sequence[Any], axis: int = 0) -> ndarray:
    """Return arrays joined along an axis: below one another (0) or side by side (1)."""
    parts = [as_array(a) for a in arrays]
    if not parts:
        raise ValueError("need at least one array to concatenate")
    dimensions = parts[0].ndim
    if not -dimensions <= axis < dimensions:
        raise ValueError(f"axis {axis} is out of bounds for array of dimension {dimensions}")
    kind = parts[0].dtype
    for part in parts:
        kind = promote(kind, part.dtype)
    if dimensions == 2 and axis % 2 == 1:
        return concatenate([part.T for part in parts]).T.copy()
    for place, part in enumerate(parts):
        if part.ndim != dimensions or part.shape[1:] != parts[0].shape[1:]:
            raise ValueError(
                "all the input arrays must match in shape except along the concatenation axis, "
                f"but the array at index 0 has shape {shape_text(parts[0].shape)} "
                f"and the array at index {place} has shape {shape_text(part.shape)}"
            )
    numbers = [v for part in parts for v in cast(part.ravel().tolist(), part.dtype, kind)]
    length = sum([len(part) for part in parts])
    return ndarray(numbers, (length, *parts[0].shape[1:]), kind)


def vstack(arrays: Sequence[Any]) -> ndarray:
    """Return arrays below one another; a row of numbers is one row."""
    parts = [as_array(a) for a in arrays]
    return concatenate([part if part.ndim == 2 else part.reshape(1, -1) for part in parts])


def hstack(arrays: Sequence[Any]) -> ndarray:
    """Return arrays side by side; rows of numbers are joined into one."""
    parts = [as_array(a) for a in arrays]
    return concatenate(parts, 1 if parts and parts[0].ndim == 2 else 0)


def column_stack(arrays: Sequence[Any]) -> ndarray:
    """Return arrays side by side; a row of numbers becomes a column."""
    parts = [as_array(a) for a in arrays]
    return concatenate([part if part.ndim == 2 else part.reshape(-1, 1) for part in parts], 1)


def meshgrid(x: Any, y: Any) -> tuple[ndarray, ndarray]:
    """Return the two coordinates of each point of a lattice, a row for each y."""
    first, second = as_array(x), as_array(y)
    shape = (second.size, first.size)
    across = spread(first.ravel().tolist(), (1, first.size), shape)
    down = spread(second.ravel().tolist(), (second.size, 1), shape)
    return ndarray(across[:], shape, first.dtype), ndarray(down[:], shape, second.dtype)
