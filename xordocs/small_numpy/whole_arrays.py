"""Functions of whole arrays: along an axis, of their shape, and matrix products.

Each takes an array or a list.
"""

from collections.abc import Iterator
from typing import Any

from ._core import arithmetic as op
from ._core.dtypes import INT
from ._core.missing import missing
from ._core.shapes import as_shape
from .ndarray import as_array, combine, ndarray

__all__ = [
    "all",
    "any",
    "argmax",
    "argmin",
    "argsort",
    "cumsum",
    "diff",
    "dot",
    "matmul",
    "max",
    "mean",
    "min",
    "ndim",
    "ndindex",
    "outer",
    "prod",
    "ravel",
    "reshape",
    "shape",
    "size",
    "sort",
    "std",
    "sum",
    "transpose",
    "var",
]


def matmul(x: Any, y: Any) -> Any:
    """Return the matrix product, ``x @ y``."""
    return as_array(x).dot(y)


def dot(x: Any, y: Any) -> Any:
    """Return the matrix product; with a number it is the product."""
    first, second = as_array(x), as_array(y)
    if not (first.ndim and second.ndim):
        return combine(op.MULTIPLY, first, second)
    return first.dot(second)


def outer(x: Any, y: Any) -> ndarray:
    """Return the product of each number of x, a row, with each of y, a column."""
    product = combine(op.MULTIPLY, as_array(x).reshape(-1, 1), as_array(y).reshape(1, -1))
    return as_array(product)


def transpose(a: Any) -> ndarray:
    """Return an array with rows and columns exchanged, a view."""
    return as_array(a).T


def reshape(a: Any, shape: Any) -> ndarray:
    """Return an array's numbers in another shape, of which one length may be -1."""
    return as_array(a).reshape(shape)


def ravel(a: Any) -> ndarray:
    """Return an array's numbers in one row."""
    return as_array(a).ravel()


def shape(a: Any) -> tuple[int, ...]:
    """Return an array's lengths."""
    return as_array(a).shape


def ndim(a: Any) -> int:
    """Return how many dimensions an array has."""
    return as_array(a).ndim


def ndindex(*shape: Any) -> Iterator[tuple[int, ...]]:
    """Return the place of each number of an array of this shape, row by row."""
    lengths = as_shape(shape[0] if len(shape) == 1 else shape)
    if len(lengths) == 1:
        return iter([(i,) for i in range(lengths[0])])
    return iter([(i, j) for i in range(lengths[0]) for j in range(lengths[1])])


def size(a: Any) -> int:
    """Return how many numbers an array holds."""
    return as_array(a).size


def sum(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return the sum of all numbers, of each column (``axis=0``) or of each row (``axis=1``)."""
    return as_array(a).sum(axis, keepdims)


def mean(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return the mean of all numbers, of each column (``axis=0``) or of each row (``axis=1``)."""
    return as_array(a).mean(axis, keepdims)


def var(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return the mean square of the distances from the mean."""
    return as_array(a).var(axis, keepdims)


def std(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return the square root of `var`."""
    return as_array(a).std(axis, keepdims)


def prod(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return the product of all numbers, or along an axis."""
    return as_array(a).prod(axis, keepdims)


def max(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return the largest number, or that along an axis."""
    return as_array(a).max(axis, keepdims)


def min(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return the smallest number, or that along an axis."""
    return as_array(a).min(axis, keepdims)


def argmax(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return the place of the largest number, or that along an axis."""
    return as_array(a).argmax(axis, keepdims)


def argmin(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return the place of the smallest number, or that along an axis."""
    return as_array(a).argmin(axis, keepdims)


def any(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return whether any number is not zero, or any along an axis."""
    return as_array(a).any(axis, keepdims)


def all(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Return whether no number is zero, or none along an axis."""
    return as_array(a).all(axis, keepdims)


def cumsum(a: Any) -> ndarray:
    """Return the sums of the first number, the first two, and so on, in one row."""
    return as_array(a).cumsum()


def diff(a: Any) -> ndarray:
    """Return the differences between neighbours in a row of numbers."""
    row = as_array(a)
    if row.ndim != 1:
        missing("diff of more than one row")
    return as_array(row[1:] - row[:-1])


def sort(a: Any) -> ndarray:
    """Return a row of numbers from the smallest to the largest."""
    row = as_array(a)
    return as_array(row[argsort(row)])


def argsort(a: Any) -> ndarray:
    """Return the places of a row's numbers from the smallest to the largest."""
    row = as_array(a)
    if row.ndim != 1:
        missing("sorting of more than one row")
    numbers = row.tolist()
    places = sorted(range(len(numbers)), key=lambda i: (numbers[i] != numbers[i], numbers[i], i))
    return ndarray(places, (len(places),), INT)
