"""Train a network from each of thousands of seeds, and count what became of them.

A census trains 2-width-1 networks from the weights that `xordocs.nn.numpy_mlp.initialize` draws
from each seed, and ends where `xordocs.nn.numpy_mlp.train` ends, in float64 but for the order in
which a few numbers are added. Blocks of networks go to an executor: the threads of this process
unless another is given.
"""

import functools
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, NamedTuple

import numpy as np

from xordocs.errors import IncompleteCensusError
from xordocs.experiments import vectorized_mlp
from xordocs.experiments.diagnosis import (
    CAUSES,
    Cause,
    Diagnosis,
    Findings,
    diagnose_all,
    select_diagnosis,
)
from xordocs.experiments.parallel import BlockResults, map_blocks
from xordocs.experiments.statistics import wilson
from xordocs.nn.activations import RELU, Activation
from xordocs.nn.initializers import NOTEBOOK, Initializer
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.parameters import Array
from xordocs.validation import (
    check_callable,
    check_choice,
    check_instance,
    check_int,
    check_ints,
    check_real,
    shown,
)

__all__ = ["Census", "Setting", "census"]

MAX_BLOCK_UNITS = 50_000
"""The most hidden units in a block: its arrays should stay in the processor's cache."""
MIN_THREAD_UNITS = 20_000
"""The fewest for a thread: threads take turns between operations, and only long ones overlap."""
LAST_STEPS = 10
"""Last steps whose losses a diagnosis looks at."""
MAX_SEED = 2**32 - 1


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
        seeds: The seed of each, ``(networks,)``.
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
        places = np.flatnonzero(self.seeds == check_int(seed, "seed", 0, MAX_SEED))
        if not places.size:
            raise ValueError(f"seed must be one of the census, got {seed!r}")
        return select_diagnosis(self.findings, int(places[0]))


def census(
    seeds: Sequence[int] = range(1000),
    width: int = 10,
    learning_rate: float = 1.5,
    epochs: int = 500,
    activation: Activation = RELU,
    loss: Loss = MSE,
    initializer: Initializer = NOTEBOOK,
    dtype: type[np.floating[Any]] = np.float64,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Census:
    """Train a network from each seed, all with one setting, and diagnose each.

    Args:
        seeds: All different, each 0 to 2**32 - 1.
        width: Hidden units in the one hidden layer.
        learning_rate: The size of a step, positive.
        epochs: The number of steps, positive.
        activation: The hidden units' function.
        loss: What to minimise.
        initializer: Makes the weights from each seed's draws.
        dtype: ``numpy.float64``, or ``numpy.float32`` for speed.
        executor: Trains the blocks: processes, a cluster's; threads here by default.
        on_progress: Called with the number of finished networks and of all; by default a line on
            standard error tells, if that is a terminal.

    Returns:
        The census, in the order of ``seeds``.

    Raises:
        TypeError, ValueError: An argument is not as above.
        IncompleteCensusError: The executor or ``on_progress`` failed, or was cancelled or
            interrupted; what was finished is in it.
    """
    seeds = check_ints(seeds, "seeds", 0, MAX_SEED, distinct=True)
    setting = Setting(
        check_int(width, "width"),
        check_real(learning_rate, "learning_rate", above=0),
        check_int(epochs, "epochs"),
        check_instance(activation, "activation", Activation),
        check_instance(loss, "loss", Loss),
        check_instance(initializer, "initializer", Initializer),
        check_choice(dtype, "dtype", (np.float64, np.float32)),
    )
    check_callable(on_progress, "on_progress", optional=True)
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise TypeError(
            f"executor must be an Executor, with submit, or None, got {shown(executor)}"
        )
    if on_progress is None and sys.stderr is not None and sys.stderr.isatty():
        on_progress = _write_progress
    cores = os.cpu_count() or 1
    share = -(-len(seeds) // cores)
    if executor is None:
        share = max(share, MIN_THREAD_UNITS // width)
    size = max(1, min(MAX_BLOCK_UNITS // width, share))
    blocks = [np.asarray(seeds[start : start + size]) for start in range(0, len(seeds), size)]
    with ExitStack() as stack:
        if executor is None:
            executor = stack.enter_context(ThreadPoolExecutor(cores))
        work = functools.partial(_train_block, setting)
        return _join(setting, map_blocks(work, blocks, executor, on_progress))


def _join(setting: Setting, results: BlockResults[Findings]) -> Census:
    """Put the findings of all blocks together.

    Raises:
        IncompleteCensusError: A block was lost, or the listener failed.
    """
    finished = None
    if results.finished:
        seeds, findings = zip(*results.finished, strict=True)
        joined = (np.concatenate(parts, axis=-1) for parts in zip(*findings, strict=True))
        finished = Census(setting, np.concatenate(seeds), Findings(*joined))
    reasons = [*results.listener_errors, *(reason for _, reason in results.lost)]
    if finished is None or reasons:
        missing = [seed for seeds, _ in results.lost for seed in seeds.tolist()]
        raise IncompleteCensusError(finished, np.sort(missing).astype(int), reasons) from reasons[0]
    return finished


def _train_block(setting: Setting, seeds: Array) -> Findings:
    """Train one block's networks and diagnose them: what a worker does."""
    networks = vectorized_mlp.initialize(
        seeds.tolist(), setting.width, setting.initializer, setting.dtype
    )
    last_steps = min(LAST_STEPS, setting.epochs)
    with np.errstate(over="ignore", invalid="ignore"):  # a diverged network has its diagnosis
        losses = vectorized_mlp.train(
            networks,
            setting.learning_rate,
            setting.epochs,
            setting.activation,
            setting.loss,
            last_steps,
        )
    return diagnose_all(networks, setting.activation, setting.loss, losses)


def _write_progress(done: int, total: int) -> None:
    """Overwrite one line on the terminal, and leave it when all are done."""
    sys.stderr.write(f"\r{done:,} of {total:,} networks" + "\n" * (done == total))
    sys.stderr.flush()
