import decimal
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xordocs.nn import activations
from xordocs.nn.activations import LEAKY_RELU, RELU, SIGMOID, TANH

ALL = [RELU, LEAKY_RELU, TANH, SIGMOID]


@pytest.mark.parametrize("activation", ALL, ids=lambda a: a.name)
@given(z=st.floats(-20, 20))
def test_derivative_is_the_slope_of_the_function(activation, z):
    h = 1e-6
    if activation in (RELU, LEAKY_RELU) and abs(z) <= h:
        return  # the kink has no slope; it has a test of its own
    z = np.array([z])
    slope = (activation.function(z + h) - activation.function(z - h)) / (2 * h)
    # central differences: h² from the series, 1e-16 / h from rounding values of up to 20
    np.testing.assert_allclose(activation.derivative(z), slope, rtol=0, atol=1e-8)


@pytest.mark.parametrize("activation", [RELU, LEAKY_RELU], ids=lambda a: a.name)
def test_at_the_kink_the_derivative_is_the_left_one(activation):
    left = activation.derivative(np.array([-1.0]))
    assert activation.derivative(np.array([0.0])) == left


@given(st.floats(-745, 745))
def test_sigmoid_equals_the_textbook_formula_in_50_digits(z):
    with decimal.localcontext(decimal.Context(prec=50)):
        exact = 1 / (1 + (-decimal.Decimal(z)).exp())
    # a few roundings of float64; far below zero, where exp(-z) overflows, 0 for less than 1e-307
    assert float(activations.sigmoid(np.array(z))) == pytest.approx(
        float(exact), rel=1e-15, abs=1e-307
    )


@given(st.floats(-350, 350))
def test_tanhs_slope_equals_the_textbook_formula_in_50_digits(z):
    with decimal.localcontext(decimal.Context(prec=50)):
        up, down = decimal.Decimal(z).exp(), (-decimal.Decimal(z)).exp()
        exact = (2 / (up + down)) ** 2
    # a few roundings of float64; 1 - tanh(z)² is 0 from |z| = 19 on, where this is 1e-16
    assert float(activations.tanh_derivative(np.array(z))) == pytest.approx(
        float(exact), rel=2e-15, abs=0
    )


def test_a_slope_of_whole_numbers_is_no_whole_number():
    z = np.array([-2, 0, 3])
    np.testing.assert_array_equal(activations.leaky_relu_derivative(z), [0.01, 0.01, 1])


@pytest.mark.parametrize("z", [-1e308, 1e308, -np.inf, np.inf])
def test_huge_numbers_neither_overflow_nor_warn(z):
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        assert SIGMOID.function(np.array([z])) == (z > 0)
        assert SIGMOID.derivative(np.array([z])) == 0
        assert TANH.derivative(np.array([z])) == 0


@pytest.mark.parametrize("activation", ALL, ids=lambda a: a.name)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precision_stays_as_it_came(activation, dtype):
    z = np.linspace(-2, 2, 6, dtype=dtype).reshape(2, 3)
    for function in (activation.function, activation.derivative):
        assert function(z).dtype == dtype
        assert function(z).shape == z.shape


@given(st.floats(-745, 700))
def test_sigmoids_slope_equals_the_textbook_formula_in_50_digits(z):
    with decimal.localcontext(decimal.Context(prec=400)):  # 1 - σ loses up to 310 of them
        sigma = 1 / (1 + (-decimal.Decimal(z)).exp())
        exact = sigma * (1 - sigma)
    # a few roundings of float64; far out, where exp overflows, 0 for less than 1e-307
    assert float(activations.sigmoid_derivative(z)) == pytest.approx(
        float(exact), rel=2e-15, abs=1e-307
    )


EACH = [
    activations.relu,
    activations.relu_derivative,
    activations.leaky_relu,
    activations.leaky_relu_derivative,
    activations.tanh,
    activations.tanh_derivative,
    activations.sigmoid,
    activations.sigmoid_derivative,
]


@pytest.mark.parametrize("function", EACH)
def test_lists_numbers_and_integers_are_as_good_as_arrays(function):
    z = [[-2, 0], [1, 3]]
    expected = function(np.array(z, float))
    np.testing.assert_array_equal(function(z), expected)
    np.testing.assert_array_equal([[function(each) for each in row] for row in z], expected)


@pytest.mark.parametrize("function", EACH)
def test_what_is_no_finite_number_is_refused(function):
    for wrong in ("a", None, 1j, [[1], [1, 2]]):
        with pytest.raises(TypeError, match="z must be an array of real numbers, got"):
            function(wrong)
    for wrong in (np.nan, np.inf):
        with pytest.raises(ValueError, match=rf"z must be finite, got {wrong} at \(1,\)"):
            function([0.0, wrong])
