"""How often does it work? Thousands of networks, each from a seed of its own, counted.

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
from typing import Any

import numpy as np

from xordocs.checks import checked
from xordocs.experiments import vectorized_mlp
from xordocs.experiments.examination import Findings, examine
from xordocs.experiments.parallel import Outcome, work_through
from xordocs.experiments.tally import Census, IncompleteCensusError, Setting
from xordocs.nn.activations import RELU, Activation
from xordocs.nn.initializers import NOTEBOOK, Initializer
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.parameters import Array

__all__ = ["Census", "IncompleteCensusError", "Setting", "census"]

UNITS = 50_000
"""The most hidden units in a block: what an operation works on had better stay near the core."""
SHARE = 20_000
"""The fewest for a thread: threads take turns between operations, and only long ones overlap."""
TAIL = 10
"""Last steps whose losses a diagnosis looks at."""


@checked
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
    """Train a network from each seed, all with one setting, and look at the ends.

    Args:
        seeds: All different, each 0 to 2**32 - 1.
        width: Hidden units in the one hidden layer.
        learning_rate: How far to step, positive.
        epochs: How many steps, positive.
        activation: What the hidden units do with their weighted sums.
        loss: What is to fall.
        initializer: What becomes of each seed's draws.
        dtype: ``numpy.float64``, or ``numpy.float32`` for speed.
        executor: Who trains the blocks: processes, a cluster's; threads here by default.
        on_progress: Told how many networks of how many are finished; by default a line on
            standard error tells, if that is a terminal.

    Returns:
        The census, in the order of ``seeds``.

    Raises:
        TypeError, ValueError: An argument is not as above.
        IncompleteCensusError: The executor or ``on_progress`` failed, or was cancelled or
            interrupted; what was finished is in it.
    """
    setting = Setting(width, learning_rate, epochs, activation, loss, initializer, dtype)
    if on_progress is None and sys.stderr.isatty():
        on_progress = _progress_line
    cores = os.cpu_count() or 1
    share = -(-len(seeds) // cores)
    if executor is None:
        share = max(share, SHARE // width)
    size = max(1, min(UNITS // width, share))
    blocks = [np.asarray(seeds[start : start + size]) for start in range(0, len(seeds), size)]
    with ExitStack() as stack:
        if executor is None:
            executor = stack.enter_context(ThreadPoolExecutor(cores))
        work = functools.partial(_train_block, setting)
        return _joined(setting, work_through(work, blocks, executor, on_progress))


def _joined(setting: Setting, outcome: Outcome[Findings]) -> Census:
    """Put together what the blocks brought back.

    Raises:
        IncompleteCensusError: Not all of them did, or the listener failed.
    """
    finished = None
    if outcome.finished:
        seeds, findings = zip(*outcome.finished, strict=True)
        joined = (np.concatenate(parts, axis=-1) for parts in zip(*findings, strict=True))
        finished = Census(setting, np.concatenate(seeds), Findings(*joined))
    reasons = [*outcome.stopped, *(reason for _, reason in outcome.lost)]
    if finished is None or reasons:
        missing = [seed for seeds, _ in outcome.lost for seed in seeds.tolist()]
        raise IncompleteCensusError(finished, np.sort(missing).astype(int), reasons) from reasons[0]
    return finished


def _train_block(setting: Setting, seeds: Array) -> Findings:
    """Train one block's networks and examine them: what a worker does."""
    networks = vectorized_mlp.initialize(
        seeds.tolist(), setting.width, setting.initializer, setting.dtype
    )
    tail = min(TAIL, setting.epochs)
    with np.errstate(over="ignore", invalid="ignore"):  # a diverged network is named so
        losses = vectorized_mlp.train(
            networks, setting.learning_rate, setting.epochs, setting.activation, setting.loss, tail
        )
    return examine(networks, setting.activation, setting.loss, losses)


def _progress_line(done: int, total: int) -> None:
    """Overwrite one line on the terminal, and leave it when all are done."""
    sys.stderr.write(f"\r{done:,} of {total:,} networks" + "\n" * (done == total))
    sys.stderr.flush()
