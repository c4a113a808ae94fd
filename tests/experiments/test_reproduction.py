import re

import numpy as np
import pytest

from xordocs import datasets
from xordocs.experiments import reproduction, source_notebook

X, _ = datasets.xor()


@pytest.mark.parametrize(
    ("quoted", "computed", "expected"),
    [
        (0.98, 0.98003, "agrees"),
        (0.979, 0.97856, "agrees"),
        (0.048, 0.04853, "cut off, not rounded"),
        (0.037, 0.0110, "differs"),
        (0.0008, 0.00084, "agrees"),
        (0.04663704, 0.046637038, "agrees"),
        (0.98344207, 0.98344201, "agrees, up to rounding"),
        (0.98344207, 0.98344407, "differs"),
        (0.314, 0.2557, "differs"),
        (1e-05, 0.3, "differs"),
        (1e-05, 0.0000104, "agrees"),
    ],
)
def test_verdict(quoted, computed, expected):
    assert reproduction.verdict(quoted, computed) == expected


def test_a_run_that_is_not_the_notebooks_shows():
    run = source_notebook.run("numpy")
    losses = np.zeros(500)
    losses[run.epochs] = run.losses
    losses[40] += 0.001
    table = reproduction.losses(run, losses)
    assert table.rows[2] == ["40", "0.0324", "0.033400", "1.0e-03"]
    assert "largest difference 1.0e-03" in table.caption
    assert [row[3] for row in table.rows].count("0.0e+00") == 24


def test_predictions_and_accuracy_are_compared():
    run = source_notebook.run("tensorflow")
    table = reproduction.predictions(run, X, run.predictions + 1e-6, accuracy=0.75)
    assert [row[3] for row in table.rows] == ["1.0e-06"] * 4 + ["2.5e-01"]


def test_quotes_of_either_framework_are_set_beside_that_frameworks_run():
    run = source_notebook.run("tensorflow")
    computed = {"numpy": np.full(500, 0.0009), "tensorflow": np.full(500, 0.0072)}
    rows = reproduction.quotes(run, X, computed, run.predictions).rows
    assert [row[:1] + row[3:] for row in rows[:3]] == [
        ["loss at epoch 100", "agrees"],
        ["loss at epoch 480 tensorflow", "differs"],
        ["loss at epoch 480 numpy", "agrees"],
    ]
    assert [row[3] for row in rows[3:]] == ["agrees"] * 4


def test_captions_are_sentences():
    run = source_notebook.run("numpy")
    losses = {"numpy": np.zeros(500), "tensorflow": np.zeros(500)}
    for table in (
        reproduction.losses(run, losses["numpy"]),
        reproduction.predictions(run, X, run.predictions, accuracy=1.0),
        reproduction.quotes(run, X, losses, run.predictions),
    ):
        assert re.fullmatch(r"[A-Z][a-z].*[^.]\.", table.caption)


def test_the_notebooks_record_is_whole():
    for framework in ("numpy", "tensorflow"):
        run = source_notebook.run(framework)
        np.testing.assert_array_equal(run.epochs, range(0, 500, 20))
        assert run.losses.shape == (25,)
        assert run.predictions.shape == run.quoted_predictions.shape == (4, 1)
        assert len(run.quotes) == 3
    with pytest.raises(ValueError, match="framework must be 'numpy' or 'tensorflow', got 'jax'"):
        source_notebook.run("jax")
