"""The model that cannot learn XOR: one weighted sum, no hidden layer."""

import numpy as np

from xordocs.checks import checked, finite
from xordocs.nn.parameters import Array, Layer

__all__ = ["fit", "predict"]


@checked
def fit(x: Array, y: Array) -> Layer:
    """Return the weights and bias with the least mean squared error.

    Args:
        x: Inputs ``(batch, features)``.
        y: Labels ``(batch, 1)`` in [0, 1].

    Returns:
        Weights ``(features, 1)`` and bias ``(1, 1)``, the solution of the normal equations;
        of several equally good ones, the shortest.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    design = np.column_stack([x, np.ones(len(x))])
    solution, *_ = np.linalg.lstsq(design, y, rcond=None)
    return Layer(solution[:-1], solution[-1:])


@checked
def predict(ws: Layer, x: Array) -> Array:
    """Return the model's outputs ``(batch, 1)`` for the inputs ``(batch, features)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
        ArithmeticError: The weights are so large that an output is not finite.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return finite("ws", x @ ws.weights + ws.bias)
