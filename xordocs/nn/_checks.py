"""Checks that the networks of all three frameworks share."""

from typing import Any

import numpy as np
from jaxtyping import Float

from xordocs.errors import DivergedError
from xordocs.nn.activations import RELU, Activation
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.parameters import (
    Array,
    Layer,
    Parameters,
    check_layer,
    check_parameters,
)
from xordocs.validation import (
    check_array,
    check_callable,
    check_instance,
    check_int,
    check_labels,
    check_real,
)

__all__ = [
    "check_converged",
    "check_inputs",
    "check_layer_inputs",
    "check_training",
]


def check_training(
    parameters: Any,
    x: Any,
    y: Any,
    learning_rate: Any,
    epochs: Any,
    on_epoch: Any,
    activation: Any = RELU,
    loss: Any = MSE,
    dtype: Any = np.float64,
) -> tuple[Parameters, Array, Array, float]:
    """Check what ``train`` is called with; return its arrays and rate.

    Args:
        parameters: A network.
        x: Inputs ``(batch, features)``.
        y: Labels ``(batch, 1)`` in [0, 1].
        learning_rate: A positive number within the precision.
        epochs: A positive integer.
        on_epoch: A function or None.
        activation: An `Activation`.
        loss: A `Loss`.
        dtype: The precision that training computes in.

    Returns:
        The network, inputs and labels, copied into the precision, and the learning rate.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    parameters, x = check_inputs(parameters, x, activation, dtype)
    y = check_labels(y, x, "x", dtype)
    low, high = float(np.finfo(dtype).tiny), float(np.finfo(dtype).max)
    rate = check_real(learning_rate, "learning_rate", above=0)
    if not low <= rate <= high:
        raise ValueError(
            f"learning_rate must lie in [{low:.2g}, {high:.2g}], got {rate}"
        )
    check_int(epochs, "epochs")
    check_callable(on_epoch, "on_epoch", optional=True)
    check_instance(loss, "loss", Loss)
    return parameters, x, y, rate


def check_inputs(
    parameters: Any, x: Any, activation: Any = RELU, dtype: Any = np.float64
) -> tuple[Parameters, Array]:
    """Check what ``predict`` is called with, and return its arrays as copies.

    Args:
        parameters: A network.
        x: Inputs ``(batch, features)``, as many features as it has inputs.
        activation: An `Activation`.
        dtype: The precision that it computes in.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    check_instance(activation, "activation", Activation)
    parameters = check_parameters(parameters, dtype=dtype)
    return parameters, _check_features(x, parameters[0], "parameters", dtype)


def check_layer_inputs(layer: Any, name: str, x: Any) -> tuple[Layer, Array]:
    """Check one layer and its inputs, and return them as copies.

    Args:
        layer: A pair of weights and biases.
        name: The argument's name.
        x: Inputs ``(batch, features)``, as many features as it has inputs.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    layer = check_layer(layer, name)
    return layer, _check_features(x, layer, name)


def check_converged(
    parameters: Parameters, losses: Float[Array, " epochs"]
) -> tuple[Parameters, Float[Array, " epochs"]]:
    """Return what a run ends with, if all of it is finite.

    Args:
        parameters: The trained network.
        losses: The loss before each step.

    Raises:
        DivergedError: A loss or a parameter is not finite.
    """
    finite = [
        *np.isfinite(losses),
        all(np.isfinite(a).all() for layer in parameters for a in layer),
    ]
    if not all(finite):
        epoch = finite.index(False)
        raise DivergedError(epoch, losses[:epoch])
    return parameters, losses


def _check_features(
    x: Any, layer: Layer, name: str, dtype: Any = np.float64
) -> Array:
    rows: Array = check_array(x, "x", "(batch, features)", dtype=dtype)
    inputs = len(layer.weights)
    if rows.shape[1] != inputs:
        raise ValueError(
            f"x must have a column for each of the {inputs} inputs of {name}, "
            f"got shape {rows.shape}"
        )
    return rows
