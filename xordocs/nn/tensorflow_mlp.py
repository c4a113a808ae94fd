"""The same network in TensorFlow: the tape takes the derivatives, the update stays written out.

Parameters come and go as NumPy arrays, so that a run can start from another framework's weights.
TensorFlow computes in float32 here, as in the source notebook.
"""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from xordocs.nn._checks import check_converged, check_inputs, check_training
from xordocs.nn._tensorflow import quiet_startup, restored_random_state
from xordocs.nn.parameters import Array, Layer, Parameters
from xordocs.validation import check_finite, check_int, check_ints

with quiet_startup():
    import tensorflow as tf

    tf.config.list_physical_devices()  # looks for GPUs, and reports it too

__all__ = ["forward", "initialize", "predict", "train"]

Variables = Sequence[tuple[Any, Any]]
"""Each layer's weights and bias as a pair of ``tf.Variable``."""


def initialize(
    hidden_layers: Sequence[int] = (10,), seed: int = 1
) -> Parameters:
    """Draw weights from TensorFlow's normal distribution; biases are zero.

    The numbers are those that ``tf.random.set_seed(seed)`` and a ``tf.random.normal`` for each
    layer give: others than NumPy's for the same seed. The global random state is put back.

    Args:
        hidden_layers: The width of each hidden layer, from the input upwards.
        seed: 0 to 2**31 - 1.

    Returns:
        Parameters as from `xordocs.nn.numpy_mlp.initialize`, in float32.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    hidden_layers = check_ints(hidden_layers, "hidden_layers")
    seed = check_int(seed, "seed", 0, 2**31 - 1)
    widths = [2, *hidden_layers, 1]
    parameters = []
    with restored_random_state():
        tf.random.set_seed(seed)
        for inputs, units in pairwise(widths):
            weights = tf.random.normal((inputs, units)).numpy()
            parameters.append(
                Layer(weights, np.zeros((1, units), np.float32))
            )
    return parameters


def forward(variables: Variables, x: Any) -> Any:
    """Return the network's outputs.

    Args:
        variables: The network.
        x: Inputs ``(batch, 2)``, a tensor.

    Returns:
        Outputs ``(batch, 1)``, a tensor.
    """
    a = x
    for weights, bias in variables[:-1]:
        a = tf.nn.relu(tf.matmul(a, weights) + bias)
    weights, bias = variables[-1]
    return tf.sigmoid(tf.matmul(a, weights) + bias)


def train(
    parameters: Parameters,
    x: ArrayLike,
    y: ArrayLike,
    learning_rate: float = 1.5,
    epochs: int = 500,
    on_epoch: Callable[[int, float], None] | None = None,
) -> tuple[Parameters, Float[Array, " epochs"]]:
    """Descend the gradient of the mean squared error, a step an epoch.

    Args:
        parameters: Where to start; they stay as they are.
        x: Inputs ``(batch, 2)``.
        y: Labels ``(batch, 1)`` in [0, 1].
        learning_rate: The size of a step, positive.
        epochs: The number of steps, positive.
        on_epoch: Called with each epoch and its loss, such as `xordocs.tables.log_every`.

    Returns:
        The trained parameters, and the loss before each step, ``(epochs,)``, both float32.

    Raises:
        TypeError, ValueError: An argument is not as above.
        DivergedError: A loss or parameter is no longer finite in float32.
    """
    parameters, x, y, learning_rate = check_training(
        parameters, x, y, learning_rate, epochs, on_epoch, dtype=np.float32
    )
    variables = [(tf.Variable(w), tf.Variable(b)) for w, b in parameters]
    losses = []
    for epoch in range(epochs):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - forward(variables, x)))
        gradients = tape.gradient(loss, variables)
        losses.append(loss.numpy())
        if not math.isfinite(losses[-1]):
            break
        if on_epoch:
            on_epoch(epoch, float(losses[-1]))
        for (weights, bias), (d_weights, d_bias) in zip(
            variables, gradients, strict=True
        ):
            weights.assign_sub(learning_rate * d_weights)
            bias.assign_sub(learning_rate * d_bias)
    trained = [Layer(w.numpy(), b.numpy()) for w, b in variables]
    return check_converged(trained, np.array(losses))


def predict(parameters: Parameters, x: ArrayLike) -> Array:
    """Return the network's outputs ``(batch, 1)``, float32.

    Args:
        parameters: The network.
        x: Inputs ``(batch, 2)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
        ArithmeticError: The parameters are so large that an output is not finite.
    """
    parameters, x = check_inputs(parameters, x, dtype=np.float32)
    return check_finite(forward(parameters, x).numpy(), "parameters")
