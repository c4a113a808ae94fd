"""How wrong the network is; each loss beside its gradient.

A loss is a function of the outputs ŷ, and ŷ = sigmoid(z) of the output unit's sum z, its logit.
Training needs the gradient with respect to z, δ. As the sigmoid's slope is ŷ (1 - ŷ), the outputs
of the forward pass are all that δ needs.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from xordocs.nn.activations import sigmoid
from xordocs.nn.parameters import Array
from xordocs.validation import check_array, check_labels

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

LARGEST_OUTPUT = 1e100
"""The largest output whose square can be added up."""


def mse_loop(
    ws: Any, m: Callable[[Any, Any], Any], x: Sequence[Any], y: Sequence[Any]
) -> Any:
    """Return a model's mean squared error, one row at a time.

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
            "x and y must be equally many rows, at least one, "
            f"got {len(x)} and {len(y)}"
        )
    error: Any = 0
    for row, label in zip(x, y, strict=True):
        error += (label - m(ws, row)) ** 2
    return error / len(x)


def mse(y_hat: ArrayLike, y: ArrayLike) -> float:
    """Return the mean squared error, the mean of (ŷ - y)².

    Args:
        y_hat: Outputs ``(batch, 1)``, at most 1e100 in size.
        y: Labels ``(batch, 1)`` in [0, 1].

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    y_hat, y = _check_outputs(y_hat, y)
    return float(np.mean((y_hat - y) ** 2))


def mse_gradient(
    y_hat: Float[Array, "batch outputs"], y: Float[Array, "batch outputs"]
) -> Float[Array, "batch outputs"]:
    """Return ∂J/∂ŷ = 2 (ŷ - y) / N for N rows, the gradient of `mse`."""
    return 2 * (y_hat - y) / len(y)


def mse_delta(
    y_hat: Float[Array, "batch outputs"], y: Float[Array, "batch outputs"]
) -> Float[Array, "batch outputs"]:
    """Return δ = ∂J/∂z = 2 (ŷ - y) ŷ (1 - ŷ) / N for ŷ = sigmoid(z)."""
    slope: Array = y_hat * (1 - y_hat)
    return mse_gradient(y_hat, y) * slope


def squared_errors(
    z: Float[Array, "*rows"], y: Float[Array, "*rows"]
) -> Float[Array, "*rows"]:
    """Return (ŷ - y)² for ŷ = sigmoid(z), each row's share of `mse`."""
    return (sigmoid(z) - y) ** 2


def binary_cross_entropy(z: ArrayLike, y: ArrayLike) -> float:
    """Return the mean of -y log ŷ - (1 - y) log(1 - ŷ) for ŷ = sigmoid(z).

    The usual loss for labels that are 0 or 1 (Goodfellow et al., Deep Learning, §6.2). It is
    computed from the logit, so that it stays finite when ŷ rounds to 0 or 1.

    Args:
        z: Logits ``(batch, 1)``.
        y: Labels ``(batch, 1)`` in [0, 1].

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    z = check_array(z, "z", "(batch, 1)")
    y = check_labels(y, z, "z")
    return CROSS_ENTROPY.value(z, y)


def cross_entropies(
    z: Float[Array, "*rows"], y: Float[Array, "*rows"]
) -> Float[Array, "*rows"]:
    """Return log(1 + exp(z)) - y z, each row's cross-entropy.

    Computed as max(z, 0) - y z + log(1 + exp(-|z|)): for a right output the first two cancel
    exactly, and the small rest keeps its digits.
    """
    losses: Array = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
    return losses


def binary_cross_entropy_delta(
    y_hat: Float[Array, "batch outputs"], y: Float[Array, "batch outputs"]
) -> Float[Array, "batch outputs"]:
    """Return δ = ∂J/∂z = (ŷ - y) / N: without the factor ŷ (1 - ŷ)."""
    return (y_hat - y) / len(y)


def accuracy(y_hat: ArrayLike, y: ArrayLike) -> float:
    """Return the share of outputs on their label's side of 1/2.

    Args:
        y_hat: Outputs ``(batch, 1)``, at most 1e100 in size.
        y: Labels ``(batch, 1)`` in [0, 1].

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    y_hat, y = _check_outputs(y_hat, y)
    return float(np.mean((y_hat > 0.5) == (y > 0.5)))


class Loss(NamedTuple):
    """A loss as training sees it, through the output unit's sigmoid.

    Args:
        name: What code and addresses call it.
        title: What a page calls it.
        rows: From logits and labels to each row's loss; the loss is their mean.
        delta: From outputs ŷ = sigmoid(z) and labels to ∂J/∂z.
    """

    name: str
    title: str
    rows: Callable[[Array, Array], Array]
    delta: Callable[[Array, Array], Array]

    def value(
        self, z: Float[Array, "batch 1"], y: Float[Array, "batch 1"]
    ) -> float:
        """Return the mean of `rows`, which is finite where their sum is not."""
        return float((self.rows(z, y) / len(y)).sum())


MSE = Loss("mse", "mean squared error", squared_errors, mse_delta)
CROSS_ENTROPY = Loss(
    "cross_entropy",
    "binary cross-entropy",
    cross_entropies,
    binary_cross_entropy_delta,
)

LOSSES = (MSE, CROSS_ENTROPY)
"""Every loss of the course and the playground."""


def _check_outputs(y_hat: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    y_hat = check_array(
        y_hat, "y_hat", "(batch, 1)", -LARGEST_OUTPUT, LARGEST_OUTPUT
    )
    return y_hat, check_labels(y, y_hat, "y_hat")
