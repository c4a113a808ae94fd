"""Operations on arrays, each given as its parts: numbers row by row, shape and kind."""

from typing import Any

from . import arithmetic as op
from .dtypes import BOOL, FLOAT, INT, DType, cast, promote
from .reductions import matrix_product
from .shapes import Shape, broadcast, spread

__all__ = ["Parts", "choose", "combine", "evaluate", "multiply_matrices", "power"]

Parts = tuple[list[Any], Shape, DType]


def combine(operation: op.Operation, x: Parts, y: Parts) -> Parts:
    """Apply an operation to two arrays, stretched to a common shape."""
    xs, shape, kind = x
    ys, y_shape, y_kind = y
    if kind is not y_kind:
        common = promote(kind, y_kind)
        xs, ys, kind = cast(xs, kind, common), cast(ys, y_kind, common), common
    if shape != y_shape:
        common_shape = broadcast(shape, y_shape)
        xs, ys = spread(xs, shape, common_shape), spread(ys, y_shape, common_shape)
        shape = common_shape
    if operation.result == "float64":
        return operation.function(xs, ys), shape, FLOAT
    if operation.result == "bool":
        return operation.function(xs, ys), shape, BOOL
    if kind is FLOAT and not operation.on_floats:
        raise TypeError(op.NOT_SUPPORTED.format(operation.name))
    if kind is BOOL:
        if operation.on_bools:
            return operation.on_bools(xs, ys), shape, BOOL
        xs, ys, kind = cast(xs, BOOL, INT), cast(ys, BOOL, INT), INT
    return operation.function(xs, ys), shape, kind


def power(x: Parts, y: Parts) -> Parts:
    """Return x to the power of y; with one exponent for all a square is a product, as in NumPy."""
    exponent = y[0][0] if not y[1] else None
    if exponent == 2 and x[2] is not BOOL:
        kind = promote(x[2], y[2])
        numbers = cast(x[0], x[2], kind)
        return op.MULTIPLY.function(numbers, numbers), x[1], kind
    if exponent == 0.5:
        return evaluate("sqrt", x)
    return combine(op.POWER, x, y)


def evaluate(name: str, x: Parts) -> Parts:
    """Return a function of each number of an array."""
    numbers, shape, kind = x
    return op.evaluate(name, cast(numbers, kind, FLOAT)), shape, FLOAT


def choose(condition: Parts, x: Parts, y: Parts) -> Parts:
    """Return the numbers of x where a condition holds, else those of y."""
    kind = promote(x[2], y[2])
    shape = broadcast(broadcast(condition[1], x[1]), y[1])
    holds = spread(condition[0], condition[1], shape)
    xs = spread(cast(x[0], x[2], kind), x[1], shape)
    ys = spread(cast(y[0], y[2], kind), y[1], shape)
    return [xs[i] if holds[i] else ys[i] for i in range(len(holds))], shape, kind


def multiply_matrices(x: Parts, y: Parts) -> Parts:
    """Return the matrix product; a row of numbers counts as a row before, as a column behind.

    Raises:
        ValueError: Their shapes do not fit, in NumPy's words.
    """
    for place, (_, shape, _) in enumerate((x, y)):
        if not shape:
            raise ValueError(
                f"matmul: Input operand {place} does not have enough dimensions (has 0, gufunc "
                "core with signature (n?,k),(k,m?)->(n?,m?) requires 1)"
            )
    left = x[1] if len(x[1]) == 2 else (1, x[1][0])
    right = y[1] if len(y[1]) == 2 else (y[1][0], 1)
    if left[1] != right[0]:
        raise ValueError(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
            f"(n?,k),(k,m?)->(n?,m?) (size {right[0]} is different from {left[1]})"
        )
    kind = promote(x[2], y[2])
    numbers = matrix_product(cast(x[0], x[2], kind), left, cast(y[0], y[2], kind), right)
    if kind is not FLOAT or not left[1]:
        numbers = [kind.type(v) for v in numbers]
    rows = left[:1] if len(x[1]) == 2 else ()
    return numbers, rows + (right[1:] if len(y[1]) == 2 else ()), kind
