import io
import math
import multiprocessing
import re
import sys
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor as Threads
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xordocs import DivergedError, datasets
from xordocs.experiments import census as module
from xordocs.experiments.census import IncompleteCensusError, census
from xordocs.experiments.diagnosis import CAUSES, diagnose
from xordocs.experiments.statistics import is_better, only_one, sign_test, wilson
from xordocs.experiments.vectorized_mlp import as_batch, initialize
from xordocs.nn import numpy_mlp
from xordocs.nn.activations import LEAKY_RELU, RELU, SIGMOID, TANH
from xordocs.nn.initializers import EQUAL, GLOROT, HE, LARGE, NOTEBOOK, ZEROS, Initializer
from xordocs.nn.losses import CROSS_ENTROPY, MSE

X, Y = datasets.xor()


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch):
    """Blocks of the same size on every machine."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def alone(seed, width=10, learning_rate=1.5, epochs=500, activation=RELU, loss=MSE, start=NOTEBOOK):
    """Train one seed by itself: its outputs, loss and diagnosis."""
    parameters = numpy_mlp.initialize((width,), seed, start)
    parameters, losses = numpy_mlp.train(parameters, X, Y, learning_rate, epochs, activation, loss)
    final = loss.value(numpy_mlp.forward(parameters, X, activation).z[-1], Y)
    found = diagnose(parameters, activation, loss, losses[-module.LAST_STEPS :])
    return numpy_mlp.predict(parameters, X, activation)[:, 0], final, found


@pytest.mark.parametrize("seeds", [30, pytest.param(200, marks=pytest.mark.audit)])
@pytest.mark.parametrize("width", [2, 10])
def test_a_census_is_each_seed_trained_alone(width, seeds, unchecked_shapes):
    counted = census(range(seeds), width)
    for seed in range(seeds):
        outputs, loss, found = alone(seed, width)
        # The sums over units and rows add up in another order, an error of 1e-16 in the first
        # step. Descent at this learning rate contracts it near a solution; on the way there a
        # steep stretch may multiply it by some thousands. Seen over 2000 seeds: 8e-14.
        assert counted.losses[seed] == pytest.approx(loss, rel=0, abs=1e-12)
        np.testing.assert_allclose(counted.findings.outputs[:, seed], outputs, rtol=0, atol=1e-11)
        assert counted.solved[seed] == ((outputs > 0.5) == (Y[:, 0] > 0.5)).all()
        assert counted.diagnosis(seed)._replace(loss=0, outputs=()) == found._replace(
            loss=0, outputs=()
        )
        assert counted.dead_units[seed] == len(found.dead_units)


@given(
    width=st.integers(1, 6),
    learning_rate=st.floats(0.01, 2),
    epochs=st.integers(1, 30),
    activation=st.sampled_from([RELU, LEAKY_RELU, TANH, SIGMOID]),
    loss=st.sampled_from([MSE, CROSS_ENTROPY]),
    start=st.sampled_from([NOTEBOOK, ZEROS, HE, GLOROT]),
    seeds=st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5, unique=True),
)
@settings(max_examples=40)
def test_any_setting_is_each_seed_trained_alone(
    width, learning_rate, epochs, activation, loss, start, seeds
):
    counted = census(seeds, width, learning_rate, epochs, activation, loss, start)
    assert counted.seeds.tolist() == seeds
    for place, seed in enumerate(seeds):
        outputs, final, _ = alone(seed, width, learning_rate, epochs, activation, loss, start)
        # 30 epochs leave no time for an error of 1e-16 to grow far
        np.testing.assert_allclose(counted.findings.outputs[:, place], outputs, rtol=0, atol=1e-11)
        assert counted.losses[place] == pytest.approx(final, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("start", [NOTEBOOK, ZEROS, EQUAL, HE, GLOROT, LARGE], ids=lambda i: i.name)
def test_the_weights_are_those_that_initialize_draws(start):
    seeds = [0, 5, 2**32 - 1]
    together = initialize(seeds, 4, start, np.float64)
    for place, seed in enumerate(seeds):
        one = as_batch(numpy_mlp.initialize((4,), seed, start))
        for ours, single in zip(together, one, strict=True):
            np.testing.assert_array_equal(ours[..., place], single[..., 0])


def test_float32_is_the_same_census_but_for_a_few_seeds():
    double, single = census(range(400)), census(range(400), dtype=np.float32)
    assert single.losses.dtype == np.float32
    # a loss of up to 1/2 in 24 bits, after 500 steps; a seed may tip over at a kink
    near = abs(single.losses - double.losses) < 1e-4
    assert near.mean() > 0.97
    assert (single.solved == double.solved)[near].all()


def test_blocks_change_nothing(monkeypatch):
    whole = census(range(50), 3, epochs=40)
    monkeypatch.setattr(module, "MAX_BLOCK_UNITS", 21)  # blocks of seven networks
    for ours, theirs in zip(census(range(50), 3, epochs=40).findings, whole.findings, strict=True):
        # the compiled loops may treat the last few of an array differently
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-15)


def test_what_is_reported_adds_up():
    counted = census(range(100), 3)
    assert counted.rate == counted.solved.mean()
    assert counted.interval() == wilson(int(counted.solved.sum()), 100)
    counts = counted.counts()
    assert sum(counts.values()) == 100
    assert counts["solved"] == counted.solved.sum()
    assert list(counts) == [cause for cause in CAUSES if cause in counts]
    with pytest.raises(ValueError, match="seed must be one of the census, got 100"):
        counted.diagnosis(100)
    with pytest.raises(TypeError, match=r"seed must be an integer from 0 to .*, got \[0, 1\]"):
        counted.diagnosis([0, 1])
    with pytest.raises(
        ValueError, match="confidence must be a finite number above 0 and below 1, got 95"
    ):
        counted.interval(95)


def test_a_network_that_diverges_is_counted_as_such():
    setting = {"learning_rate": 1e308, "epochs": 5, "activation": LEAKY_RELU, "loss": CROSS_ENTROPY}
    counted = census(range(5), 3, **setting)
    with pytest.raises(DivergedError):
        alone(0, 3, **setting)
    assert counted.diagnosis(0).cause == "diverged"
    assert not counted.solved.any()


@pytest.mark.parametrize(
    ("function", "error", "message"),
    [
        (lambda draws: None, TypeError, "must be an array of real numbers, got None"),
        (lambda draws: draws * np.nan, ValueError, "must be finite, got nan at"),
        (lambda draws: draws[0], ValueError, r"must have shape \(3, 2, 2\), got \(2, 2\)"),
    ],
)
def test_a_census_of_no_weights_is_refused(function, error, message):
    mine = Initializer("mine", "mine", function)
    with pytest.raises(IncompleteCensusError, match=f"of initializer 'mine' {message}") as caught:
        census(range(3), 2, epochs=1, initializer=mine)
    assert isinstance(caught.value.__cause__, error)


# Executors


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods()[-2:])
def test_processes(method, monkeypatch):
    monkeypatch.setattr(module, "MAX_BLOCK_UNITS", 100)
    with ProcessPoolExecutor(2, multiprocessing.get_context(method)) as executor:
        counted = census(range(45), epochs=30, loss=CROSS_ENTROPY, executor=executor)
    here = census(range(45), epochs=30, loss=CROSS_ENTROPY)
    np.testing.assert_array_equal(counted.seeds, here.seeds)
    np.testing.assert_allclose(counted.losses, here.losses, rtol=1e-12)


def test_dask(monkeypatch):
    distributed = pytest.importorskip("distributed", reason="pip install xordocs[dask]")
    monkeypatch.setattr(module, "MAX_BLOCK_UNITS", 100)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        counted = census(range(45), epochs=30, executor=client.get_executor())
    np.testing.assert_allclose(counted.losses, census(range(45), epochs=30).losses, rtol=1e-12)


class Faulty(Executor):
    """Runs what it is given at once, but the calls whose number ``faults`` knows."""

    def __init__(self, faults):
        self.faults = faults
        self.calls = -1
        self.futures = []

    def submit(self, function, /, *args, **kwargs):
        self.calls += 1
        future = Future()
        self.futures.append(future)
        fault = self.faults.get(self.calls)
        if fault == "refuse":
            raise RuntimeError("cannot schedule new futures after shutdown")
        if fault == "cancel":
            future.cancel()
        elif fault == "interrupt":
            future.result = self.interrupt
        elif fault == "wait":
            pass  # nobody takes it up
        elif fault:
            future.set_exception(fault)
        else:
            future.set_result(function(*args, **kwargs))
        return future

    def interrupt(self):
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("faults", "lost", "reason", "says"),
    [
        ({1: OSError("worker lost")}, range(7, 14), OSError, "OSError: worker lost"),
        ({1: "cancel"}, range(7, 14), CancelledError, "CancelledError"),
        ({1: "interrupt"}, range(7, 14), KeyboardInterrupt, "KeyboardInterrupt"),
        ({2: "refuse"}, range(14, 30), RuntimeError, "after shutdown"),
        ({0: "cancel", 4: MemoryError()}, [*range(7), 28, 29], CancelledError, "MemoryError"),
    ],
)
def test_what_was_finished_is_kept_and_what_is_missing_is_said(
    faults, lost, reason, says, monkeypatch
):
    monkeypatch.setattr(module, "MAX_BLOCK_UNITS", 7)
    setting = {"width": 1, "epochs": 5}
    with pytest.raises(IncompleteCensusError, match=f"missing {len(lost)} of 30 seeds") as caught:
        census(range(30), **setting, executor=Faulty(faults))
    error = caught.value
    assert says in str(error)
    assert isinstance(error.__cause__, reason)
    assert error.missing.tolist() == list(lost)
    whole = census(range(30), **setting)
    kept = np.setdiff1d(whole.seeds, lost)
    np.testing.assert_array_equal(error.finished.seeds, kept)
    np.testing.assert_array_equal(error.finished.losses, whole.losses[kept])
    # and the rest can be had by itself
    rest = census(error.missing, **setting)
    np.testing.assert_array_equal(rest.losses, whole.losses[error.missing])


def test_an_interrupt_cancels_what_has_not_begun(monkeypatch):
    monkeypatch.setattr(module, "MAX_BLOCK_UNITS", 7)
    monkeypatch.setattr(Future, "result", lambda self, result=Future.result: result(self, 0))
    with pytest.raises(IncompleteCensusError) as caught:
        census(range(21), 1, epochs=1, executor=Faulty({1: "interrupt", 2: "wait"}))
    # without the cancellation it would be a TimeoutError, as no one waits in a test
    assert [type(reason) for reason in caught.value.reasons] == [KeyboardInterrupt, CancelledError]
    assert caught.value.finished.seeds.tolist() == list(range(7))


def test_when_nothing_was_finished_nothing_is_returned():
    executor = Threads(1)
    executor.shutdown()
    with pytest.raises(IncompleteCensusError, match="missing 3 of 3 seeds, 0 to 2") as caught:
        census(range(3), executor=executor)
    assert caught.value.finished is None


def test_an_executor_that_was_given_stays_open():
    with Threads(1) as executor:
        census(range(3), epochs=1, executor=executor)
        assert executor.submit(abs, -1).result() == 1


# Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("stream", [Terminal, io.StringIO])
def test_progress_shows_on_a_terminal_only(stream, monkeypatch):
    stderr = stream()
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setattr(module, "MAX_BLOCK_UNITS", 1000)
    census(range(2000), width=1, epochs=1)
    lines = "\r1,000 of 2,000 networks\r2,000 of 2,000 networks\n"
    assert stderr.getvalue() == (lines if stream is Terminal else "")


def test_progress_is_told_to_who_asks(monkeypatch):
    monkeypatch.setattr(module, "MAX_BLOCK_UNITS", 20)
    told = []
    census(range(45), width=1, epochs=1, on_progress=lambda *call: told.append(call))
    assert told == [(20, 45), (40, 45), (45, 45)]


@pytest.mark.parametrize("failure", [LookupError("not me"), KeyboardInterrupt()])
def test_a_listener_that_fails_loses_nothing_that_was_finished(failure, monkeypatch):
    monkeypatch.setattr(module, "MAX_BLOCK_UNITS", 7)
    told = []

    def listener(done, total):
        told.append(done)
        if done == 14:
            raise failure

    with pytest.raises(IncompleteCensusError, match="missing 7 of 28 seeds, 21 to 27") as caught:
        census(range(28), 1, epochs=5, executor=Faulty({3: "wait"}), on_progress=listener)
    assert caught.value.__cause__ is failure
    assert [type(reason) for reason in caught.value.reasons] == [type(failure), CancelledError]
    assert told == [7, 14]
    # the third block was running or done by then, and is not thrown away either
    np.testing.assert_array_equal(
        caught.value.finished.losses, census(range(21), 1, epochs=5).losses
    )


def test_a_listener_that_fails_at_the_end_leaves_the_whole_census(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 1)  # one block
    with pytest.raises(IncompleteCensusError, match="missing 0 of 3 seeds; ZeroDiv") as caught:
        census(range(3), 1, epochs=1, on_progress=lambda *_: 1 / 0)
    assert len(caught.value.finished.seeds) == 3
    assert caught.value.missing.size == 0


def test_whatever_ends_a_census_cancels_what_has_not_begun(monkeypatch):
    monkeypatch.setattr(module, "MAX_BLOCK_UNITS", 7)
    executor = Faulty({1: "wait"})
    with pytest.raises(SystemExit):
        census(range(14), 1, epochs=1, executor=executor, on_progress=lambda *_: sys.exit())
    assert executor.futures[1].cancelled()


# Settings


@pytest.mark.parametrize(
    ("setting", "error", "message"),
    [
        ({"seeds": []}, ValueError, "seeds must have at least one entry, got []"),
        ({"seeds": 5}, TypeError, "seeds must be a sequence of integers, got 5"),
        ({"seeds": [1, 2, 1]}, ValueError, "seeds must all be different, got 1 more than once"),
        (
            {"seeds": [-1]},
            ValueError,
            r"seeds[0] must be an integer from 0 to 4,294,967,295, got -1",
        ),
        ({"width": 0}, ValueError, "width must be an integer from 1 to 10,000,000, got 0"),
        (
            {"width": (3, 3)},
            TypeError,
            r"width must be an integer from 1 to 10,000,000, got (3, 3)",
        ),
        ({"epochs": 0}, ValueError, "epochs must be an integer from 1 to 10,000,000, got 0"),
        ({"learning_rate": -1}, ValueError, "learning_rate must be a finite number above 0"),
        ({"learning_rate": math.nan}, ValueError, "learning_rate must be a finite number above 0"),
        ({"activation": "relu"}, TypeError, "activation must be an Activation, got 'relu'"),
        ({"loss": "mse"}, TypeError, "loss must be a Loss, got 'mse'"),
        ({"initializer": "he"}, TypeError, "initializer must be an Initializer, got 'he'"),
        ({"executor": 4}, TypeError, "executor must be an Executor, with submit, or None, got 4"),
        ({"on_progress": "yes"}, TypeError, "on_progress must be a function or None, got 'yes'"),
        (
            {"dtype": np.array([1, 2])},
            ValueError,
            "dtype must be float64 or float32, got",
        ),
        ({"dtype": np.float16}, ValueError, "dtype must be float64 or float32"),
    ],
)
def test_bad_settings_are_refused_by_name(setting, error, message):
    with pytest.raises(error, match=re.escape(message)):
        census(**{"seeds": range(3), "epochs": 1, **setting})


# Wilson's interval


def test_wilsons_interval_by_hand():
    # 5 of 10 and z = 2: (1/2 + 4/20 ± 2 √(1/40 + 1/100)) / (1 + 4/10)
    #   = (0.7 ± 2 √0.035) / 1.4
    confidence = math.erf(math.sqrt(2))  # the share of a normal distribution within two sigmas
    low, high = wilson(5, 10, confidence)
    assert low == pytest.approx((0.7 - 2 * math.sqrt(0.035)) / 1.4, rel=1e-12)
    assert high == pytest.approx((0.7 + 2 * math.sqrt(0.035)) / 1.4, rel=1e-12)


@given(st.integers(1, 10**6), st.data())
def test_wilsons_interval_ends_where_the_share_is_z_deviations_off(trials, data):
    successes = data.draw(st.integers(0, trials))
    low, high = wilson(successes, trials)
    share = successes / trials
    assert 0 <= low <= share <= high <= 1
    for p in (low, high):
        # both sides are of the size of 1 / √n, and rounding is 1e-16; at 0 and 1 both are 0
        deviation = 1.959963984540054 * math.sqrt(p * (1 - p) / trials)
        if p not in (0, 1):
            assert abs(share - p) == pytest.approx(deviation, rel=1e-6, abs=1e-15)


def test_wilsons_interval_refuses_what_is_no_count():
    with pytest.raises(ValueError, match="successes must be an integer from 0 to 3, got 4"):
        wilson(4, 3)
    with pytest.raises(
        ValueError, match="confidence must be a finite number above 0 and below 1, got 95"
    ):
        wilson(1, 3, 95)


# two settings, on the same seeds


def outcomes(both=0, first=0, second=0, neither=0):
    """Which seeds learn with two settings, so many of each kind."""
    counts = [both, first, second, neither]
    return np.repeat([True, True, False, False], counts), np.repeat([True, False] * 2, counts)


def test_two_settings_are_compared_on_the_seeds_on_which_they_differ():
    # 6 to 2: 2 (1 + 8 + 28) / 2⁸ = 0.289; 12 to 2: 2 (1 + 14 + 91) / 2¹⁴ = 0.0129
    pair = outcomes(both=900, first=6, second=2, neither=50)
    assert only_one(*pair) == (6, 2)
    assert not is_better(*pair)
    pair = outcomes(both=900, first=12, second=2, neither=50)
    assert is_better(*pair)
    assert not is_better(*pair[::-1])
    # each share's own interval says nothing of that: these two overlap
    low, high = (wilson(int(solved.sum()), len(solved)) for solved in pair[::-1])
    assert low[1] > high[0]
    assert not is_better(*pair, confidence=0.999)


@pytest.mark.parametrize("score", [(0, 0), (1, 0), (3, 3), (2, 9), (9, 2), (0, 12), (5, 8)])
def test_a_score_is_as_surprising_as_all_falls_of_the_coins_say(score):
    tosses = sum(score)
    as_few = sum(sum(fallen) <= min(score) for fallen in product((0, 1), repeat=tosses))
    assert sign_test(*score) == pytest.approx(min(1, 2 * as_few / 2**tosses), rel=1e-12)


def test_a_long_score_is_as_surprising_as_whole_numbers_say():
    """The sum of logarithms rounds: by some 1e-16 a term, of thousands."""
    ways = sum(math.comb(4100, k) for k in range(1951))
    assert sign_test(2150, 1950) == pytest.approx(float(Fraction(2 * ways, 2**4100)), rel=1e-9)
    assert sign_test(2**24, 2**24) == 1


def test_seeds_on_which_two_settings_agree_say_nothing():
    assert is_better(*outcomes(first=12, second=2)) is True
    assert is_better(*outcomes(both=10**5, first=12, second=2, neither=10**5)) is True
    assert is_better(*outcomes(both=5, neither=5)) is False


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (np.array([True]), np.array([True, False])),
        (np.array([1, 0]), np.array([True, False])),
    ],
)
def test_only_outcomes_of_the_same_seeds_are_compared(first, second):
    with pytest.raises(ValueError, match="true or false for the same seeds, got"):
        only_one(first, second)
