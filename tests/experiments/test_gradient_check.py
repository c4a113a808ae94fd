import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xordocs import datasets
from xordocs.experiments import gradient_check
from xordocs.nn import numpy_mlp
from xordocs.nn.activations import LEAKY_RELU, RELU, SIGMOID, TANH
from xordocs.nn.losses import CROSS_ENTROPY, MSE
from xordocs.nn.parameters import Layer, flatten

X, Y = datasets.xor()
ACTIVATIONS = [RELU, LEAKY_RELU, TANH, SIGMOID]


def by_name(activation):
    return activation.name


def biased(hidden_layers=(5,), seed=1):
    """A network none of whose units sits on a kink: its biases are drawn too."""
    random = np.random.RandomState(seed)
    return [
        Layer(layer.weights, random.randn(*layer.bias.shape))
        for layer in numpy_mlp.initialize(hidden_layers, seed)
    ]


def test_a_step_of_backpropagation_worked_by_hand():
    # One row x = (1, 1) with y = 1, and two ReLU units:
    #   z1 = x W1 + b1 = (1 + 0 - 1, 2 - 1 + 1) = (0, 2): unit 0 on its kink, so off; a1 = (0, 2)
    #   z2 = 3 · 0 - 1 · 2 + 2 = 0, so ŷ = σ(0) = 1/2
    #   δ2 = 2 (ŷ - y) ŷ (1 - ŷ) / 1 = 2 · (-1/2) · 1/4 = -1/4
    #   dW2 = a1ᵀ δ2 = (0, -1/2), db2 = -1/4
    #   δ1 = δ2 W2ᵀ ⊙ 1[z1 > 0] = (-3/4, 1/4) ⊙ (0, 1) = (0, 1/4)
    #   dW1 = xᵀ δ1 = ((0, 1/4), (0, 1/4)), db1 = (0, 1/4)
    parameters = [
        Layer(np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[-1.0, 1.0]])),
        Layer(np.array([[3.0], [-1.0]]), np.array([[2.0]])),
    ]
    x, y = np.array([[1.0, 1.0]]), np.array([[1.0]])
    hidden, output = numpy_mlp.backward(parameters, *numpy_mlp.forward(parameters, x), y)
    half, quarter = float(Fraction(1, 2)), float(Fraction(1, 4))
    np.testing.assert_array_equal(hidden.weights, [[0, quarter], [0, quarter]])
    np.testing.assert_array_equal(hidden.bias, [[0, quarter]])
    np.testing.assert_array_equal(output.weights, [[0], [-half]])
    np.testing.assert_array_equal(output.bias, [[-quarter]])
    # and one step of learning rate 2 from there: all of it in binary fractions, so exact
    (trained, trained_output), losses = numpy_mlp.train(parameters, x, y, 2.0, 1)
    assert losses.tolist() == [quarter]
    np.testing.assert_array_equal(trained.weights, [[1, 1.5], [0, -1.5]])
    np.testing.assert_array_equal(trained.bias, [[-1, 0.5]])
    np.testing.assert_array_equal(trained_output.weights, [[3], [0]])
    np.testing.assert_array_equal(trained_output.bias, [[2.5]])


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=by_name)
@pytest.mark.parametrize("loss", [MSE, CROSS_ENTROPY], ids=by_name)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=3), st.integers(0, 10**6))
@settings(max_examples=25)
def test_backpropagation_is_the_gradient_wherever_there_is_one(
    activation, loss, hidden_layers, seed
):
    result = gradient_check.check(biased(hidden_layers, seed), X, Y, activation, loss)
    smooth = result.smooth
    # h² = 1e-10 times a third derivative, which grows with the weights; rounding is 1e-16 J / h
    np.testing.assert_allclose(
        result.backpropagation[smooth], result.difference[smooth], rtol=1e-5, atol=1e-8
    )


def halved_output(parameters, z, a, y, activation, loss):
    gradient = numpy_mlp.backward(parameters, z, a, y, activation, loss)
    return [Layer(weights / 2, bias / 2) for weights, bias in gradient]


def without_slope(parameters, z, a, y, activation, loss):
    linear = RELU._replace(derivative=np.ones_like)
    return numpy_mlp.backward(parameters, z, a, y, linear, loss)


def without_last_row_in_bias(parameters, z, a, y, activation, loss):
    hidden, output = numpy_mlp.backward(parameters, z, a, y, activation, loss)
    delta = loss.delta(a[-1], y)
    return [hidden, Layer(output.weights, delta[:-1].sum(axis=0, keepdims=True))]


def with_new_output_weights(parameters, z, a, y, activation, loss):
    """The classic: the output layer is updated before δ passes through it."""
    step = numpy_mlp.backward(parameters, z, a, y, activation, loss)[1]
    updated = [parameters[0], Layer(parameters[1].weights - 1.5 * step.weights, step.bias)]
    return numpy_mlp.backward(updated, z, a, y, activation, loss)


def sign_of_one_bias(parameters, z, a, y, activation, loss):
    hidden, output = numpy_mlp.backward(parameters, z, a, y, activation, loss)
    flipped = hidden.bias.copy()
    flipped[0, -1] *= -1
    return [Layer(hidden.weights, flipped), output]


@pytest.mark.parametrize(
    ("bug", "where"),
    [
        (halved_output, "parameters[0].weights[0, 0]"),
        (without_slope, "parameters[0].weights[0, 1]"),  # unit 1 is off at (1, 0)
        (without_last_row_in_bias, "parameters[1].bias[0, 0]"),
        (with_new_output_weights, "parameters[0].bias[0, 0]"),
        (sign_of_one_bias, "parameters[0].bias[0, 1]"),
    ],
)
def test_a_planted_bug_is_found_and_placed(bug, where):
    # two units whose sums are off the kink in each row, both of them on somewhere
    parameters = [
        Layer(np.array([[1.0, -0.5], [0.7, 0.8]]), np.array([[-0.3, 0.2]])),
        Layer(np.array([[0.9], [-1.1]]), np.array([[0.1]])),
    ]
    assert gradient_check.check(parameters, X, Y).worst < 1e-8
    result = gradient_check.check(parameters, X, Y, backward=bug)
    assert result.worst > 1e-2
    assert result.errors[result.names.index(where)] > 1e-2


def test_on_its_kink_a_relu_is_named_and_the_difference_is_half_the_slope():
    # zero biases: at (0, 0) each hidden sum is 0. Only row 0 counts here, so that the right slope
    # of J in the bias is δ₂ v, the left one 0; their mean is what the central difference sees.
    parameters = numpy_mlp.initialize((3,), seed=1)
    x, y = X[:1], Y[:1]
    result = gradient_check.check(parameters, x, y)
    biases = [result.names.index(f"parameters[0].bias[0, {unit}]") for unit in range(3)]
    assert [(k.parameter, k.layer, k.unit, k.row, k.z) for k in result.kinks] == [
        (bias, 0, unit, 0, 0.0) for unit, bias in enumerate(biases)
    ]
    # by hand: ŷ = 1/2 and y = 0, so δ₂ = 2 · 1/2 · 1/4 = 1/4
    v = parameters[1].weights[:, 0]
    np.testing.assert_array_equal(result.backpropagation[biases], 0)
    # here the error is of order h, as J is not symmetric about a kink: h J'' / 2
    np.testing.assert_allclose(result.difference[biases], v / 4 / 2, rtol=0, atol=1e-5)
    assert result.worst < 1e-9


def test_a_kink_within_the_step_is_found_on_either_side_and_only_there():
    for z in (-5e-4, 5e-4):
        parameters = [
            Layer(np.array([[1.0], [1.0]]), np.array([[z]])),
            Layer(np.array([[1.0]]), np.array([[0.0]])),
        ]
        kinks = gradient_check.check(parameters, X, Y, h=1e-3).kinks
        # b moves the sum at (0, 0) across; w₁ and w₂ do not move it, and the other rows are at 1
        assert [(kink.parameter, kink.row) for kink in kinks] == [(2, 0)]
        assert kinks[0].z == z
        assert gradient_check.check(parameters, X, Y, h=1e-4).kinks == []


def test_a_kink_in_the_second_hidden_layer_is_named():
    # the first unit's sums are 1, 2, 2, 3, far from its kink; the second's are those less 2
    one = np.ones((1, 1))
    parameters = [Layer(np.ones((2, 1)), one), Layer(one, -2 * one), Layer(one, one)]
    kinks = gradient_check.check(parameters, X, Y).kinks
    assert {(kink.layer, kink.unit, kink.z) for kink in kinks} == {(1, 0, 0.0)}
    # w₁ moves row 2 of the two, w₂ row 1; the other parameters below the unit move both
    rows = [(kink.parameter, kink.row) for kink in kinks]
    assert rows == [(0, 2), (1, 1), (2, 1), (2, 2), (3, 1), (3, 2), (4, 1), (4, 2)]


@pytest.mark.parametrize(
    ("share", "error"),
    [(1e-3 * gradient_check.FLOOR, 1e-3), (0.1 * gradient_check.FLOOR, 0.1), (1e-5, 1.0)],
)
def test_below_the_floor_an_error_is_measured_by_the_floor_and_above_it_by_itself(share, error):
    # unit 0 is off in every row, so that its true gradient and its difference are exactly 0
    network = biased((3,))
    network[0].bias[0, 0] = -9

    def off_by_a_little(*arguments):
        gradient = numpy_mlp.backward(*arguments)
        gradient[0].weights[0, 0] = share * abs(flatten(gradient)).max()
        return gradient

    result = gradient_check.check(network, X, Y, backward=off_by_a_little)
    assert result.difference[0] == 0
    # the largest is that of the difference or of ours, equal to 1e-8
    assert result.errors[0] == pytest.approx(error, rel=1e-6)


@pytest.mark.parametrize("activation", [TANH, SIGMOID], ids=by_name)
def test_smooth_activations_have_no_kinks(activation):
    result = gradient_check.check(numpy_mlp.initialize((3,)), X, Y, activation)
    assert result.kinks == []
    assert result.smooth.all()


def test_the_sweep_falls_with_h_squared_and_rises_with_rounding():
    result = gradient_check.sweep(biased(), X, Y, TANH)
    np.testing.assert_array_equal(result.steps, gradient_check.STEPS)
    # from 1e-2 to 1e-3 a hundredth; the h⁴ term is some percent of it at 1e-2
    assert result.errors[2] / result.errors[1] == pytest.approx(1e-2, rel=0.1)
    best = result.errors.argmin()
    assert 1e-7 < result.steps[best] < 1e-3  # about the cube root of 1e-16
    assert result.errors[-1] > 100 * result.errors[best]
    assert not result.kinks.any()


def test_smaller_steps_meet_fewer_kinks():
    result = gradient_check.sweep(biased(seed=4), X, Y, RELU)
    assert result.kinks[0] > 0
    assert result.kinks[-1] == 0
    assert (np.diff(result.kinks) <= 0).all()


def test_the_network_stays_as_it_was():
    parameters = numpy_mlp.initialize((3,))
    before = flatten(parameters)
    gradient_check.check(parameters, X, Y)
    np.testing.assert_array_equal(flatten(parameters), before)


def test_names_are_in_the_order_of_theta():
    names = gradient_check.names(numpy_mlp.initialize((2,)))
    assert names == [
        "parameters[0].weights[0, 0]",
        "parameters[0].weights[0, 1]",
        "parameters[0].weights[1, 0]",
        "parameters[0].weights[1, 1]",
        "parameters[0].bias[0, 0]",
        "parameters[0].bias[0, 1]",
        "parameters[1].weights[0, 0]",
        "parameters[1].weights[1, 0]",
        "parameters[1].bias[0, 0]",
    ]


def test_a_step_that_is_none_is_refused():
    with pytest.raises(ValueError, match="h must be a finite number above 0, got 0"):
        gradient_check.check(biased(), X, Y, h=0)
    with pytest.raises(ValueError, match=r"h must be large enough to move parameters\[0\]"):
        gradient_check.check(biased(), X, Y, h=1e-30)
    with pytest.raises(ValueError, match=r"steps\[1\] must be a finite number above 0, got -1\.0$"):
        gradient_check.sweep(biased(), X, Y, steps=[0.1, -1])
    with pytest.raises(
        ValueError, match=r"steps must have shape \(steps,\), none of them 0, got \(0,\)"
    ):
        gradient_check.sweep(biased(), X, Y, steps=[])


def test_a_float32_network_is_checked_in_float64():
    parameters = [Layer(*(array.astype(np.float32) for array in layer)) for layer in biased()]
    result = gradient_check.check(parameters, X, Y)
    assert result.difference.dtype == np.float64
    assert result.worst < 1e-7  # float32 would leave 1e-7 / h


def filled(value):
    """Return a backward pass all of whose gradient is one number."""
    return lambda parameters, *rest: [
        Layer(*(np.full_like(array, value) for array in layer)) for layer in parameters
    ]


def one_not_a_number(*arguments):
    gradient = numpy_mlp.backward(*arguments)
    gradient[1].bias[0, 0] = np.nan
    return gradient


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        (filled(np.nan), ValueError, r"backward(...)[0].weights must be finite, got nan at (0, 0)"),
        (filled(np.inf), ValueError, r"backward(...)[0].weights must be finite, got inf at (0, 0)"),
        (one_not_a_number, ValueError, r"backward(...)[1].bias must be finite, got nan at (0, 0)"),
        (
            lambda *_: None,
            TypeError,
            "backward(...) must be a list of (weights, bias) pairs, got N",
        ),
        (lambda *_: [], ValueError, "backward(...) must have at least one layer, got none"),
        (
            lambda parameters, *_: parameters[1:],
            ValueError,
            "backward(...) must have the shapes of parameters, [(2, 5), (1, 5), (5, 1), (1, 1)], "
            "got [(5, 1), (1, 1)]",
        ),
        (lambda parameters, *_: parameters[::-1], ValueError, "backward(...)[1].weights must have"),
        (None, TypeError, "backward must be a function, got None"),
    ],
)
def test_what_is_no_gradient_is_never_called_right(wrong, error, message):
    with pytest.raises(error, match=re.escape(message)):
        gradient_check.check(biased(), X, Y, backward=wrong)


def test_a_gradient_of_the_right_size_in_the_wrong_shapes_is_refused():
    parameters = biased((3, 1))  # (2, 3), (1, 3), (3, 1), (1, 1), (1, 1), (1, 1): 15 numbers
    other = biased((2, 2))  # (2, 2), (1, 2), (2, 2), (1, 2), (2, 1), (1, 1): 15 numbers
    assert flatten(parameters).size == flatten(other).size == 15
    with pytest.raises(ValueError, match=r"must have the shapes of parameters, \[\(2, 3\)"):
        gradient_check.check(parameters, X, Y, backward=lambda *_: other)


def test_outputs_or_a_loss_without_a_number_are_no_gradient_either():
    huge = [Layer(array * 1e200, bias) for array, bias in biased()]
    with pytest.raises(ArithmeticError, match=r"parameters must give finite outputs, got .*inf"):
        gradient_check.check(huge, X * 1e200, Y)
    nameless = MSE._replace(rows=lambda z, y: z * np.nan)
    with pytest.raises(ArithmeticError, match=r"loss must give finite outputs, got .*nan"):
        gradient_check.check(biased(), X, Y, loss=nameless)
