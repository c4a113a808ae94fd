"""Lists of lists, as the flat list of an array."""

from typing import Any

from .dtypes import FLOAT, DType, cast, dtype_of, promote
from .missing import missing
from .shapes import Shape

__all__ = ["flatten", "nest"]


def flatten(value: Any) -> tuple[list[Any], Shape, DType]:
    """Return the numbers of nested sequences, their shape and their kind.

    Args:
        value: A number, an array, or a sequence of them, or of such sequences.

    Raises:
        ValueError: The sequences have different lengths, in NumPy's words.
        TypeError: It is ``...``, or there is one in it.
        NotImplementedError: There is something else than numbers in it.
    """
    kind = dtype_of(value)
    if kind:
        return [value], (), kind
    if hasattr(value, "tolist"):
        value = value.tolist()
        return flatten(value)
    if value is ...:
        raise TypeError("`...` is not a number: it stands for a line that is not written yet")
    if not isinstance(value, (list, tuple, range)):
        missing(f"arrays of {type(value).__name__}")
    if not len(value):
        return [], (0,), FLOAT
    parts = [flatten(item) for item in value]
    shape, kind = parts[0][1], parts[0][2]
    for _, other, other_kind in parts:
        if other != shape:
            raise ValueError(
                "setting an array element with a sequence. The requested array has an "
                "inhomogeneous shape after 1 dimensions. The detected shape was "
                f"({len(value)},) + inhomogeneous part."
            )
        kind = promote(kind, other_kind)
    if len(shape) > 1:
        missing("arrays of more than two dimensions")
    numbers = [v for items, _, given in parts for v in cast(items, given, kind)]
    return numbers, (len(value), *shape), kind


def nest(numbers: list[Any], shape: Shape) -> Any:
    """Return an array's numbers as nested lists."""
    if not shape:
        return numbers[0]
    if len(shape) == 1:
        return numbers[:]
    columns = shape[1]
    return [numbers[i * columns : (i + 1) * columns] for i in range(shape[0])]
