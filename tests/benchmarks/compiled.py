"""One network 2-10-1, 500 epochs, compiled: `tensorflow_mlp.train` beside JAX and `tf.function`.

All are warm: compiled before they are timed.
"""

import argparse

import numpy as np
from measure import report, side_by_side
from peers import jax_train, tf_function_train

from xordocs import datasets
from xordocs.nn import numpy_mlp, tensorflow_mlp

parser = argparse.ArgumentParser()
parser.add_argument("--rounds", type=int, default=50)
parser.add_argument("--quick", action="store_true", help="nothing that is not compiled")
arguments = parser.parse_args()

x, y = datasets.xor()
start = numpy_mlp.initialize()
flat = [array.astype(np.float32) for layer in start for array in layer]
jax = jax_train(batched=False)
# the same work: float32 carries 24 bits, and 500 steps amplify them a little
losses = tensorflow_mlp.train(start, x, y, compiled=True)[1]
np.testing.assert_allclose(losses, jax(flat)[1], rtol=1e-4, atol=1e-6)
tf_function, tf_xla = tf_function_train(xla=False), tf_function_train(xla=True)
for peer in (tf_function, tf_xla):
    np.testing.assert_allclose(losses, peer(flat)[1], rtol=1e-4, atol=1e-6)
works = {
    "JAX jit": lambda: jax(flat),
    "tf.function": lambda: tf_function(flat),
    "tf.function, XLA": lambda: tf_xla(flat),
    "xordocs, TensorFlow compiled": lambda: tensorflow_mlp.train(start, x, y, compiled=True),
}
if not arguments.quick:
    works["xordocs, TensorFlow eager"] = lambda: tensorflow_mlp.train(start, x, y)
slow = {"xordocs, TensorFlow eager"}
report("One network compiled", side_by_side(works, arguments.rounds, slow), "JAX jit")
