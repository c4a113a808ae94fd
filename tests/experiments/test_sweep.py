import re

import numpy as np
import pytest

from xordocs.experiments import sweep as module
from xordocs.experiments.census import census
from xordocs.experiments.statistics import wilson
from xordocs.experiments.sweep import Sweep, sweep
from xordocs.nn.activations import LEAKY_RELU, TANH
from xordocs.nn.initializers import HE, ZEROS
from xordocs.nn.losses import CROSS_ENTROPY

SETTINGS = [
    {},
    {"width": 3, "epochs": 200},
    {"activation": TANH, "epochs": 100},
    {"activation": LEAKY_RELU, "loss": CROSS_ENTROPY, "initializer": HE, "epochs": 50},
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_each_count_is_that_of_a_census_at_the_rate(setting):
    seeds = range(5, 65)
    found = sweep(seeds, **setting)
    assert found.trials == 60
    for rate, learned in zip(found.rates, found.learned, strict=True):
        assert learned == census(seeds, learning_rate=float(rate), **setting).solved.sum()


def test_the_grid_is_of_doublings_around_the_notebooks_rate():
    rates = sweep(range(20), 3, epochs=20).rates
    assert module.CENTRE in rates
    np.testing.assert_array_equal(rates[1:], 2 * rates[:-1])


def test_the_grid_grows_until_both_ends_are_clearly_worse_than_the_best():
    found = sweep(range(200))
    best = found.intervals[int(found.learned.argmax())]
    for end in (0, -1):
        assert found.intervals[end][1] < best[0]
    assert found.is_inside


def test_the_grid_stops_at_its_limit_and_says_so(monkeypatch):
    monkeypatch.setattr(module, "LIMIT", 5)
    found = sweep(range(10), epochs=3, initializer=ZEROS)  # which learn at no rate
    assert not found.learned.any()
    assert not found.is_inside
    np.testing.assert_array_equal(found.rates, 1.5 * 2.0 ** np.arange(-5, 6))


def test_the_best_is_the_middle_one_of_several_and_what_overlaps_may_be_as_good():
    found = Sweep(np.array([1.0, 2, 4, 8, 16]), np.array([10, 95, 98, 98, 80]), 100)
    # by Wilson's interval of 98 in 100, from 93.0 % on; 95 reach to 97.8 %, and 80 to 86.7 %
    assert wilson(98, 100)[0] == pytest.approx(0.930, abs=5e-4)
    assert wilson(80, 100)[1] == pytest.approx(0.867, abs=5e-4)
    assert found.best == 8
    assert found.as_good.tolist() == [2, 4, 8]
    assert found.shares.tolist() == [0.1, 0.95, 0.98, 0.98, 0.8]
    assert found.is_inside
    assert not found._replace(rates=found.rates[1:], learned=found.learned[1:]).is_inside


@pytest.mark.parametrize(
    ("setting", "error", "message"),
    [
        ({"seeds": 5}, TypeError, "seeds must be a sequence of integers, got 5"),
        ({"width": 0}, ValueError, "width must be an integer from 1"),
        ({"epochs": 0}, ValueError, "epochs must be an integer from 1"),
        ({"activation": "relu"}, TypeError, "activation must be an Activation, got 'relu'"),
        ({"loss": "mse"}, TypeError, "loss must be a Loss, got 'mse'"),
        ({"initializer": "he"}, TypeError, "initializer must be an Initializer, got 'he'"),
    ],
)
def test_bad_settings_are_refused_by_name(setting, error, message):
    with pytest.raises(error, match=re.escape(message)):
        sweep(**{"seeds": range(3), **setting})
