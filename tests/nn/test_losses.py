import decimal
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from xordocs.nn import losses
from xordocs.nn.activations import sigmoid
from xordocs.nn.losses import CROSS_ENTROPY, LOSSES

logits = arrays(np.float64, (4, 1), elements=st.floats(-10, 10))
labels = arrays(np.float64, (4, 1), elements=st.floats(0, 1))


@given(logits, labels)
def test_mse_loop_and_vectorised_agree(y_hat, y):
    looped = losses.mse_loop(y_hat, lambda ws, i: ws[i], range(4), y)
    # the same four squares, added up in another order
    np.testing.assert_allclose(looped, losses.mse(y_hat, y), rtol=1e-15, atol=1e-300)


def test_mse_by_hand():
    # (1/4)² + (1/2)² = 1/16 + 4/16, over two rows: 5/32; gradient 2 (ŷ - y) / 2
    y_hat, y = np.array([[0.75], [0.5]]), np.array([[1.0], [0.0]])
    assert losses.mse(y_hat, y) == 5 / 32
    np.testing.assert_array_equal(losses.mse_gradient(y_hat, y), [[-0.25], [0.5]])


def test_cross_entropy_by_hand():
    # σ(0) = 1/2 for y = 1 costs log 2; σ(log 3) = 3/4 for y = 0 costs log 4; their mean is log √8
    z, y = np.array([[0.0], [math.log(3)]]), np.array([[1.0], [0.0]])
    assert losses.binary_cross_entropy(z, y) == pytest.approx(math.log(8) / 2, rel=1e-15)
    np.testing.assert_allclose(
        losses.binary_cross_entropy_delta(sigmoid(z), y), [[-0.25], [0.375]], rtol=1e-15
    )


def test_sums_in_no_column_are_refused_by_name():
    with pytest.raises(ValueError, match=r"^z must have shape \(batch, 1\), got \(2,\)$"):
        losses.binary_cross_entropy(np.zeros(2), np.zeros((2, 1)))


@pytest.mark.parametrize("function", [losses.binary_cross_entropy, CROSS_ENTROPY.value])
@given(z=st.floats(-700, 700), y=st.sampled_from([0.0, 1.0]))
def test_cross_entropy_equals_the_textbook_formula_in_50_digits(function, z, y):
    with decimal.localcontext(decimal.Context(prec=50)):
        t = decimal.Decimal(z if y == 0 else -z).exp()
        # where 1 + t would lose t's digits, two terms of the series are exact to 1e-20
        exact = (1 + t).ln() if t > 1e-10 else t - t * t / 2
    # a few roundings of float64, however small the loss
    assert function(np.array([[z]]), np.array([[y]])) == pytest.approx(
        float(exact), rel=1e-15, abs=0
    )


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
@given(logits, labels)
def test_delta_is_the_gradient_with_respect_to_the_logits(loss, z, y):
    h = 1e-5
    for row in range(4):
        step = np.zeros((4, 1))
        step[row] = h
        slope = (loss.value(z + step, y) - loss.value(z - step, y)) / (2 * h)
        # h² from the series; rounding a loss of up to 10 costs 1e-15 / h
        np.testing.assert_allclose(loss.delta(sigmoid(z), y)[row, 0], slope, rtol=0, atol=1e-9)


@given(labels)
def test_mse_gradient_is_the_gradient_with_respect_to_the_outputs(y):
    z = np.array([[0.3], [-1.0], [2.0], [0.0]])
    chain = losses.mse_gradient(sigmoid(z), y) * sigmoid(z) * (1 - sigmoid(z))
    np.testing.assert_allclose(losses.mse_delta(sigmoid(z), y), chain, rtol=1e-14, atol=1e-17)


@pytest.mark.parametrize("z", [-1e308, -800.0, 800.0, 1e308])
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_cross_entropy_of_a_saturated_output_is_finite_or_its_own_size(z, y):
    z, y = np.array([[z]]), np.array([[y]])
    wrong = (z > 0) != (y > 0.5)
    assert losses.binary_cross_entropy(z, y) == (abs(z) if wrong else 0)
    assert abs(losses.binary_cross_entropy_delta(sigmoid(z), y)) == wrong


def test_a_mean_is_finite_where_the_sum_of_its_rows_is_not():
    z, y = np.array([[1e308], [-1e308], [1e308]]), np.array([[0.0], [1.0], [0.0]])
    # each row costs |z| = 1e308, and so does their mean; one rounding a row
    assert losses.binary_cross_entropy(z, y) == pytest.approx(1e308, rel=1e-15)


def test_accuracy_counts_the_right_sides_of_one_half():
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    assert losses.accuracy(np.array([[0.49], [0.51], [0.5], [0.9]]), y) == 0.5
