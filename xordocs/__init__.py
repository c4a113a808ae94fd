"""Neural networks that learn XOR: the tested code behind every page of the tutorial.

Importing the package loads hardly anything. Import a module for what it does, such as
``from xordocs import datasets, numpy_mlp``, which load NumPy; `xordocs.plots` loads Matplotlib,
`xordocs.tensorflow_mlp` TensorFlow and `xordocs.keras_mlp` Keras.
"""

from xordocs.divergence import DivergedError

__all__ = ["DivergedError"]
