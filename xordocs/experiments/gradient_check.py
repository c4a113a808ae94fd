"""Is the gradient right? Backpropagation against the definition of the derivative.

The central difference (J(θ + h) - J(θ - h)) / 2h misses the derivative by a term in h², and by the
rounding of J, about 1e-16 J / h: as h shrinks the error falls, then rises (Nocedal and Wright,
Numerical Optimization, §8.1). Where a ReLU bends between θ - h and θ + h it averages two slopes
instead, and the two gradients differ with no bug in either: such kinks are found and named.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from xordocs.checks import checked, finite
from xordocs.experiments.kinks import Kink, bends, crossed
from xordocs.matrices import steps as step_sizes
from xordocs.networks import network
from xordocs.nn.activations import RELU, Activation
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.numpy_mlp import backward, forward
from xordocs.nn.parameters import Array, Parameters, flatten, layered

__all__ = ["STEPS", "GradientCheck", "Kink", "Sweep", "check", "names", "sweep"]

STEPS = np.logspace(-1, -12, 12)
"""From so large that the h² term rules to so small that rounding does."""
FLOOR = 1e-6
"""Gradients below this share of the largest are compared with that share, not with themselves."""


class GradientCheck(NamedTuple):
    """Both gradients, in the order of `xordocs.nn.parameters.flatten`.

    Args:
        names: Each parameter's name, such as ``parameters[0].weights[1, 3]``.
        backpropagation: What the function that is checked returns, ``(parameters,)``.
        difference: The central differences, ``(parameters,)``.
        errors: |a - b| / max(|a|, |b|) of the two, ``(parameters,)``; `FLOOR` says for how small
            ones not.
        kinks: Where a unit bends within a step, so that the two may differ.
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


@checked
@np.errstate(over="ignore", invalid="ignore")  # what is not finite is named below
def check(
    parameters: Parameters,
    x: Array,
    y: Array,
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
        activation: What the hidden units do with their weighted sums.
        loss: Whose gradient it is.
        h: How far to move each parameter either way, positive.
        backward: The function to check, called as `xordocs.nn.numpy_mlp.backward`.

    Returns:
        Both gradients, how far they are apart, and where there is none.

    Raises:
        TypeError, ValueError: An argument is not as above; h is too small to move a parameter; or
            ``backward`` returns something else than finite layers in the shapes of ``parameters``.
        ArithmeticError: The parameters are so large that an output is not finite, or the loss is
            not.
    """
    theta = flatten(parameters)
    moved = layered(theta, parameters)  # views: to move θ is to move the network
    passed = forward(moved, x, activation)
    finite("parameters", passed.z[-1])
    ours = flatten(_shaped_as(parameters, backward(moved, passed, y, activation, loss)))
    stuck = np.flatnonzero(theta + h == theta - h)
    if stuck.size:
        raise ValueError(
            f"h must be large enough to move {names(parameters)[stuck[0]]} = {theta[stuck[0]]}, "
            f"got {h}"
        )
    difference = np.empty_like(theta)
    kinks = []
    for i, start in enumerate(theta.tolist()):
        theta[i] = start + h
        above = forward.__wrapped__(moved, x, activation)
        theta[i] = start - h
        below = forward.__wrapped__(moved, x, activation)
        theta[i] = start
        rise = loss.value(above.z[-1], y) - loss.value(below.z[-1], y)
        difference[i] = rise / ((start + h) - (start - h))  # the step that was really taken
        if bends(activation):
            kinks += crossed(i, below.z, passed.z, above.z)
    finite("loss", difference)
    size = np.maximum(abs(ours), abs(difference))
    scale = np.maximum(size, FLOOR * size.max())
    errors = np.divide(abs(ours - difference), scale, out=np.zeros_like(scale), where=scale > 0)
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
    sizes = step_sizes("steps", steps)
    results = [check(parameters, x, y, activation, loss, h) for h in sizes.tolist()]
    return Sweep(
        sizes,
        np.array([result.worst for result in results]),
        np.array([int((~result.smooth).sum()) for result in results]),
    )


@checked
def names(parameters: Parameters) -> list[str]:
    """Return each parameter's name, in the order of `xordocs.nn.parameters.flatten`.

    Args:
        parameters: The network.

    Raises:
        TypeError, ValueError: ``parameters`` is not as above.
    """
    return [
        f"parameters[{depth}].{field}[{', '.join(map(str, place))}]"
        for depth, layer in enumerate(parameters)
        for field, array in zip(layer._fields, layer, strict=True)
        for place in np.ndindex(array.shape)
    ]


def _shaped_as(parameters: Parameters, gradient: object) -> Parameters:
    """Return what backward returned, if it is finite layers in the parameters' shapes."""
    layers = network("backward(...)", gradient)
    given, expected = (
        [array.shape for layer in each for array in layer] for each in (layers, parameters)
    )
    if given != expected:
        raise ValueError(
            f"backward(...) must have the shapes of parameters, {expected}, got {given}"
        )
    return layers
