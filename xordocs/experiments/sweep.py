"""Find the learning rate at which most networks learn, for whatever else is set.

A sweep trains the same networks at each of a grid of learning rates, each twice the one before, and
counts how many learn. The grid grows until both its ends are clearly worse than its best, by the
seeds from which only one of the two learns, or until a stated limit.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import NamedTuple

import numpy as np

from xordocs.experiments import vectorized_mlp
from xordocs.experiments.census import MIN_THREAD_UNITS
from xordocs.experiments.diagnosis import CAUSES, diagnose_all
from xordocs.experiments.statistics import is_better, wilson
from xordocs.nn.activations import RELU, Activation
from xordocs.nn.initializers import NOTEBOOK, Initializer
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.parameters import Array
from xordocs.validation import check_array, check_instance, check_int, check_ints, shown

__all__ = ["CENTRE", "FIRST", "LIMIT", "Sweep", "best_rate", "sweep"]

CENTRE = 1.5
"""The learning rate around which a grid lies: the source notebook's."""
FIRST = 4
"""A grid begins with as many doublings of the centre, and as many halvings."""
GROWTH = 2
"""By how many rates a grid grows at an end that is not clearly worse than its best."""
LIMIT = 12
"""The most doublings, and the most halvings."""
MAX_SEED = 2**32 - 1


def best_rate(rates: Sequence[float] | Array, learned: Sequence[int] | Array) -> float:
    """Return the rate at which most networks learn.

    Of several it is the middle one, and of two in the middle the larger.

    Args:
        rates: Learning rates, increasing, ``(rates,)``.
        learned: How many learn at each, ``(rates,)``.

    Raises:
        TypeError: An argument is no array of numbers.
        ValueError: The rates do not increase, or the counts are fewer or more.
    """
    tried = check_array(rates, "rates", "(rates)")
    if not (np.diff(tried) > 0).all():
        raise ValueError(f"rates must increase, got {shown(tried.tolist())}")
    counts = check_array(learned, "learned", f"({len(tried)})")
    most = tried[counts == counts.max()]
    return float(most[len(most) // 2])


class Sweep(NamedTuple):
    """Which networks learn at each learning rate.

    Args:
        rates: The learning rates, each twice the one before, ``(rates,)``.
        solved: Which seeds learn at each, ``(rates, seeds)``.
    """

    rates: Array
    solved: Array

    @property
    def trials(self) -> int:
        """How many networks were trained at each rate."""
        return int(self.solved.shape[1])

    @property
    def learned(self) -> Array:
        """How many networks learn at each rate, ``(rates,)``."""
        return np.asarray(self.solved.sum(axis=1))

    @property
    def shares(self) -> Array:
        """The share that learns at each rate, ``(rates,)``."""
        return self.learned / self.trials

    @property
    def intervals(self) -> list[tuple[float, float]]:
        """The 95 % interval of each share, as from `xordocs.experiments.statistics.wilson`."""
        return [wilson(count, self.trials) for count in self.learned.tolist()]

    @property
    def line(self) -> tuple[Array, Array, list[tuple[float, float]]]:
        """What `xordocs.plots.by_learning_rate` draws: rates, shares and their intervals."""
        return self.rates, self.shares, self.intervals

    @property
    def best(self) -> float:
        """The rate at which most learn, as from `best_rate`."""
        return best_rate(self.rates, self.learned)

    @property
    def as_good(self) -> Array:
        """The rates than which the best is not clearly better.

        As from `xordocs.experiments.statistics.is_better`, at 95 %: what counts are the seeds that
        learn at only one of the two rates.
        """
        (best,) = self.solved[self.rates == self.best]
        good: Array = self.rates[[not is_better(best, solved) for solved in self.solved]]
        return good

    @property
    def is_inside(self) -> bool:
        """Whether both ends of the grid are clearly worse than its best."""
        return not {self.rates[0], self.rates[-1]} & {*self.as_good}


def sweep(
    seeds: Sequence[int] = range(300),
    width: int = 10,
    epochs: int = 500,
    activation: Activation = RELU,
    loss: Loss = MSE,
    initializer: Initializer = NOTEBOOK,
) -> Sweep:
    """Train networks at each of a grid of learning rates, in float64, and count those that learn.

    The grid holds `CENTRE` times the powers of two. It begins with `FIRST` to either side, and
    grows at each end that is not clearly worse than the best, to `LIMIT` at most.

    Args:
        seeds: As for `xordocs.experiments.census.census`, and so are the others.
        width: Hidden units in the one hidden layer.
        epochs: The number of steps.
        activation: The hidden units' function.
        loss: What to minimise.
        initializer: Makes the weights from each seed's draws.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    seeds = check_ints(seeds, "seeds", 0, MAX_SEED, distinct=True)
    check_int(width, "width")
    check_int(epochs, "epochs")
    check_instance(activation, "activation", Activation)
    check_instance(loss, "loss", Loss)
    check_instance(initializer, "initializer", Initializer)
    start = vectorized_mlp.initialize(seeds, width, initializer, np.float64)

    def solve(powers: Array) -> Array:
        """Train the networks at some rates, side by side, and return which learn at each."""
        networks = vectorized_mlp.Networks(*(np.tile(part, len(powers)) for part in start))
        rates = np.repeat(CENTRE * 2.0**powers, len(seeds))
        with np.errstate(over="ignore", invalid="ignore"):  # some diverge, and have not learned
            vectorized_mlp.train(networks, rates, epochs, activation, loss, 0)
        found = diagnose_all(networks, activation, loss, np.empty((0, len(rates))))
        return np.reshape(found.cause == CAUSES.index("solved"), (len(powers), -1))

    solved: dict[int, Array] = {}
    missing = list(range(-FIRST, FIRST + 1))
    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as executor:
        while missing:
            units = len(missing) * len(seeds) * width
            threads = min(cores, len(missing), max(1, units // MIN_THREAD_UNITS))
            blocks = np.array_split(missing, threads)
            rows = chain.from_iterable(executor.map(solve, blocks))
            solved.update(zip(missing, rows, strict=True))
            powers = sorted(solved)
            found = Sweep(
                CENTRE * 2.0 ** np.asarray(powers),
                np.asarray([solved[power] for power in powers]),
            )
            missing = _growth(found, powers)
    return found


def _growth(found: Sweep, powers: Sequence[int]) -> list[int]:
    """Return the powers by which a grid has to grow."""
    as_good = {*found.as_good}
    grown: list[int] = []
    if found.rates[0] in as_good:
        grown += range(max(-LIMIT, powers[0] - GROWTH), powers[0])
    if found.rates[-1] in as_good:
        grown += range(powers[-1] + 1, min(LIMIT, powers[-1] + GROWTH) + 1)
    return grown
