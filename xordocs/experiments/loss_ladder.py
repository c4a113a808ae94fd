"""Compute the loss ladder: the losses at which a network that learns XOR can get stuck.

Let the mean squared error be at rest, and let some rows be *merged*: the network gives them one
output ŷ. Their share of the loss, Σ (y - ŷ)² / 4, is least at ŷ = m, the mean of their labels, and
is then n m (1 - m) / 4 for n rows. Rows that stand alone go to their labels and cost nothing. XOR's
labels leave

| merged | m | loss |
|---|---|---|
| two rows, labels 0 and 1 | 1/2 | 2 · 1/4 / 4 = 1/8 |
| three rows, one or two of them 1 | 1/3 or 2/3 | 3 · 2/9 / 4 = 1/6 |
| all four, or two such pairs | 1/2 | 4 · 1/4 / 4 = 1/4 |

A *saturated* row is another way to stand still: its output is on the wrong side, so near 0 or 1
that the sigmoid is flat. It costs 1/4 by itself. So 1/4 has two causes, and only a look at the
outputs tells them apart.
"""

from collections.abc import Sequence

from xordocs.validation import check_ints

__all__ = ["rung"]


def rung(rows: Sequence[int]) -> float:
    """Return the mean squared error that rows of XOR with one output keep.

    Args:
        rows: Which rows of the truth table: at least one, all different, each from 0 to 3.

    Returns:
        n m (1 - m) / 4 for n rows whose labels' mean is m: the least loss there is for them.

    Raises:
        TypeError, ValueError: ``rows`` are not as above.
    """
    rows = check_ints(rows, "rows", 0, 3, distinct=True)
    y = [row in (1, 2) for row in rows]
    m = sum(y) / len(y)
    return len(y) * m * (1 - m) / 4
