import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xordocs.nn import numpy_mlp
from xordocs.nn.initializers import EQUAL, GLOROT, HE, LARGE, NOTEBOOK, ZEROS

SCALED = [
    # the last factor is the standard deviation that the paper asks for, of 5 -> 3 units
    (NOTEBOOK, 1.0),
    (HE, (2 / 5) ** 0.5),
    (GLOROT, (2 / 8) ** 0.5),
    (LARGE, 10.0),
    (ZEROS, 0.0),
]


@pytest.mark.parametrize(("initializer", "factor"), SCALED, ids=lambda each: str(each)[:30])
def test_one_seed_stays_one_seed(initializer, factor):
    draws = np.random.RandomState(7).randn(5, 3)
    # one rounding of the factor and one of the product
    np.testing.assert_allclose(initializer.weights(draws), factor * draws, rtol=1e-15, atol=0)


def test_equal_is_the_layers_first_draw():
    draws = np.random.RandomState(7).randn(5, 3)
    np.testing.assert_array_equal(EQUAL.weights(draws), np.full((5, 3), draws[0, 0]))


@pytest.mark.parametrize("initializer", [NOTEBOOK, ZEROS, EQUAL, HE, GLOROT, LARGE])
def test_a_census_of_draws_is_each_network_by_itself(initializer):
    draws = np.random.RandomState(7).randn(4, 2, 3)
    together = initializer.weights(draws)
    np.testing.assert_array_equal(together, [initializer.weights(each) for each in draws])


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 6), min_size=1, max_size=3))
def test_initialize_gives_each_layer_its_own_fan_in(seed, hidden_layers):
    plain = numpy_mlp.initialize(hidden_layers, seed)
    scaled = numpy_mlp.initialize(hidden_layers, seed, HE)
    for drawn, (weights, bias) in zip(plain, scaled, strict=True):
        np.testing.assert_array_equal(weights, drawn.weights * (2 / len(weights)) ** 0.5)
        assert not bias.any()


def test_the_default_is_what_the_source_notebook_drew():
    random = np.random.RandomState(3)
    first, second = numpy_mlp.initialize((4,), 3)
    np.testing.assert_array_equal(first.weights, random.randn(2, 4))
    np.testing.assert_array_equal(second.weights, random.randn(4, 1))
