"""A multilayer perceptron in NumPy, the algebra in the open.

Every hidden layer takes a weighted sum of the layer below and bends it (ReLU, unless said
otherwise); one output unit squashes its sum to a value between 0 and 1. Backpropagation as in
Rumelhart, Hinton and Williams, "Learning internal representations by error propagation" (1986).
"""

import functools
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from xordocs.checks import checked, converged, finite
from xordocs.nn.activations import RELU, SIGMOID, Activation
from xordocs.nn.initializers import NOTEBOOK, Initializer
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.parameters import Array, Layer, Parameters, flatten, layered

__all__ = ["Forward", "backward", "forward", "initialize", "predict", "train"]


class Forward(NamedTuple):
    """What a forward pass leaves behind for the backward pass.

    Args:
        z: Each layer's weighted sums ``(batch, units)``, before its function bends them.
        a: The inputs, then each layer's outputs; ``a[-1]`` is ŷ, ``(batch, 1)``.
    """

    z: list[Array]
    a: list[Array]


@checked
def initialize(
    hidden_layers: Sequence[int] = (10,),
    seed: int = 1,
    initializer: Initializer = NOTEBOOK,
) -> Parameters:
    """Draw a network's weights at random; its biases are zero.

    The numbers are those that ``numpy.random.seed(seed)`` and ``numpy.random.randn`` give, layer
    by layer, and NumPy has promised never to change them; no global state is touched.

    Args:
        hidden_layers: The width of each hidden layer, from the input upwards.
        seed: 0 to 2**32 - 1.
        initializer: What becomes of the draws; they are the same for all.

    Returns:
        Two inputs' worth of weights for the first layer, one unit in the last.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    random = np.random.RandomState(seed)
    widths = [2, *hidden_layers, 1]
    return [
        Layer(initializer.weights(random.randn(below, units)), np.zeros((1, units)))
        for below, units in pairwise(widths)
    ]


@checked
def forward(parameters: Parameters, x: Array, activation: Activation = RELU) -> Forward:
    """Carry the inputs up through the layers.

    Args:
        parameters: The network, as `initialize` returns it.
        x: Inputs ``(batch, 2)``.
        activation: What the hidden units do with their weighted sums.

    Returns:
        Every layer's sums and outputs.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    z: list[Array] = []
    a = [x]
    for weights, bias in parameters:
        if z:  # the sums of a hidden layer, now that there is a layer above it
            a.append(activation.function(z[-1]))
        z.append(a[-1].dot(weights) + bias)  # on small arrays `dot` is quicker than `@`
    a.append(SIGMOID.function(z[-1]))
    return Forward(z, a)


@functools.cache
def _ones(batch: int, dtype: Any) -> Array:
    """Return what a bias listens to, ``(1, batch)``: an input that is 1 in each row."""
    return np.ones((1, batch), dtype)


@checked
def backward(
    parameters: Parameters,
    passed: Forward,
    y: Array,
    activation: Activation = RELU,
    loss: Loss = MSE,
    out: Parameters | None = None,
) -> Parameters:
    """Carry the error back down: the chain rule, one layer at a time.

    Args:
        parameters: The network that ran forward.
        passed: What `forward` returned for it.
        y: Labels ``(batch, 1)``.
        activation: The one that ran forward.
        loss: What is to fall.
        out: Arrays for the gradient; new ones by default.

    Returns:
        The loss's gradient, in the shape of ``parameters``.

    Raises:
        TypeError, ValueError: An argument is not as above, or ``passed`` is of another network.
    """
    delta = loss.delta(passed.a[-1], y)
    ones = _ones(len(y), delta.dtype)
    gradients = out or layered(flatten(parameters), parameters)  # all overwritten below
    for depth in reversed(range(len(parameters))):
        passed.a[depth].T.dot(delta, out=gradients[depth].weights)
        ones.dot(delta, out=gradients[depth].bias)
        if depth > 0:
            slope = activation.derivative(passed.z[depth - 1])
            delta = delta.dot(parameters[depth].weights.T) * slope
    return gradients


@checked
def train(
    parameters: Parameters,
    x: Array,
    y: Array,
    learning_rate: float = 1.5,
    epochs: int = 500,
    activation: Activation = RELU,
    loss: Loss = MSE,
    on_epoch: Callable[[int, float], None] | None = None,
) -> tuple[Parameters, Array]:
    """Descend the gradient, all rows at once, a step an epoch.

    Args:
        parameters: Where to start; they stay as they are.
        x: Inputs ``(batch, 2)``.
        y: Labels ``(batch, 1)`` in [0, 1].
        learning_rate: How far to step, positive.
        epochs: How many steps, positive.
        activation: What the hidden units do with their weighted sums.
        loss: What is to fall.
        on_epoch: Told each epoch and its loss, such as `xordocs.tables.log_every`.

    Returns:
        The trained parameters, and the loss before each step, ``(epochs,)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
        DivergedError: A loss or parameter is no longer finite.
    """
    theta = flatten(parameters)
    parameters = layered(theta, parameters)
    gradient = np.empty_like(theta)
    gradients = layered(gradient, parameters)
    logits = np.empty((epochs, len(y), 1), gradient.dtype)  # the losses are worked out together
    with np.errstate(over="ignore", invalid="ignore"):  # a diverged run is named below
        for epoch in range(epochs):
            passed = forward.__wrapped__(parameters, x, activation)
            backward.__wrapped__(parameters, passed, y, activation, loss, gradients)
            theta -= learning_rate * gradient
            logits[epoch] = passed.z[-1]
            if on_epoch:
                value = float(loss.rows(logits[epoch], y).mean())
                if not math.isfinite(value):
                    break
                on_epoch(epoch, value)
        losses = loss.rows(logits[: epoch + 1], y).mean(axis=(1, 2))
    return converged(parameters, losses)


@checked
def predict(parameters: Parameters, x: Array, activation: Activation = RELU) -> Array:
    """Return the network's outputs ``(batch, 1)``, between 0 and 1, for inputs ``(batch, 2)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
        ArithmeticError: The parameters are so large that an output is not finite.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return finite("parameters", forward.__wrapped__(parameters, x, activation).a[-1])
