"""What keeps each of many 2-width-1 networks from XOR: one test for each cause, on all at once."""

from typing import Literal, NamedTuple, get_args

import numpy as np

from xordocs.experiments.vectorized_mlp import Networks, allocate, backward, forward, labels
from xordocs.nn.activations import SIGMOID, Activation
from xordocs.nn.losses import Loss
from xordocs.nn.parameters import Array

__all__ = [
    "ALIKE",
    "CAUSES",
    "FLAT",
    "REST",
    "RISE",
    "SAME",
    "Cause",
    "Findings",
    "examine",
]

Cause = Literal[
    "diverged",
    "solved",
    "symmetric",
    "dead",
    "oscillating",
    "saturated",
    "merged",
    "still learning",
]
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""In the order in which they are looked for; the first that holds is named.

A network that still learns is neither saturated nor merged, whatever its outputs are by then.
"""

RISE = 0.01
"""Oscillating: one of the last steps raised the loss by more than this share of it.

On the way down rounding raises a loss by 1e-16 of it; a bounce from side to side by far more.
"""
REST = 2e-4
"""At rest: a step lowers the loss by no more than this share of it.

At that pace it takes 5000 steps to a loss e times lower, ten times a usual run's 500.
"""
SAME = 0.02
"""Merged: outputs that differ by no more than this, for labels that differ.

Two rows at 1/2 ± 0.01 still keep 0.49² / 0.5² = 96 % of their rung's loss.
"""
FLAT = 0.99
"""Saturated: an output further than this from its label.

There the sigmoid's slope ŷ (1 - ŷ) is below 0.01, a twenty-fifth of its largest, 1/4.
"""
ALIKE = 1e-6
"""Symmetric: units whose parameters differ by no more than this share of the largest.

Equal units stay equal but for rounding, 1e-7 in float32; independent draws are not so close.
"""


class Findings(NamedTuple):
    """What was found in each network of a batch.

    Args:
        cause: An index into `CAUSES`, ``(networks,)``.
        loss: The loss, ``(networks,)``.
        outputs: ŷ for XOR's rows, ``(4, networks)``.
        dead: Which units are off in all rows, so that no gradient reaches them,
            ``(width, networks)``.
        merged: Which rows share their output with a row of the other label and are not saturated,
            ``(4, networks)``.
        saturated: Which rows are wrong where the sigmoid is flat, ``(4, networks)``.
    """

    cause: Array
    loss: Array
    outputs: Array
    dead: Array
    merged: Array
    saturated: Array


def examine(networks: Networks, activation: Activation, loss: Loss, losses: Array) -> Findings:
    """Look for each cause in all networks of a batch at once.

    Args:
        networks: The batch.
        activation: What the hidden units do with their weighted sums.
        loss: What was to fall.
        losses: The losses before the last steps, ``(steps, networks)``; there may be none.

    Returns:
        What was found.
    """
    y = labels(networks)
    workspace = allocate(networks)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        forward(networks, activation, workspace)
        outputs = SIGMOID.function(workspace.logits)
        value: Array = loss.rows(workspace.logits, y).mean(axis=0)
        dead: Array = ((workspace.slope == 0) & (workspace.a == 0)).all(axis=0)
        saturated: Array = abs(outputs - y) > FLAT
        same: Array = abs(outputs[:, np.newaxis] - outputs) <= SAME
        merged: Array = (same & (y[:, np.newaxis] != y) & ~saturated).any(axis=1) & ~saturated
        units = np.concatenate([networks.hidden, networks.v[np.newaxis]])
        alike = np.ptp(units, axis=1) <= ALIKE * abs(units).max(axis=1)
        if len(losses):
            fall = (losses[0] - value) / len(losses)
        else:
            gradient = backward(networks, loss.delta(outputs, y), workspace)
            fall = sum(np.square(g).reshape(-1, len(value)).sum(axis=0) for g in gradient)
        rises: Array = np.diff([*losses, value], axis=0)
        tests: dict[Cause, Array] = {
            "diverged": ~(np.isfinite(value) & np.isfinite(units).all(axis=(0, 1))),
            "solved": ((outputs > 0.5) == (y > 0.5)).all(axis=0),
            "symmetric": alike.all(axis=0) & (len(dead) > 1),
            "dead": np.all(dead, axis=0),
            "oscillating": np.any(rises > RISE * value, axis=0),
            "saturated": saturated.any(axis=0) & (fall <= REST * value),
            "merged": merged.any(axis=0) & (fall <= REST * value),
        }
    cause = np.select(
        list(tests.values()), list(map(CAUSES.index, tests)), CAUSES.index("still learning")
    )
    return Findings(cause, value, outputs, dead, merged, saturated)
