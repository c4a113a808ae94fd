"""Diagnose 2-width-1 networks that have not learned XOR, one test for each cause.

The losses at which networks get stuck form a ladder: see `rung`.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Literal, NamedTuple, get_args

import numpy as np

from xordocs.experiments.vectorized_mlp import (
    Networks,
    allocate,
    as_batch,
    backward,
    forward,
    labels,
)
from xordocs.nn.activations import RELU, Activation, sigmoid
from xordocs.nn.losses import MSE, Loss
from xordocs.nn.parameters import Array, Parameters, check_parameters
from xordocs.validation import check_array, check_instance, check_ints

__all__ = [
    "ALIKE",
    "CAUSES",
    "FLAT",
    "REST",
    "RISE",
    "SAME",
    "Cause",
    "Diagnosis",
    "Findings",
    "diagnose",
    "diagnose_all",
    "ladder",
    "rung",
    "select_diagnosis",
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
"""All causes, in the order of their tests; a network has the first whose test holds.

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

FRACTIONS = tuple(map(Fraction, ("1/8", "1/6", "3/16", "1/4")))
"""The losses of merged rows that have a name, for labels of 0 and 1."""


class Findings(NamedTuple):
    """The results of all tests, for each network of a batch.

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


class Diagnosis(NamedTuple):
    """The results of all tests for one network.

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


def diagnose(
    parameters: Parameters,
    activation: Activation = RELU,
    loss: Loss = MSE,
    losses: Sequence[float] | Array = (),
) -> Diagnosis:
    """Diagnose what keeps a network from learning XOR.

    Args:
        parameters: A network with one hidden layer.
        activation: The hidden units' function.
        loss: The loss that was minimised.
        losses: The loss before each of its last steps, ten or so. Without any, oscillation is not
            looked for, and a step of learning rate 1 is what tells whether it still learns.

    Returns:
        The cause, and what was found on the way.

    Raises:
        TypeError, ValueError: ``parameters`` is no such network, or another argument not as above.
    """
    parameters = check_parameters(parameters)
    check_instance(activation, "activation", Activation)
    check_instance(loss, "loss", Loss)
    losses = check_array(losses, "losses", "(epochs,)", allow_empty=True)
    if len(parameters) != 2 or len(parameters[0].weights) != 2:
        widths = [len(parameters[0].weights), *(layer.bias.size for layer in parameters)]
        raise ValueError(
            f"parameters must be a 2-width-1 network, got {'-'.join(map(str, widths))}"
        )
    findings = diagnose_all(as_batch(parameters), activation, loss, losses[:, np.newaxis])
    return select_diagnosis(findings, 0)


def diagnose_all(networks: Networks, activation: Activation, loss: Loss, losses: Array) -> Findings:
    """Test all networks of a batch for each cause.

    Args:
        networks: The batch.
        activation: The hidden units' function.
        loss: The loss that was minimised.
        losses: The losses before the last steps, ``(steps, networks)``; there may be none.

    Returns:
        What was found.
    """
    y = labels(networks)
    workspace = allocate(networks)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        forward(networks, activation, workspace)
        outputs = sigmoid(workspace.logits)
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


def select_diagnosis(findings: Findings, index: int) -> Diagnosis:
    """Select the results for one network of a batch.

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


def rung(rows: Sequence[int]) -> float:
    """Return the mean squared error that *merged* rows of XOR, those with one output, keep.

    Their share of the loss, Σ (y - ŷ)² / 4, is least where ŷ is m, the mean of their labels: 1/8
    for two rows whose labels differ, 1/6 for three rows, and 1/4 for all four, or for two pairs.

    Args:
        rows: Which rows of the truth table: at least one, all different, each from 0 to 3.

    Returns:
        n m (1 - m) / 4 for n rows.

    Raises:
        TypeError, ValueError: ``rows`` are not as above.
    """
    rows = check_ints(rows, "rows", 0, 3, distinct=True)
    return _kept([float(row in (1, 2)) for row in rows])


def ladder(y: Array) -> dict[str, float]:
    """Return the mean squared errors that any merged rows keep, for labels of the reader's own.

    Args:
        y: The labels of the four rows, ``(4, 1)``, each from 0 to 1.

    Returns:
        Each loss above 0 once, the lowest first, to nine decimals, under its fraction if it is one
        of `FRACTIONS`, and else under three decimals.

    Raises:
        TypeError, ValueError: ``y`` is not as above.
    """
    y = check_array(y, "y", "(4, 1)")
    if y.min() < 0 or y.max() > 1:
        raise ValueError(f"y must be from 0 to 1, got {y.ravel().tolist()}")
    groups = (group for n in (2, 3, 4) for group in combinations(y.ravel().tolist(), n))
    losses = sorted({round(_kept(group), 9) for group in groups} - {0})
    names = {round(float(fraction), 9): str(fraction) for fraction in FRACTIONS}
    return {names.get(loss, f"{loss:.3f}"): loss for loss in losses}


def _kept(group: Sequence[float]) -> float:
    """Return the loss that rows of these labels keep while they share one output."""
    m = sum(group) / len(group)
    return sum((y - m) ** 2 for y in group) / 4
