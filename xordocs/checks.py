"""Readers' mistakes, answered where they are made.

An argument's name means the same thing in the whole package, so it is checked by its name:
`checked` sees to every argument that `xordocs.arguments.CHECKS` knows before the function runs. A
record, such as a loss, and a text are checked by their annotation.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import numpy as np

from xordocs.arguments import CHECKS
from xordocs.errors import DivergedError
from xordocs.nn.parameters import Array, Layer, Parameters

__all__ = ["checked", "checked_float32", "converged", "finite"]

P = ParamSpec("P")
R = TypeVar("R")


def checked(
    function: Callable[P, R], dtype: type[np.floating[Any]] = np.float64
) -> "functools._Wrapped[P, R, P, R]":
    """Check a function's arguments by their names before it runs.

    Args:
        function: Any function whose arguments are named as in `xordocs.arguments.CHECKS`.
        dtype: The precision that it computes in; every array arrives in it.

    Returns:
        The function behind its checks. It is itself at ``__wrapped__``, for a loop that has
        checked once and runs 500 times.
    """
    signature = inspect.signature(function)
    kinds = {
        name: parameter.annotation
        for name, parameter in signature.parameters.items()
        if isinstance(parameter.annotation, type) and issubclass(parameter.annotation, str | tuple)
    }

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        call = signature.bind(*args, **kwargs)
        for name, value in call.arguments.items():
            if name in CHECKS:
                value = CHECKS[name](name, value)
                is_written = name == "out"
                call.arguments[name] = value if is_written else _in_precision(name, value, dtype)
            elif name in kinds:
                _be_a(kinds[name], name, value)
        _check_shapes(call.arguments)
        return function(*call.args, **call.kwargs)

    function.__qualname__ += ".__wrapped__"  # where pickle finds it
    return wrapper


checked_float32 = functools.partial(checked, dtype=np.float32)
"""`checked` for a function that computes in float32, where 1e39 is already too large."""


def converged(parameters: Parameters, losses: Array) -> tuple[Parameters, Array]:
    """Return what a run ends with, if all of it is finite.

    Raises:
        DivergedError: A loss or parameter is not finite.
    """
    ends = all(np.isfinite(array).all() for layer in parameters for array in layer)
    finite = np.append(np.isfinite(losses), ends)
    if not finite.all():
        epoch = int(finite.argmin())  # the first that is not
        raise DivergedError(epoch, losses[:epoch])
    return parameters, losses


def finite(name: str, outputs: Array) -> Array:
    """Return ``outputs``, if finite; the argument ``name`` is to blame if not.

    Raises:
        ArithmeticError: An output is not a finite number.
    """
    if not np.isfinite(outputs).all():
        raise ArithmeticError(f"{name} must give finite outputs, got {outputs.tolist()}")
    return outputs


def _be_a(kind: type, name: str, value: Any) -> None:
    if not isinstance(value, kind):
        article = "an" if kind.__name__[0] in "AEIO" else "a"
        raise TypeError(f"{name} must be {article} {kind.__name__}, got {value!r}")


def _in_precision(name: str, value: Any, dtype: type[np.floating[Any]]) -> Any:
    """Bring checked arrays into the precision that a function computes in."""
    if isinstance(value, list):
        return [_in_precision(f"{name}[{i}]", layer, dtype) for i, layer in enumerate(value)]
    if isinstance(value, Layer):
        return Layer(
            *(
                _in_precision(f"{name}.{field}", array, dtype)
                for field, array in value._asdict().items()
            )
        )
    if not isinstance(value, np.ndarray | float):
        return value
    limits = np.finfo(dtype)
    if np.abs(value).max(initial=0) > limits.max:
        raise ValueError(
            f"{name} must be at most {limits.max:.2g} in size, got {np.abs(value).max()}"
        )
    if isinstance(value, float) and value < limits.tiny:
        raise ValueError(f"{name} must be at least {limits.tiny:.2g}, got {value}")
    return value.astype(dtype) if isinstance(value, np.ndarray) else value


def _check_shapes(arguments: dict[str, Any]) -> None:
    """See that what was checked alone also fits together."""
    x, y, parameters, passed, out, ws = map(
        arguments.get, ("x", "y", "parameters", "passed", "out", "ws")
    )
    for name, first in ("parameters", parameters and parameters[0]), ("ws", ws):
        if x is not None and first is not None and x.shape[1] != len(first.weights):
            raise ValueError(
                f"x must have a column for each of the {len(first.weights)} inputs "
                f"of {name}, got shape {x.shape}"
            )
    if passed is not None and parameters is not None:
        x = passed.a[0] if passed.a else np.empty((0, 0))
        widths = [len(parameters[0].weights), *(layer.weights.shape[1] for layer in parameters)]
        for field, arrays, units in ("a", passed.a, widths), ("z", passed.z, widths[1:]):
            shapes, due = [array.shape for array in arrays], [(len(x), n) for n in units]
            if shapes != due:
                raise ValueError(
                    f"passed must be a forward pass of parameters, whose {field} has shapes "
                    f"{due}, got {shapes}"
                )
    if out is not None and parameters is not None:
        given, expected = (
            [f"{a.dtype} {a.shape}" for layer in layers for a in layer]
            for layers in (out, parameters)
        )
        if given != expected:
            raise ValueError(f"out must be arrays as in parameters, {expected}, got {given}")
    if x is not None and y is not None and y.shape != (len(x), 1):
        raise ValueError(
            f"y must have shape {(len(x), 1)}, a label for each row of x, got {y.shape}"
        )
    for name in ("z", "y_hat"):  # without x, the labels are theirs
        predicted = arguments.get(name)
        if x is None and y is not None and predicted is not None and predicted.shape != y.shape:
            raise ValueError(f"{name} must have y's shape {y.shape}, got {predicted.shape}")
