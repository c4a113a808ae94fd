"""Sums, extremes and products along an axis, each of a list of numbers.

Sums are taken in NumPy's order, so that they round alike.
"""

from collections.abc import Callable
from typing import Any

from .shapes import Shape

__all__ = [
    "largest",
    "matrix_product",
    "pairwise_sum",
    "product",
    "reduce_lanes",
    "running_sum",
    "smallest",
    "where_largest",
    "where_smallest",
]

Numbers = list[Any]


def reduce_lanes(
    function: Callable[[Numbers], Any], numbers: Numbers, shape: Shape, axis: int | None
) -> Numbers:
    """Apply a function to each row, each column, or to all numbers at once.

    Args:
        function: From a list of numbers to one.
        numbers: An array's numbers, row by row.
        shape: Its shape.
        axis: 0 for columns, 1 for rows, None for all numbers.
    """
    if axis is None or len(shape) < 2:
        return [function(numbers)]
    rows, columns = shape
    if axis == 0:
        return [function(numbers[j::columns]) for j in range(columns)]
    return [function(numbers[i * columns : (i + 1) * columns]) for i in range(rows)]


def running_sum(numbers: Numbers) -> Any:
    """Return the sum from the first number to the last, as NumPy adds up rows."""
    total: Any = 0
    for number in numbers:
        total += number
    return total


def pairwise_sum(numbers: Numbers) -> Any:
    """Return the sum in eight strands and halves, as NumPy adds up numbers that lie in a row."""
    count = len(numbers)
    if count < 8:
        return running_sum(numbers)
    if count > 128:
        half = count // 2
        half -= half % 8
        return pairwise_sum(numbers[:half]) + pairwise_sum(numbers[half:])
    whole = count - count % 8
    a, b, c, d, e, f, g, h = [running_sum(numbers[i:whole:8]) for i in range(8)]
    total = ((a + b) + (c + d)) + ((e + f) + (g + h))
    for v in numbers[whole:]:
        total += v
    return total


def product(numbers: Numbers) -> Any:
    """Return the product from the first number to the last."""
    result = 1
    for v in numbers:
        result *= v
    return result


def largest(numbers: Numbers) -> Any:
    """Return the largest number, NaN if there is one."""
    return numbers[_first(numbers, "maximum", lambda x, y: x > y)]


def smallest(numbers: Numbers) -> Any:
    """Return the smallest number, NaN if there is one."""
    return numbers[_first(numbers, "minimum", lambda x, y: x < y)]


def where_largest(numbers: Numbers) -> int:
    """Return the place of the first of the largest numbers."""
    return _first(numbers, "argmax", lambda x, y: x > y)


def where_smallest(numbers: Numbers) -> int:
    """Return the place of the first of the smallest numbers."""
    return _first(numbers, "argmin", lambda x, y: x < y)


def _first(numbers: Numbers, name: str, precedes: Callable[[Any, Any], bool]) -> int:
    if not numbers:
        if name.startswith("arg"):
            raise ValueError(f"attempt to get {name} of an empty sequence")
        raise ValueError(f"zero-size array to reduction operation {name} which has no identity")
    best = 0
    for i, v in enumerate(numbers):
        if v != v:
            return i
        if precedes(v, numbers[best]):
            best = i
    return best


def matrix_product(xs: Numbers, x_shape: Shape, ys: Numbers, y_shape: Shape) -> Numbers:
    """Return the numbers of X @ Y, row by row.

    With few columns each number is a sum of products; else each row of X weighs the rows of Y,
    which takes fewer steps of Python. Both add up in the same order.
    """
    inner, columns = y_shape
    if not inner:
        return [0] * (x_shape[0] * columns)
    result: Numbers = []
    starts = range(0, x_shape[0] * inner, inner)
    if columns < inner:
        turned = [ys[j::columns] for j in range(columns)]
        others = range(1, inner)
        for start in starts:
            row = xs[start : start + inner]
            for column in turned:
                total = row[0] * column[0]
                for k in others:
                    total += row[k] * column[k]
                result.append(total)
        return result
    each = range(columns)
    rows = [ys[k * columns : (k + 1) * columns] for k in range(inner)]
    for start in starts:
        x = xs[start]
        sums = [x * y for y in rows[0]]
        for k in range(1, inner):
            x, row = xs[start + k], rows[k]
            sums = [sums[j] + x * row[j] for j in each]
        result += sums
    return result
