"""The same network in TensorFlow: the tape takes the derivatives, the update stays written out.

Parameters come and go as NumPy arrays, so that a run can start from another framework's weights.
TensorFlow computes in float32 here, as in the source notebook.
"""

import math
import random
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from typing import Any

import numpy as np

from xordocs.checks import checked_float32, converged, finite
from xordocs.nn._tensorflow import quiet_startup
from xordocs.nn.parameters import Array, Layer, Parameters, flatten, layered

with quiet_startup():
    import tensorflow as tf

    tf.config.list_physical_devices()  # looks for GPUs, and reports it too

__all__ = ["forward", "initialize", "predict", "step", "train"]

Variables = list[tuple[Any, Any]]
"""Each layer's weights and bias as a pair of ``tf.Variable``."""


@checked_float32
def initialize(hidden_layers: Sequence[int] = (10,), seed: int = 1) -> Parameters:
    """Draw weights from TensorFlow's standard normal generator; biases are zero.

    The numbers are those that ``tf.random.set_seed(seed)`` and a ``tf.random.normal`` for each
    layer give: others than NumPy's for the same seed. No global state is touched: ``set_seed``
    draws a second seed for each operation, which is done here in the open.

    Args:
        hidden_layers: The width of each hidden layer, from the input upwards.
        seed: 0 to 2**31 - 1.

    Returns:
        Parameters as from `xordocs.nn.numpy_mlp.initialize`, in float32.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    if seed >= 2**31:
        raise ValueError(f"seed must be at most 2**31 - 1 for TensorFlow, got {seed}")
    operation_seeds = random.Random(seed)
    widths = [2, *hidden_layers, 1]

    # a new graph has a generator of its own, which starts at the seed
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        draws = [
            tf.raw_ops.RandomStandardNormal(
                shape=shape,
                dtype=tf.float32,
                seed=seed,
                seed2=operation_seeds.randint(0, 2**31 - 1),
            )
            for shape in pairwise(widths)
        ]
        return [
            Layer(weights, np.zeros((1, weights.shape[1]), np.float32))
            for weights in session.run(draws)
        ]


def forward(variables: Variables, x: Any, product: Callable[[Any, Any], Any] = tf.matmul) -> Any:
    """Return the network's outputs.

    Args:
        variables: The network.
        x: Inputs ``(batch, 2)``, a tensor.
        product: How to multiply two matrices, ``(batch, below)`` and ``(below, units)``.

    Returns:
        Outputs ``(batch, 1)``, a tensor.

    Raises:
        tf.errors.InvalidArgumentError: Shapes or precisions do not fit together.
    """
    a = x
    for weights, bias in variables[:-1]:
        a = tf.nn.relu(product(a, weights) + bias)
    weights, bias = variables[-1]
    return tf.sigmoid(product(a, weights) + bias)


def step(variables: Variables, x: Any, y: Any, learning_rate: float) -> Any:
    """Take one step down the gradient of the mean squared error, and return the loss before it.

    Args:
        variables: The network; the step changes it in place.
        x: Inputs ``(batch, 2)``, a float32 tensor.
        y: Labels ``(batch, 1)``, a float32 tensor.
        learning_rate: How far to step.

    Returns:
        The loss before the step, a scalar tensor.

    Raises:
        tf.errors.InvalidArgumentError: Shapes or precisions do not fit together.
    """
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - forward(variables, x)))
    gradients = tape.gradient(loss, variables)
    for (weights, bias), (d_weights, d_bias) in zip(variables, gradients, strict=True):
        weights.assign_sub(learning_rate * d_weights)
        bias.assign_sub(learning_rate * d_bias)
    return loss


@tf.function(jit_compile=tf.test.is_built_with_xla(), reduce_retracing=True)  # type: ignore[untyped-decorator]
def _all_steps(
    theta: Any, x: Any, y: Any, learning_rate: Any, widths: tuple[int, ...], epochs: int
) -> Any:
    """Run all steps as one compiled program; each network shape and number of epochs compiles once.

    Args:
        theta: The parameters as one vector: a call with one array is quicker than with many.
        x: As for `step`.
        y: As for `step`.
        learning_rate: As for `step`.
        widths: The number of inputs, then each layer's units.
        epochs: How many steps.

    Returns:
        The trained parameters and the loss before each step, one vector.
    """
    losses = tf.TensorArray(tf.float32, size=epochs)
    for epoch in tf.range(epochs):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            outputs = forward(_layers(theta, widths), x, _product)
            loss = tf.reduce_mean(tf.square(y - outputs))
        theta -= learning_rate * tape.gradient(loss, theta)
        losses = losses.write(epoch, loss)
    return tf.concat([theta, losses.stack()], axis=0)


def _layers(theta: Any, widths: tuple[int, ...]) -> Variables:
    """Cut θ into weights and biases, as `xordocs.nn.parameters.flatten` put them together."""
    layers = []
    for below, units in pairwise(widths):
        weights, bias, theta = tf.split(theta, [below * units, units, -1])
        layers.append((tf.reshape(weights, (below, units)), tf.reshape(bias, (1, units))))
    return layers


def _product(a: Any, b: Any) -> Any:
    """Return a @ b as products and sums, which XLA makes one loop with what is around them.

    For a matrix product it calls a library, and with so few numbers the call is most of the cost.
    """
    return tf.reduce_sum(a[:, :, tf.newaxis] * b, axis=1)


@checked_float32
def train(
    parameters: Parameters,
    x: Array,
    y: Array,
    learning_rate: float = 1.5,
    epochs: int = 500,
    on_epoch: Callable[[int, float], None] | None = None,
    compiled: bool = False,
) -> tuple[Parameters, Array]:
    """Descend the gradient of the mean squared error, all rows at once, a step an epoch.

    Args:
        parameters: Where to start; they stay as they are.
        x: Inputs ``(batch, 2)``.
        y: Labels ``(batch, 1)`` in [0, 1].
        learning_rate: How far to step, positive.
        epochs: How many steps, positive.
        on_epoch: Told each epoch and its loss, such as `xordocs.tables.log_every`.
        compiled: Run all steps as one compiled program, and tell ``on_epoch`` afterwards.

    Returns:
        The trained parameters, and the loss before each step, ``(epochs,)``, both float32.

    Raises:
        TypeError, ValueError: An argument is not as above.
        DivergedError: A loss or parameter is no longer finite in float32.
    """
    x, y = tf.constant(x), tf.constant(y)
    if compiled:
        theta = tf.constant(flatten(parameters))
        widths = (x.shape[1], *(layer.bias.size for layer in parameters))
        rate = tf.constant(learning_rate, tf.float32)
        found = _all_steps(theta, x, y, rate, widths, epochs).numpy()
        theta, losses = np.split(found, [theta.shape[0]])
        if on_epoch:
            for epoch, loss in enumerate(takewhile(math.isfinite, losses.tolist())):
                on_epoch(epoch, loss)
        return converged(layered(theta, parameters), losses)
    variables = [(tf.Variable(w), tf.Variable(b)) for w, b in parameters]
    losses = np.empty(epochs, np.float32)
    for epoch in range(epochs):
        losses[epoch] = step(variables, x, y, learning_rate).numpy()
        if not math.isfinite(losses[epoch]):
            break
        if on_epoch:
            on_epoch(epoch, float(losses[epoch]))
    trained = [Layer(weights.numpy(), bias.numpy()) for weights, bias in variables]
    return converged(trained, losses[: epoch + 1])


@checked_float32
def predict(parameters: Parameters, x: Array) -> Array:
    """Return the network's outputs ``(batch, 1)``, float32, for inputs ``(batch, 2)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
        ArithmeticError: The parameters are so large that an output is not finite.
    """
    constants = [(tf.constant(w), tf.constant(b)) for w, b in parameters]
    return finite("parameters", forward(constants, tf.constant(x)).numpy())
