"""Every mistake gets an answer that names the argument, what was expected and what came."""

import pickle
import re
from fractions import Fraction

import numpy as np
import pytest

from xordocs import datasets, playground, plots, tables
from xordocs.experiments import diagnosis, gradient_check
from xordocs.experiments.loss_ladder import rung
from xordocs.experiments.statistics import wilson
from xordocs.nn import activations, linear_regression, losses, numpy_mlp
from xordocs.nn.activations import LEAKY_RELU, RELU, SIGMOID, TANH
from xordocs.nn.initializers import GLOROT, HE, Initializer
from xordocs.nn.losses import CROSS_ENTROPY, MSE
from xordocs.nn.parameters import Layer

X, Y = datasets.xor()
PARAMETERS = numpy_mlp.initialize(hidden_layers=(3,))
(W1, B1), (W2, B2) = PARAMETERS
PASSED = numpy_mlp.forward(PARAMETERS, X)


def train(**changes):
    """Train for an epoch, with some arguments changed."""
    return numpy_mlp.train(**{"parameters": PARAMETERS, "x": X, "y": Y, "epochs": 1} | changes)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: train(x=X[0]), ValueError, "x must have shape (batch, features), got (2,)"),
        (lambda: train(x=np.zeros((0, 2))), ValueError, "x must have shape (batch, features)"),
        (lambda: train(x=np.zeros((4, 3))), ValueError, "the 2 inputs of parameters, got"),
        (
            lambda: train(x=np.where(X, np.nan, 0)),
            ValueError,
            "x must be finite, got nan at (1, 1)",
        ),
        (
            lambda: train(x=np.where(X, np.inf, 0)),
            ValueError,
            "x must be finite, got inf at (1, 1)",
        ),
        (lambda: train(x="xor"), TypeError, "x must be an array of real numbers, got 'xor'"),
        (lambda: train(x=X + 1j), TypeError, "x must be an array of real numbers"),
        (lambda: train(x=[[0, 1], [1]]), TypeError, "x must be an array of real numbers"),
        (lambda: train(y=Y[:3]), ValueError, "y must have shape (4, 1), a label for each row"),
        (
            lambda: train(y=Y.ravel()),
            ValueError,
            "y must have shape (batch, 1), at least one row, got (4,)",
        ),
        (lambda: train(y=Y + 0.5), ValueError, "y must lie in [0, 1], got 1.5"),
        (lambda: train(y=-Y), ValueError, "y must lie in [0, 1], got -1.0"),
        (lambda: train(y=Y * np.nan), ValueError, "y must be finite, got nan at (0, 0)"),
        (lambda: train(epochs=0), ValueError, "epochs must be a positive integer, got 0"),
        (lambda: train(epochs=-3), ValueError, "epochs must be a positive integer, got -3"),
        (lambda: train(epochs=2.0), TypeError, "epochs must be a positive integer, got 2.0"),
        (lambda: train(epochs=True), TypeError, "epochs must be a positive integer, got True"),
        (
            lambda: train(epochs=np.array([5])),
            TypeError,
            "epochs must be a positive integer",
        ),
        (lambda: train(epochs=10**30), ValueError, "epochs must be at most 10,000,000, got 10000"),
        (
            lambda: numpy_mlp.initialize((3, 10**30)),
            ValueError,
            "hidden_layers must be at most 10,000,000, got 10000",
        ),
        (lambda: numpy_mlp.initialize(np.array(10)), TypeError, "hidden_layers must be a sequence"),
        (lambda: numpy_mlp.initialize(b"ab"), TypeError, "hidden_layers must be a sequence of"),
        (lambda: numpy_mlp.initialize({3, 4}), TypeError, "hidden_layers must be a sequence of"),
        (lambda: numpy_mlp.initialize({3: 4}), TypeError, "hidden_layers must be a sequence of"),
        (lambda: numpy_mlp.initialize(seed=np.array([1])), TypeError, "seed must be an integer"),
        (
            lambda: train(learning_rate=5e-324),
            ValueError,
            "must be at least 2.2e-308",
        ),
        (lambda: train(learning_rate=0), ValueError, "learning_rate must be a finite positive"),
        (lambda: train(learning_rate=-1), ValueError, "finite positive number, got -1"),
        (lambda: train(learning_rate=np.inf), ValueError, "finite positive number, got inf"),
        (lambda: train(learning_rate=np.nan), ValueError, "finite positive number, got nan"),
        (lambda: train(learning_rate="1.5"), TypeError, "finite positive number, got '1.5'"),
        (lambda: train(learning_rate=10**400), TypeError, "learning_rate must be a finite"),
        (lambda: train(parameters=[]), ValueError, "parameters must have at least one layer"),
        (lambda: train(parameters=3), TypeError, "parameters must be a list of (weights, bias)"),
        (lambda: train(parameters=[(W1,)]), ValueError, "parameters[0] must be a (weights, bias)"),
        (lambda: train(parameters=[3]), TypeError, "parameters[0] must be a (weights, bias)"),
        (
            lambda: train(parameters=[(W1 * np.nan, B1), (W2, B2)]),
            ValueError,
            "parameters[0].weights must be finite, got nan at (0, 0)",
        ),
        (
            lambda: train(parameters=[(W1, B1[0]), (W2, B2)]),
            ValueError,
            "parameters[0].bias must have shape (1, 3), got (3,)",
        ),
        (
            lambda: train(parameters=[(W1, B1), (W1.T[:2], B2)]),
            ValueError,
            "parameters[1].bias must have shape (1, 2), got (1, 1)",
        ),
        (
            lambda: train(parameters=[(W1, B1), (W2[:2], B2)]),
            ValueError,
            "parameters[1].weights must have 3 rows, one for each unit below, got shape (2, 1)",
        ),
        (lambda: train(parameters=[(W1, B1)]), ValueError, "must have one column, the output"),
        (lambda: numpy_mlp.initialize(()), ValueError, "hidden_layers must have at least one"),
        (
            lambda: numpy_mlp.initialize((10, 0)),
            ValueError,
            "hidden_layers must be positive integers, got (10, 0)",
        ),
        (
            lambda: numpy_mlp.initialize((2.5,)),
            TypeError,
            "hidden_layers must be positive integers, got (2.5,)",
        ),
        (lambda: numpy_mlp.initialize(10), TypeError, "hidden_layers must be a sequence"),
        (lambda: numpy_mlp.initialize(seed=-1), ValueError, "seed must be an integer from 0"),
        (lambda: numpy_mlp.initialize(seed=2**32), ValueError, "seed must be an integer from 0"),
        (lambda: numpy_mlp.initialize(seed=1.0), TypeError, "seed must be an integer from 0"),
        (
            lambda: numpy_mlp.backward(
                PARAMETERS, numpy_mlp.forward(numpy_mlp.initialize((4,)), X), Y
            ),
            ValueError,
            "whose a has shapes [(4, 2), (4, 3), (4, 1)], got [(4, 2), (4, 4), (4, 1)]",
        ),
        (
            lambda: numpy_mlp.backward(PARAMETERS, numpy_mlp.forward(PARAMETERS, X), Y[:2]),
            ValueError,
            "y must have shape (4, 1)",
        ),
        (
            lambda: train(activation="tanh"),
            TypeError,
            "activation must be an Activation, got 'tanh'",
        ),
        (lambda: train(loss="mse"), TypeError, "loss must be a Loss, got 'mse'"),
        (lambda: train(on_epoch=5), TypeError, "on_epoch must be a function or None, got 5"),
        (
            lambda: numpy_mlp.initialize(initializer="he"),
            TypeError,
            "initializer must be an Initializer, got 'he'",
        ),
        (
            lambda: gradient_check.check(PARAMETERS, X, Y, activation=np.tanh),
            TypeError,
            "activation must be an Activation, got <ufunc 'tanh'>",
        ),
        (lambda: numpy_mlp.backward(PARAMETERS, X, Y), TypeError, "passed must be a Forward"),
        (
            lambda: numpy_mlp.backward(PARAMETERS, PASSED._replace(z=[]), Y),
            ValueError,
            "a forward pass of parameters, whose z has shapes [(4, 3), (4, 1)], got []",
        ),
        (
            lambda: numpy_mlp.backward(PARAMETERS, PASSED._replace(z=PASSED.z[::-1]), Y),
            ValueError,
            "whose z has shapes [(4, 3), (4, 1)], got [(4, 1), (4, 3)]",
        ),
        (
            lambda: numpy_mlp.backward(PARAMETERS, PASSED._replace(a=[]), Y),
            ValueError,
            "passed must be a forward pass of parameters, whose a has shapes",
        ),
        (
            lambda: numpy_mlp.backward(PARAMETERS, PASSED._replace(z=[Y * np.nan] * 2), Y),
            ValueError,
            "passed.z[0] must be finite, got nan at (0, 0)",
        ),
        (
            lambda: numpy_mlp.backward(PARAMETERS, PASSED._replace(z="zz"), Y),
            TypeError,
            "passed must be a Forward",
        ),
        (
            lambda: numpy_mlp.backward(PARAMETERS, PASSED, Y, out=5),
            TypeError,
            "out must be a list of Layer or None, got 5",
        ),
        (
            lambda: numpy_mlp.backward(PARAMETERS, PASSED, Y, out=PARAMETERS[:1]),
            ValueError,
            "out must be arrays as in parameters, ['float64 (2, 3)', 'float64 (1, 3)', 'float64",
        ),
        (
            lambda: diagnosis.diagnose(PARAMETERS, losses=[0.3, np.nan]),
            ValueError,
            "losses must be finite, got nan at (1,)",
        ),
        (
            lambda: diagnosis.diagnose(PARAMETERS, losses=[[0.3, 0.2]]),
            ValueError,
            "losses must have shape (n,), got (1, 2)",
        ),
        (
            lambda: diagnosis.diagnose(PARAMETERS, losses="low"),
            TypeError,
            "losses must be an array of real numbers, got 'low'",
        ),
        (
            lambda: linear_regression.predict(W1, X),
            ValueError,
            "ws.weights must have shape (inputs,",
        ),
        (
            lambda: linear_regression.predict(5, X),
            TypeError,
            "ws must be a (weights, bias) pair, got 5",
        ),
        (
            lambda: linear_regression.predict(Layer(np.ones((3, 1)), np.ones((1, 1))), X),
            ValueError,
            "x must have a column for each of the 3 inputs of ws, got shape (4, 2)",
        ),
        (
            lambda: linear_regression.predict(Layer(np.full((2, 1), 1e308), np.ones((1, 1))), X),
            ArithmeticError,
            "ws must give finite outputs, got [[1.0], [1e+308], [1e+308], [inf]]",
        ),
        (lambda: losses.mse(Y * np.nan, Y), ValueError, "y_hat must be finite, got nan at (0, 0)"),
        (
            lambda: losses.mse([[1e200]], [[1]]),
            ValueError,
            "y_hat must be at most 1e+100 in size, got",
        ),
        (
            lambda: losses.binary_cross_entropy(Y, 7 * Y),
            ValueError,
            "y must lie in [0, 1], got 7.0",
        ),
        (lambda: losses.mse(Y[:3], Y), ValueError, "y_hat must have y's shape (4, 1), got (3, 1)"),
        (
            lambda: losses.cross_entropies(Y[:, 0], Y),
            ValueError,
            "z must have y's shape (4, 1), got",
        ),
        (
            lambda: losses.MSE.value(Y[:, 0], Y),
            ValueError,
            "z must have y's shape (4, 1), got (4,)",
        ),
        (lambda: losses.accuracy(Y, Y * np.nan), ValueError, "y must be finite, got nan at (0, 0)"),
        (lambda: numpy_mlp.predict(PARAMETERS, X * np.nan), ValueError, "x must be finite"),
        (lambda: linear_regression.fit(X, Y[:2]), ValueError, "y must have shape (4, 1)"),
        (
            lambda: playground.link(epoch=1.5),
            TypeError,
            "epoch must be an integer of at least 0, got",
        ),
        (
            lambda: playground.link(epoch="a"),
            TypeError,
            "epoch must be an integer of at least 0, got",
        ),
        (lambda: playground.link(page=5), TypeError, "page must be a str, got 5"),
        (lambda: tables.log_every(0), ValueError, "every must be a positive integer, got 0"),
        (lambda: tables.log([]), ValueError, "losses must have at least one epoch"),
        (lambda: tables.predictions(X, Y, Y[:2]), ValueError, "y_hat must have shape (4, 1)"),
        (lambda: datasets.grid(10**9), ValueError, "steps must be at most 10,000, got 1000000000"),
        (lambda: wilson(1.5, 3), TypeError, "successes must be an integer of at least 0, got 1.5"),
        (lambda: wilson(-1, 3), ValueError, "successes must be an integer of at least 0, got -1"),
        (lambda: wilson(1, 3, "95%"), TypeError, "confidence must be a finite number, got '95%'"),
        (lambda: wilson(1, 3, 1 - 1e-17), ValueError, "confidence must lie between 0 and 1"),
        (
            lambda: wilson(1, 10**400),
            ValueError,
            "trials must be at most 9,007,199,254,740,992, got 10000",
        ),
        (lambda: rung(5), TypeError, "rows must be a sequence of rows from 0 to 3, got 5"),
        (
            lambda: rung({0, 1}),
            TypeError,
            "rows must be a sequence of rows from 0 to 3, got {0, 1}",
        ),
        (
            lambda: rung({0: 1}),
            TypeError,
            "rows must be a sequence of rows from 0 to 3, got {0: 1}",
        ),
        (
            lambda: rung([[0]]),
            TypeError,
            "rows must be different rows from 0 to 3, at least one, got",
        ),
        (
            lambda: rung([True]),
            TypeError,
            "rows must be different rows from 0 to 3, at least one, got",
        ),
        (
            lambda: rung(np.eye(2)),
            TypeError,
            "rows must be different rows from 0 to 3, at least one",
        ),
        (lambda: activations.relu(None), TypeError, "z must be an array of real numbers, got None"),
        (
            lambda: activations.tanh(["1"]),
            TypeError,
            "z must be an array of real numbers, got ['1']",
        ),
        (
            lambda: activations.leaky_relu_derivative(np.nan),
            ValueError,
            "z must be finite, got nan at ()",
        ),
        (
            lambda: HE.weights(W1[0]),
            ValueError,
            "draws must have shape (..., inputs, units), got (3,)",
        ),
        (
            lambda: GLOROT.weights(W1[:0]),
            ValueError,
            "draws must have shape (..., inputs, units), got",
        ),
        (
            lambda: numpy_mlp.initialize(
                initializer=Initializer("mine", "mine", lambda draws: None)
            ),
            TypeError,
            "the weights of initializer 'mine' must be an array of real numbers, got None",
        ),
        (
            lambda: numpy_mlp.initialize(
                initializer=Initializer("mine", "mine", lambda d: d * np.nan)
            ),
            ValueError,
            "the weights of initializer 'mine' must be finite, got nan at (0, 0)",
        ),
        (
            lambda: numpy_mlp.initialize((3,), 1, Initializer("mine", "mine", np.transpose)),
            ValueError,
            "of initializer 'mine' must have the shape of the draws, (2, 3), got (3, 2)",
        ),
        (lambda: datasets.grid(0), ValueError, "steps must be a positive integer, got 0"),
        (lambda: plots.loss(np.array([1, np.nan])), ValueError, "losses must be finite"),
        (lambda: plots.surface(X[:3], Y[:3]), ValueError, "points must be a square lattice"),
    ],
)
def test_a_mistake_is_named(call, error, message):
    with pytest.raises(error, match=re.escape(message)):
        call()


def test_the_gradient_is_written_into_out():
    out = numpy_mlp.initialize((3,), 2)
    written = numpy_mlp.backward(PARAMETERS, PASSED, Y, out=out)
    for given, layer, fresh in zip(
        out, written, numpy_mlp.backward(PARAMETERS, PASSED, Y), strict=True
    ):
        assert given.weights is layer.weights
        np.testing.assert_array_equal(given.weights, fresh.weights)


def test_numpys_own_numbers_are_welcome():
    train(epochs=np.int64(1), learning_rate=np.float32(0.5), x=X.astype(bool), y=Y.astype(int))
    train(learning_rate=Fraction(3, 2), parameters=[Layer(W1.tolist(), B1.tolist()), (W2, B2)])


def test_the_function_behind_the_checks_is_unchecked():
    """What a loop calls 500 times does no checks: a mistake passes unnamed there."""
    passed = numpy_mlp.forward.__wrapped__(PARAMETERS, X * np.nan)
    assert np.isnan(passed.a[-1]).any()


@pytest.mark.parametrize("activation", [RELU, LEAKY_RELU, TANH, SIGMOID], ids=lambda a: a.name)
@pytest.mark.parametrize("loss", [MSE, CROSS_ENTROPY], ids=lambda loss: loss.name)
def test_what_training_calls_is_unchecked_and_reaches_other_processes(activation, loss):
    z = np.array([[np.nan]])
    for function in (activation.function, activation.derivative):
        assert np.isnan(function(z))
        assert pickle.loads(pickle.dumps(function)) is function
    for function in (loss.rows, loss.delta):
        assert np.isnan(function(z, np.ones((1, 1))))
        assert pickle.loads(pickle.dumps(function)) is function
