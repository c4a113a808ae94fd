"""The network of the lessons, the package's own modules, in a page's Python."""

import inspect
import json

import numpy as np
import pytest

from xordocs import small_numpy
from xordocs.datasets import xor
from xordocs.nn import activations, losses, numpy_mlp
from xordocs.nn.numpy_mlp import backward, forward, initialize, train, update

RUN = """
import json
from xordocs.datasets import xor
from xordocs.nn import numpy_mlp
from xordocs.nn.{module} import {constant}
x, y = xor()
start = numpy_mlp.initialize({hidden_layers}, seed={seed})
trained, losses = numpy_mlp.train(start, x, y, {rate}, {argument}={constant})
print(json.dumps([losses.tolist(), [a.tolist() for layer in trained for a in layer]]))
"""


@pytest.mark.parametrize(
    ("constant", "rate", "hidden_layers", "seed"),
    [
        ("RELU", 1.5, (10,), 1),
        ("RELU", 0.5, (3, 4), 2),
        ("TANH", 1.0, (2,), 3),
        ("SIGMOID", 2.0, (2,), 4),
        ("LEAKY_RELU", 0.5, (4,), 5),
        ("CROSS_ENTROPY", 0.5, (10,), 6),
    ],
)
def test_the_packages_own_modules_train_as_with_numpy(
    micropython, constant, rate, hidden_layers, seed
):
    """To 1e-12 over 500 epochs, of losses and weights near 1."""
    module, argument = ("activations", "activation")
    if constant == "CROSS_ENTROPY":
        module, argument = ("losses", "loss")
    found, weights = json.loads(micropython.run(RUN.format(**locals())))
    options = {argument: getattr(losses if argument == "loss" else activations, constant)}
    trained, wanted = train(initialize(hidden_layers, seed=seed), *xor(), rate, **options)
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-12)
    for got, array in zip(weights, (a for layer in trained for a in layer), strict=True):
        np.testing.assert_allclose(got, array, rtol=0, atol=1e-11)


def test_forward_backward_and_update_run_as_they_stand(unchecked_shapes):
    """Their text with the small NumPy under CPython, annotations and all."""
    names = {
        **{name: getattr(numpy_mlp, name) for name in ("Float", "Array", "Layer", "Forward")},
        **{name: getattr(numpy_mlp, name) for name in ("Parameters", "Activation", "Loss")},
        "np": small_numpy,
    }
    for function in (activations.relu, activations.relu_derivative, activations.sigmoid,
                     losses.squared_errors, losses.mse_gradient, losses.mse_delta):  # fmt: skip
        exec(inspect.getsource(inspect.unwrap(function)), names)
    names["RELU"] = activations.Activation("", "", names["relu"], names["relu_derivative"])
    names["MSE"] = losses.Loss("", "", names["squared_errors"], names["mse_delta"])
    for function in (forward, backward, update):
        exec(inspect.getsource(inspect.unwrap(function)), names)
    x, y = xor()
    parameters = initialize(seed=1)
    small = [numpy_mlp.Layer(*map(small_numpy.array, layer)) for layer in parameters]
    small_x, small_y = small_numpy.array(x), small_numpy.array(y)
    found = []
    for _ in range(500):
        z, a = names["forward"](small, small_x)
        found.append(names["MSE"].value(z[-1], small_y))
        small = names["update"](small, names["backward"](small, z, a, small_y), 1.5)
    np.testing.assert_allclose(found, train(parameters, x, y)[1], rtol=0, atol=1e-12)


def test_a_run_that_leaves_the_finite_numbers_says_when(micropython):
    """1e200 · 1e200 is ∞ in both units of the second layer, and ∞ - ∞ is no number."""
    printed = micropython.run("""
import numpy as np
from xordocs import DivergedError
from xordocs.datasets import xor
from xordocs.nn import Layer, numpy_mlp
parameters = [
    Layer(np.full((2, 1), 1e200), np.zeros((1, 1))),
    Layer(np.full((1, 2), 1e200), np.zeros((1, 2))),
    Layer(np.array([[1.0], [-1.0]]), np.zeros((1, 1))),
]
try:
    numpy_mlp.train(parameters, *xor())
except DivergedError as error:
    print(error)
""")
    assert printed.startswith("training diverged at epoch 0")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("initialize((0,))", "hidden_layers[0] must be an integer from 1 to 10000000, got 0"),
        ("initialize(seed=-1)", "seed must be an integer from 0 to 4294967295, got -1"),
        ("predict(initialize(), [0, 1])", "x must have shape (batch, features), got (2,)"),
        ("train(initialize(), [[0, 1]], [1])", "y must have shape (batch, 1), got (1,)"),
        ("train(initialize(), [[0, 1]], [[1]], 0)", "learning_rate must be a finite number"),
    ],
)
def test_arguments_are_checked_as_in_the_package(micropython, code, said):
    program = f"from xordocs.nn.numpy_mlp import *\ntry:\n {code}\nexcept ValueError as e: print(e)"
    assert micropython.run(program).startswith(said)


def test_pythons_own_zip_checks_lengths(micropython):
    printed = micropython.run("""
print(list(zip([1, 2], "ab", strict=True)), list(zip([1], [2, 3])))
try:
    zip([1, 2], [3], strict=True)
except ValueError as error:
    print(error)
""")
    with pytest.raises(ValueError) as error:  # noqa: PT011 - its text is compared
        list(zip([1, 2], [3], strict=True))
    assert printed == f"[(1, 'a'), (2, 'b')] [(1, 2)]\n{error.value}"
