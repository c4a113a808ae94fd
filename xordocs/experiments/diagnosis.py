"""Why a 2-width-1 network has not learned XOR, from its parameters.

The tests are those of `xordocs.experiments.examination`; the losses at which they find networks
stuck are those of `xordocs.experiments.loss_ladder`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xordocs.checks import checked
from xordocs.experiments.examination import CAUSES, SAME, Cause, Findings, examine
from xordocs.experiments.vectorized_mlp import gather
from xordocs.nn.activations import RELU, Activation
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.parameters import Array, Parameters

__all__ = ["CAUSES", "Cause", "Diagnosis", "diagnose", "one"]


class Diagnosis(NamedTuple):
    """What was found in one network.

    Args:
        cause: One of `CAUSES`.
        loss: The loss.
        outputs: ŷ for XOR's four rows.
        dead_units: The hidden units that are off in all rows, counted from 0.
        merged: Groups of rows that share an output, though their labels differ.
        saturated: The rows that are wrong where the sigmoid is flat.
    """

    cause: Cause
    loss: float
    outputs: tuple[float, ...]
    dead_units: tuple[int, ...]
    merged: tuple[tuple[int, ...], ...]
    saturated: tuple[int, ...]


@checked
def diagnose(
    parameters: Parameters,
    activation: Activation = RELU,
    loss: Loss = MSE,
    losses: Sequence[float] | Array = (),
) -> Diagnosis:
    """Name what keeps a network from learning XOR.

    Args:
        parameters: A network with one hidden layer.
        activation: What its hidden units do with their weighted sums.
        loss: What was to fall.
        losses: The loss before each of its last steps, ten or so. Without any, oscillation is not
            looked for, and a step of learning rate 1 is what tells whether it still learns.

    Returns:
        The cause, and what was found on the way.

    Raises:
        TypeError, ValueError: ``parameters`` is no such network, or another argument not as above.
    """
    if len(parameters) != 2 or len(parameters[0].weights) != 2:
        widths = [len(parameters[0].weights), *(layer.bias.size for layer in parameters)]
        raise ValueError(
            f"parameters must be a 2-width-1 network, got {'-'.join(map(str, widths))}"
        )
    history = np.asarray(losses)[:, np.newaxis]
    return one(examine(gather(parameters), activation, loss, history), 0)


def one(findings: Findings, index: int) -> Diagnosis:
    """Return what was found in one network of a batch.

    Args:
        findings: What was found in all of them.
        index: Its place in the batch.

    Raises:
        IndexError: The batch has no such place.
    """
    cause, loss, outputs, dead, merged, saturated = (array[..., index] for array in findings)
    groups: dict[int, list[int]] = {}
    for row in np.flatnonzero(merged).tolist():
        first = next((f for f in groups if abs(outputs[f] - outputs[row]) <= SAME), row)
        groups.setdefault(first, []).append(row)
    return Diagnosis(
        CAUSES[cause],
        float(loss),
        tuple(outputs.tolist()),
        tuple(np.flatnonzero(dead).tolist()),
        tuple(map(tuple, groups.values())),
        tuple(np.flatnonzero(saturated).tolist()),
    )
