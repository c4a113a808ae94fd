"""Train thousands of 2-width-1 networks on XOR at once, as one set of arrays.

The algebra is `xordocs.nn.numpy_mlp`'s, laid out for speed: the networks lie along the last axis,
so that each operation runs over thousands of neighbours, and XOR's rows need no product with x:
their sums are b, b + w₂, b + w₁ and b + w₁ + w₂. Every large array is made once and reused.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float

from xordocs.datasets import xor
from xordocs.nn.activations import LEAK, LEAKY_RELU, RELU, SIGMOID, TANH, Activation
from xordocs.nn.initializers import Initializer
from xordocs.nn.losses import CROSS_ENTROPY, MSE, Loss
from xordocs.nn.parameters import Array, Parameters

__all__ = [
    "Networks",
    "Workspace",
    "allocate",
    "as_batch",
    "backward",
    "forward",
    "initialize",
    "labels",
    "output_delta",
    "train",
]


class Networks(NamedTuple):
    """The parameters of many networks; network s is in place s of each last axis.

    Args:
        hidden: The hidden units' w₁, w₂ and b, ``(3, width, networks)``.
        v: The output units' weights, ``(width, networks)``.
        c: The output units' biases, ``(networks,)``.
    """

    hidden: Float[Array, "3 width networks"]
    v: Float[Array, "width networks"]
    c: Float[Array, " networks"]


def initialize(seeds: Sequence[int], width: int, initializer: Initializer, dtype: Any) -> Networks:
    """Draw the networks that `xordocs.nn.numpy_mlp.initialize` draws from each seed.

    Args:
        seeds: The seed of each network, 0 to 2**32 - 1.
        width: Hidden units in the one hidden layer.
        initializer: Makes the weights from each seed's draws.
        dtype: ``numpy.float64`` or ``numpy.float32``.

    Raises:
        TypeError, ValueError: The initializer returns no finite weights in the draws' shape.
    """
    random = np.random.RandomState(0)  # seeding one again takes a hundredth of making one
    draws = np.empty((len(seeds), 3 * width))
    for row, seed in zip(draws, seeds, strict=True):
        random.seed(seed)
        row[:] = random.randn(3 * width)
    w = initializer.weights(draws[:, : 2 * width].reshape(-1, 2, width))
    v = initializer.weights(draws[:, 2 * width :].reshape(-1, width, 1))
    hidden = np.zeros((3, width, len(seeds)), dtype)
    hidden[:2] = w.transpose(1, 2, 0)
    return Networks(hidden, v[:, :, 0].T.astype(dtype, order="C"), np.zeros(len(seeds), dtype))


def as_batch(parameters: Parameters) -> Networks:
    """Convert one network to a batch of one.

    Args:
        parameters: The network, 2-width-1.
    """
    (weights, bias), (output_weights, output_bias) = parameters
    hidden = np.concatenate([weights, bias])[:, :, np.newaxis]
    return Networks(hidden, output_weights, output_bias[0])


def train(
    networks: Networks,
    learning_rate: float | Float[Array, " networks"],
    epochs: int,
    activation: Activation,
    loss: Loss,
    last_steps: int,
) -> Float[Array, "last_steps networks"]:
    """Train all networks in place by gradient descent, a step an epoch.

    Args:
        networks: Where to start; they are changed in place.
        learning_rate: The size of a step, the same for all or one for each network.
        epochs: The number of steps.
        activation: The hidden units' function.
        loss: What to minimise.
        last_steps: Before how many of the last steps to take the losses.

    Returns:
        Those losses, ``(last_steps, networks)``.
    """
    workspace = allocate(networks)
    y = labels(networks)
    losses = np.empty((last_steps, len(networks.c)), networks.c.dtype)
    for epoch in range(epochs):
        forward(networks, activation, workspace)
        if epoch >= epochs - last_steps:
            losses[epoch - epochs] = loss.rows(workspace.logits, y).mean(axis=0)
        delta = output_delta(loss, y, workspace)
        delta *= learning_rate  # the smallest array that the learning rate can go into
        for parameter, change in zip(networks, backward(networks, delta, workspace), strict=True):
            parameter -= change
    return losses


class Workspace(NamedTuple):
    """The arrays that every epoch overwrites.

    Args:
        a: The hidden units' outputs, ``(4, width, networks)``.
        slope: Their functions' derivatives there, ``(4, width, networks)``.
        logits: The output units' sums, ``(4, networks)``.
        y_hat: Their outputs, ``(4, networks)``.
        delta: The loss's gradient with respect to the logits, ``(4, networks)``.
        gradient: As the networks.
    """

    a: Array
    slope: Array
    logits: Array
    y_hat: Array
    delta: Array
    gradient: Networks


def allocate(networks: Networks) -> Workspace:
    """Return a workspace for networks of this size; what is in it is arbitrary.

    Args:
        networks: The batch that will be trained in it.
    """
    a, slope = np.empty((2, 4, *networks.v.shape), networks.v.dtype)
    logits, y_hat, delta = np.empty((3, 4, len(networks.c)), a.dtype)
    gradient = Networks(*map(np.empty_like, networks))
    return Workspace(a, slope, logits, y_hat, delta, gradient)


def forward(networks: Networks, activation: Activation, workspace: Workspace) -> None:
    """Compute outputs, slopes and logits for XOR's four rows, into the workspace.

    Args:
        networks: The batch.
        activation: The hidden units' function.
        workspace: From `allocate` for networks of this size; it is overwritten.
    """
    a, slope, logits, *_ = workspace
    w1, _, b = networks.hidden
    a[0] = b
    np.add(networks.hidden[1::-1], b, out=a[1:3])
    np.add(w1, a[1], out=a[3])
    if activation in IN_PLACE_ACTIVATIONS:
        IN_PLACE_ACTIVATIONS[activation](a, slope)
    else:
        slope[:] = activation.derivative(a)
        a[:] = activation.function(a)
    np.einsum("rws,ws->rs", a, networks.v, out=logits)
    logits += networks.c


def output_delta(loss: Loss, y: Float[Array, "4 networks"], workspace: Workspace) -> Array:
    """Compute the output units' δ from the logits that `forward` left in the workspace.

    Args:
        loss: What is minimised.
        y: The labels.
        workspace: As `forward` left it; outputs and δ in it are overwritten.

    Returns:
        The workspace's δ, ``(4, networks)``.
    """
    *_, logits, y_hat, delta, _ = workspace
    _sigmoid_of(logits, y_hat)
    if loss in IN_PLACE_DELTAS:
        IN_PLACE_DELTAS[loss](y_hat, y, delta)
    else:
        delta[:] = loss.delta(y_hat, y)
    return delta


def backward(
    networks: Networks, delta: Float[Array, "4 networks"], workspace: Workspace
) -> Networks:
    """Compute the gradient from the output units' δ, with what `forward` left in the workspace.

    Args:
        networks: The batch that ran forward.
        delta: The loss's gradient with respect to the logits, ``(4, networks)``.
        workspace: As `forward` left it; its slopes are used up.

    Returns:
        The workspace's gradient.
    """
    a, slope, *_, (d_hidden, d_v, d_c) = workspace
    np.einsum("rws,rs->ws", a, delta, out=d_v)
    np.add.reduce(delta, axis=0, out=d_c)
    slope *= delta[:, np.newaxis]  # the hidden units' δ, but for the factor v
    np.add(slope[2:0:-1], slope[3], out=d_hidden[:2])  # x₁ is 1 in rows 2 and 3, x₂ in 1 and 3
    np.add(slope[0], slope[1], out=d_hidden[2])
    d_hidden[2] += d_hidden[0]  # rows 2 and 3, already added
    d_hidden *= networks.v
    return workspace.gradient


def labels(networks: Networks) -> Float[Array, "4 networks"]:
    """Return XOR's labels, the same for each network, ``(4, networks)``."""
    return np.broadcast_to(xor()[1].astype(networks.c.dtype), (4, len(networks.c)))


# The functions below equal their namesakes in `xordocs.nn`, and make no array: the system would
# have to find and to clear its memory at every step, which takes longer than the arithmetic.


def _relu(a: Array, slope: Array) -> None:
    np.greater(a, 0, out=slope)
    a *= slope


def _leaky_relu(a: Array, slope: Array) -> None:
    np.greater(a, 0, out=slope)
    np.maximum(slope, LEAK, out=slope)
    a *= slope


def _tanh(a: Array, slope: Array) -> None:
    with np.errstate(over="ignore"):  # 1 / infinity is the right 0
        np.cosh(a, out=slope)
        slope *= slope
    np.divide(1, slope, out=slope)
    np.tanh(a, out=a)


def _sigmoid(a: Array, slope: Array) -> None:
    np.negative(a, out=slope)
    for values in (a, slope):
        _sigmoid_of(values, values)  # of -z in the end
    slope *= a


def _sigmoid_of(z: Array, out: Array) -> None:
    np.negative(z, out=out)
    with np.errstate(over="ignore"):  # 1 / (1 + infinity) is the right 0
        np.exp(out, out=out)
    out += 1
    np.divide(1, out, out=out)


IN_PLACE_ACTIVATIONS: dict[Activation, Callable[[Array, Array], None]] = {
    RELU: _relu,
    LEAKY_RELU: _leaky_relu,
    TANH: _tanh,
    SIGMOID: _sigmoid,
}
"""From sums in the first array to outputs in the first, and slopes in the second."""


def _mse_delta(y_hat: Array, y: Array, delta: Array) -> None:
    np.subtract(1, y_hat, out=delta)
    delta *= y_hat
    y_hat -= y
    y_hat *= 2 / len(y)
    delta *= y_hat


def _binary_cross_entropy_delta(y_hat: Array, y: Array, delta: Array) -> None:
    np.subtract(y_hat, y, out=delta)
    delta *= 1 / len(y)


IN_PLACE_DELTAS: dict[Loss, Callable[[Array, Array, Array], None]] = {
    MSE: _mse_delta,
    CROSS_ENTROPY: _binary_cross_entropy_delta,
}
"""From outputs, which are used up, and labels to δ in the third array."""
