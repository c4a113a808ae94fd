"""What the source notebook printed, and what its text says that it printed.

The figures stand in ``source_notebook.json`` beside this file, typed off the notebook's pages.
"""

import json
from importlib import resources
from typing import Literal, NamedTuple

import numpy as np

from xordocs.arrays import Array

__all__ = ["Quote", "Run", "run"]


class Quote(NamedTuple):
    """A loss that the notebook's text quotes.

    Args:
        where: The text's own words for the epoch, such as ``epoch 80``.
        framework: Whose loss the text speaks of.
        epoch: The epoch it names, counted from 0 as in the printed log.
        loss: The figure.
        digits: Its digits after the point.
    """

    where: str
    framework: Literal["numpy", "tensorflow"]
    epoch: int
    loss: float
    digits: int


class Run(NamedTuple):
    """One framework's run as the notebook shows it.

    Args:
        epochs: The 25 logged epochs, ``(25,)``.
        losses: What was printed at each, to 4 digits, ``(25,)``.
        predictions: The printed final outputs, to 8 digits, ``(4, 1)``.
        accuracy: The printed accuracy.
        quotes: What the text below the run says of it.
    """

    epochs: Array
    losses: Array
    predictions: Array
    accuracy: float
    quotes: list[Quote]


def run(framework: Literal["numpy", "tensorflow"]) -> Run:
    """Return the notebook's run in NumPy (seed 1) or in TensorFlow 2.19.0 (seed 1).

    Raises:
        ValueError: ``framework`` is neither.
    """
    if framework not in ("numpy", "tensorflow"):
        raise ValueError(f"framework must be 'numpy' or 'tensorflow', got {framework!r}")
    text = resources.files("xordocs").joinpath("source_notebook.json").read_text("utf-8")
    record = json.loads(text)[framework]
    epochs, losses = np.array(record["printed_losses"]).T
    return Run(
        epochs.astype(int),
        losses,
        np.array(record["final_predictions"])[:, np.newaxis],
        record["accuracy"],
        [_quote(framework, where, loss) for where, loss in record["quoted"]],
    )


def _quote(framework: Literal["numpy", "tensorflow"], where: str, loss: float) -> Quote:
    """Read "epoch 480 numpy": the text below one run sometimes speaks of the other."""
    _, epoch, *other = where.split()
    digits = len(str(loss).partition(".")[2])
    return Quote(where, other[0] if other else framework, int(epoch), loss, digits)  # type: ignore[arg-type]  # the JSON holds these two names only
