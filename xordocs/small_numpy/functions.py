"""Functions of arrays: of each number, of pairs of numbers, and along an axis.

Each takes an array, a list or one number.
"""

import math
from typing import Any

from ._core import arithmetic as op
from ._core.dtypes import BOOL, FLOAT, INT, as_dtype, cast, promote
from ._core.missing import missing
from ._core.shapes import broadcast, spread
from .ndarray import as_array, combine, evaluate, multiply_matrices, ndarray, wrap
from .ndarray import power as power

__all__ = [
    "abs",
    "absolute",
    "add",
    "all",
    "allclose",
    "any",
    "argmax",
    "argmin",
    "argsort",
    "array_equal",
    "ceil",
    "clip",
    "cos",
    "cosh",
    "cumsum",
    "diff",
    "divide",
    "dot",
    "errstate",
    "exp",
    "finfo",
    "flatnonzero",
    "floor",
    "isclose",
    "isfinite",
    "isinf",
    "isnan",
    "log",
    "log1p",
    "log2",
    "log10",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "matmul",
    "max",
    "maximum",
    "mean",
    "min",
    "minimum",
    "multiply",
    "ndim",
    "negative",
    "nonzero",
    "outer",
    "power",
    "prod",
    "ravel",
    "reshape",
    "round",
    "shape",
    "sign",
    "sin",
    "sinh",
    "size",
    "sort",
    "sqrt",
    "square",
    "std",
    "subtract",
    "sum",
    "tanh",
    "transpose",
    "var",
    "where",
]


# of each number


def exp(x: Any) -> Any:
    """Return e to the power of each number; too large a result is infinity."""
    return evaluate("exp", x)


def log(x: Any) -> Any:
    """Return the natural logarithm; of 0 it is -infinity, of less NaN."""
    return evaluate("log", x)


def log2(x: Any) -> Any:
    """Return the logarithm to base 2."""
    return evaluate("log2", x)


def log10(x: Any) -> Any:
    """Return the logarithm to base 10."""
    return evaluate("log10", x)


def log1p(x: Any) -> Any:
    """Return log(1 + x), which keeps the digits of a small x."""
    return evaluate("log1p", x)


def sqrt(x: Any) -> Any:
    """Return the square root; of less than 0 it is NaN."""
    return evaluate("sqrt", x)


def sin(x: Any) -> Any:
    """Return the sine."""
    return evaluate("sin", x)


def cos(x: Any) -> Any:
    """Return the cosine."""
    return evaluate("cos", x)


def tanh(x: Any) -> Any:
    """Return the hyperbolic tangent."""
    return evaluate("tanh", x)


def sinh(x: Any) -> Any:
    """Return the hyperbolic sine."""
    return evaluate("sinh", x)


def cosh(x: Any) -> Any:
    """Return the hyperbolic cosine."""
    return evaluate("cosh", x)


def square(x: Any) -> Any:
    """Return each number times itself."""
    return combine(op.MULTIPLY, x, x)


def negative(x: Any) -> Any:
    """Return each number with its sign turned round."""
    return -as_array(x)


def abs(x: Any) -> Any:
    """Return each number without its sign."""
    return as_array(x).__abs__()


absolute = abs


def sign(x: Any) -> Any:
    """Return -1, 0 or 1 for each number."""
    return as_array(x)._each(_sign)


def _sign(v: Any) -> Any:
    if v == 0 or v != v:
        return v + 0.0 if isinstance(v, float) else 0
    one = 1.0 if isinstance(v, float) else 1
    return one if v > 0 else -one


def floor(x: Any) -> Any:
    """Return the next whole number below."""
    return as_array(x)._each(lambda v: math.copysign(math.floor(v), v) if math.isfinite(v) else v)


def ceil(x: Any) -> Any:
    """Return the next whole number above."""
    return as_array(x)._each(lambda v: math.copysign(math.ceil(v), v) if math.isfinite(v) else v)


def round(a: Any, decimals: int = 0) -> Any:
    """Return each number rounded to so many places; of two as near, the even one."""
    return _scalar(as_array(a).round(decimals))


def _scalar(a: Any) -> Any:
    """Return an array without dimensions as its number."""
    return a.item() if isinstance(a, ndarray) and not a.ndim else a


def isfinite(x: Any) -> Any:
    """Return for each number whether it is neither infinite nor NaN."""
    return as_array(x)._each(lambda v: math.isfinite(v), BOOL)


def isinf(x: Any) -> Any:
    """Return for each number whether it is infinite."""
    return as_array(x)._each(lambda v: math.isinf(v), BOOL)


def isnan(x: Any) -> Any:
    """Return for each number whether it is NaN."""
    return as_array(x)._each(lambda v: v != v, BOOL)


def logical_not(x: Any) -> Any:
    """Return for each number whether it is zero."""
    return as_array(x)._each(lambda v: not v, BOOL)


# of pairs of numbers


def add(x: Any, y: Any) -> Any:
    """Return x + y."""
    return combine(op.ADD, x, y)


def subtract(x: Any, y: Any) -> Any:
    """Return x - y."""
    return combine(op.SUBTRACT, x, y)


def multiply(x: Any, y: Any) -> Any:
    """Return x * y, number by number."""
    return combine(op.MULTIPLY, x, y)


def divide(x: Any, y: Any) -> Any:
    """Return x / y; a division by zero is infinity or NaN."""
    return combine(op.DIVIDE, x, y)


def maximum(x: Any, y: Any) -> Any:
    """Return the larger of each two numbers."""
    return combine(op.MAXIMUM, x, y)


def minimum(x: Any, y: Any) -> Any:
    """Return the smaller of each two numbers."""
    return combine(op.MINIMUM, x, y)


def logical_and(x: Any, y: Any) -> Any:
    """Return for each two numbers whether neither is zero."""
    return combine(op.AND, as_array(x).astype(bool), as_array(y).astype(bool))


def logical_or(x: Any, y: Any) -> Any:
    """Return for each two numbers whether one is not zero."""
    return combine(op.OR, as_array(x).astype(bool), as_array(y).astype(bool))


def logical_xor(x: Any, y: Any) -> Any:
    """Return for each two numbers whether one of them is zero."""
    return combine(op.XOR, as_array(x).astype(bool), as_array(y).astype(bool))


def clip(a: Any, a_min: Any, a_max: Any) -> Any:
    """Return numbers kept between two bounds, None for no bound."""
    clipped = a if a_min is None else maximum(a, a_min)
    return clipped if a_max is None else minimum(clipped, a_max)


def where(condition: Any, x: Any = None, y: Any = None) -> Any:
    """Return x where the condition holds, else y; of a condition alone, where it holds."""
    if x is None and y is None:
        return nonzero(condition)
    test, first, second = as_array(condition), as_array(x), as_array(y)
    kind = promote(first.dtype, second.dtype)
    shape = broadcast(broadcast(test.shape, first.shape), second.shape)
    holds = spread(test._flat(), test.shape, shape)
    xs = spread(cast(first._flat(), first.dtype, kind), first.shape, shape)
    ys = spread(cast(second._flat(), second.dtype, kind), second.shape, shape)
    return wrap([xs[i] if holds[i] else ys[i] for i in range(len(holds))], shape, kind)


def isclose(a: Any, b: Any, rtol: float = 1e-5, atol: float = 1e-8) -> Any:
    """Return for each two numbers whether they are equal within ``atol + rtol * abs(b)``."""
    x, y = as_array(a).astype(FLOAT), as_array(b).astype(FLOAT)
    near = logical_and(abs(x - y) <= atol + rtol * abs(y), isfinite(y))
    return _scalar(logical_or(near, x == y))


def allclose(a: Any, b: Any, rtol: float = 1e-5, atol: float = 1e-8) -> bool:
    """Return whether all pairs of numbers are equal within ``atol + rtol * abs(b)``."""
    return bool(as_array(isclose(a, b, rtol, atol)).all())


def array_equal(a: Any, b: Any) -> bool:
    """Return whether two arrays have the same shape and the same numbers."""
    x, y = as_array(a), as_array(b)
    return x.shape == y.shape and bool(as_array(x == y).all())


# matrices


def matmul(x: Any, y: Any) -> Any:
    """Return the matrix product, ``x @ y``."""
    return multiply_matrices(as_array(x), as_array(y))


def dot(x: Any, y: Any) -> Any:
    """Return the matrix product; with a number it is the product."""
    first, second = as_array(x), as_array(y)
    if not (first.ndim and second.ndim):
        return combine(op.MULTIPLY, first, second)
    return multiply_matrices(first, second)


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


def size(a: Any) -> int:
    """Return how many numbers an array holds."""
    return as_array(a).size


# along an axis


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


def nonzero(a: Any) -> tuple[ndarray, ...]:
    """Return where numbers are not zero: their rows, and of a matrix their columns, too."""
    values = as_array(a)
    places = flatnonzero(values)
    if values.ndim < 2:
        return (places,)
    return places // values.shape[1], places % values.shape[1]


def flatnonzero(a: Any) -> ndarray:
    """Return the places of the numbers that are not zero, counted row by row."""
    places = [i for i, v in enumerate(as_array(a).ravel().tolist()) if v]
    return ndarray(places, (len(places),), INT)


class errstate:
    """A block in which NumPy would not warn of infinity and NaN; here nothing warns of them.

    Args:
        kinds: What to do on ``over``, ``invalid``, ``divide`` or ``all``: ``"ignore"``, ``"warn"``.
    """

    def __init__(self, **kinds: str) -> None:
        for name, kind in kinds.items():
            if kind not in ("ignore", "warn"):
                missing(f"errstate({name}='{kind}')")

    def __enter__(self) -> "errstate":
        return self

    def __exit__(self, *error: object) -> None:
        pass


class finfo:
    """The limits of floats.

    Args:
        dtype: ``float``, the only kind here.
    """

    def __init__(self, dtype: Any = float) -> None:
        as_dtype(dtype)
        self.eps = 2.0**-52
        self.max = (2.0 - 2.0**-52) * 2.0**1023
        self.min = -self.max
        self.tiny = 2.0**-1022
