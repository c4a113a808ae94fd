"""A multilayer perceptron in NumPy: forward, loss, backward, update.

Each hidden layer takes weighted sums of the layer below and applies its activation (ReLU, unless
said otherwise); the output unit's sigmoid gives a value between 0 and 1. Backpropagation as in
Rumelhart, Hinton and Williams, "Learning internal representations by error propagation" (1986).
"""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from xordocs.nn._checks import check_converged, check_inputs, check_training
from xordocs.nn.activations import RELU, Activation, sigmoid
from xordocs.nn.initializers import NOTEBOOK, Initializer
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.parameters import Array, Forward, Layer, Parameters
from xordocs.validation import (
    check_finite,
    check_instance,
    check_int,
    check_ints,
)

__all__ = [
    "backward",
    "forward",
    "initialize",
    "predict",
    "train",
    "update",
]


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
        initializer: Makes the weights from the draws, which are the same for all.

    Returns:
        A network with two inputs and one output unit.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    hidden_layers = check_ints(hidden_layers, "hidden_layers")
    seed = check_int(seed, "seed", 0, 2**32 - 1)
    check_instance(initializer, "initializer", Initializer)
    random = np.random.RandomState(seed)
    widths = [2, *hidden_layers, 1]
    parameters = []
    for inputs, units in pairwise(widths):
        weights = initializer.weights(random.randn(inputs, units))
        parameters.append(Layer(weights, np.zeros((1, units))))
    return parameters


def forward(
    parameters: Parameters,
    x: Float[Array, "batch inputs"],
    activation: Activation = RELU,
) -> Forward:
    """Carry the inputs up through the layers.

    Args:
        parameters: The network, as `initialize` returns it.
        x: The inputs.
        activation: The hidden units' function.

    Returns:
        Every layer's sums and outputs.
    """
    z, a = [], [x]
    for weights, bias in parameters[:-1]:
        z.append(a[-1] @ weights + bias)
        a.append(activation.function(z[-1]))
    weights, bias = parameters[-1]
    z.append(a[-1] @ weights + bias)
    a.append(sigmoid(z[-1]))
    return Forward(z, a)


def backward(
    parameters: Parameters,
    z: list[Float[Array, "batch _"]],
    a: list[Float[Array, "batch _"]],
    y: Float[Array, "batch 1"],
    activation: Activation = RELU,
    loss: Loss = MSE,
) -> Parameters:
    """Carry the error back down: the chain rule, one layer at a time.

    Args:
        parameters: The network that ran `forward`.
        z: Each layer's sums, as `forward` returned them.
        a: The inputs and each layer's outputs, as `forward` returned them.
        y: The labels.
        activation: The hidden units' function.
        loss: Whose gradient to take.

    Returns:
        The gradient, a layer for each layer of ``parameters``.
    """
    gradients: Parameters = []
    delta = loss.delta(a[-1], y)
    for depth in reversed(range(len(parameters))):
        d_weights = a[depth].T @ delta
        d_bias = delta.sum(axis=0, keepdims=True)
        gradients.insert(0, Layer(d_weights, d_bias))
        if depth > 0:
            slope = activation.derivative(z[depth - 1])
            delta = (delta @ parameters[depth].weights.T) * slope
    return gradients


def update(
    parameters: Parameters, gradients: Parameters, learning_rate: float
) -> Parameters:
    """Take one step against the gradient.

    Args:
        parameters: The network.
        gradients: As `backward` returned them.
        learning_rate: The size of the step.

    Returns:
        The network after the step.
    """
    updated = []
    for layer, gradient in zip(parameters, gradients, strict=True):
        weights = layer.weights - learning_rate * gradient.weights
        bias = layer.bias - learning_rate * gradient.bias
        updated.append(Layer(weights, bias))
    return updated


def train(
    parameters: Parameters,
    x: ArrayLike,
    y: ArrayLike,
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
        learning_rate: The size of a step, positive.
        epochs: The number of steps, positive.
        activation: The hidden units' function.
        loss: What to minimise.
        on_epoch: Called with each epoch and its loss, such as `xordocs.tables.log_every`.

    Returns:
        The trained parameters, and the loss before each step, ``(epochs,)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
        DivergedError: A loss or parameter is no longer finite.
    """
    parameters, x, y, learning_rate = check_training(
        parameters, x, y, learning_rate, epochs, on_epoch, activation, loss
    )
    losses = []
    with np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(epochs):
            z, a = forward(parameters, x, activation)
            losses.append(loss.value(z[-1], y))
            if not math.isfinite(losses[-1]):
                break
            if on_epoch:
                on_epoch(epoch, losses[-1])
            gradients = backward(parameters, z, a, y, activation, loss)
            parameters = update(parameters, gradients, learning_rate)
    return check_converged(parameters, np.array(losses))


def predict(
    parameters: Parameters, x: ArrayLike, activation: Activation = RELU
) -> Array:
    """Return the network's outputs ``(batch, 1)``, between 0 and 1.

    Args:
        parameters: The network.
        x: Inputs ``(batch, 2)``.
        activation: The hidden units' function.

    Raises:
        TypeError, ValueError: An argument is not as above.
        ArithmeticError: The parameters are so large that an output is not finite.
    """
    parameters, x = check_inputs(parameters, x, activation)
    with np.errstate(over="ignore", invalid="ignore"):
        return check_finite(
            forward(parameters, x, activation).a[-1], "parameters"
        )
