"""Read the figures that the source notebook printed, and those that its text quotes.

The figures stand in ``source_notebook.json`` beside this file, typed off the notebook's pages.
"""

import json
from importlib import resources
from typing import Any, Literal, NamedTuple

import numpy as np

from xordocs.nn.parameters import Array
from xordocs.validation import check_choice

__all__ = ["CONVERGED_SINCE", "Quote", "Run", "run", "tensorflow_version"]

CONVERGED_SINCE = 400
"""The epoch after which the notebook's text says that the NumPy loss converges to 0."""


class Quote(NamedTuple):
    """A loss that the notebook's text quotes.

    Args:
        where: The text's own words for the epoch, such as ``epoch 80``.
        framework: Whose loss the text speaks of.
        epoch: The epoch it names, counted from 0 as in the printed log.
        loss: The figure.
    """

    where: str
    framework: Literal["numpy", "tensorflow"]
    epoch: int
    loss: float


class Run(NamedTuple):
    """One framework's run as the notebook shows it.

    Args:
        epochs: The 25 logged epochs, ``(25,)``.
        losses: What was printed at each, to 4 digits, ``(25,)``.
        predictions: The printed final outputs, to 8 digits, ``(4, 1)``.
        accuracy: The printed accuracy.
        quotes: The losses that the text below the run quotes.
        quoted_predictions: The final outputs that it quotes, ``(4, 1)``.
    """

    epochs: Array
    losses: Array
    predictions: Array
    accuracy: float
    quotes: list[Quote]
    quoted_predictions: Array


def run(framework: Literal["numpy", "tensorflow"]) -> Run:
    """Return the notebook's run in NumPy (seed 1) or in TensorFlow 2.19.0 (seed 1).

    Raises:
        ValueError: ``framework`` is neither.
    """
    check_choice(framework, "framework", ("numpy", "tensorflow"))
    record = _record()[framework]
    epochs, losses = np.array(record["printed_losses"]).T
    return Run(
        epochs.astype(int),
        losses,
        np.array(record["final_predictions"])[:, np.newaxis],
        record["accuracy"],
        [_quote(framework, where, loss) for where, loss in record["quoted"]],
        np.array(record["quoted_predictions"])[:, np.newaxis],
    )


def tensorflow_version() -> str:
    """Return the version of TensorFlow that the notebook printed."""
    version: str = _record()["configuration"]["tensorflow_version"]
    return version


def _record() -> dict[str, Any]:
    text = (
        resources.files("xordocs.experiments").joinpath("source_notebook.json").read_text("utf-8")
    )
    record: dict[str, Any] = json.loads(text)
    return record


def _quote(framework: Literal["numpy", "tensorflow"], where: str, loss: float) -> Quote:
    """Read "epoch 480 numpy": the text below one run sometimes speaks of the other."""
    _, epoch, *other = where.split()
    return Quote(where, other[0] if other else framework, int(epoch), loss)  # type: ignore[arg-type]  # the JSON holds these two names only
