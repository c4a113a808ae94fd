"""The same network as a Keras model: what ``compile`` and ``fit`` do for you.

Parameters come and go as NumPy arrays, so that a run can start from another framework's weights.
"""

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from xordocs.checks import checked_float32, converged, finite
from xordocs.nn._tensorflow import quiet_startup
from xordocs.nn.parameters import Array, Layer, Parameters

with quiet_startup():
    import keras

    keras.ops.zeros(())  # looks for GPUs, and reports it too

__all__ = ["model", "predict", "train"]


@checked_float32
def model(parameters: Parameters) -> Any:
    """Build a ``keras.Sequential`` of dense layers that holds these parameters.

    Args:
        parameters: The network, as `xordocs.nn.numpy_mlp.initialize` returns it.

    Raises:
        TypeError, ValueError: ``parameters`` is not as above.
    """
    functions = ["relu"] * (len(parameters) - 1) + ["sigmoid"]
    network = keras.Sequential(
        [
            keras.Input((len(parameters[0].weights),)),
            *[
                # no draw that is thrown away, and would move Python's global generator
                keras.layers.Dense(
                    weights.shape[1], activation=function, kernel_initializer="zeros"
                )
                for (weights, _), function in zip(parameters, functions, strict=True)
            ],
        ]
    )
    for layer, (weights, bias) in zip(network.layers, parameters, strict=True):
        layer.set_weights([weights, bias[0]])
    return network


@checked_float32
def train(
    parameters: Parameters,
    x: Array,
    y: Array,
    learning_rate: float = 1.5,
    epochs: int = 500,
    on_epoch: Callable[[int, float], None] | None = None,
) -> tuple[Parameters, Array]:
    """Descend the gradient of the mean squared error with ``compile`` and ``fit``.

    Args:
        parameters: Where to start; they stay as they are.
        x: Inputs ``(batch, 2)``.
        y: Labels ``(batch, 1)`` in [0, 1].
        learning_rate: How far to step, positive.
        epochs: How many steps, positive; one batch holds all rows, so a step is an epoch.
        on_epoch: Told each epoch and its loss, such as `xordocs.tables.log_every`.

    Returns:
        The trained parameters, and the loss before each step, ``(epochs,)``, both float32.

    Raises:
        TypeError, ValueError: An argument is not as above.
        DivergedError: A loss or parameter is no longer finite in float32.
    """
    network = model(parameters)
    network.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mean_squared_error")

    def tell(epoch: int, logs: dict[str, float]) -> None:
        if not math.isfinite(logs["loss"]):
            network.stop_training = True
        elif on_epoch:
            on_epoch(epoch, logs["loss"])

    rows = ((x, y) for _ in itertools.count())  # all of them, again and again
    history = network.fit(
        rows,
        steps_per_epoch=1,
        epochs=epochs,
        shuffle=False,
        verbose=0,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=tell)],
    )
    losses = np.array(history.history["loss"], np.float32)
    trained = [
        Layer(weights, bias[np.newaxis])
        for weights, bias in (layer.get_weights() for layer in network.layers)
    ]
    return converged(trained, losses)


@checked_float32
def predict(parameters: Parameters, x: Array) -> Array:
    """Return the network's outputs ``(batch, 1)``, float32, for inputs ``(batch, 2)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
        ArithmeticError: The parameters are so large that an output is not finite.
    """
    # called, not `predict`: that traces a program for each new model, and warns of it in a loop
    return finite("parameters", keras.ops.convert_to_numpy(model(parameters)(x)))
