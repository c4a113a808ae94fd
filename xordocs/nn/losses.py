"""How wrong the network is; each loss beside its gradient.

A loss is a function of the outputs ŷ, and ŷ = sigmoid(z) of the output unit's logit z.
Training needs the gradient with respect to z, δ, and `Loss` pairs the two. As the sigmoid's slope
is ŷ (1 - ŷ), the outputs of the forward pass are all that δ needs.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from xordocs.checks import checked
from xordocs.nn.activations import SIGMOID
from xordocs.nn.parameters import Array

__all__ = [
    "CROSS_ENTROPY",
    "LOSSES",
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


@checked
def mse(y_hat: Array, y: Array) -> float:
    """Return the mean squared error, the mean of (ŷ - y)².

    Args:
        y_hat: Outputs ``(batch, 1)``, at most 1e100 in size.
        y: Labels ``(batch, 1)`` in [0, 1].

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    return float(np.mean((y_hat - y) ** 2))


@checked
def squared_errors(z: Array, y: Array) -> Array:
    """Return (ŷ - y)² for ŷ = sigmoid(z), each row's share of `mse`.

    Args:
        z: Logits ``(batch, 1)``, at most 1e300 in size.
        y: Labels ``(batch, 1)`` in [0, 1].

    Returns:
        Squared errors, in the same shape.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    errors: Array = (SIGMOID.function(z) - y) ** 2
    return errors


@checked
def mse_gradient(y_hat: Array, y: Array) -> Array:
    """Return ∂J/∂ŷ = 2 (ŷ - y) / N for N rows, the gradient of `mse`.

    Args:
        y_hat: Outputs ``(batch, 1)``, at most 1e100 in size.
        y: Labels ``(batch, 1)`` in [0, 1].

    Returns:
        The gradient ``(batch, 1)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    return (2 / len(y)) * (y_hat - y)


@checked
def mse_delta(y_hat: Array, y: Array) -> Array:
    """Return δ = ∂J/∂z = 2 (ŷ - y) ŷ (1 - ŷ) / N for ŷ = sigmoid(z).

    Args:
        y_hat: The sigmoid's outputs ``(batch, 1)``.
        y: Labels ``(batch, 1)`` in [0, 1].

    Returns:
        The gradient with respect to the logits, ``(batch, 1)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    return (2 / len(y)) * (y_hat - y) * y_hat * (1.0 - y_hat)


@checked
def binary_cross_entropy(z: Array, y: Array) -> float:
    """Return the mean of -y log ŷ - (1 - y) log(1 - ŷ) for ŷ = sigmoid(z).

    Taken from the logit, where it is log(1 + exp(z)) - y z and stays finite when ŷ rounds to
    0 or 1. The usual loss for labels that are 0 or 1 (Goodfellow et al., Deep Learning, §6.2).

    Args:
        z: Logits ``(batch, 1)``, at most 1e300 in size.
        y: Labels ``(batch, 1)`` in [0, 1].

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    return float(np.mean(cross_entropies(z, y)))


@checked
def cross_entropies(z: Array, y: Array) -> Array:
    """Return log(1 + exp(z)) - y z, each row's share of `binary_cross_entropy`.

    Taken as max(z, 0) - y z + log(1 + exp(-|z|)): for a right output the first two cancel exactly,
    and the small rest keeps its digits.

    Args:
        z: Logits ``(batch, 1)``, at most 1e300 in size.
        y: Labels ``(batch, 1)`` in [0, 1].

    Returns:
        Cross-entropies, in the same shape.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    losses: Array = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
    return losses


@checked
def binary_cross_entropy_delta(y_hat: Array, y: Array) -> Array:
    """Return δ = ∂J/∂z = (ŷ - y) / N: the factor ŷ (1 - ŷ) of the squared error is gone.

    Args:
        y_hat: The sigmoid's outputs ``(batch, 1)``.
        y: Labels ``(batch, 1)`` in [0, 1].

    Returns:
        The gradient with respect to the logits, ``(batch, 1)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    return (y_hat - y) / len(y)


@checked
def accuracy(y_hat: Array, y: Array) -> float:
    """Return the share of outputs on their label's side of 1/2.

    Args:
        y_hat: Outputs ``(batch, 1)``, at most 1e100 in size.
        y: Labels ``(batch, 1)`` in [0, 1].

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    return float(np.mean((y_hat > 0.5) == (y > 0.5)))


class Loss(NamedTuple):
    """A loss as training sees it, through the output unit's sigmoid.

    Training calls them in each epoch, on what it has computed itself, so those of `MSE` and
    `CROSS_ENTROPY` are the functions above without their checks.

    Args:
        name: What code and addresses call it.
        title: What a page calls it.
        rows: From logits and labels to each row's loss; its mean is the loss.
        delta: From outputs ŷ = sigmoid(z) and labels to ∂J/∂z, all ``(batch, 1)``.
    """

    name: str
    title: str
    rows: Callable[[Array, Array], Array]
    delta: Callable[[Array, Array], Array]

    def value(self, z: Array, y: Array) -> float:
        """Return the loss of logits and their labels.

        Args:
            z: Logits ``(batch, 1)``, at most 1e300 in size.
            y: Labels ``(batch, 1)`` in [0, 1].

        Raises:
            TypeError, ValueError: An argument is not as above.
        """
        return float(self.rows(*_logits_and_labels(z, y)).mean())


@checked
def _logits_and_labels(z: Array, y: Array) -> tuple[Array, Array]:
    """Return both, once they are checked."""
    return z, y


MSE = Loss("mse", "mean squared error", squared_errors.__wrapped__, mse_delta.__wrapped__)
CROSS_ENTROPY = Loss(
    "cross_entropy",
    "binary cross-entropy",
    cross_entropies.__wrapped__,
    binary_cross_entropy_delta.__wrapped__,
)

LOSSES = (MSE, CROSS_ENTROPY)
"""Every loss of the course and the playground."""
