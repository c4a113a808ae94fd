import re

import numpy as np
import pytest

from xordocs.experiments import sweep as module
from xordocs.experiments.census import census
from xordocs.experiments.statistics import is_better
from xordocs.experiments.sweep import Sweep, best_rate, sweep
from xordocs.nn.activations import LEAKY_RELU, TANH
from xordocs.nn.initializers import HE, ZEROS, Initializer
from xordocs.nn.losses import CROSS_ENTROPY

SETTINGS = [
    {},
    {"width": 3, "epochs": 200},
    {"activation": TANH, "epochs": 100},
    {"activation": LEAKY_RELU, "loss": CROSS_ENTROPY, "initializer": HE, "epochs": 50},
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_each_seed_learns_as_in_a_census_at_the_rate(setting):
    seeds = range(5, 65)
    found = sweep(seeds, **setting)
    assert found.trials == 60
    for rate, solved in zip(found.rates, found.solved, strict=True):
        np.testing.assert_array_equal(
            solved, census(seeds, learning_rate=float(rate), **setting).solved
        )


def test_the_grid_is_of_doublings_around_the_notebooks_rate():
    rates = sweep(range(20), 3, epochs=20).rates
    assert module.CENTRE in rates
    np.testing.assert_array_equal(rates[1:], 2 * rates[:-1])


def test_the_grid_grows_until_both_ends_are_clearly_worse_than_the_best():
    found = sweep(range(200))
    (best,) = found.solved[found.rates == found.best]
    for end in (0, -1):
        assert is_better(best, found.solved[end])
    assert found.is_inside


def test_the_grid_stops_at_its_limit_and_says_so(monkeypatch):
    monkeypatch.setattr(module, "LIMIT", 5)
    found = sweep(range(10), epochs=3, initializer=ZEROS)  # which learn at no rate
    assert not found.learned.any()
    assert not found.is_inside
    np.testing.assert_array_equal(found.rates, 1.5 * 2.0 ** np.arange(-5, 6))


def test_networks_whose_numbers_are_too_large_learn_at_no_rate(monkeypatch):
    monkeypatch.setattr(module, "LIMIT", 4)
    huge = Initializer("huge", "huge", lambda draws: 1e200 * draws)  # sums of ∞ and -∞
    assert not sweep(range(10), epochs=2, initializer=huge).learned.any()


def test_networks_that_step_from_infinity_to_infinity_warn_of_nothing():
    huge = Initializer("huge", "huge", lambda draws: 1e250 * draws)  # their steps are ∞ - ∞
    leaky = {"activation": LEAKY_RELU, "loss": CROSS_ENTROPY, "initializer": huge}
    assert not sweep(range(20), 2, epochs=30, **leaky).learned.all()


@pytest.mark.parametrize("units", [1, 45, 10**6])
def test_a_sweep_is_the_same_on_any_number_of_threads(monkeypatch, units):
    expected = sweep(range(12), 3, epochs=50)
    monkeypatch.setattr(module, "MIN_THREAD_UNITS", units)
    monkeypatch.setattr("os.cpu_count", lambda: 16)
    found = sweep(range(12), 3, epochs=50)
    np.testing.assert_array_equal(found.rates, expected.rates)
    np.testing.assert_array_equal(found.solved, expected.solved)


def test_the_line_of_a_sweep_is_its_rates_shares_and_intervals():
    found = Sweep(np.array([1.5, 3.0]), np.array([[True, False], [True, True]]))
    rates, shares, intervals = found.line
    np.testing.assert_array_equal(rates, [1.5, 3.0])
    np.testing.assert_array_equal(shares, [0.5, 1.0])
    # by hand: with n = 2 and z = 1.96 the ends of 2 of 2 are n / (n + z²) and 1
    np.testing.assert_allclose(intervals[1], [2 / (2 + 1.96**2), 1], atol=1e-4)
    assert len(intervals) == 2


def test_of_several_best_rates_the_middle_one_is_taken():
    assert best_rate([1, 2, 4, 8], [10, 98, 98, 80]) == 4  # the larger of two in the middle
    assert best_rate([1, 2, 4, 8], [98, 98, 98, 80]) == 2
    assert best_rate([1, 2, 4, 8], [3, 2, 1, 0]) == 1


def first(learned, trials=100):
    """The first so many of the seeds learn."""
    return np.arange(trials) < learned


def test_rates_are_as_good_by_the_seeds_on_which_they_differ():
    # 6 seeds lost of 6 in which they differ: a fair coin does that with 2 / 2⁶ = 0.031
    # 5 of 5: 2 / 2⁵ = 0.0625; and two rates that swap 10 seeds for 10 tie
    swapped = np.roll(first(98), 10)
    found = Sweep(np.array([1.0, 2, 4, 8]), np.array([first(92), first(93), first(98), swapped]))
    assert found.trials == 100
    assert found.learned.tolist() == [92, 93, 98, 98]
    assert found.shares.tolist() == [0.92, 0.93, 0.98, 0.98]
    assert found.best == 8
    moved = found._replace(solved=found.solved[:3], rates=found.rates[:3])
    assert moved.best == 4
    assert moved.as_good.tolist() == [2, 4]
    # their intervals overlap, and yet the first is clearly worse: all that differ are lost
    assert moved.intervals[0][1] > moved.intervals[2][0]
    assert not moved.is_inside
    ends = Sweep(moved.rates, moved.solved[[0, 2, 0]])
    assert ends.is_inside


@pytest.mark.parametrize(
    ("setting", "error", "message"),
    [
        ({"seeds": 5}, TypeError, "seeds must be a sequence of integers, got 5"),
        ({"seeds": [2**32]}, ValueError, "seeds[0] must be an integer from 0 to 4,294,967,295"),
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
