"""Thousands of 2-width-1 networks that learn XOR side by side, as one set of arrays.

The algebra is `xordocs.numpy_mlp`'s, laid out for speed: the networks lie along the last axis, so
that each operation runs over thousands of neighbours, and XOR's rows need no product with x: their
sums are b, b + w₂, b + w₁ and b + w₁ + w₂. Every large array is made once and reused.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from xordocs.activations import RELU, Activation, sigmoid
from xordocs.arrays import Array, Layer, Parameters
from xordocs.datasets import xor
from xordocs.initializations import Initialization
from xordocs.losses import Loss

__all__ = ["Networks", "hidden_sums", "initialize", "labels", "single", "train"]


class Networks(NamedTuple):
    """Their parameters; network s is in place s of each last axis.

    Args:
        hidden: The hidden units' w₁, w₂ and b, ``(3, width, networks)``.
        v: What the output unit makes of each hidden unit, ``(width, networks)``.
        c: The output units' biases, ``(networks,)``.
    """

    hidden: Array
    v: Array
    c: Array


def initialize(
    seeds: Sequence[int], width: int, initialization: Initialization, dtype: Any
) -> Networks:
    """Return the networks that `xordocs.numpy_mlp.initialize` draws from each seed."""
    random = np.random.RandomState(0)  # seeding one again takes a hundredth of making one
    draws = np.empty((len(seeds), 3 * width))
    for row, seed in zip(draws, seeds, strict=True):
        random.seed(seed)
        row[:] = random.randn(3 * width)
    w = initialization.weights(draws[:, : 2 * width].reshape(-1, 2, width))
    v = initialization.weights(draws[:, 2 * width :].reshape(-1, width, 1))
    hidden = np.zeros((3, width, len(seeds)), dtype)
    hidden[:2] = w.transpose(1, 2, 0)
    return Networks(hidden, v[:, :, 0].T.astype(dtype, order="C"), np.zeros(len(seeds), dtype))


def single(networks: Networks, index: int) -> Parameters:
    """Return one of the networks, as `xordocs.numpy_mlp` knows it."""
    hidden, v, c = (array[..., index] for array in networks)
    return [Layer(hidden[:2], hidden[2:]), Layer(v[:, np.newaxis], c.reshape(1, 1))]


def train(
    networks: Networks,
    learning_rate: float,
    epochs: int,
    activation: Activation,
    loss: Loss,
    tail: int,
) -> Array:
    """Descend each network's gradient, in place, a step an epoch.

    Args:
        networks: Where to start, and where the end is found.
        learning_rate: How far to step.
        epochs: How many steps.
        activation: What the hidden units do with their weighted sums.
        loss: What is to fall.
        tail: Before how many of the last steps to take the losses.

    Returns:
        Those losses, ``(tail, networks)``.
    """
    hidden, v, c = networks
    y = labels(networks)
    a = np.empty((4, *v.shape), v.dtype)
    slope = np.empty_like(a)
    change = np.empty_like(hidden)
    change_v = np.empty_like(v)
    logits = np.empty_like(y)
    losses = np.empty((tail, len(c)), v.dtype)
    for epoch in range(epochs):
        hidden_sums(networks, out=a)
        _bend(a, slope, activation)
        np.einsum("rws,ws->rs", a, v, out=logits)
        logits += c
        if epoch >= epochs - tail:
            losses[epoch - epochs] = loss.rows(logits, y).mean(axis=0)
        step = loss.delta(sigmoid(logits), y)  # the output unit's δ, times the learning rate
        step *= learning_rate

        np.einsum("rws,rs->ws", a, step, out=change_v)
        slope *= step[:, np.newaxis]  # the hidden units' δ, but for its factor v
        np.add(slope[2:0:-1], slope[3], out=change[:2])  # x₁ is 1 in rows 2 and 3, x₂ in 1 and 3
        np.add.reduce(slope, axis=0, out=change[2])
        change *= v
        hidden -= change
        v -= change_v
        c -= step.sum(axis=0)
    return losses


def labels(networks: Networks) -> Array:
    """Return XOR's labels, the same for each network, ``(4, networks)``."""
    return np.broadcast_to(xor()[1].astype(networks.c.dtype), (4, len(networks.c)))


def hidden_sums(networks: Networks, out: Array | None = None) -> Array:
    """Return w₁x₁ + w₂x₂ + b for XOR's rows x, ``(4, width, networks)``."""
    w1, _, b = networks.hidden
    z = np.empty((4, *b.shape), b.dtype) if out is None else out
    z[0] = b
    np.add(networks.hidden[1::-1], b, out=z[1:3])
    np.add(w1, z[1], out=z[3])
    return z


def _bend(z: Array, slope: Array, activation: Activation) -> None:
    """Turn sums z into the units' outputs, and write their derivatives into ``slope``."""
    if activation == RELU:
        np.greater(z, 0, out=slope)
        z *= slope
    else:
        slope[:] = activation.derivative(z)
        z[:] = activation.function(z)
