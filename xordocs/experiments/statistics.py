"""Confidence intervals for shares that were counted, and comparisons on the same seeds."""

import math
from statistics import NormalDist

import numpy as np

from xordocs.nn.parameters import Array
from xordocs.validation import check_int, check_real

__all__ = ["is_better", "only_one", "wilson"]


def wilson(
    successes: int,
    trials: int,
    confidence: float = 0.95,
) -> tuple[float, float]:
    """Return Wilson's score interval for a probability.

    Its ends are the p with |p̂ - p| = z √(p (1 - p) / n): unlike p̂ ± z √(p̂ (1 - p̂) / n), it stays
    within [0, 1] and does not shrink to a point when all trials succeed, or none.

    Args:
        successes: How many trials succeeded, 0 to ``trials``.
        trials: How many there were, 1 to 2**53.
        confidence: How often such an interval covers the true probability, between 0 and 1.

    Returns:
        Its lower and upper end (Wilson, "Probable inference, the law of succession, and
        statistical inference", JASA 22, 1927).

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    trials = check_int(trials, "trials", 1, 2**53)
    successes = check_int(successes, "successes", 0, trials)
    confidence = check_real(confidence, "confidence", above=0, below=1)
    if (1 + confidence) / 2 == 1:
        raise ValueError(f"confidence must be below 1, got {confidence!r}")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = successes / trials
    middle = share + z**2 / (2 * trials)
    variance = share * (1 - share) / trials + (z / (2 * trials)) ** 2
    reach = z * math.sqrt(variance)
    scale = 1 + z**2 / trials
    # exactly 0 and 1 at the ends, which rounding would miss
    low = (middle - reach) / scale if successes else 0.0
    high = (middle + reach) / scale if successes < trials else 1.0
    return low, high


def only_one(first: Array, second: Array) -> tuple[int, int]:
    """Count the seeds from which one of two settings learns, and the other does not.

    Args:
        first: Which seeds learn with the first setting, true or false, ``(seeds,)``.
        second: Which of the same seeds learn with the second, in the same order.

    Returns:
        From how many only the first learns, and from how many only the second.

    Raises:
        ValueError: The two differ in shape, or are not true or false.
    """
    first, second = np.asarray(first), np.asarray(second)
    if first.shape != second.shape or {first.dtype, second.dtype} != {np.dtype(bool)}:
        raise ValueError(
            "first and second must be true or false for the same seeds, got "
            f"{first.dtype} {first.shape} and {second.dtype} {second.shape}"
        )
    return int((first & ~second).sum()), int((second & ~first).sum())


def is_better(first: Array, second: Array, confidence: float = 0.95) -> bool:
    """Return whether more seeds learn with the first of two settings than chance explains.

    If there were no difference, each seed from which only one of the two learns would be a coin
    toss between them. So the first is better if Wilson's interval of its share of these seeds lies
    above one half: the sign test, or McNemar's (Psychometrika 12, 1947).

    Args:
        first: Which seeds learn with the first setting, true or false, ``(seeds,)``.
        second: Which of the same seeds learn with the second, in the same order.
        confidence: As for `wilson`.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    gained, lost = only_one(first, second)
    if gained == lost == 0:
        return False
    return wilson(gained, gained + lost, confidence)[0] > 1 / 2
