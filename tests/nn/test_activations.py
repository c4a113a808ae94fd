import decimal
import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xordocs.nn import activations
from xordocs.nn.activations import ACTIVATIONS, LEAKY_RELU, RELU, SIGMOID, TANH


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
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
    assert activations.sigmoid(np.array([z])).item() == pytest.approx(
        float(exact), rel=1e-15, abs=1e-307
    )


@given(st.floats(-350, 350))
def test_tanhs_slope_equals_the_textbook_formula_in_50_digits(z):
    with decimal.localcontext(decimal.Context(prec=50)):
        up, down = decimal.Decimal(z).exp(), (-decimal.Decimal(z)).exp()
        exact = (2 / (up + down)) ** 2
    # a few roundings of float64; 1 - tanh(z)² is 0 from |z| = 19 on, where this is 1e-16
    assert activations.tanh_derivative(np.array([z])).item() == pytest.approx(
        float(exact), rel=2e-15, abs=0
    )


@pytest.mark.parametrize("z", [-1e308, 1e308, -np.inf, np.inf])
def test_huge_numbers_neither_overflow_nor_warn(z):
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        for activation, value, slope in (
            (RELU, max(z, 0), z > 0),
            (LEAKY_RELU, z if z > 0 else z / 100, 1 if z > 0 else 0.01),
            (TANH, math.copysign(1, z), 0),
            (SIGMOID, z > 0, 0),
        ):
            assert activation.function(np.array([z])).item() == pytest.approx(
                float(value), rel=1e-15
            )
            assert activation.derivative(np.array([z])) == slope


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda a: a.name)
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
    assert activations.sigmoid_derivative(np.array([z])).item() == pytest.approx(
        float(exact), rel=2e-15, abs=1e-307
    )
