"""Random generators that a preloaded module has seeded from the system: a fork needs new seeds.

A generator with a seed of the module's own choice stays as it is: it is the same in every process.
"""

import contextlib
import gc
import random
import secrets
import sys
import weakref
from collections.abc import Iterator
from typing import Any

__all__ = ["RandomState"]


class RandomState:
    """The random generators of this process that the system has seeded.

    Python's global generator is not among them: Python itself seeds it again in a fork.
    """

    def __init__(self) -> None:
        self._generators: weakref.WeakSet[random.Random] = weakref.WeakSet()
        self._entropy: set[int] = set()
        self._bit_generators: list[Any] = []

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Watch which generators are seeded from the system, while modules are imported.

        `random.Random` asks the system in its method ``seed``. NumPy calls ``secrets.randbits``,
        and its generators tell what they got from it.
        """
        seed, randbits = random.Random.seed, secrets.randbits

        def watched_seed(generator: random.Random, *arguments: Any, **named: Any) -> None:
            seed(generator, *arguments, **named)
            own = next(iter((*arguments, *named.values())), None)
            (self._generators.add if own is None else self._generators.discard)(generator)

        def watched_randbits(k: int) -> int:
            bits = randbits(k)
            self._entropy.add(bits)
            return bits

        random.Random.seed = watched_seed  # type: ignore[method-assign, assignment]
        secrets.randbits = watched_randbits
        try:
            yield
        finally:
            random.Random.seed, secrets.randbits = seed, randbits  # type: ignore[method-assign]
        if (numpy_random := sys.modules.get("numpy.random")) is not None:
            self._bit_generators += [
                found
                for found in gc.get_objects()
                if issubclass(type(found), numpy_random.BitGenerator)
                and getattr(found.seed_seq, "entropy", None) in self._entropy
            ]

    def renew(self) -> None:
        """Seed all of them again."""
        for generator in self._generators:
            generator.seed()
        for bit_generator in self._bit_generators:
            bit_generator.state = type(bit_generator)().state
        if (torch := sys.modules.get("torch")) is not None:
            torch.seed()
