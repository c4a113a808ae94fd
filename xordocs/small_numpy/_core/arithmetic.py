"""What each operation makes of numbers: infinity or NaN where Python would raise an error."""

import math
from collections.abc import Callable
from typing import Any

__all__ = [
    "ADD",
    "AND",
    "DIVIDE",
    "EQUAL",
    "FLOOR_DIVIDE",
    "FUNCTIONS",
    "GREATER",
    "GREATER_EQUAL",
    "LESS",
    "LESS_EQUAL",
    "MAXIMUM",
    "MINIMUM",
    "MULTIPLY",
    "NOT_EQUAL",
    "NOT_SUPPORTED",
    "OR",
    "POWER",
    "REMAINDER",
    "SUBTRACT",
    "XOR",
    "Operation",
    "evaluate",
    "rint",
]

Numbers = list[Any]

NOT_SUPPORTED = (
    "ufunc '{}' not supported for the input types, and the inputs could not be safely coerced to "
    "any supported types according to the casting rule ''safe''"
)


class Operation:
    """An operation on two numbers, for whole lists of them.

    Args:
        name: NumPy's name.
        function: From two lists of equal length to the list of results.
        result: What the results are: ``"same"`` as the numbers, ``"float64"`` or ``"bool"``.
        on_bools: The function for booleans, where it is another; None: they count as ints.
        on_floats: Whether it takes floats.
    """

    def __init__(
        self,
        name: str,
        function: Callable[[Numbers, Numbers], Numbers],
        result: str = "same",
        on_bools: Callable[[Numbers, Numbers], Numbers] | None = None,
        on_floats: bool = True,
    ) -> None:
        self.name = name
        self.function = function
        self.result = result
        self.on_bools = on_bools
        self.on_floats = on_floats


def _each(function: Callable[[Any, Any], Any]) -> Callable[[Numbers, Numbers], Numbers]:
    return lambda xs, ys: [function(xs[i], ys[i]) for i in range(len(xs))]


def _no_difference(*_operands: Numbers) -> Numbers:
    raise TypeError(
        "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` "
        "operator, or the logical_xor function instead."
    )


def _divide(xs: Numbers, ys: Numbers) -> Numbers:
    try:
        return [xs[i] / ys[i] for i in range(len(xs))]
    except ZeroDivisionError:
        return [_quotient(xs[i], ys[i]) for i in range(len(xs))]


def _quotient(x: Any, y: Any) -> float:
    if y != 0:
        return float(x / y)
    if x == 0 or x != x:
        return math.nan
    return math.copysign(math.inf, x) * math.copysign(1.0, y)


def _floor_quotient(x: Any, y: Any) -> Any:
    if isinstance(y, int):
        return x // y if y else 0
    if y == 0:
        return _quotient(x, y)
    rest = _remainder(x, y)
    quotient = (x - rest) / y
    floor = rint(quotient)
    return floor if quotient else math.copysign(0.0, x / y)


def _remainder(x: Any, y: Any) -> Any:
    if isinstance(y, int):
        return x % y if y else 0
    if y == 0 or math.isinf(x) or x != x:
        return math.nan
    rest = math.fmod(x, y)
    if not rest:
        return math.copysign(0.0, y)
    return rest + y if (rest < 0) != (y < 0) else rest


def _power(x: Any, y: Any) -> Any:
    if isinstance(y, int) and y < 0:
        raise ValueError("Integers to negative integer powers are not allowed.")
    if x < 0 and y % 1:  # where Python has a complex number
        if math.isfinite(x) and math.isfinite(y):
            return math.nan
        x = -x
    odd = y % 2 == 1
    try:
        return x**y
    except ZeroDivisionError:  # a zero to a negative power
        return math.copysign(math.inf, x) if odd else math.inf
    except OverflowError:
        return -math.inf if x < 0 and odd else math.inf


ADD = Operation(
    "add",
    lambda xs, ys: [xs[i] + ys[i] for i in range(len(xs))],
    "same",
    _each(lambda x, y: x or y),
)
SUBTRACT = Operation(
    "subtract", lambda xs, ys: [xs[i] - ys[i] for i in range(len(xs))], "same", _no_difference
)
MULTIPLY = Operation(
    "multiply",
    lambda xs, ys: [xs[i] * ys[i] for i in range(len(xs))],
    "same",
    _each(lambda x, y: x and y),
)
DIVIDE = Operation("divide", _divide, "float64")
FLOOR_DIVIDE = Operation("floor_divide", _each(_floor_quotient))
REMAINDER = Operation("remainder", _each(_remainder))
POWER = Operation("power", _each(_power))


# a comparison with NaN is false: written so that NaN comes through
def _larger(xs: Numbers, ys: Numbers) -> Numbers:
    return [ys[i] if xs[i] < ys[i] or ys[i] != ys[i] else xs[i] for i in range(len(xs))]


def _smaller(xs: Numbers, ys: Numbers) -> Numbers:
    return [ys[i] if xs[i] > ys[i] or ys[i] != ys[i] else xs[i] for i in range(len(xs))]


MAXIMUM = Operation("maximum", _larger, "same", _larger)
MINIMUM = Operation("minimum", _smaller, "same", _smaller)

EQUAL = Operation("equal", _each(lambda x, y: x == y), "bool")
NOT_EQUAL = Operation("not_equal", _each(lambda x, y: x != y), "bool")
LESS = Operation("less", _each(lambda x, y: x < y), "bool")
LESS_EQUAL = Operation("less_equal", _each(lambda x, y: x <= y), "bool")
GREATER = Operation("greater", lambda xs, ys: [xs[i] > ys[i] for i in range(len(xs))], "bool")
GREATER_EQUAL = Operation("greater_equal", _each(lambda x, y: x >= y), "bool")

_and, _or, _xor = _each(lambda x, y: x & y), _each(lambda x, y: x | y), _each(lambda x, y: x ^ y)
AND = Operation("bitwise_and", _and, "same", _each(lambda x, y: x and y), on_floats=False)
OR = Operation("bitwise_or", _or, "same", _each(lambda x, y: x or y), on_floats=False)
XOR = Operation("bitwise_xor", _xor, "same", _each(lambda x, y: x != y), on_floats=False)


def rint(x: float) -> float:
    """Return the nearest whole number, of two the even one."""
    if abs(x) < 2**52:
        return math.copysign((abs(x) + 2.0**52) - 2.0**52, x)
    return x


def _log1p(x: float) -> float:
    """Return log(1 + x), keeping the digits of a small x (Kahan)."""
    sum_ = 1.0 + x
    if sum_ == 1.0:
        return x
    if x == math.inf:
        return x
    return math.log(sum_) * (x / (sum_ - 1.0))


def _below_zero(x: float) -> float:
    return -math.inf if x == 0 else math.nan


FUNCTIONS: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "exp": (math.exp, lambda _: math.inf),
    "log": (math.log, _below_zero),
    "log2": (math.log2, _below_zero),
    "log10": (math.log10, _below_zero),
    "log1p": (_log1p, lambda x: _below_zero(x + 1.0)),
    "sqrt": (math.sqrt, lambda _: math.nan),
    "sin": (math.sin, lambda _: math.nan),
    "cos": (math.cos, lambda _: math.nan),
    "tanh": (math.tanh, lambda _: math.nan),
    "cosh": (math.cosh, lambda _: math.inf),
    "sinh": (math.sinh, lambda x: math.copysign(math.inf, x)),
}
"""Each function of one number, and what it is where Python's own raises an error."""


def evaluate(name: str, numbers: Numbers) -> Numbers:
    """Return one of `FUNCTIONS` of each number of a list."""
    function, otherwise = FUNCTIONS[name]
    try:
        return [function(v) for v in numbers]
    except (OverflowError, ValueError, ZeroDivisionError):
        return [_guarded(function, otherwise, v) for v in numbers]


def _guarded(
    function: Callable[[float], float], otherwise: Callable[[float], float], x: float
) -> float:
    try:
        return function(x)
    except (OverflowError, ValueError, ZeroDivisionError):
        return otherwise(x)
