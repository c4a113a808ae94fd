"""Neural networks that learn XOR: the tested code behind every page of the tutorial.

Importing the package loads NumPy only. Import a module for what it does, such as
``from xordocs import datasets, numpy_mlp``; `xordocs.plots` loads Matplotlib,
`xordocs.tensorflow_mlp` TensorFlow and `xordocs.keras_mlp` Keras.
"""

from xordocs.checks import DivergedError

__all__ = ["DivergedError"]
