"""The plain arrays that every network of the package shares."""

from typing import Any, NamedTuple

from numpy.typing import NDArray

__all__ = ["Array", "Layer", "Parameters"]

Array = NDArray[Any]


class Layer(NamedTuple):
    """One layer's parameters, or their gradients.

    Args:
        weights: ``(inputs, units)``; column j holds what unit j listens to.
        bias: ``(1, units)``.
    """

    weights: Array
    bias: Array


Parameters = list[Layer]
"""A network: its layers in order, each ``(units below, units)``; the last has one unit."""
