"""Find the learning rate at which most networks learn, for whatever else is set.

A sweep trains the same networks at each of a grid of learning rates, each twice the one before, and
counts how many learn. The grid grows until both its ends are clearly worse than its best, or until
a stated limit.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import NamedTuple

import numpy as np

from xordocs.experiments import vectorized_mlp
from xordocs.experiments.diagnosis import CAUSES, diagnose_all
from xordocs.experiments.statistics import wilson
from xordocs.nn.activations import RELU, Activation
from xordocs.nn.initializers import NOTEBOOK, Initializer
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.parameters import Array
from xordocs.validation import check_instance, check_int, check_ints

__all__ = ["CENTRE", "FIRST", "LIMIT", "Sweep", "sweep"]

CENTRE = 1.5
"""The learning rate around which a grid lies: the source notebook's."""
FIRST = 4
"""A grid begins with as many doublings of the centre, and as many halvings."""
GROWTH = 2
"""By how many rates a grid grows at an end that is not clearly worse than its best."""
LIMIT = 12
"""The most doublings, and the most halvings."""
MAX_SEED = 2**32 - 1


class Sweep(NamedTuple):
    """How many networks learn at each learning rate.

    Args:
        rates: The learning rates, each twice the one before, ``(rates,)``.
        learned: How many networks learn at each, ``(rates,)``.
        trials: How many were trained at each.
    """

    rates: Array
    learned: Array
    trials: int

    @property
    def shares(self) -> Array:
        """The share that learns at each rate, ``(rates,)``."""
        return self.learned / self.trials

    @property
    def intervals(self) -> list[tuple[float, float]]:
        """The 95 % interval of each share, as from `xordocs.experiments.statistics.wilson`."""
        return [wilson(count, self.trials) for count in self.learned.tolist()]

    @property
    def best(self) -> float:
        """The rate at which most learn; of several, the middle one."""
        most = self.rates[self.learned == self.learned.max()]
        return float(most[len(most) // 2])

    @property
    def as_good(self) -> Array:
        """The rates whose 95 % interval overlaps that of the best, and which may be as good."""
        lows, highs = np.transpose(self.intervals)
        good: Array = self.rates[highs >= lows.max()]
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

    def count(powers: Array) -> list[int]:
        """Train the networks at some rates, side by side, and return how many learn at each."""
        networks = vectorized_mlp.Networks(*(np.tile(part, len(powers)) for part in start))
        rates = np.repeat(CENTRE * 2.0**powers, len(seeds))
        with np.errstate(over="ignore", invalid="ignore"):  # some diverge, and have not learned
            vectorized_mlp.train(networks, rates, epochs, activation, loss, 0)
        found = diagnose_all(networks, activation, loss, np.empty((0, len(rates))))
        solved: Array = found.cause == CAUSES.index("solved")
        return [int(rate.sum()) for rate in solved.reshape(len(powers), -1)]

    learned: dict[int, int] = {}
    missing = list(range(-FIRST, FIRST + 1))
    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as executor:
        while missing:
            blocks = np.array_split(missing, min(cores, len(missing)))
            counts = chain.from_iterable(executor.map(count, blocks))
            learned.update(zip(missing, counts, strict=True))
            powers = sorted(learned)
            found = Sweep(
                CENTRE * 2.0 ** np.asarray(powers),
                np.asarray([learned[power] for power in powers]),
                len(seeds),
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
