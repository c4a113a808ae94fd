"""Shapes of one and two dimensions: broadcasting, axes, and where a view's numbers lie.

An array's numbers lie in a flat list, row by row. A view takes some of another array's: the one at
``(i, j)`` lies at ``offset + i * strides[0] + j * strides[1]``.
"""

from collections.abc import Sequence
from typing import Any

from .missing import missing

__all__ = [
    "Shape",
    "as_shape",
    "axis_of",
    "broadcast",
    "places",
    "shape_text",
    "size_of",
    "spread",
    "steps",
    "take",
]

Shape = tuple[int, ...]


def as_shape(shape: Any) -> Shape:
    """Return a ``shape`` argument, a number or a sequence of them, as a tuple."""
    lengths = (shape,) if isinstance(shape, int) else tuple(shape)
    if len(lengths) > 2:
        missing("arrays of more than two dimensions")
    for length in lengths:
        if not isinstance(length, int):
            raise TypeError(f"'{type(length).__name__}' object cannot be interpreted as an integer")
        if length < 0:
            raise ValueError("negative dimensions are not allowed")
    return lengths


def size_of(shape: Shape) -> int:
    """Return how many numbers an array of this shape holds."""
    size = 1
    for length in shape:
        size *= length
    return size


def shape_text(shape: Shape) -> str:
    """Return a shape as NumPy's messages write it: ``(4,2)``, ``(3,)``."""
    return (
        "(" + ",".join([str(length) for length in shape]) + ("," if len(shape) == 1 else "") + ")"
    )


def steps(shape: Shape) -> Shape:
    """Return the strides of an array whose numbers lie row by row."""
    return (shape[1], 1) if len(shape) == 2 else (1,) * len(shape)


def axis_of(axis: Any, dimensions: int) -> int | None:
    """Return an ``axis`` argument counted from the front; None stands for all axes."""
    if isinstance(axis, tuple) and len(axis) == dimensions:
        return None
    if axis is None:
        return None
    if not isinstance(axis, int):
        missing(f"axis={axis}")
    if not -dimensions <= axis < dimensions:
        raise ValueError(f"axis {axis} is out of bounds for array of dimension {dimensions}")
    return axis % dimensions


def broadcast(x: Shape, y: Shape) -> Shape:
    """Return the shape that two shapes stretch to.

    Raises:
        ValueError: They do not fit, in NumPy's words.
    """
    longer, shorter = (x, y) if len(x) >= len(y) else (y, x)
    shorter = (1,) * (len(longer) - len(shorter)) + shorter
    shape = []
    for a, b in zip(longer, shorter):  # noqa: B905 - MicroPython's zip cannot check the lengths
        if a != b and 1 not in (a, b):
            raise ValueError(
                "operands could not be broadcast together with shapes "
                f"{shape_text(x)} {shape_text(y)} "
            )
        shape.append(b if a == 1 else a)
    return tuple(shape)


def spread(numbers: list[Any], given: Shape, wanted: Shape) -> list[Any]:
    """Return an array's numbers, repeated along the axes on which it stretches."""
    if given == wanted:
        return numbers
    if len(numbers) == 1:
        return numbers * size_of(wanted)
    rows = wanted[0] if len(wanted) == 2 else 1
    if len(given) == 2 and given[0] == rows:
        if given[1] == wanted[1]:
            return numbers
        columns = range(wanted[1])
        return [v for v in numbers for _ in columns]
    return numbers * rows


def places(offset: int, shape: Shape, strides: Sequence[int]) -> list[int]:
    """Return where a view's numbers lie, row by row."""
    if not shape:
        return [offset]
    rows = [offset + i * strides[0] for i in range(shape[0])]
    if len(shape) == 1:
        return rows
    return [row + j * strides[1] for row in rows for j in range(shape[1])]


def take(numbers: list[Any], offset: int, shape: Shape, strides: Sequence[int]) -> list[Any]:
    """Return a view's numbers, row by row."""
    if not shape or strides[-1] < 1 or not shape[-1]:
        return [numbers[place] for place in places(offset, shape, strides)]
    step = strides[-1]
    reach = (shape[-1] - 1) * step + 1
    if len(shape) == 1:
        return numbers[offset : offset + reach : step]
    taken: list[Any] = []
    for i in range(shape[0]):
        start = offset + i * strides[0]
        taken += numbers[start : start + reach : step]
    return taken
