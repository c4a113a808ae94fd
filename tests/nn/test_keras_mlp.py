import random

import numpy as np
import pytest

from xordocs import DivergedError, datasets, tables
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer

X, Y = datasets.xor()


def test_same_weights_same_path_as_numpy_over_500_epochs(keras_mlp):
    parameters = numpy_mlp.initialize(hidden_layers=(10,), seed=1)
    expected_parameters, expected = numpy_mlp.train(parameters, X, Y)
    trained, history = keras_mlp.train(parameters, X, Y)
    # a float32 number near 1 has its neighbours 1.2e-7 away; on this smooth path the roundings
    # of 500 steps stay within a few of these, and never decide a kink
    np.testing.assert_allclose(history, expected, rtol=0, atol=5e-7)
    np.testing.assert_allclose(
        keras_mlp.predict(trained, X), numpy_mlp.predict(expected_parameters, X), rtol=0, atol=2e-6
    )


@pytest.mark.parametrize("hidden_layers", [(1,), (4, 3, 2)])
def test_the_model_computes_what_the_numpy_network_computes(keras_mlp, hidden_layers):
    parameters = numpy_mlp.initialize(hidden_layers, seed=5)
    for layer in parameters:
        layer.bias[:] = np.linspace(-1, 1, layer.bias.size)
    x = datasets.grid(5)
    model = keras_mlp.model(parameters)
    assert [layer.units for layer in model.layers] == [*hidden_layers, 1]
    # one forward pass in float32: a few roundings of 1.2e-7
    np.testing.assert_allclose(
        keras_mlp.predict(parameters, x), numpy_mlp.predict(parameters, x), rtol=0, atol=1e-6
    )


def test_train_leaves_its_arguments_alone_and_logs_the_notebooks_lines(keras_mlp):
    parameters = numpy_mlp.initialize()
    lines = []
    keras_mlp.train(parameters, X, Y, epochs=21, on_epoch=tables.log_every(20, lines.append))
    assert lines == ["Epoch 0, Loss: 0.3051", "Epoch 20, Loss: 0.0828"]  # as the notebook printed
    np.testing.assert_array_equal(parameters[0].weights, numpy_mlp.initialize()[0].weights)


def test_a_run_that_leaves_the_finite_numbers_says_when(keras_mlp):
    # 1e30 · 1e30 is ∞ in float32 in both units of the second layer, and ∞ - ∞ is no number
    parameters = [
        Layer(np.full((2, 1), 1e30), np.zeros((1, 1))),
        Layer(np.full((1, 2), 1e30), np.zeros((1, 2))),
        Layer(np.array([[1.0], [-1.0]]), np.zeros((1, 1))),
    ]
    with pytest.raises(DivergedError, match="diverged at epoch 0"):
        keras_mlp.train(parameters, X, Y, epochs=3)
    with pytest.raises(ArithmeticError, match=r"parameters must give finite outputs, got .*nan"):
        keras_mlp.predict(parameters, X)


def test_no_listener_is_told_of_an_epoch_without_a_loss(keras_mlp, capfd):
    # the first step moves the output weight to ∞, and ∞ · 0 is no number at the row (0, 0)
    parameters = [
        Layer(np.array([[1e20], [0.0]]), np.zeros((1, 1))),
        Layer(np.array([[1e-20]]), np.zeros((1, 1))),
    ]
    told = []
    with pytest.raises(DivergedError, match="diverged at epoch 1") as caught:
        keras_mlp.train(parameters, X, Y, 1e30, 9, on_epoch=lambda *call: told.append(call))
    assert len(told) == 1
    assert told == list(enumerate(caught.value.losses.tolist()))
    assert "".join(capfd.readouterr()) == ""


def test_pythons_global_generator_stays_where_it_is(keras_mlp):
    before = random.getstate()
    keras_mlp.predict(numpy_mlp.initialize(), X)
    assert random.getstate() == before


def test_mistakes_are_named(keras_mlp):
    parameters = numpy_mlp.initialize()
    with pytest.raises(ValueError, match="y must lie in"):
        keras_mlp.train(parameters, X, Y + 1)
    with pytest.raises(ValueError, match="x must be finite"):
        keras_mlp.predict(parameters, X + np.inf)
    # finite, and more than the 3.4e38 of float32
    too_large = [Layer(np.full((2, 1), 1e39), np.zeros((1, 1)))]
    with pytest.raises(ValueError, match=r"^parameters\[0\].weights must lie in .*e\+38"):
        keras_mlp.model(too_large)
