"""The XOR data set, lattices of points around it, moons, digits of two kinds, and penguins."""

import numpy as np

from xordocs.nn.parameters import Array
from xordocs.validation import check_int, check_real

__all__ = ["digits", "grid", "handwriting", "moons", "penguins", "xor"]

LAMPS = (
    "1111110", "0110000", "1101101", "1111001", "0110011",
    "1011011", "1011111", "1110000", "1111111", "1111011",
)  # fmt: skip
"""Which lamps of a seven-segment display are lit for each digit, from 0 to 9.

The lamps run clockwise around the display, from the one at the top; the one in the middle is last.
"""


def xor() -> tuple[Array, Array]:
    """Return the truth table of exclusive or.

    Returns:
        The inputs ``(4, 2)`` and their labels ``(4, 1)``, float64, zeros and ones.
    """
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    y = np.array([[0], [1], [1], [0]], dtype=np.float64)
    return x, y


def moons(rows: int, seed: int, noise: float = 0.4) -> tuple[Array, Array]:
    """Draw points of two half circles that reach into each other.

    Args:
        rows: How many points, 1 to 10 000.
        seed: Of the draw, 0 to 4 294 967 295.
        noise: The standard deviation by which each coordinate is moved, 0 to 10. The half circles
            have the radius 1.

    Returns:
        The points ``(rows, 2)``, in random order, and their labels ``(rows, 1)``: 0 for the half
        circle around (-0.5, -0.25) that is open below, 1 for the same turned by half a turn about
        (0, 0).

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    rows = check_int(rows, "rows", 1, 10_000)
    seed = check_int(seed, "seed", 0, 2**32 - 1)
    noise = check_real(noise, "noise")
    if not 0 <= noise <= 10:
        raise ValueError(f"noise must be from 0 to 10, got {noise!r}")
    random = np.random.RandomState(seed)
    angle = np.pi * random.rand(rows, 1)
    label = 1.0 * (random.rand(rows, 1) < 0.5)
    upper = np.hstack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    points = np.where(label == 0, upper, -upper)
    return points + noise * random.randn(rows, 2), label


def digits() -> tuple[Array, Array]:
    """Return the ten digits of a display with seven lamps.

    Returns:
        The lamps ``(10, 7)``, ones where they are lit, in the order of `LAMPS`; and the labels
        ``(10, 10)``, in each row a one in the column of its digit.
    """
    return np.array([[float(lamp) for lamp in digit] for digit in LAMPS]), np.eye(10)


def handwriting() -> tuple[Array, Array]:
    """Return digits that people wrote by hand, as pictures of eight by eight pixels.

    Each pixel counts the dots of ink in a square of four by four. The pictures are the test part of
    "Optical Recognition of Handwritten Digits" (E. Alpaydin and C. Kaynak, UCI Machine Learning
    Repository, 1998, doi:10.24432/C50P49, CC BY 4.0), by thirteen writers, as scikit-learn 1.9.1
    ships it in ``digits.csv.gz``; ``handwriting.txt`` has a line for each: a letter from A to Q for
    each pixel, and the digit.

    Returns:
        The pixels ``(1797, 64)``, row by row from the top left, 0 for paper to 16 for ink; and the
        labels ``(1797, 10)``, in each row a one in the column of its digit.
    """
    with open(__file__.replace("datasets.py", "handwriting.txt")) as file:  # pages have no pathlib
        pictures = file.read().split()
    pixels = [[float(ord(letter) - ord("A")) for letter in picture[:-1]] for picture in pictures]
    return np.array(pixels), np.eye(10)[[int(picture[-1]) for picture in pictures]]


def penguins() -> str:
    """Return a table of penguins: the text of a file with commas.

    The adult penguins of three species that K. B. Gorman and others measured near Palmer Station,
    Antarctica, from 2007 to 2009, as ``penguins.csv`` of the package palmerpenguins 0.1.6 has them
    (A. M. Horst, A. P. Hill, K. B. Gorman, 2020, CC0).

    Returns:
        A line with the names of eight columns, and one for each of the 344 penguins; ``NA`` stands
        for what is not known.
    """
    with open(__file__.replace("datasets.py", "penguins.csv")) as file:  # pages have no pathlib
        return file.read()


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
