"""Compare backpropagation with the definition of the derivative.

The central difference (J(θ + h) - J(θ - h)) / 2h misses the derivative by a term in h², and by the
rounding of J, about 1e-16 J / h: as h shrinks the error falls, then rises (Nocedal and Wright,
Numerical Optimization, §8.1). Where a ReLU bends between θ - h and θ + h it averages two slopes
instead, and the two gradients differ with no bug in either: such kinks are found and named.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from xordocs.experiments.kinks import Kink, crossed_kinks, has_kink
from xordocs.nn._checks import check_inputs
from xordocs.nn.activations import RELU, Activation
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.numpy_mlp import backward, forward
from xordocs.nn.parameters import Array, Layer, Parameters, check_parameters, flatten
from xordocs.validation import (
    check_array,
    check_callable,
    check_finite,
    check_instance,
    check_labels,
    check_real,
)

__all__ = [
    "STEPS",
    "GradientCheck",
    "Kink",
    "Sweep",
    "central_differences",
    "check",
    "names",
    "sweep",
]

STEPS = np.logspace(-1, -12, 12)
"""Step sizes from where the h² term dominates the error to where rounding does."""
FLOOR = 1e-6
"""The smallest denominator of a relative error, as a share of the largest gradient."""


def central_differences(
    loss_at: Callable[[Parameters], float],
    parameters: Parameters,
    h: float = 1e-5,
) -> Parameters:
    """Return (J(θ + h) - J(θ - h)) / 2h for each number θ of a network.

    Args:
        loss_at: From a network to its loss.
        parameters: The network; it stays as it is.
        h: How far to move each number either way.

    Returns:
        The slopes, in the shapes of ``parameters``.
    """
    moved = [Layer(*map(np.copy, layer)) for layer in parameters]
    slopes = [Layer(*map(np.copy, layer)) for layer in parameters]
    for layer, layer_slopes in zip(moved, slopes, strict=True):
        for array, array_slopes in zip(layer, layer_slopes, strict=True):
            for place in np.ndindex(array.shape):
                theta = array[place]
                array[place] = theta + h
                above = loss_at(moved)
                array[place] = theta - h
                below = loss_at(moved)
                array[place] = theta
                step = (theta + h) - (theta - h)  # 2h, as rounded
                array_slopes[place] = (above - below) / step
    return slopes


class GradientCheck(NamedTuple):
    """Both gradients, in the order of `xordocs.nn.parameters.flatten`.

    Args:
        names: Each parameter's name, such as ``parameters[0].weights[1, 3]``.
        backpropagation: The gradient that is checked, ``(parameters,)``.
        difference: The central differences, ``(parameters,)``.
        errors: The relative errors |a - b| / max(|a|, |b|), ``(parameters,)``, where the
            denominator is at least `FLOOR` times its largest value.
        kinks: The units that cross their kink within a step, so that the two may differ.
    """

    names: list[str]
    backpropagation: Array
    difference: Array
    errors: Array
    kinks: list[Kink]

    @property
    def smooth(self) -> Array:
        """Which parameters move no unit over its kink, ``(parameters,)``."""
        smooth = np.ones(len(self.names), bool)
        smooth[[kink.parameter for kink in self.kinks]] = False
        return smooth

    @property
    def worst(self) -> float:
        """The largest error where there is no kink; 0 where there are kinks only."""
        return float(self.errors[self.smooth].max(initial=0.0))


class Sweep(NamedTuple):
    """The error against the step size.

    Args:
        steps: The step sizes h, ``(steps,)``.
        errors: `GradientCheck.worst` at each, ``(steps,)``.
        kinks: How many parameters meet a kink at each, ``(steps,)``.
    """

    steps: Array
    errors: Array
    kinks: Array


def check(
    parameters: Parameters,
    x: ArrayLike,
    y: ArrayLike,
    activation: Activation = RELU,
    loss: Loss = MSE,
    h: float = 1e-5,
    backward: Callable[..., Parameters] = backward,
) -> GradientCheck:
    """Compare a gradient with central differences, parameter by parameter.

    Args:
        parameters: Where to take it; in float64, as float32 leaves no digits to compare.
        x: Inputs ``(batch, 2)``.
        y: Labels ``(batch, 1)``.
        activation: The hidden units' function.
        loss: Whose gradient it is.
        h: How far to move each parameter either way, positive.
        backward: The function to check, called as `xordocs.nn.numpy_mlp.backward`.

    Returns:
        Both gradients, how far they are apart, and where a unit's kink keeps them apart.

    Raises:
        TypeError, ValueError: An argument is not as above; h is too small to move a parameter; or
            ``backward`` returns something else than finite layers in the shapes of ``parameters``.
        ArithmeticError: The parameters are so large that an output is not finite, or the loss is
            not.
    """
    parameters, x = check_inputs(parameters, x, activation)
    y = check_labels(y, x, "x")
    check_instance(loss, "loss", Loss)
    h = check_real(h, "h", above=0)
    check_callable(backward, "backward")
    sums: list[list[Array]] = []

    def loss_at(network: Parameters) -> float:
        z, _ = forward(network, x, activation)
        sums.append(z)
        return loss.value(z[-1], y)

    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is named below
        z, a = forward(parameters, x, activation)
        check_finite(z[-1], "parameters")
        gradient = backward(parameters, z, a, y, activation, loss)
        ours = flatten(_check_shapes(parameters, gradient))
        _check_step(parameters, h)
        difference = check_finite(flatten(central_differences(loss_at, parameters, h)), "loss")
    size = np.maximum(abs(ours), abs(difference))
    scale = np.maximum(size, FLOOR * size.max())
    errors = np.divide(abs(ours - difference), scale, out=np.zeros_like(scale), where=scale > 0)
    kinks = []
    if has_kink(activation):
        for i, (above, below) in enumerate(zip(sums[::2], sums[1::2], strict=True)):
            kinks += crossed_kinks(i, below, z, above)
    return GradientCheck(names(parameters), ours, difference, errors, kinks)


def sweep(
    parameters: Parameters,
    x: Array,
    y: Array,
    activation: Activation = RELU,
    loss: Loss = MSE,
    steps: Sequence[float] | Array = STEPS,
) -> Sweep:
    """Check backpropagation with one step size after another.

    Args:
        parameters: As for `check`.
        x: As for `check`.
        y: As for `check`.
        activation: As for `check`.
        loss: As for `check`.
        steps: The step sizes ``(steps,)``, each positive, at least one.

    Returns:
        The largest error and the kinks at each step size.

    Raises:
        TypeError, ValueError, ArithmeticError: As for `check`.
    """
    sizes = check_array(steps, "steps", "(steps,)")
    for i, size in enumerate(sizes.tolist()):
        check_real(size, f"steps[{i}]", above=0)
    results = [check(parameters, x, y, activation, loss, h) for h in sizes.tolist()]
    return Sweep(
        sizes,
        np.array([result.worst for result in results]),
        np.array([int((~result.smooth).sum()) for result in results]),
    )


def names(parameters: Parameters) -> list[str]:
    """Return each parameter's name, in the order of `xordocs.nn.parameters.flatten`.

    Args:
        parameters: The network.

    Raises:
        TypeError, ValueError: ``parameters`` is not as above.
    """
    parameters = check_parameters(parameters)
    return [
        f"parameters[{depth}].{field}[{', '.join(map(str, place))}]"
        for depth, layer in enumerate(parameters)
        for field, array in zip(layer._fields, layer, strict=True)
        for place in np.ndindex(array.shape)
    ]


def _check_step(parameters: Parameters, h: float) -> None:
    """Refuse a step so small that it leaves a parameter where it is."""
    theta = flatten(parameters)
    for i in np.flatnonzero(theta + h == theta - h)[:1]:
        raise ValueError(
            f"h must be large enough to move {names(parameters)[i]} = {theta[i]}, got {h}"
        )


def _check_shapes(parameters: Parameters, gradient: object) -> Parameters:
    """Return a gradient that is finite layers in the parameters' shapes."""
    layers = check_parameters(gradient, "backward(...)")
    given, expected = (
        [array.shape for layer in each for array in layer] for each in (layers, parameters)
    )
    if given != expected:
        raise ValueError(
            f"backward(...) must have the shapes of parameters, {expected}, got {given}"
        )
    return layers
