"""XOR, the whole of it: four points that no straight line can part."""

import numpy as np

from xordocs.arguments import positive_integer
from xordocs.arrays import Array

__all__ = ["grid", "xor"]


def xor() -> tuple[Array, Array]:
    """Return the truth table of exclusive or.

    Returns:
        The inputs ``(4, 2)`` and their labels ``(4, 1)``, float64, zeros and ones.
    """
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    y = np.array([[0], [1], [1], [0]], dtype=np.float64)
    return x, y


def grid(steps: int = 50, low: float = 0.0, high: float = 1.0) -> Array:
    """Return the points of a square lattice, x1 running fastest.

    Args:
        steps: Points along each side, at least 1.
        low: Where both axes begin.
        high: Where both axes end, above ``low``.

    Returns:
        ``(steps * steps, 2)``.

    Raises:
        ValueError: ``low`` is not below ``high``.
    """
    steps = positive_integer("steps", steps)
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise ValueError(f"low must be below high, both finite, got low={low!r}, high={high!r}")
    axis = np.linspace(low, high, steps)
    x1, x2 = np.meshgrid(axis, axis)
    return np.column_stack([x1.ravel(), x2.ravel()])
