"""NumPy's legacy generator, whose streams NumPy has promised never to change."""

import math
from collections.abc import Callable
from typing import Any

from .._core.dtypes import FLOAT, INT, DType
from .._core.missing import missing, missing_attribute
from .._core.shapes import as_shape, size_of
from ..ndarray import as_array, ndarray, wrap
from ._mersenne_twister import MersenneTwister

__all__ = ["RandomState"]


class RandomState:
    """A stream of random numbers, NumPy's own for the same seed.

    Args:
        seed: 0 to 2**32 - 1; None for another stream each time.
    """

    def __init__(self, seed: int | None = None) -> None:
        self.seed(seed)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        missing_attribute(f"random.{name}")

    def seed(self, seed: int | None = None) -> None:
        """Start the stream anew.

        Args:
            seed: 0 to 2**32 - 1; None for another stream each time.

        Raises:
            ValueError: The seed is out of range.
        """
        if seed is None:
            seed = _any_seed()
        if not isinstance(seed, int):
            missing(f"random.seed of {type(seed).__name__}")
        if not 0 <= seed < 2**32:
            raise ValueError("Seed must be between 0 and 2**32 - 1")
        self._words = MersenneTwister(seed)
        self._kept: float | None = None

    def randn(self, *shape: int) -> Any:
        """Return standard normal numbers in a shape, or one."""
        return self._fill(self._normal, shape, FLOAT)

    def standard_normal(self, size: Any = None) -> Any:
        """Return standard normal numbers in a shape, or one."""
        return self._fill(self._normal, size, FLOAT)

    def normal(self, loc: float = 0.0, scale: float = 1.0, size: Any = None) -> Any:
        """Return normal numbers around ``loc``, with the standard deviation ``scale``."""
        return self._fill(lambda: loc + scale * self._normal(), size, FLOAT)

    def rand(self, *shape: int) -> Any:
        """Return numbers between 0 and 1 in a shape, or one."""
        return self._fill(self._words.fraction, shape, FLOAT)

    def random_sample(self, size: Any = None) -> Any:
        """Return numbers between 0 and 1 in a shape, or one."""
        return self._fill(self._words.fraction, size, FLOAT)

    def random(self, size: Any = None) -> Any:
        """Return numbers between 0 and 1 in a shape, or one."""
        return self.random_sample(size)

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Any = None) -> Any:
        """Return numbers between two bounds."""
        width = high - low
        return self._fill(lambda: low + width * self._words.fraction(), size, FLOAT)

    def randint(self, low: int, high: int | None = None, size: Any = None) -> Any:
        """Return whole numbers from ``low`` up to ``high``, itself left out; one bound: from 0."""
        if high is None:
            low, high = 0, low
        if low >= high:
            raise ValueError("low >= high")
        reach = high - 1 - low
        if reach >= 2**32:
            missing("random.randint of more than 2**32 numbers")
        return self._fill(lambda: low + self._words.below(reach), size, INT)

    def choice(self, a: Any, size: Any = None, replace: bool = True) -> Any:
        """Return some of the numbers below ``a``, or of those in a row."""
        source = None if isinstance(a, int) else as_array(a)
        count = a if source is None else len(source)
        if replace:
            chosen = self.randint(0, count, size)
        else:
            shape = () if size is None else as_shape(size)
            wanted = size_of(shape)
            if wanted > count:
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            drawn = self.permutation(count)[:wanted]
            chosen = drawn[0] if size is None else drawn.reshape(shape).copy()
        return chosen if source is None else source[chosen]

    def permutation(self, x: Any) -> ndarray:
        """Return the numbers below ``x``, or the rows of an array, in a random order."""
        source = None if isinstance(x, int) else as_array(x)
        order = list(range(x if source is None else len(source)))
        self._shuffle(order)
        chosen = ndarray(order, (len(order),), INT)
        return chosen if source is None else as_array(source[chosen])

    def shuffle(self, x: Any) -> None:
        """Bring a list's items, or an array's rows, into a random order."""
        order = list(range(len(x)))
        self._shuffle(order)
        if isinstance(x, ndarray):
            x[...] = x[order]
        else:
            x[:] = [x[i] for i in order]

    def _shuffle(self, items: list[int]) -> None:
        for i in range(len(items) - 1, 0, -1):
            j = self._words.below(i)
            items[i], items[j] = items[j], items[i]

    def _normal(self) -> float:
        """Return a standard normal number; two are made at once (Marsaglia's polar method)."""
        if self._kept is not None:
            kept, self._kept = self._kept, None
            return kept
        while True:
            x = 2.0 * self._words.fraction() - 1.0
            y = 2.0 * self._words.fraction() - 1.0
            square = x * x + y * y
            if 0.0 < square < 1.0:
                break
        scale = math.sqrt(-2.0 * math.log(square) / square)
        self._kept = scale * x
        return scale * y

    def _fill(self, draw: Callable[[], Any], size: Any, kind: DType) -> Any:
        shape = () if size is None else as_shape(size)
        numbers = [draw() for _ in range(size_of(shape))]
        return wrap(numbers, shape, kind)


def _any_seed() -> int:
    import random

    return random.getrandbits(32)
