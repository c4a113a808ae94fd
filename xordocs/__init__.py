"""Neural networks that learn XOR: the tested code behind every page of the tutorial.

Importing the package loads NumPy only. Import a module for what it needs more:
``xordocs.plots`` (Matplotlib), ``xordocs.tensorflow_mlp`` (TensorFlow) or
``xordocs.keras_mlp`` (Keras).
"""

from xordocs import (
    activations,
    batched_mlp,
    census,
    datasets,
    diagnosis,
    gradient_check,
    initializations,
    intervals,
    linear_model,
    listings,
    losses,
    numpy_mlp,
    source_notebook,
    tables,
)
from xordocs.checks import DivergedError

__all__ = [
    "DivergedError",
    "activations",
    "batched_mlp",
    "census",
    "datasets",
    "diagnosis",
    "gradient_check",
    "initializations",
    "intervals",
    "linear_model",
    "listings",
    "losses",
    "numpy_mlp",
    "source_notebook",
    "tables",
]
