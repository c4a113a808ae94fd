"""One network 2-10-1, 500 epochs, compiled: `tensorflow_mlp.train` beside JAX jit, both warm."""

import argparse

import numpy as np
from measure import report, side_by_side
from peers import jax_train

from xordocs import datasets, numpy_mlp, tensorflow_mlp

parser = argparse.ArgumentParser()
parser.add_argument("--rounds", type=int, default=50)
parser.add_argument("--eager", action="store_true", help="without compilation too: two seconds")
arguments = parser.parse_args()

x, y = datasets.xor()
start = numpy_mlp.initialize()
flat = [array.astype(np.float32) for layer in start for array in layer]
jax = jax_train(batched=False)
# the same work: float32 carries 24 bits, and 500 steps amplify them a little
losses = tensorflow_mlp.train(start, x, y, compiled=True)[1]
np.testing.assert_allclose(losses, jax(flat)[1], rtol=1e-4, atol=1e-6)
works = {
    "JAX jit": lambda: jax(flat),
    "xordocs, TensorFlow compiled": lambda: tensorflow_mlp.train(start, x, y, compiled=True),
}
if arguments.eager:
    works["xordocs, TensorFlow eager"] = lambda: tensorflow_mlp.train(start, x, y)
report("One network compiled", side_by_side(works, arguments.rounds), "JAX jit")
