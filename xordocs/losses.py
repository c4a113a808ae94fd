"""How wrong the network is; each loss beside its gradient.

A loss is a function of the outputs ŷ, and ŷ = sigmoid(z) of the output unit's logit z.
Training needs the gradient with respect to z, δ, and `Loss` pairs the two. As the sigmoid's slope
is ŷ (1 - ŷ), the outputs of the forward pass are all that δ needs.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from xordocs.activations import sigmoid
from xordocs.arrays import Array

__all__ = [
    "CROSS_ENTROPY",
    "MSE",
    "Loss",
    "accuracy",
    "binary_cross_entropy",
    "binary_cross_entropy_delta",
    "cross_entropies",
    "mse",
    "mse_delta",
    "mse_gradient",
    "mse_loop",
    "squared_errors",
]


def mse_loop(ws: Any, m: Callable[[Any, Any], Any], x: Sequence[Any], y: Sequence[Any]) -> Any:
    """Return a model's mean squared error, one row at a time, as the source notebook has it.

    Args:
        ws: The model's weights, in whatever form ``m`` wants them.
        m: The model, from ``(ws, row)`` to a prediction.
        x: The rows ``(batch, features)``, at least one.
        y: Their labels, ``(batch,)`` or ``(batch, 1)``.

    Raises:
        ValueError: ``x`` is empty, or ``y`` has another length.
    """
    if len(x) == 0 or len(y) != len(x):
        raise ValueError(
            f"x and y must be equally many rows, at least one, got {len(x)} and {len(y)}"
        )
    error: Any = 0
    for row, label in zip(x, y, strict=True):
        error += (label - m(ws, row)) ** 2
    return error / len(x)


def mse(y_hat: Array, y: Array) -> float:
    """Return the mean of (ŷ - y)², both ``(batch, 1)``."""
    _same_shape_and_finite(y_hat, y)
    return float(np.mean((y_hat - y) ** 2))


def squared_errors(z: Array, y: Array) -> Array:
    """Return (ŷ - y)² for ŷ = sigmoid(z), each row's share of `mse`."""
    errors: Array = (sigmoid(z) - y) ** 2
    return errors


def mse_gradient(y_hat: Array, y: Array) -> Array:
    """Return ∂J/∂ŷ = 2 (ŷ - y) / N, all ``(batch, 1)``."""
    _same_shape(y_hat, y)
    return (2 / len(y)) * (y_hat - y)


def mse_delta(y_hat: Array, y: Array) -> Array:
    """Return δ = ∂J/∂z = 2 (ŷ - y) ŷ (1 - ŷ) / N for ŷ = sigmoid(z), all ``(batch, 1)``."""
    _same_shape(y_hat, y)
    return (2 / len(y)) * (y_hat - y) * y_hat * (1.0 - y_hat)


def binary_cross_entropy(z: Array, y: Array) -> float:
    """Return the mean of -y log ŷ - (1 - y) log(1 - ŷ) for ŷ = sigmoid(z).

    Taken from the logit, where it is log(1 + exp(z)) - y z and stays finite when ŷ rounds to
    0 or 1. The usual loss for labels that are 0 or 1 (Goodfellow et al., Deep Learning, §6.2).
    """
    _same_shape(z, y)
    return float(np.mean(cross_entropies(z, y)))


def cross_entropies(z: Array, y: Array) -> Array:
    """Return log(1 + exp(z)) - y z, each row's share of `binary_cross_entropy`.

    Taken as max(z, 0) - y z + log(1 + exp(-|z|)): for a right output the first two cancel exactly,
    and the small rest keeps its digits.
    """
    losses: Array = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
    return losses


def binary_cross_entropy_delta(y_hat: Array, y: Array) -> Array:
    """Return δ = ∂J/∂z = (ŷ - y) / N: the factor ŷ (1 - ŷ) of the squared error is gone."""
    _same_shape(y_hat, y)
    return (y_hat - y) / len(y)


def accuracy(y_hat: Array, y: Array) -> float:
    """Return the share of outputs ``(batch, 1)`` on their label's side of 1/2."""
    _same_shape_and_finite(y_hat, y)
    return float(np.mean((y_hat > 0.5) == (y > 0.5)))


def _same_shape(prediction: Array, y: Array) -> None:
    """Refuse shapes that NumPy would broadcast into a wrong answer, such as (4, 1) and (4,)."""
    if prediction.shape != y.shape or prediction.size == 0:
        raise ValueError(f"y must have the predictions' shape {prediction.shape}, got {y.shape}")


def _same_shape_and_finite(y_hat: Array, y: Array) -> None:
    """Refuse no numbers too, which count as wrong in `accuracy`, or as right."""
    _same_shape(y_hat, y)
    for name, array in ("y_hat", y_hat), ("y", y):
        if not np.isfinite(array).all():
            raise ValueError(f"{name} must be finite, got {array.tolist()}")


class Loss(NamedTuple):
    """A loss as training sees it, through the output unit's sigmoid.

    Args:
        name: As the field calls it.
        rows: From logits and labels to each row's loss; its mean is the loss.
        delta: From outputs ŷ = sigmoid(z) and labels to ∂J/∂z, all ``(batch, 1)``.
    """

    name: str
    rows: Callable[[Array, Array], Array]
    delta: Callable[[Array, Array], Array]

    def value(self, z: Array, y: Array) -> float:
        """Return the loss of logits and their labels, both ``(batch, 1)``."""
        return float(self.rows(z, y).mean())


MSE = Loss("mean squared error", squared_errors, mse_delta)
CROSS_ENTROPY = Loss("binary cross-entropy", cross_entropies, binary_cross_entropy_delta)
