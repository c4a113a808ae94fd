"""Whatever a public function is given: a right result, or an error of the package's own making."""

import inspect
import traceback
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xordocs
from xordocs import datasets, plots, tables, validation
from xordocs.errors import DivergedError
from xordocs.experiments import diagnosis, gradient_check, statistics, sweep
from xordocs.experiments.census import census
from xordocs.nn import linear_regression, losses, numpy_mlp
from xordocs.playground import ask, embed, link

PACKAGE = Path(xordocs.__file__).parent
X, Y = datasets.xor()
PARAMETERS = numpy_mlp.initialize(hidden_layers=(2,))
POINTS = datasets.grid(4)
RATES, LEARNED = (0.5, 1.0, 2.0), (3, 5, 1)
ONE = np.array([True, False, True])


def embed_map(hidden_layers, seed, learning_rate):
    return embed("map", hidden_layers=hidden_layers, seed=seed, learning_rate=learning_rate)


CALLS = {
    datasets.moons: {"rows": 5, "seed": 1, "noise": 0.4},
    datasets.grid: {"steps": 5, "low": 0.0, "high": 1.0},
    linear_regression.fit: {"x": X, "y": Y},
    linear_regression.predict: {"ws": linear_regression.fit(X, Y), "x": X},
    losses.mse: {"y_hat": Y, "y": Y},
    losses.binary_cross_entropy: {"z": Y, "y": Y},
    losses.accuracy: {"y_hat": Y, "y": Y},
    numpy_mlp.initialize: {"hidden_layers": (3, 2), "seed": 1},
    numpy_mlp.predict: {"parameters": PARAMETERS, "x": X},
    numpy_mlp.train: {"parameters": PARAMETERS, "x": X, "y": Y, "epochs": 3, "learning_rate": 0.5},
    census: {"seeds": range(3), "width": 2, "learning_rate": 1.0, "epochs": 3},
    sweep.sweep: {"seeds": range(3), "width": 2, "epochs": 2},
    sweep.best_rate: {"rates": RATES, "learned": LEARNED},
    diagnosis.diagnose: {"parameters": PARAMETERS},
    diagnosis.rung: {"rows": (1, 2)},
    diagnosis.ladder: {"y": Y},
    statistics.wilson: {"successes": 3, "trials": 10, "confidence": 0.9},
    statistics.sign_test: {"first": 17, "second": 7},
    statistics.is_better: {"first": ONE, "second": ~ONE, "confidence": 0.9},
    gradient_check.check: {"parameters": PARAMETERS, "x": X, "y": Y, "h": 1e-5},
    gradient_check.sweep: {"parameters": PARAMETERS, "x": X, "y": Y},
    tables.predictions: {"x": X, "y": Y, "y_hat": Y},
    tables.log: {"losses": [0.3, 0.2, 0.1], "every": 2},
    tables.scientific: {"number": 1e-5},
    embed_map: {"hidden_layers": (3,), "seed": 2, "learning_rate": 0.5},
    link: {"hidden_layers": (3,), "seed": 2, "learning_rate": 0.5},
    ask: {"question": "How many?", "answer": 4.0, "why": "", "tolerance": 0.1},
    plots.loss: {"losses": {"NumPy": [0.3, 0.2, 0.1]}},
    plots.contour: {"points": POINTS, "y_hat": POINTS[:, :1], "x": X, "y": Y},
    plots.surface: {"points": POINTS, "y_hat": POINTS[:, :1]},
    plots.draws: {"values": [0.1, -2.0, 0.3], "reach": 1.0},
    plots.sticks: {"x": X, "y": Y, "y_hat": Y / 2 * 0 + 0.5},
    plots.ranking: {
        "shares": {"a": (0.5, (0.4, 0.6)), "b": (0.2, (0.1, 0.3))},
        "reference": "a",
        "low": 0.1,
    },
    validation.check_int: {"value": 3, "name": "n"},
    validation.check_real: {"value": 0.5, "name": "r"},
    validation.check_array: {"value": X, "name": "x"},
}
"""Functions that check what they are given, each with arguments that it takes, small enough to be
computed at once."""

LONGEST = {
    "epochs": 50,
    "steps": 50,
    "rows": 50,
    "width": 50,
    "seeds": 50,
    "hidden_layers": 50,
    "every": 10**7,
}
"""Up to where a number that counts work is tried: more is refused, or rightly takes its time."""

NUMBERS = st.one_of(
    st.integers(-3, 3),
    st.integers(min_value=10**20, max_value=10**400),
    st.floats(),
    st.booleans(),
    st.complex_numbers(),
    st.sampled_from([np.float32("nan"), np.int64(2), np.float16(0.5), np.bool_(True), np.array(1)]),
)
ARRAYS = st.sampled_from(
    [
        *(X, Y, POINTS, X.T, X[:0], X[:1], X.astype(int), X.astype("f2"), X > 0, X.astype(complex)),
        *(X * np.nan, X + np.inf, -X, X * 1e300, X[..., None], X.ravel(), np.array(object())),
        *(np.array(["a"]), np.ma.masked_array(X, X > 0), np.asfortranarray(X), X[::-1]),
    ]
)
THINGS = st.one_of(
    NUMBERS,
    ARRAYS,
    st.text(max_size=5),
    st.binary(max_size=3),
    st.none(),
    st.lists(NUMBERS, max_size=4),
    st.dictionaries(st.text(max_size=3), st.one_of(NUMBERS, ARRAYS), max_size=3),
    st.sampled_from([object(), print, range(3), {1, 2}, PARAMETERS, PARAMETERS[:1], [], [[]], ()]),
    st.builds(lambda: (number for number in (1, 2))),
)


def is_ours(error):
    """Whether the package itself has raised it, and not something below."""
    return Path(traceback.extract_tb(error.__traceback__)[-1].filename).is_relative_to(PACKAGE)


def outcome(function, arguments):
    """What a function returns, or the documented error that it raises; any other is raised."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return function(**arguments), None
    except (TypeError, ValueError, DivergedError) as error:
        return None, error


def numbers(value):
    """Every float in a result, however deep."""
    if isinstance(value, float | np.floating | np.ndarray):
        array = np.asarray(value)
        yield from array.ravel() if array.dtype.kind == "f" else ()
    elif isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from numbers(each)


@pytest.mark.parametrize("function", CALLS, ids=lambda function: function.__qualname__)
def test_every_function_takes_its_own_arguments(function):
    assert set(CALLS[function]) <= set(inspect.signature(function).parameters)
    function(**CALLS[function])


@pytest.mark.usefixtures("unchecked_shapes")  # what readers call has no hook before it
@pytest.mark.parametrize("function", CALLS, ids=lambda function: function.__qualname__)
def test_whatever_it_is_given_it_answers_or_says_why_not(function):
    good = CALLS[function]

    @settings(max_examples=60, derandomize=True)
    @given(st.dictionaries(st.sampled_from(sorted(good)), THINGS, min_size=1, max_size=2))
    def answers(changed):
        for name, value in changed.items():
            if name in LONGEST and isinstance(value, int) and value > LONGEST[name]:
                changed[name] = -value
        result, refusal = outcome(function, {**good, **changed})
        assert refusal is None or is_ours(refusal), f"{changed} fails below: {refusal!r}"
        assert not any(np.isnan(number) for number in numbers(result)), (changed, result)

    answers()
