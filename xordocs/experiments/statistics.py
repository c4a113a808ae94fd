"""Confidence intervals for shares that were counted, and comparisons on the same seeds."""

import math
from statistics import NormalDist

import numpy as np

from xordocs.nn.parameters import Array
from xordocs.validation import check_int, check_real

__all__ = ["is_better", "only_one", "sign_test", "wilson"]


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


def sign_test(first: int, second: int) -> float:
    """Return how probable a score at least as lopsided is among tosses of a fair coin.

    Args:
        first: How many tosses fell one way, 0 to 2**24.
        second: How many fell the other way, likewise.

    Returns:
        The p-value for both sides, 0 to 1: twice the sum of C(n, k) / 2**n up to the smaller count
        (J. Arbuthnot, Philosophical Transactions 27, 1710), or 1 if that is more.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    first = check_int(first, "first", 0, 2**24)
    second = check_int(second, "second", 0, 2**24)
    tosses = first + second
    k = np.arange(min(first, second))
    ways = np.cumsum(np.log((tosses - k) / (k + 1)))  # logarithms of C(n, 1), C(n, 2), ...
    chances = np.exp(np.concatenate([[0], ways]) - tosses * math.log(2))
    return min(1.0, 2 * float(chances.sum()))


def is_better(first: Array, second: Array, confidence: float = 0.95) -> bool:
    """Return whether more seeds learn with the first of two settings than chance explains.

    If there were no difference, each seed from which only one of the two learns would be a coin
    toss between them. So the first is better if it wins most of these seeds, and the sign test's
    p-value is below 1 - confidence: McNemar's test (Psychometrika 12, 1947), counted exactly.

    Args:
        first: Which seeds learn with the first setting, true or false, ``(seeds,)``.
        second: Which of the same seeds learn with the second, in the same order.
        confidence: One minus how often it may say so although there is no difference, between 0
            and 1.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    confidence = check_real(confidence, "confidence", above=0, below=1)
    gained, lost = only_one(first, second)
    return gained > lost and sign_test(gained, lost) < 1 - confidence
