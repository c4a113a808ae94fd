"""The same network as a Keras model: ``Sequential``, ``compile``, ``fit``.

Parameters come and go as NumPy arrays, so that a run can start from another framework's weights.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from xordocs.nn._checks import check_converged, check_inputs, check_training
from xordocs.nn._tensorflow import quiet_startup, restored_random_state
from xordocs.nn.parameters import Array, Layer, Parameters, check_parameters
from xordocs.validation import check_finite

with quiet_startup():
    import keras
    import tensorflow as tf

    keras.ops.zeros(())  # looks for GPUs, and reports it too

__all__ = ["model", "predict", "train"]


def model(parameters: Parameters) -> Any:
    """Build a ``keras.Sequential`` that holds these parameters.

    Args:
        parameters: The network, as `xordocs.nn.numpy_mlp.initialize` returns it.

    Raises:
        TypeError, ValueError: ``parameters`` is not as above.
    """
    parameters = check_parameters(parameters, dtype=np.float32)
    inputs = len(parameters[0].weights)
    with restored_random_state():
        network = keras.Sequential([keras.Input((inputs,))])
        for weights, _ in parameters[:-1]:
            network.add(keras.layers.Dense(weights.shape[1], "relu"))
        network.add(keras.layers.Dense(1, "sigmoid"))
    for layer, (weights, bias) in zip(
        network.layers, parameters, strict=True
    ):
        layer.set_weights([weights, bias[0]])
    return network


def train(
    parameters: Parameters,
    x: ArrayLike,
    y: ArrayLike,
    learning_rate: float = 1.5,
    epochs: int = 500,
    on_epoch: Callable[[int, float], None] | None = None,
) -> tuple[Parameters, Float[Array, " epochs"]]:
    """Descend the gradient with ``compile`` and ``fit``.

    Args:
        parameters: Where to start; they stay as they are.
        x: Inputs ``(batch, 2)``.
        y: Labels ``(batch, 1)`` in [0, 1].
        learning_rate: The size of a step, positive.
        epochs: The number of steps, positive; one batch holds all rows, so a step is an epoch.
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

    def report(epoch: int, logs: dict[str, float]) -> None:
        if on_epoch and math.isfinite(logs["loss"]):
            on_epoch(epoch, logs["loss"])

    network = model(parameters)
    network.compile(keras.optimizers.SGD(learning_rate), "mean_squared_error")
    # given arrays, `fit` makes a dataset anew in each epoch, which is slow
    rows = tf.data.Dataset.from_tensors((x, y)).repeat()
    history = network.fit(
        rows,
        epochs=epochs,
        steps_per_epoch=1,
        shuffle=False,
        verbose=0,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=report)],
    )
    losses = np.array(history.history["loss"], np.float32)
    trained = [
        Layer(weights, bias[np.newaxis])
        for weights, bias in (layer.get_weights() for layer in network.layers)
    ]
    return check_converged(trained, losses)


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
    # called, not `predict`: that traces a program for each new model, and warns of it in a loop
    outputs = keras.ops.convert_to_numpy(model(parameters)(x))
    return check_finite(outputs, "parameters")
