"""The networks that the lessons show, with their activations, losses and initializers.

`numpy_mlp`, `tensorflow_mlp` and `keras_mlp` hold the same network in three frameworks; the last
two load theirs, so a program imports them by name.
"""

from xordocs.nn.activations import ACTIVATIONS, Activation
from xordocs.nn.initializers import INITIALIZERS, Initializer
from xordocs.nn.losses import LOSSES, Loss
from xordocs.nn.parameters import Forward, Layer, Parameters

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LOSSES",
    "Activation",
    "Forward",
    "Initializer",
    "Layer",
    "Loss",
    "Parameters",
]
