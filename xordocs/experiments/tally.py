"""What a census found: its networks counted, and what it is missing where it was cut short."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from xordocs import quantities
from xordocs.experiments.diagnosis import Diagnosis, one
from xordocs.experiments.examination import CAUSES, Cause, Findings
from xordocs.experiments.statistics import wilson
from xordocs.nn.activations import Activation
from xordocs.nn.initializers import Initializer
from xordocs.nn.losses import Loss
from xordocs.nn.parameters import Array

__all__ = ["Census", "IncompleteCensusError", "Setting"]


class Setting(NamedTuple):
    """What all networks of a census share; as for `xordocs.nn.numpy_mlp.train`."""

    width: int
    learning_rate: float
    epochs: int
    activation: Activation
    loss: Loss
    initializer: Initializer
    dtype: type[np.floating[Any]]


class Census(NamedTuple):
    """What became of the networks.

    Args:
        setting: What they share.
        seeds: Where each came from, ``(networks,)``.
        findings: What was found in each, network s in place s of each last axis.
    """

    setting: Setting
    seeds: Array
    findings: Findings

    @property
    def losses(self) -> Array:
        """The final losses, ``(networks,)``."""
        return self.findings.loss

    @property
    def solved(self) -> Array:
        """Which have all four outputs on the right side of 1/2, ``(networks,)``."""
        return np.asarray(self.findings.cause == CAUSES.index("solved"))

    @property
    def dead_units(self) -> Array:
        """How many hidden units of each are off in all four rows, ``(networks,)``."""
        return np.asarray(self.findings.dead.sum(axis=0))

    @property
    def rate(self) -> float:
        """The share that solved it."""
        return float(self.solved.mean())

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Return the success rate's interval, as from `xordocs.experiments.statistics.wilson`.

        Args:
            confidence: How often such an interval covers the true rate, between 0 and 1.

        Raises:
            TypeError, ValueError: ``confidence`` is not as above.
        """
        return wilson(int(self.solved.sum()), len(self.seeds), confidence)

    def counts(self) -> dict[Cause, int]:
        """Return how many networks have each diagnosis, those without any left out."""
        counted = np.bincount(self.findings.cause, minlength=len(CAUSES)).tolist()
        return {cause: n for cause, n in zip(CAUSES, counted, strict=True) if n}

    def diagnosis(self, seed: int) -> Diagnosis:
        """Return what was found in the network of a seed.

        Args:
            seed: One of ``seeds``.

        Raises:
            TypeError, ValueError: The census has no such seed.
        """
        places = np.flatnonzero(self.seeds == quantities.seed("seed", seed))
        if not places.size:
            raise ValueError(f"seed must be one of the census, got {seed!r}")
        return one(self.findings, int(places[0]))


class IncompleteCensusError(RuntimeError):
    """Some blocks were lost, or ``on_progress`` failed; what was finished is here.

    Args:
        finished: The census of all seeds that were trained, or None when none was.
        missing: The seeds that were not, ``(n,)``: pass them again for the rest.
        reasons: What went wrong: an exception of ``on_progress``, then one for each lost block.
    """

    def __init__(
        self, finished: Census | None, missing: Array, reasons: Sequence[BaseException]
    ) -> None:
        self.finished = finished
        self.missing = missing
        self.reasons = reasons
        done = 0 if finished is None else len(finished.seeds)
        said = sorted({f"{type(reason).__name__}: {reason}".rstrip(": ") for reason in reasons})
        super().__init__(
            f"the census is missing {len(missing)} of {len(missing) + done} seeds"
            + (f", {missing[0]} to {missing[-1]}" if len(missing) else "")
            + f"; {'; '.join(said)}"
        )
