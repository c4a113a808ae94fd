"""One network 2-10-1, 500 epochs: `numpy_mlp.train` beside the notebook's loop and other libraries.

`python tests/benchmarks/one_network.py [--keras]`; Keras takes ten seconds a round.
"""

import argparse
from importlib.util import find_spec

import numpy as np
from measure import report, side_by_side
from notebook_loop import train as notebook
from peers import sklearn_train, torch_train

from xordocs import datasets, numpy_mlp

parser = argparse.ArgumentParser()
parser.add_argument("--keras", action="store_true")
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
}
if find_spec("torch"):
    works["PyTorch"] = lambda: torch_train(flat)
if arguments.keras:
    from xordocs import keras_mlp

    works["Keras fit"] = lambda: keras_mlp.train(start, x, y)
report("One network", side_by_side(works, arguments.rounds), "the notebook's loop")
