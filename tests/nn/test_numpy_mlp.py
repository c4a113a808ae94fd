import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from xordocs import DivergedError, datasets, tables
from xordocs.experiments import source_notebook
from xordocs.nn import losses, numpy_mlp
from xordocs.nn.activations import LEAKY_RELU, RELU, SIGMOID, TANH
from xordocs.nn.losses import CROSS_ENTROPY, MSE
from xordocs.nn.parameters import Layer

X, Y = datasets.xor()


@pytest.fixture(scope="module")
def trained():
    return numpy_mlp.train(numpy_mlp.initialize(hidden_layers=(10,), seed=1), X, Y)


def test_golden_losses_are_the_printed_ones_at_every_logged_epoch(trained):
    run = source_notebook.run("numpy")
    assert len(run.epochs) == 25
    assert [f"{trained[1][epoch]:.4f}" for epoch in run.epochs] == [f"{v:.4f}" for v in run.losses]


def test_golden_predictions_are_the_printed_ones(trained):
    run = source_notebook.run("numpy")
    predictions = numpy_mlp.predict(trained[0], X)
    # printed to 8 digits
    np.testing.assert_allclose(predictions.round(8), run.predictions, rtol=0, atol=1e-8)
    assert losses.accuracy(predictions, Y) == run.accuracy


def test_initialize_draws_what_the_notebook_drew_and_leaves_the_global_generator_alone():
    np.random.seed(7)
    expected = [np.random.randn(2, 5), np.random.randn(5, 3), np.random.randn(3, 1)]
    np.random.seed(0)
    before = np.random.get_state()
    parameters = numpy_mlp.initialize(hidden_layers=(5, 3), seed=7)
    after = np.random.get_state()
    for layer, weights in zip(parameters, expected, strict=True):
        np.testing.assert_array_equal(layer.weights, weights)
        np.testing.assert_array_equal(layer.bias, np.zeros((1, weights.shape[1])))
    np.testing.assert_array_equal(before[1], after[1])
    assert before[2:] == after[2:]


def test_forward_by_hand():
    # Goodfellow et al., §6.1: h = ReLU(x W + c), W = 1, c = (0, -1); then z = h · (1, -2)
    parameters = [
        Layer(np.ones((2, 2)), np.array([[0.0, -1.0]])),
        Layer(np.array([[1.0], [-2.0]]), np.zeros((1, 1))),
    ]
    passed = numpy_mlp.forward(parameters, X)
    np.testing.assert_array_equal(passed.z[0], [[0, -1], [1, 0], [1, 0], [2, 1]])
    np.testing.assert_array_equal(passed.a[1], [[0, 0], [1, 0], [1, 0], [2, 1]])
    np.testing.assert_array_equal(passed.z[1], Y)
    np.testing.assert_allclose(passed.a[2], 1 / (1 + np.exp(-Y)), rtol=1e-15)


@settings(max_examples=60)
@given(
    hidden_layers=st.lists(st.integers(1, 6), min_size=1, max_size=4),
    seed=st.integers(0, 2**32 - 1),
    activation=st.sampled_from([RELU, LEAKY_RELU, TANH, SIGMOID]),
    loss=st.sampled_from([MSE, CROSS_ENTROPY]),
)
def test_backward_is_the_gradient_at_every_depth(hidden_layers, seed, activation, loss):
    """Central differences, one parameter at a time, on random rows in general position."""
    random = np.random.RandomState(seed)
    x, y = random.randn(5, 2), random.rand(5, 1)
    parameters = numpy_mlp.initialize(hidden_layers, seed)
    for layer in parameters:
        layer.bias[:] = random.randn(*layer.bias.shape)
    passed = numpy_mlp.forward(parameters, x, activation)
    # a step of h moves a sum by less than 1e-4 in these small networks; at a kink there is no slope
    assume(min(np.abs(z).min() for z in passed.z[:-1]) > 1e-3)
    gradients = numpy_mlp.backward(parameters, *passed, y, activation, loss)
    h = 1e-6
    # sums of size s, and losses, are rounded by 1e-16 s, which costs 1e-16 s / h; the series' h²
    # term is far below
    atol = 2e-9 * max(1.0, *(np.abs(z).max() for z in passed.z))

    def value():
        return loss.value(numpy_mlp.forward(parameters, x, activation).z[-1], y)

    for layer, gradient in zip(parameters, gradients, strict=True):
        for array, slope in zip(layer, gradient, strict=True):
            for i in np.ndindex(array.shape):
                kept = array[i]
                array[i] = kept + h
                above = value()
                array[i] = kept - h
                below = value()
                array[i] = kept
                nudged = (above - below) / (2 * h)
                np.testing.assert_allclose(slope[i], nudged, rtol=1e-5, atol=atol)


def test_train_leaves_its_arguments_alone(trained):
    parameters = numpy_mlp.initialize()
    numpy_mlp.train(parameters, X, Y, epochs=3)
    for layer, fresh in zip(parameters, numpy_mlp.initialize(), strict=True):
        np.testing.assert_array_equal(layer.weights, fresh.weights)
        np.testing.assert_array_equal(layer.bias, fresh.bias)


def test_training_in_two_parts_is_training_at_once(trained):
    half, first = numpy_mlp.train(numpy_mlp.initialize(), X, Y, epochs=200)
    whole, second = numpy_mlp.train(half, X, Y, epochs=300)
    np.testing.assert_array_equal(np.concatenate([first, second]), trained[1])
    for layer, expected in zip(whole, trained[0], strict=True):
        np.testing.assert_array_equal(layer.weights, expected.weights)


def test_log_has_the_notebooks_lines_and_training_alone_prints_nothing(capsys):
    run = source_notebook.run("numpy")
    lines = []
    parameters = numpy_mlp.initialize()
    numpy_mlp.train(parameters, X, Y, on_epoch=tables.log_every(20, write=lines.append))
    assert capsys.readouterr().out == ""
    expected = zip(run.epochs, run.losses, strict=True)
    assert lines == [f"Epoch {epoch}, Loss: {loss:.4f}" for epoch, loss in expected]


@pytest.mark.parametrize("loss", [MSE, CROSS_ENTROPY], ids=lambda loss: loss.name)
def test_training_reports_the_loss_that_it_lowers(loss):
    told = []
    start = numpy_mlp.initialize()
    _, losses = numpy_mlp.train(
        start, X, Y, epochs=9, loss=loss, on_epoch=lambda *call: told.append(call)
    )
    assert told == list(enumerate(losses))
    for epoch in (0, 1, 8):
        there = numpy_mlp.train(start, X, Y, epochs=epoch, loss=loss)[0] if epoch else start
        assert losses[epoch] == loss.value(numpy_mlp.forward(there, X).z[-1], Y)


def test_a_run_that_leaves_the_finite_numbers_says_when():
    # by hand: 1e200 · 1e200 is ∞ in both units of the second layer, and ∞ - ∞ is no number
    parameters = [
        Layer(np.full((2, 1), 1e200), np.zeros((1, 1))),
        Layer(np.full((1, 2), 1e200), np.zeros((1, 2))),
        Layer(np.array([[1.0], [-1.0]]), np.zeros((1, 1))),
    ]
    with pytest.raises(DivergedError, match="diverged at epoch 0") as caught:
        numpy_mlp.train(parameters, X, Y)
    assert caught.value.epoch == 0
    assert caught.value.losses.size == 0
    with pytest.raises(ArithmeticError, match=r"parameters must give finite outputs, got .*nan"):
        numpy_mlp.predict(parameters, X)


def test_no_listener_is_told_of_an_epoch_without_a_loss(capfd):
    # the first step moves the output weight to ∞, and ∞ · 0 is no number at the row (0, 0)
    parameters = [
        Layer(np.array([[1e150], [0.0]]), np.zeros((1, 1))),
        Layer(np.array([[1e-150]]), np.zeros((1, 1))),
    ]
    told = []
    with pytest.raises(DivergedError, match="diverged at epoch 1") as caught:
        numpy_mlp.train(parameters, X, Y, 1e200, 9, on_epoch=lambda *call: told.append(call))
    assert len(told) == 1
    assert told == list(enumerate(caught.value.losses.tolist()))
    assert "".join(capfd.readouterr()) == ""


def test_a_run_that_diverges_in_its_last_step_says_so():
    # the one unit's output weight is moved by learning rate times activation, beyond float64
    parameters = [
        Layer(np.array([[1e150], [0.0]]), np.zeros((1, 1))),
        Layer(np.array([[1e-150]]), np.zeros((1, 1))),
    ]
    with pytest.raises(DivergedError, match="diverged at epoch 1"):
        numpy_mlp.train(parameters, X, Y, learning_rate=1e200, epochs=1)
