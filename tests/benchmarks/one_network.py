"""One network 2-10-1, 500 epochs: `numpy_mlp.train` beside the notebook's loop and other libraries.

`python tests/benchmarks/one_network.py [--quick]`; Keras takes half a minute.
"""

import argparse
from importlib.util import find_spec

import numpy as np
from measure import report, side_by_side
from notebook_loop import train as notebook
from peers import jax_train, keras_train, sklearn_train, tf_function_train, torch_train

from xordocs import datasets
from xordocs.nn import numpy_mlp

parser = argparse.ArgumentParser()
parser.add_argument("--quick", action="store_true", help="NumPy, scikit-learn and PyTorch alone")
parser.add_argument("--rounds", type=int, default=15)
arguments = parser.parse_args()

x, y = datasets.xor()
start = numpy_mlp.initialize()
flat = [array.astype(np.float32) for layer in start for array in layer]


def ours():
    return numpy_mlp.train(start, x, y)[1]


printed = []
# before it is timed: it is the same work
np.testing.assert_allclose(ours(), notebook(printed.append), rtol=0, atol=1e-12)
works = {
    "the notebook's loop": lambda: notebook(printed.append),
    "xordocs, NumPy": ours,
    "scikit-learn": sklearn_train,
    "PyTorch": (lambda: torch_train(flat)) if find_spec("torch") else None,
}
if works["PyTorch"]:
    works["PyTorch"]()  # loaded after TensorFlow it crashes
if not arguments.quick:
    from xordocs.nn import keras_mlp, tensorflow_mlp

    jax, tf_function = jax_train(batched=False), tf_function_train()
    for compiled in (jax, tf_function):  # before they are timed; float32 carries 24 bits
        np.testing.assert_allclose(compiled(flat)[1], ours(), rtol=1e-3, atol=1e-6)
    # the same work in float32, which carries 24 bits
    keras_losses = keras_train(start)
    np.testing.assert_allclose(keras_losses, ours(), rtol=1e-3, atol=1e-6)
    works |= {
        "JAX jit": lambda: jax(flat),
        "tf.function": lambda: tf_function(flat),
        "xordocs, TensorFlow": lambda: tensorflow_mlp.train(start, x, y),
        "Keras fit": lambda: keras_train(start),
        "xordocs, Keras": lambda: keras_mlp.train(start, x, y),
    }
slow = {"Keras fit", "xordocs, Keras", "xordocs, TensorFlow"}
report("One network", side_by_side(works, arguments.rounds, slow), "the notebook's loop")
