"""The three kinds of numbers that an array holds: bool, int64 and float64."""

import math
from typing import Any

from .missing import missing

__all__ = ["BOOL", "FLOAT", "INT", "DType", "as_dtype", "cast", "dtype_of", "promote"]


class DType:
    """A kind of number.

    Args:
        name: NumPy's name.
        type: Python's class for one such number.
        rank: Its place among the kinds: of two, a result has the higher one.
    """

    def __init__(self, name: str, type: type, rank: int) -> None:
        self.name = name
        self.type = type
        self.rank = rank
        self.kind = name[0]

    def __repr__(self) -> str:
        return f"dtype('{self.name}')"

    def __str__(self) -> str:
        return self.name

    def __eq__(self, other: object) -> bool:
        return self is other or other in (self.type, self.name)

    def __hash__(self) -> int:
        return self.rank


BOOL = DType("bool", bool, 0)
INT = DType("int64", int, 1)
FLOAT = DType("float64", float, 2)

UNDEFINED_INT = -(2**63)
"""What NumPy makes of infinity or NaN as an int."""


def as_dtype(value: Any) -> DType:
    """Return the kind that a ``dtype=`` argument means, such as ``float`` or ``"int64"``."""
    for kind in (BOOL, INT, FLOAT):
        if kind == value or value == kind.type.__name__:
            return kind
    if isinstance(value, int):
        raise TypeError(f"Cannot interpret '{value}' as a data type")
    return missing(f"dtype {value}")


def dtype_of(number: Any) -> DType | None:
    """Return the kind of one of Python's numbers, None for anything else."""
    if isinstance(number, bool):
        return BOOL
    if isinstance(number, int):
        return INT
    return FLOAT if isinstance(number, float) else None


def promote(x: DType, y: DType) -> DType:
    """Return the kind that holds the numbers of two."""
    return x if x.rank >= y.rank else y


def cast(numbers: list[Any], given: DType, wanted: DType) -> list[Any]:
    """Return numbers of one kind as those of another; the same list if they are that already."""
    if given is wanted:
        return numbers
    if given is FLOAT and wanted is INT:
        return [int(v) if math.isfinite(v) else UNDEFINED_INT for v in numbers]
    if given is BOOL and wanted is FLOAT:
        return [1.0 if v else 0.0 for v in numbers]
    return [wanted.type(v) for v in numbers]
