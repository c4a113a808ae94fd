"""The XOR data set, and lattices of points between and around it."""

import numpy as np

from xordocs.nn.parameters import Array
from xordocs.validation import check_int, check_real

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
        steps: Points along each side, 1 to 10 000.
        low: Where both axes begin.
        high: Where both axes end, above ``low``.

    Returns:
        ``(steps * steps, 2)``.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    steps = check_int(steps, "steps", 1, 10_000)  # a hundred million points
    low, high = check_real(low, "low"), check_real(high, "high")
    if not low < high:
        raise ValueError(f"low must be below high, got low={low!r}, high={high!r}")
    with np.errstate(over="ignore", invalid="ignore"):
        axis = np.linspace(low, high, steps)
    if not ((np.diff(axis) > 0).all() and np.isfinite(axis).all()):
        raise ValueError(
            f"low and high must be {steps} different numbers apart, got low={low!r}, high={high!r}"
        )
    x1, x2 = np.meshgrid(axis, axis)
    return np.column_stack([x1.ravel(), x2.ravel()])
