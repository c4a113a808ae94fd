"""Confidence intervals for shares that were counted."""

import math
from statistics import NormalDist

from xordocs.validation import check_int, check_real

__all__ = ["wilson"]


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
