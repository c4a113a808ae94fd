"""The geometry of a hinge that is dragged: elements/model/hinge.js, under Node."""

import json

import numpy as np
import pytest
from node import needs_node, node
from numpy.testing import assert_allclose

pytestmark = needs_node

PROGRAM = """
import { further, nearest, through, turned } from "./model/hinge.js";
const { cases } = JSON.parse(process.argv[1]);
console.log(JSON.stringify(cases.map(([hinge, here, there]) => ({
    nearest: nearest(hinge, here),
    further: further(hinge, nearest(hinge, here), 0.4),
    through: through(hinge, here),
    turned: turned(hinge, here, there),
}))));
"""


@pytest.fixture(scope="module")
def bent():
    """Random hinges ``(cases, 3)``, two points each ``(cases, 2)``, and what is made of them."""
    draw = np.random.default_rng(1)
    hinges, here, there = (draw.normal(size=(200, columns)) for columns in (3, 2, 2))
    cases = [[each.tolist() for each in case] for case in zip(hinges, here, there, strict=True)]
    made = node(PROGRAM, json.dumps({"cases": cases}))
    return hinges, here, there, {name: np.array([it[name] for it in made]) for name in made[0]}


def sums(hinges, points):
    """Return each hinge's weighted sum at its point: zero on the line."""
    return (hinges[:, :2] * points).sum(axis=1) + hinges[:, 2]


def test_the_nearest_point_is_on_the_hinge_and_straight_across(bent):
    hinges, here, _, made = bent
    assert_allclose(sums(hinges, made["nearest"]), 0, atol=1e-9)
    gap = made["nearest"] - here
    across = gap[:, 0] * hinges[:, 1] - gap[:, 1] * hinges[:, 0]
    assert_allclose(across, 0, atol=1e-9)


def test_the_further_point_is_on_the_hinge_at_its_distance(bent):
    hinges, _, _, made = bent
    assert_allclose(sums(hinges, made["further"]), 0, atol=1e-9)
    arm = made["further"] - made["nearest"]
    assert_allclose(np.hypot(*arm.T), 0.4)
    assert (hinges[:, 0] * arm[:, 1] - hinges[:, 1] * arm[:, 0] > 0).all()  # to the left


def test_a_moved_hinge_goes_through_its_point_with_the_same_weights(bent):
    hinges, here, _, made = bent
    assert_allclose(sums(made["through"], here), 0, atol=1e-9)
    assert_allclose(made["through"][:, :2], hinges[:, :2])


def test_a_turned_hinge_goes_through_both_points_and_is_as_steep(bent):
    hinges, here, there, made = bent
    assert_allclose(sums(made["turned"], here), 0, atol=1e-9)
    assert_allclose(sums(made["turned"], there), 0, atol=1e-9)
    assert_allclose(np.hypot(*made["turned"][:, :2].T), np.hypot(*hinges[:, :2].T))
    arm = there - here
    assert (made["turned"][:, 0] * arm[:, 1] - made["turned"][:, 1] * arm[:, 0] > 0).all()
