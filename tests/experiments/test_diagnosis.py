import math
from pathlib import Path

import numpy as np
import pytest

from xordocs import datasets
from xordocs.experiments.diagnosis import ALIKE, CAUSES, FLAT, REST, RISE, SAME, diagnose, rung
from xordocs.nn import numpy_mlp
from xordocs.nn.activations import SIGMOID, TANH
from xordocs.nn.initializers import EQUAL, ZEROS
from xordocs.nn.losses import mse
from xordocs.nn.parameters import Layer

X, Y = datasets.xor()


def network(hidden, bias, output, output_bias):
    """A 2-width-1 network from its hidden units (w₁, w₂), their biases and the output unit."""
    return [
        Layer(np.array(hidden, dtype=float).T, np.array([bias], dtype=float)),
        Layer(np.array(output, dtype=float)[:, np.newaxis], np.array([[output_bias]], dtype=float)),
    ]


def logit(p):
    return math.log(p / (1 - p))


# the two units of Goodfellow et al., §6.1: x₁ + x₂ and x₁ + x₂ - 1 over zero, the outputs spread
SOLUTION = network([(1, 1), (1, 1)], [0, -1], [20, -40], -10)


def test_solved():
    found = diagnose(SOLUTION)
    assert found.cause == "solved"
    assert found.merged == found.dead_units == found.saturated == ()
    assert found.loss == pytest.approx(mse(numpy_mlp.predict(SOLUTION, X), Y), rel=1e-14)


def test_solved_names_its_dead_units_all_the_same():
    dead = network([(1, 1), (-1, -1), (1, 1)], [0, 0, -1], [20, 5, -40], -10)
    assert diagnose(dead)[0] == "solved"
    assert diagnose(dead).dead_units == (1,)


def test_a_unit_that_stops_exactly_at_zero_is_dead():
    # z is 0, 0, -1, -1: never above 0, so no gradient
    assert diagnose(network([(-1, 0), (1, 1)], [0, 0], [1, 1], 0)).dead_units == (0,)


def test_all_units_dead_leaves_one_half_and_a_quarter():
    found = diagnose(network([(-1, -1), (-2, -1)], [0, -1], [1, 2], 0))
    assert found.cause == "dead"
    assert found.dead_units == (0, 1)
    assert found.loss == 1 / 4
    assert found.merged == ((0, 1, 2, 3),)


@pytest.mark.parametrize("activation", [TANH, SIGMOID])
def test_a_unit_that_is_on_is_not_dead_though_its_slope_is_zero(activation):
    # every sum is 800 or more: the slope underflows, the output is 1
    found = diagnose(network([(1, 1), (2, 1)], [800, 800], [1, 2], -3), activation)
    assert found.dead_units == ()
    assert found.cause == "merged"


def test_tanh_units_are_never_dead():
    assert diagnose(network([(-1, -1), (-2, -1)], [0, -1], [1, 2], 0), TANH).dead_units == ()


@pytest.mark.parametrize(
    ("units", "output", "output_bias", "merged"),
    [
        # one unit sees one row only, and the rest shares an output of 2/3 or 1/3
        (([(1, 1)], [-1]), [-100], logit(2 / 3), ((0, 1, 2),)),
        (([(1, -1)], [0]), [100], logit(1 / 3), ((0, 1, 3),)),
        (([(-1, 1)], [0]), [100], logit(1 / 3), ((0, 2, 3),)),
        # a unit for x₁ makes (0,0) and (0,1) the same; a unit the more sets the others apart
        (([(1, 0), (1, 1)], [0, -1]), [20, -40], 0, ((0, 1),)),
        (([(0, 1), (1, 1)], [0, -1]), [20, -40], 0, ((0, 2),)),
        # a unit for x₁ alone can do no better than 1/2 for both its pairs
        (([(1, 0)], [0]), [0], 0, ((0, 1, 2, 3),)),
    ],
)
def test_merged_rows_are_named_and_their_loss_is_on_the_ladder(units, output, output_bias, merged):
    found = diagnose(network(*units, output, output_bias))
    assert found.cause == "merged"
    assert found.merged == merged
    # the rows that stand alone are within 1e-4 of their labels
    assert found.loss == pytest.approx(sum(map(rung, merged)), abs=1e-7)


def test_the_ladder():
    assert rung([0, 1]) == 1 / 8
    assert rung([0, 1, 2]) == pytest.approx(1 / 6, rel=1e-15)
    assert rung([0, 3, 2]) == pytest.approx(1 / 6, rel=1e-15)
    assert rung([0, 1, 2, 3]) == 1 / 4
    assert rung([0, 3]) == rung([1]) == 0


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], r"rows must have at least one entry, got \[\]"),
        ([1, 7], r"rows\[1\] must be an integer from 0 to 3, got 7"),
        ([1, 1], "rows must all be different, got 1 more than once"),
        ([-1], r"rows\[0\] must be an integer from 0 to 3, got -1"),
    ],
)
def test_rows_that_the_table_does_not_have_are_refused(rows, message):
    with pytest.raises(ValueError, match=message):
        rung(rows)


@pytest.mark.parametrize("rows", [(0, 1), (0, 2, 3), (1, 2, 3), (0, 1, 2, 3)])
def test_no_common_output_of_merged_rows_costs_less_than_their_rung(rows):
    common = np.linspace(0, 1, 3001)  # 1/3, 1/2 and 2/3 are among them
    cost = sum((common - Y[row, 0]) ** 2 for row in rows) / 4
    assert cost.min() == pytest.approx(rung(rows), rel=1e-12)


def test_saturated_on_the_wrong_side():
    # like an or: right but for (1, 1), whose output is the surest of all
    found = diagnose(network([(1, 0), (0, 1)], [0, 0], [20, 20], -6))
    assert found.cause == "saturated"
    assert found.saturated == (3,)
    assert found.merged == ()
    assert found.loss == pytest.approx(1 / 4, abs=1e-4)  # as when all outputs are 1/2


@pytest.mark.parametrize("initializer", [ZEROS, EQUAL])
def test_symmetric_units_never_part(initializer):
    start = numpy_mlp.initialize((4,), 1, initializer)
    trained, losses = numpy_mlp.train(start, X, Y, epochs=50)
    assert diagnose(trained, losses=losses[-10:]).cause == "symmetric"


def test_a_single_unit_is_not_symmetric():
    assert diagnose(numpy_mlp.initialize((1,), 1)).cause != "symmetric"


def test_oscillating():
    wrong = network([(1, 0), (0, 1)], [0, 0], [1, 1], -1)
    assert diagnose(wrong, losses=[0.2, 0.3, 0.2, 0.3]).cause == "oscillating"
    assert diagnose(wrong, losses=[0.30, 0.29, 0.28]).cause == "still learning"


def test_still_learning_by_its_history_and_by_its_gradient():
    start = numpy_mlp.initialize((10,), seed=2)
    trained, losses = numpy_mlp.train(start, X, Y, learning_rate=0.05, epochs=20)
    assert diagnose(trained, losses=losses[-10:]).cause == "still learning"
    assert diagnose(trained).cause == "still learning"


def test_a_merged_network_that_has_not_come_to_rest_is_still_learning():
    merged = network([(1, 1)], [-1], [-100], logit(2 / 3))
    assert diagnose(merged, losses=[0.20, 0.19, 0.18]).cause == "still learning"


def test_diverged():
    # 1e308 · 1 · 10 leaves float64
    parameters = network([(1e308, 1e308), (1, 1)], [0, 0], [10, 1], 0)
    endless = network([(1e308, 1e308), (1e308, 1e308)], [0, 0], [10, -10], 0)
    assert diagnose(endless).cause == "diverged"
    assert diagnose(parameters).cause != "solved"


def giving(*outputs):
    """A network with these outputs: units for x₁, x₂ and x₁ + x₂ - 1 reach any four logits."""
    z00, z01, z10, z11 = map(logit, outputs)
    output = [z10 - z00, z01 - z00, z11 - z10 - z01 + z00]
    return network([(1, 0), (0, 1), (1, 1)], [0, 0, -1], output, z00)


STUCK = giving(0.5, 0.5, 0.9, 0.1)  # its first two rows are merged
INSIDE, OUTSIDE = 0.95, 1.05  # of a threshold


@pytest.mark.parametrize(
    ("share", "cause"),
    [
        (RISE * OUTSIDE, "oscillating"),
        (RISE * INSIDE, "merged"),
        (-REST * INSIDE, "merged"),
        (-REST * OUTSIDE, "still learning"),
    ],
)
def test_a_step_by_this_share_of_the_loss_is(share, cause):
    loss = diagnose(STUCK).loss
    assert diagnose(STUCK, losses=[loss * (1 - share)]).cause == cause


@pytest.mark.parametrize(
    ("outputs", "cause"),
    [
        ((0.4, 0.4 + SAME * INSIDE, 0.9, 0.1), "merged"),
        ((0.4, 0.4 + SAME * OUTSIDE, 0.9, 0.1), "still learning"),
        ((0.1, 0.9, 0.9, 1 - (1 - FLAT) * INSIDE), "saturated"),
        ((0.1, 0.9, 0.9, 1 - (1 - FLAT) * OUTSIDE), "still learning"),
    ],
)
def test_a_network_at_rest_with_these_outputs_is(outputs, cause):
    found = diagnose(giving(*outputs))
    assert found.outputs == pytest.approx(outputs, rel=1e-12)
    assert diagnose(giving(*outputs), losses=[found.loss]).cause == cause


@pytest.mark.parametrize(("gap", "alike"), [(ALIKE * INSIDE, True), (ALIKE * OUTSIDE, False)])
def test_units_so_far_apart_are_alike(gap, alike):
    pair = network([(1, 1), (1 + gap, 1)], [0, 0], [1, 1], 0)
    assert (diagnose(pair).cause == "symmetric") == alike


def test_each_cause_has_its_network_here():
    text = Path(__file__).read_text("utf-8")
    assert all(f'== "{cause}"' in text for cause in CAUSES)


def test_other_depths_are_refused():
    with pytest.raises(ValueError, match="parameters must be a 2-width-1 network, got 2-3-3-1"):
        diagnose(numpy_mlp.initialize((3, 3)))


def test_activations_count():
    start = numpy_mlp.initialize((3,), seed=5)
    trained, losses = numpy_mlp.train(start, X, Y, 5.0, 4000, SIGMOID)
    assert diagnose(trained, SIGMOID, losses=losses[-10:]).cause == "solved"
    assert diagnose(trained).outputs != diagnose(trained, SIGMOID).outputs
