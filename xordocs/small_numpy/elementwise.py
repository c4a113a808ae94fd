"""Functions of each number of an array, or of each two numbers of two arrays.

Each takes an array, a list or one number.
"""

import math
from typing import Any

from ._core import arithmetic as op
from ._core import operations
from ._core.dtypes import BOOL, FLOAT, INT, as_dtype
from ._core.missing import missing
from .ndarray import as_array, combine, evaluate, ndarray, parts_of, wrap

__all__ = [
    "abs",
    "absolute",
    "add",
    "allclose",
    "array_equal",
    "ceil",
    "clip",
    "cos",
    "cosh",
    "divide",
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
    "maximum",
    "minimum",
    "multiply",
    "negative",
    "nonzero",
    "power",
    "round",
    "sign",
    "sin",
    "sinh",
    "sqrt",
    "square",
    "subtract",
    "tanh",
    "where",
]


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
    """Return each number with the opposite sign."""
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


def power(x: Any, y: Any) -> Any:
    """Return x to the power of y."""
    return wrap(*operations.power(parts_of(x), parts_of(y)))


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


def where(condition: Any, x: Any = None, y: Any = None) -> Any:
    """Return x where the condition holds, else y; of a condition alone, where it holds."""
    if x is None and y is None:
        return nonzero(condition)
    return wrap(*operations.choose(parts_of(condition), parts_of(x), parts_of(y)))


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
