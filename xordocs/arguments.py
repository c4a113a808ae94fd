"""What each argument name stands for, everywhere in the package.

Numbers, arrays and networks are checked in `xordocs.quantities`, `xordocs.matrices` and
`xordocs.networks`. What is left is here: arguments that do something, and a choice of two.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from xordocs import matrices, networks, quantities

__all__ = ["CHECKS", "executor", "function", "listener", "precision"]


def function(name: str, value: Any) -> Callable[..., Any]:
    """Return ``value``, a function."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, got {value!r}")
    return value  # type: ignore[no-any-return]


def listener(name: str, value: Any) -> Callable[..., object] | None:
    """Return ``value``, a function that is told something, or None."""
    if value is not None and not callable(value):
        raise TypeError(f"{name} must be a function or None, got {value!r}")
    return value  # type: ignore[no-any-return]


def executor(name: str, value: Any) -> Any:
    """Return ``value``, which takes work by ``submit``, or None."""
    if value is not None and not callable(getattr(value, "submit", None)):
        raise TypeError(f"{name} must be an Executor, with submit, or None, got {value!r}")
    return value


def precision(name: str, value: Any) -> type[np.floating[Any]]:
    """Return ``value``, one of NumPy's two floating types that the package computes in."""
    if not isinstance(value, type | np.dtype) or value not in (np.float32, np.float64):
        raise ValueError(f"{name} must be numpy.float64 or numpy.float32, got {value!r}")
    return value  # type: ignore[return-value]


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "backward": function,
    "confidence": quantities.probability,
    "draws": matrices.draws,
    "dtype": precision,
    "epoch": quantities.non_negative_integer,
    "epochs": quantities.count,
    "executor": executor,
    "h": quantities.positive_number,
    "hidden_layers": quantities.counts,
    "learning_rate": quantities.positive_number,
    "losses": matrices.series,
    "on_epoch": listener,
    "on_progress": listener,
    "out": networks.out,
    "parameters": networks.network,
    "passed": networks.forward_pass,
    "rows": quantities.rows,
    "seed": quantities.seed,
    "seeds": quantities.seeds,
    "successes": quantities.non_negative_integer,
    "trials": quantities.trials,
    "width": quantities.count,
    "ws": networks.layer,
    "x": matrices.inputs,
    "y": matrices.labels,
    "y_hat": matrices.outputs,
    "z": matrices.sums,
}
"""The check of each argument name.

Each takes the name and the value; it returns the value in the one form that the package computes
with, or raises a `TypeError` or `ValueError` that names the argument, what was expected and what
came. An argument that is annotated with a record, such as `xordocs.nn.losses.Loss`, needs no entry.
"""
