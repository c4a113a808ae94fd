"""Models without a hidden layer in the browser's modules, under Node, against the package."""

import json
from itertools import product

import numpy as np
import pytest
from node import needs_node, node

from xordocs import datasets
from xordocs.nn import linear_regression, losses

X, _ = datasets.xor()
TABLES = [np.array(labels, float)[:, np.newaxis] for labels in product((0, 1), repeat=4)]
GUESSES = (-1.0, 0.25, 0.5, 1.75)
pytestmark = needs_node


@pytest.fixture(scope="module")
def told():
    program = f"""
        import {{bestPlane, guessed, planeThrough, squaredError}} from "./model/linear.js";
        const guesses = {json.dumps(GUESSES)};
        console.log(JSON.stringify({json.dumps([y.ravel().tolist() for y in TABLES])}.map(y => ({{
            best: bestPlane(y),
            again: planeThrough(bestPlane(y).slice(0, 3)),
            error: squaredError(bestPlane(y), y),
            guessed: guesses.map(guess => guessed(guess, y)),
        }}))));
    """
    return node(program)


def test_a_single_point_is_on_its_side_and_others_are_on_theirs():
    program = """
        import {onTheirSide} from "./drawing/label.js";
        console.log(JSON.stringify([0, 1, 2, 3, 4].map(onTheirSide)));
    """
    assert node(program) == [
        "0 of 4 points are on their side",
        "1 of 4 points is on its side",
        *(f"{number} of 4 points are on their side" for number in (2, 3, 4)),
    ]


def test_the_best_plane_is_the_packages_for_all_sixteen_tables(told):
    for y, found in zip(TABLES, told, strict=True):
        outputs = linear_regression.predict(linear_regression.fit(X, y), X)
        assert found["best"] == pytest.approx(outputs.ravel(), abs=1e-12)
        assert found["again"] == pytest.approx(outputs.ravel(), abs=1e-12)
        assert found["error"] == pytest.approx(losses.mse(outputs, y), abs=1e-12)


def test_a_guess_has_the_packages_loss_and_a_measured_slope(told):
    for y, found in zip(TABLES, told, strict=True):
        for guess, at in zip(GUESSES, found["guessed"], strict=True):
            around = [losses.mse(guess + step + 0 * y, y) for step in (-1e-4, 0, 1e-4)]
            assert at["loss"] == pytest.approx(around[1], abs=1e-12)
            assert at["slope"] == pytest.approx((around[2] - around[0]) / 2e-4, abs=1e-9)
