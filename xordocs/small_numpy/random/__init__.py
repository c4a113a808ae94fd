"""Random numbers, as `numpy.random` draws them from a seed: the legacy generator's."""

from typing import Any

from .._core.missing import missing_attribute
from .legacy import RandomState

__all__ = [
    "RandomState",
    "choice",
    "normal",
    "permutation",
    "rand",
    "randint",
    "randn",
    "random",
    "random_sample",
    "seed",
    "shuffle",
    "standard_normal",
    "uniform",
]

_shared = RandomState()
choice = _shared.choice
normal = _shared.normal
permutation = _shared.permutation
rand = _shared.rand
randint = _shared.randint
randn = _shared.randn
random = _shared.random
random_sample = _shared.random_sample
seed = _shared.seed
shuffle = _shared.shuffle
standard_normal = _shared.standard_normal
uniform = _shared.uniform


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    missing_attribute(f"random.{name}")
