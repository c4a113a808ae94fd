import numpy as np
import pytest

from xordocs.experiments import vectorized_mlp
from xordocs.experiments.vectorized_mlp import allocate, forward, initialize, labels, output_delta
from xordocs.nn.activations import ACTIVATIONS, TANH, sigmoid
from xordocs.nn.initializers import LARGE, NOTEBOOK
from xordocs.nn.losses import LOSSES, MSE


@pytest.fixture(params=[np.float64, np.float32])
def dtype(request):
    return request.param


@pytest.fixture(params=[NOTEBOOK, LARGE], ids=lambda it: it.name)
def networks(request, dtype):
    return initialize(range(500), 3, request.param, dtype)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda it: it.name)
def test_outputs_and_slopes_are_those_of_the_activation(activation, networks):
    workspace = allocate(networks)
    forward(networks, activation, workspace)
    w1, w2, b = networks.hidden
    sums = np.stack([b, w2 + b, w1 + b, w1 + (w2 + b)])
    np.testing.assert_array_equal(workspace.a, activation.function(sums))
    np.testing.assert_array_equal(workspace.slope, activation.derivative(sums))


@pytest.mark.parametrize("loss", LOSSES, ids=lambda it: it.name)
def test_the_output_units_delta_is_that_of_the_loss(loss, networks):
    workspace = allocate(networks)
    forward(networks, TANH, workspace)
    expected = loss.delta(sigmoid(workspace.logits), labels(networks))
    np.testing.assert_array_equal(output_delta(loss, labels(networks), workspace), expected)


def test_functions_that_nobody_foresaw_are_taken_as_they_are():
    mine = TANH._replace(name="mine", function=lambda z: np.tanh(z))
    my_loss = MSE._replace(name="mine", delta=lambda y_hat, y: MSE.delta(y_hat, y))
    together, known = (initialize(range(50), 3, NOTEBOOK, np.float64) for _ in range(2))
    vectorized_mlp.train(together, 1.5, 20, mine, my_loss, 0)
    vectorized_mlp.train(known, 1.5, 20, TANH, MSE, 0)
    for ours, theirs in zip(together, known, strict=True):
        np.testing.assert_array_equal(ours, theirs)
