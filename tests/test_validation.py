"""Every mistake gets an answer that names the argument, what was expected and what came."""

import pickle
import re
import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from xordocs import datasets, playground, plots, tables, validation
from xordocs.errors import DivergedError, IncompleteCensusError
from xordocs.experiments import diagnosis, gradient_check
from xordocs.experiments.census import census
from xordocs.experiments.diagnosis import rung
from xordocs.experiments.statistics import wilson
from xordocs.nn import linear_regression, losses, numpy_mlp
from xordocs.nn.activations import ACTIVATIONS
from xordocs.nn.initializers import Initializer
from xordocs.nn.losses import LOSSES
from xordocs.nn.parameters import Layer, check_parameters

X, Y = datasets.xor()
PARAMETERS = numpy_mlp.initialize(hidden_layers=(3,))
(W1, B1), (W2, B2) = PARAMETERS


class Unprintable:
    def __repr__(self):
        raise RuntimeError


def refuses(call, error, message):
    """Whether a call raises an error with a message, and warns of nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(error, match=re.escape(message)):
            call()


INTEGER = "n must be an integer from 1 to 10,000,000, got "


@pytest.mark.parametrize(
    ("value", "error", "got"),
    [
        (0, ValueError, "0"),
        (-3, ValueError, "-3"),
        (10**30, ValueError, "1" + "0" * 30),
        pytest.param(10**5000, ValueError, "a int that cannot be printed", id="5000 digits"),
        (True, TypeError, "True"),
        (np.True_, TypeError, "np.True_"),
        (2.0, TypeError, "2.0"),
        (np.float64(2), TypeError, "np.float64(2.0)"),
        (1 + 0j, TypeError, "(1+0j)"),
        ("2", TypeError, "'2'"),
        (None, TypeError, "None"),
        (np.array([5]), TypeError, "array([5])"),
        pytest.param(Unprintable(), TypeError, "a Unprintable that cannot be printed", id="-"),
    ],
)
def test_no_integer(value, error, got):
    refuses(lambda: validation.check_int(value, "n"), error, INTEGER + got)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        ([], ValueError, "n must have at least one entry, got []"),
        (np.array(10), TypeError, "n must be a sequence of integers, got array(10)"),
        (b"ab", TypeError, "n must be a sequence of integers, got b'ab'"),
        ("12", TypeError, "n must be a sequence of integers, got '12'"),
        ({3, 4}, TypeError, "n must be a sequence of integers, got {3, 4}"),
        ({3: 4}, TypeError, "n must be a sequence of integers, got {3: 4}"),
        (10, TypeError, "n must be a sequence of integers, got 10"),
        ((10, 0), ValueError, "n[1] must be an integer from 1 to 10,000,000, got 0"),
        ((2.5,), TypeError, "n[0] must be an integer from 1 to 10,000,000, got 2.5"),
        (np.eye(2), TypeError, "n[0] must be an integer from 1 to 10,000,000, got array([1."),
        ([4, 2, 4], ValueError, "n must all be different, got 4 more than once"),
    ],
)
def test_no_integers(value, error, message):
    refuses(lambda: validation.check_ints(value, "n", distinct=True), error, message)


@pytest.mark.parametrize(
    ("value", "error", "got"),
    [
        (0, ValueError, "0"),
        (-1.5, ValueError, "-1.5"),
        (1, ValueError, "1"),
        (np.inf, ValueError, "inf"),
        (np.float32(np.nan), ValueError, "np.float32(nan)"),
        (10**400, ValueError, "1" + "0" * 116 + "..."),
        (Fraction(10**400), ValueError, "Fraction(1000"),
        ("0.5", TypeError, "'0.5'"),
        (True, TypeError, "True"),
        (0.5 + 2j, TypeError, "(0.5+2j)"),
        (np.complex128(0.5 + 2j), TypeError, "np.complex128(0.5+2j)"),
        (np.array([0.5]), TypeError, "array([0.5])"),
        (Decimal("0.5"), TypeError, "Decimal('0.5')"),
    ],
)
def test_no_number(value, error, got):
    refuses(
        lambda: validation.check_real(value, "r", above=0, below=1),
        error,
        f"r must be a finite number above 0 and below 1, got {got}",
    )


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        ("xor", TypeError, "x must be an array of real numbers, got 'xor'"),
        (None, TypeError, "x must be an array of real numbers, got None"),
        (X + 1j, TypeError, "x must be an array of real numbers, got array([[0.+1.j, 0.+1.j]"),
        (X > 0, TypeError, "x must be an array of real numbers, got array([[False, False]"),
        ([[0, 1], [1]], TypeError, "x must be an array of real numbers, got [[0, 1], [1]]"),
        ([[0, 10**400]], TypeError, "x must be an array of real numbers, got [[0, 1000"),
        (X.astype(object), TypeError, "x must be an array of real numbers, got array([[0.0, 0.0]"),
        (np.array([["a", "b"]]), TypeError, "x must be an array of real numbers, got"),
        (np.ma.array(X, mask=X > 0), ValueError, "x must have no masked entries, got masked_array"),
        (X[0], ValueError, "x must have shape (batch, 2), got (2,)"),
        (X.T, ValueError, "x must have shape (batch, 2), got (2, 4)"),
        (X[:0], ValueError, "x must have shape (batch, 2), none of them 0, got (0, 2)"),
        (X / X[1, 1] * np.where(X, np.nan, 1), ValueError, "x must be finite, got nan at (1, 1)"),
        (np.where(X, -np.inf, 0), ValueError, "x must be finite, got -inf at (1, 1)"),
        (3 * X, ValueError, "x must lie in [-1, 2], got 3"),
        (np.full((1, 2), np.longdouble("1e400")), ValueError, "x must be finite, got inf"),
    ],
)
def test_no_array(value, error, message):
    refuses(lambda: validation.check_array(value, "x", "(batch, 2)", -1, 2), error, message)


def test_any_shape_and_leading_axes():
    for shape in ((3,), (2, 3), (4, 2, 3)):
        assert validation.check_array(np.ones(shape), "x").shape == shape
    assert validation.check_array(np.ones((5, 2, 3)), "x", "(..., inputs, 3)").shape == (5, 2, 3)
    refuses(
        lambda: validation.check_array(np.ones(3), "x", "(..., inputs, units)"),
        ValueError,
        "x must have shape (..., inputs, units), got (3,)",
    )


def test_what_is_checked_is_a_copy_in_the_precision_asked_for():
    x = X.copy()
    checked = validation.check_array(x, "x", dtype=np.float32)
    checked[:] = 7
    np.testing.assert_array_equal(x, X)
    assert checked.dtype == np.float32
    refuses(
        lambda: validation.check_array([1e39], "x", dtype=np.float32),
        ValueError,
        "x must lie in [-3.40282e+38, 3.40282e+38], got 1e+39",
    )


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        ([], ValueError, "parameters must have at least one layer, got none"),
        (3, TypeError, "parameters must be a list of (weights, bias) pairs, got 3"),
        ([(W1,)], ValueError, "parameters[0] must be a (weights, bias) pair, got (array"),
        ([3], TypeError, "parameters[0] must be a (weights, bias) pair, got 3"),
        (
            [(W1 * np.nan, B1)],
            ValueError,
            "parameters[0].weights must be finite, got nan at (0, 0)",
        ),
        ([(W1, B1[0])], ValueError, "parameters[0].bias must have shape (1, 3), got (3,)"),
        ([(W1[0], B1)], ValueError, "parameters[0].weights must have shape (inputs, units), got"),
        ([(W1, B1)], ValueError, "parameters[0].weights must have one column, the output unit"),
        (
            [(W1, B1), (W2[:2], B2)],
            ValueError,
            "parameters[1].weights must have 3 rows, one for each unit below, got shape (2, 1)",
        ),
    ],
)
def test_no_network(value, error, message):
    refuses(lambda: check_parameters(value), error, message)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (check_parameters, "parameters must be a list of (weights, bias) pairs, got a Unprintable"),
        (
            lambda value: check_parameters([value]),
            "parameters[0] must be a (weights, bias) pair, go",
        ),
        (
            lambda value: census(executor=value),
            "executor must be an Executor, with submit, or None,",
        ),
    ],
)
def test_what_cannot_be_printed_is_answered_all_the_same(call, message):
    refuses(lambda: call(Unprintable()), TypeError, message)


def train(**changes):
    """Train for an epoch, with some arguments changed."""
    return numpy_mlp.train(**{"parameters": PARAMETERS, "x": X, "y": Y, "epochs": 1} | changes)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: train(x=np.zeros((4, 3))), ValueError, "x must have a column for each of the 2"),
        (lambda: train(y=Y[:3]), ValueError, "y must have shape (4, 1), a label for each row of x"),
        (lambda: train(y=Y.ravel()), ValueError, "y must have shape (batch, 1), got (4,)"),
        (lambda: train(y=-Y), ValueError, "y must lie in [0, 1], got -1"),
        (lambda: train(epochs=0), ValueError, "epochs must be an integer from 1 to 10,000,000"),
        (lambda: train(learning_rate=5e-324), ValueError, "learning_rate must lie in [2.2e-308, "),
        (
            lambda: train(learning_rate=-1),
            ValueError,
            "learning_rate must be a finite number above",
        ),
        (lambda: train(parameters=[]), ValueError, "parameters must have at least one layer"),
        (lambda: train(activation="tanh"), TypeError, "activation must be an Activation, got 'ta"),
        (lambda: train(loss="mse"), TypeError, "loss must be a Loss, got 'mse'"),
        (lambda: train(on_epoch=5), TypeError, "on_epoch must be a function or None, got 5"),
        (
            lambda: numpy_mlp.predict(PARAMETERS, X * np.nan),
            ValueError,
            "x must be finite, got nan",
        ),
        (lambda: numpy_mlp.predict(PARAMETERS, X, "relu"), TypeError, "activation must be an Act"),
        (
            lambda: numpy_mlp.initialize(()),
            ValueError,
            "hidden_layers must have at least one entry",
        ),
        (lambda: numpy_mlp.initialize(10), TypeError, "hidden_layers must be a sequence of"),
        (lambda: numpy_mlp.initialize(seed=2**32), ValueError, "seed must be an integer from 0 to"),
        (
            lambda: numpy_mlp.initialize(initializer="he"),
            TypeError,
            "initializer must be an Initia",
        ),
        (lambda: linear_regression.fit(X, Y[:2]), ValueError, "y must have shape (4, 1), a label"),
        (
            lambda: linear_regression.predict(5, X),
            TypeError,
            "ws must be a (weights, bias) pair, g",
        ),
        (
            lambda: linear_regression.predict((np.ones((3, 1)), np.ones((1, 1))), X),
            ValueError,
            "x must have a column for each of the 3 inputs of ws, got shape (4, 2)",
        ),
        (
            lambda: linear_regression.predict((np.full((2, 1), 1e308), np.ones((1, 1))), X),
            ArithmeticError,
            "ws must give finite outputs, got [[1.0], [1e+308], [1e+308], [inf]]",
        ),
        (lambda: losses.mse(Y * np.nan, Y), ValueError, "y_hat must be finite, got nan at (0, 0)"),
        (lambda: losses.mse([[1e200]], [[1]]), ValueError, "y_hat must lie in [-1e+100, 1e+100]"),
        (
            lambda: losses.mse(Y[:3], Y),
            ValueError,
            "y must have shape (3, 1), a label for each row",
        ),
        (lambda: losses.accuracy(Y[:, 0], Y), ValueError, "y_hat must have shape (batch, 1), got"),
        (lambda: losses.binary_cross_entropy(Y, 7 * Y), ValueError, "y must lie in [0, 1], got 7"),
        (
            lambda: diagnosis.diagnose(PARAMETERS, losses=[0.3, np.nan]),
            ValueError,
            "losses must be finite, got nan at (1,)",
        ),
        (
            lambda: diagnosis.diagnose(PARAMETERS, losses=[[0.3, 0.2]]),
            ValueError,
            "losses must have shape (epochs,), got (1, 2)",
        ),
        (
            lambda: gradient_check.check(PARAMETERS, X, Y, activation=np.tanh),
            TypeError,
            "activation must be an Activation, got <ufunc 'tanh'>",
        ),
        (
            lambda: playground.link(epoch="a"),
            TypeError,
            "epoch must be an integer from 0 to 20,000",
        ),
        (lambda: playground.link(page=5), TypeError, "page must be a str, got 5"),
        (lambda: tables.log_every(0), ValueError, "every must be an integer from 1 to"),
        (lambda: tables.log([]), ValueError, "losses must have shape (epochs), none of them 0"),
        (lambda: tables.predictions(X, Y, Y[:2]), ValueError, "y_hat must have shape (4, 1), got"),
        (
            lambda: datasets.grid(10**9),
            ValueError,
            "steps must be an integer from 1 to 10,000, got",
        ),
        (lambda: wilson(-1, 3), ValueError, "successes must be an integer from 0 to 3, got -1"),
        (
            lambda: wilson(1, 3, "95%"),
            TypeError,
            "confidence must be a finite number above 0 and b",
        ),
        (lambda: wilson(1, 3, 1 - 1e-16), ValueError, "confidence must be below 1, got 0.99"),
        (
            lambda: wilson(1, 10**400),
            ValueError,
            "trials must be an integer from 1 to 9,007,199,25",
        ),
        (lambda: rung({0, 1}), TypeError, "rows must be a sequence of integers, got {0, 1}"),
        (
            lambda: plots.loss(np.array([1, np.nan])),
            ValueError,
            "losses must be finite, got nan at",
        ),
        (lambda: plots.surface(X[:3], Y[:3]), ValueError, "points must be a square lattice"),
        (
            lambda: numpy_mlp.initialize((3,), 1, Initializer("mine", "mine", np.transpose)),
            ValueError,
            "the weights of initializer 'mine' must have shape (2, 3), got (3, 2)",
        ),
    ],
)
def test_a_mistake_is_named_where_it_is_made(call, error, message):
    refuses(call, error, message)


def test_numpys_own_numbers_are_welcome():
    train(epochs=np.int64(1), learning_rate=np.float32(0.5), x=X.astype(int), y=Y.astype(np.uint8))
    train(learning_rate=Fraction(3, 2), parameters=[Layer(W1.tolist(), B1.tolist()), (W2, B2)])
    numpy_mlp.initialize(np.array([3, 4]), seed=np.uint32(7))


@pytest.mark.parametrize(
    "function",
    [
        *(function for each in ACTIVATIONS for function in (each.function, each.derivative)),
        *(function for each in LOSSES for function in (each.rows, each.delta)),
    ],
)
def test_what_training_calls_reaches_other_processes(function):
    assert pickle.loads(pickle.dumps(function)) is function


@pytest.mark.parametrize(
    "error",
    [
        DivergedError(2, np.array([0.3, 0.2])),
        IncompleteCensusError(None, np.array([3, 4]), [OSError("full")]),
    ],
)
def test_errors_reach_other_processes_whole(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    for name, value in vars(error).items():
        np.testing.assert_equal(repr(vars(again)[name]), repr(value))
