"""The type checker that jaxtyping's import hook gives to each function of the package."""

from collections.abc import Callable
from typing import Any, get_args

from beartype import BeartypeConf, beartype
from jaxtyping import AbstractArray

# the numeric tower: a float may be given as an int, as Python itself has it
_check = beartype(conf=BeartypeConf(is_pep484_tower=True))


def check_shapes(function: Callable[..., Any]) -> Callable[..., Any]:
    """Check a function's arguments by its annotations, if one of them is the shape of an array.

    A function that users call takes anything, and answers a mistake itself.
    """
    annotated = any(map(_names_a_shape, getattr(function, "__annotations__", {}).values()))
    return _check(function) if annotated else function


def _names_a_shape(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, AbstractArray):
        return True
    return any(map(_names_a_shape, get_args(hint)))
