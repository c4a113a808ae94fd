"""The model that cannot learn XOR: one weighted sum, no hidden layer."""

import numpy as np
from numpy.typing import ArrayLike

from xordocs.nn._checks import check_layer_inputs
from xordocs.nn.parameters import Array, Layer
from xordocs.validation import check_array, check_finite, check_labels

__all__ = ["fit", "predict"]


def fit(x: ArrayLike, y: ArrayLike) -> Layer:
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
    x = check_array(x, "x", "(batch, features)")
    y = check_labels(y, x, "x")
    design = np.column_stack([x, np.ones(len(x))])
    solution, *_ = np.linalg.lstsq(design, y, rcond=None)
    return Layer(solution[:-1], solution[-1:])


def predict(ws: Layer, x: ArrayLike) -> Array:
    """Return the model's outputs ``(batch, 1)``.

    Args:
        ws: The model's weights and bias, as `fit` returns them.
        x: Inputs ``(batch, features)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
        ArithmeticError: The weights are so large that an output is not finite.
    """
    (weights, bias), x = check_layer_inputs(ws, "ws", x)
    with np.errstate(over="ignore", invalid="ignore"):
        return check_finite(x @ weights + bias, "ws")
