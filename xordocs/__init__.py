"""Neural networks that learn XOR: the tested code behind every page of the tutorial.

Importing the package loads hardly anything. Import a module for what it does, such as
``from xordocs.nn import numpy_mlp``, which loads NumPy; `xordocs.plots` loads Matplotlib,
`xordocs.nn.tensorflow_mlp` TensorFlow and `xordocs.nn.keras_mlp` Keras.
"""

from xordocs.errors import DivergedError, IncompleteCensusError

__all__ = ["DivergedError", "IncompleteCensusError"]
