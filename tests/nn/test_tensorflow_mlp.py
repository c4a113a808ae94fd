from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xordocs import DivergedError, datasets, tables
from xordocs.experiments import source_notebook
from xordocs.nn import losses, numpy_mlp
from xordocs.nn.parameters import Layer

X, Y = datasets.xor()


@pytest.fixture(scope="module")
def trained(tensorflow_mlp):
    return tensorflow_mlp.train(tensorflow_mlp.initialize(hidden_layers=(10,), seed=1), X, Y)


def test_golden_losses_are_the_printed_ones_at_every_logged_epoch(trained):
    run = source_notebook.run("tensorflow")
    assert len(run.epochs) == 25
    assert [f"{trained[1][epoch]:.4f}" for epoch in run.epochs] == [f"{v:.4f}" for v in run.losses]


def test_golden_predictions_are_the_printed_ones(tensorflow_mlp, trained):
    run = source_notebook.run("tensorflow")
    predictions = tensorflow_mlp.predict(trained[0], X)
    # float32 over 500 steps on another version and processor: 1e-6, ten units in the last place
    np.testing.assert_allclose(predictions, run.predictions, rtol=0, atol=1e-6)
    assert losses.accuracy(predictions, Y) == run.accuracy


@pytest.mark.parametrize(("hidden_layers", "seed"), [((10,), 1), ((4, 3), 99)])
def test_initialize_draws_what_set_seed_and_normal_draw(tensorflow_mlp, tf, hidden_layers, seed):
    tf.random.set_seed(seed)
    widths = [2, *hidden_layers, 1]
    expected = [tf.random.normal(shape).numpy() for shape in pairwise(widths)]
    for _ in range(2):  # the generator starts anew each time
        parameters = tensorflow_mlp.initialize(hidden_layers, seed)
        for layer, weights in zip(parameters, expected, strict=True):
            np.testing.assert_array_equal(layer.weights, weights)
            assert not layer.bias.any()


def test_initialize_leaves_the_global_generator_alone(tensorflow_mlp, tf):
    tf.random.set_seed(3)
    expected = tf.random.normal([4]).numpy()
    tf.random.set_seed(3)
    tensorflow_mlp.initialize(seed=8)
    np.testing.assert_array_equal(tf.random.normal([4]).numpy(), expected)


def test_same_weights_same_path_as_numpy_over_500_epochs(tensorflow_mlp):
    parameters = numpy_mlp.initialize(hidden_layers=(10,), seed=1)
    _, expected = numpy_mlp.train(parameters, X, Y)
    _, history = tensorflow_mlp.train(parameters, X, Y)
    # a float32 number near 1 has its neighbours 1.2e-7 away; on this smooth path the roundings
    # of 500 steps stay within a few of these, and never decide a kink
    np.testing.assert_allclose(history, expected, rtol=0, atol=5e-7)


@settings(max_examples=25)
@given(
    hidden_layers=st.lists(st.integers(1, 6), min_size=1, max_size=3),
    seed=st.integers(0, 2**31 - 1),
)
def test_numpys_backward_is_what_the_tape_finds_at_every_depth(
    tensorflow_mlp, tf, hidden_layers, seed
):
    random = np.random.RandomState(seed)
    x, y = random.randn(5, 2), random.rand(5, 1)
    parameters = numpy_mlp.initialize(hidden_layers, seed)
    for layer in parameters:
        layer.bias[:] = random.randn(*layer.bias.shape)
    variables = [(tf.Variable(w), tf.Variable(b)) for w, b in parameters]  # float64
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - tensorflow_mlp.forward(variables, tf.constant(x))))
    by_hand = numpy_mlp.backward(parameters, *numpy_mlp.forward(parameters, x), y)
    for layer, gradient in zip(by_hand, tape.gradient(loss, variables), strict=True):
        for mine, theirs in zip(layer, gradient, strict=True):
            # the same float64 algebra, added up in another order
            np.testing.assert_allclose(mine, theirs.numpy(), rtol=1e-10, atol=1e-13)


def test_train_leaves_its_arguments_alone_and_logs_the_notebooks_lines(tensorflow_mlp):
    parameters = tensorflow_mlp.initialize()
    kept = [layer.weights.copy() for layer in parameters]
    lines = []
    tensorflow_mlp.train(
        parameters, X, Y, epochs=21, on_epoch=tables.log_every(20, write=lines.append)
    )
    assert lines == ["Epoch 0, Loss: 0.4084", "Epoch 20, Loss: 0.1162"]  # as the notebook printed
    for layer, weights in zip(parameters, kept, strict=True):
        np.testing.assert_array_equal(layer.weights, weights)


def test_a_run_that_leaves_the_finite_numbers_says_when(tensorflow_mlp):
    # 1e30 · 1e30 is ∞ in float32 in both units of the second layer, and ∞ - ∞ is no number
    parameters = [
        Layer(np.full((2, 1), 1e30), np.zeros((1, 1))),
        Layer(np.full((1, 2), 1e30), np.zeros((1, 2))),
        Layer(np.array([[1.0], [-1.0]]), np.zeros((1, 1))),
    ]
    with pytest.raises(DivergedError, match="diverged at epoch 0"):
        tensorflow_mlp.train(parameters, X, Y, epochs=3)
    with pytest.raises(ArithmeticError, match=r"parameters must give finite outputs, got .*nan"):
        tensorflow_mlp.predict(parameters, X)


def test_no_listener_is_told_of_an_epoch_without_a_loss(tensorflow_mlp, capfd):
    # the first step moves the output weight to ∞, and ∞ · 0 is no number at the row (0, 0)
    parameters = [
        Layer(np.array([[1e20], [0.0]]), np.zeros((1, 1))),
        Layer(np.array([[1e-20]]), np.zeros((1, 1))),
    ]
    told = []
    with pytest.raises(DivergedError, match="diverged at epoch 1") as caught:
        tensorflow_mlp.train(parameters, X, Y, 1e30, 9, on_epoch=lambda *call: told.append(call))
    assert len(told) == 1
    assert told == list(enumerate(caught.value.losses.tolist()))
    assert "".join(capfd.readouterr()) == ""


def test_mistakes_are_named(tensorflow_mlp):
    parameters = tensorflow_mlp.initialize()
    with pytest.raises(ValueError, match="x must be finite"):
        tensorflow_mlp.predict(parameters, X * np.nan)
    with pytest.raises(ValueError, match="epochs must be an integer from 1 to 10,000,000, got 0"):
        tensorflow_mlp.train(parameters, X, Y, epochs=0)
    with pytest.raises(
        ValueError, match=r"x must lie in \[-3.40282e\+38, 3.40282e\+38\], got 1e\+39"
    ):
        tensorflow_mlp.predict(parameters, X * 1e39)
    with pytest.raises(
        ValueError, match=r"learning_rate must lie in \[1.2e-38, 3.4e\+38\], got 1e\+39"
    ):
        tensorflow_mlp.train(parameters, X, Y, learning_rate=1e39)
    with pytest.raises(
        ValueError, match=r"learning_rate must lie in \[1.2e-38, 3.4e\+38\], got 1e-50"
    ):
        tensorflow_mlp.train(parameters, X, Y, learning_rate=1e-50)
    with pytest.raises(
        ValueError, match="seed must be an integer from 0 to 2,147,483,647, got 2147483648"
    ):
        tensorflow_mlp.initialize(seed=2**31)
