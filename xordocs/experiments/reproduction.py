"""Compare the source notebook's figures, and what its text says of them, with computed ones."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from xordocs.experiments.source_notebook import Quote, Run
from xordocs.nn.parameters import Array
from xordocs.tables import Table

__all__ = ["FLOAT32_ROUNDING", "losses", "predictions", "quotes", "verdict"]

FLOAT32_ROUNDING = 1e-6
"""How far 500 steps in float32 may end apart on another processor or version of TensorFlow."""


def losses(run: Run, computed: Array) -> Table:
    """Compare every printed loss with the computed one.

    Args:
        run: What the notebook printed.
        computed: The loss before each step, ``(500,)``.
    """
    gaps = np.abs(computed[run.epochs] - run.losses)
    return Table(
        f"Losses: {len(gaps)} printed, the largest difference {gaps.max():.1e}.",
        ["epoch", "printed", "computed", "difference"],
        [
            [str(epoch), f"{printed:.4f}", f"{computed[epoch]:.6f}", f"{gap:.1e}"]
            for epoch, printed, gap in zip(run.epochs, run.losses, gaps, strict=True)
        ],
    )


def predictions(run: Run, x: Array, computed: Array, accuracy: float) -> Table:
    """Compare every printed final output, and the accuracy, with the computed one.

    Args:
        run: What the notebook printed.
        x: The inputs ``(4, 2)``.
        computed: The outputs ``(4, 1)``.
        accuracy: The share on the right side of 1/2.
    """
    names = [f"output for ({a:g}, {b:g})" for a, b in x]
    rows = [
        [name, f"{printed:.8f}", f"{now:.8f}", f"{abs(now - printed):.1e}"]
        for name, printed, now in zip(
            names, run.predictions.ravel(), computed.ravel().astype(np.float64), strict=True
        )
    ]
    rows.append(
        ["accuracy", f"{run.accuracy}", f"{accuracy}", f"{abs(run.accuracy - accuracy):.1e}"]
    )
    gap = np.abs(computed - run.predictions).max()
    return Table(
        f"Final outputs and accuracy: the largest difference {gap:.1e}.",
        ["figure", "printed", "computed", "difference"],
        rows,
    )


def quotes(run: Run, x: Array, computed: Mapping[str, Array], outputs: Array) -> Table:
    """Set what the notebook's text quotes beside what its run really gave.

    Args:
        run: What the notebook printed and quotes.
        x: The inputs ``(4, 2)``.
        computed: Each framework's losses, ``(500,)``, as quotes may speak of either.
        outputs: The run's final outputs ``(4, 1)``.
    """
    rows = [_loss_row(quote, computed[quote.framework][quote.epoch]) for quote in run.quotes]
    for (a, b), quoted, output in zip(
        x, run.quoted_predictions.ravel(), outputs.ravel().astype(np.float64), strict=True
    ):
        digits = _digits(quoted)
        row = [f"output for ({a:g}, {b:g})", f"{quoted}", f"{output:.{digits + 2}f}"]
        rows.append([*row, verdict(quoted, output)])
    return Table(
        "What the notebook's text quotes, beside what the run gives.",
        ["figure", "quoted", "computed", "verdict"],
        rows,
    )


def verdict(quoted: float, computed: float) -> str:
    """Say whether a quoted figure is the computed one, at the digits that were quoted."""
    digits = _digits(quoted)
    if abs(round(computed, digits) - quoted) < 0.5 * 10.0**-digits:
        return "agrees"
    if abs(computed - quoted) < FLOAT32_ROUNDING:
        return "agrees, up to rounding"
    if abs(np.trunc(computed * 10**digits) / 10**digits - quoted) < 0.5 * 10.0**-digits:
        return "cut off, not rounded"
    return "differs"


def _loss_row(quote: Quote, loss: float) -> list[str]:
    name = f"loss at {quote.where}"
    return [name, f"{quote.loss}", f"{loss:.{_digits(quote.loss) + 2}f}", verdict(quote.loss, loss)]


def _digits(figure: float) -> int:
    """Count the decimals that a figure is quoted with: 3 for 0.048, 5 for 1e-05."""
    return max(0, -int(Decimal(str(float(figure))).as_tuple().exponent))
