"""Format results as the tables and log lines that pages print."""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

import numpy as np

from xordocs._typography import typographic
from xordocs.nn.parameters import Array
from xordocs.validation import check_array, check_int, check_real

__all__ = ["Table", "log", "log_every", "log_line", "predictions", "scientific"]

THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")


class Table(NamedTuple):
    """A table that a notebook displays as HTML.

    Args:
        caption: What it shows, a sentence.
        header: A title for each column, perhaps empty; the first column holds the rows' titles.
        rows: As many cells each as there are titles. What stands between backticks is code.
    """

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def _repr_html_(self) -> str:
        for number, row in enumerate(self.rows):
            if len(row) != len(self.header):
                raise ValueError(
                    f"rows[{number}] must have {len(self.header)} cells, one for each title, "
                    f"got {len(row)}"
                )
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.header)
        kinds = [' class="xd-number"' * all(map(_is_number, column)) for column in columns]
        head = "".join(
            f'<th scope="col"{kind}>{_shown(title)}</th>' if title else "<td></td>"
            for title, kind in zip(self.header, kinds, strict=True)
        )
        body = "\n".join(
            f'<tr><th scope="row"{kinds[0]}>{_shown(first)}</th>'
            + "".join(
                f"<td{kind}>{_shown(cell)}</td>" for cell, kind in zip(rest, kinds[1:], strict=True)
            )
            + "</tr>"
            for first, *rest in self.rows
        )
        return (
            f'<table class="xd-table">\n<caption>{_shown(self.caption)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        )


def _shown(text: str) -> str:
    """Return a text as HTML, with typographer's quotes and true minus signs, but not in code."""
    parts = re.split("`([^`]+)`", text)  # every second one is code
    return "".join(
        f"<code>{escape(part, quote=False)}</code>" if at % 2 else _prose(part)
        for at, part in enumerate(parts)
    )


def _prose(text: str) -> str:
    return escape(re.sub(r"(?<![\w.)])-(?=\.?\d)", "−", typographic(text)), quote=False)


def _is_number(cell: str) -> bool:
    if cell == "·":  # none, in a table of counts
        return True
    try:
        float(THOUSANDS.sub("", cell).removesuffix("%").replace("−", "-"))
    except ValueError:
        return False
    return True


def log_line(epoch: int, loss: float) -> str:
    """Return one line of a training log, as the source notebook prints it."""
    return f"Epoch {epoch}, Loss: {loss:.4f}"


def log_every(
    every: int = 20, write: Callable[[str], object] = print
) -> Callable[[int, float], None]:
    """Return an ``on_epoch`` for training that writes a line every n epochs.

    Args:
        every: Epochs from line to line, positive.
        write: Where the lines go.
    """
    every = check_int(every, "every")

    def on_epoch(epoch: int, loss: float) -> None:
        if epoch % every == 0:
            write(log_line(epoch, loss))

    return on_epoch


def log(losses: Sequence[float] | Array, every: int = 100) -> Table:
    """Return a table of the loss at every n-th epoch of a run, and at the last.

    Args:
        losses: The loss before each step, ``(epochs,)``, at least one.
        every: Epochs from row to row, positive.

    Raises:
        TypeError: ``losses`` are no numbers.
        ValueError: ``losses`` is empty, or one of them is not finite.
    """
    losses = check_array(losses, "losses", "(epochs)")
    last = len(losses) - 1
    epochs = sorted({*range(0, len(losses), check_int(every, "every")), last})
    return Table(
        f"The loss every {every} epochs, and at the last, epoch {last}.",
        ["epoch", "loss"],
        [[str(epoch), f"{losses[epoch]:.6f}"] for epoch in epochs],
    )


def predictions(x: Array, y: Array, y_hat: Array) -> Table:
    """Return a table of each input with the raw output, its rounding and the label.

    An output of exactly one half is a tie: it rounds to neither answer.

    Args:
        x: Inputs ``(batch, 2)``.
        y: Labels ``(batch, 1)``.
        y_hat: Outputs ``(batch, 1)``.

    Raises:
        TypeError, ValueError: An argument is not as above, or not finite.
    """
    x = check_array(x, "x", "(batch, features)")
    y = check_array(y, "y", f"({len(x)}, 1)")
    y_hat = check_array(y_hat, "y_hat", f"({len(x)}, 1)")
    outputs = np.ravel(y_hat)
    ties = int((outputs == 0.5).sum())
    right = int(((y_hat > 0.5) == (y > 0.5))[y_hat != 0.5].sum())
    on_the_line = f", and {ties} {'is' if ties == 1 else 'are'} one half, a tie" if ties else ""
    return Table(
        f"{right} of {len(x)} outputs round to the truth{on_the_line}.",
        ["input", "raw output", "rounded", "true"],
        [
            [f"({', '.join(f'{v:g}' for v in row)})", f"{out:.8f}", _rounded(out), f"{true:g}"]
            for row, out, true in zip(x, outputs, np.ravel(y), strict=True)
        ],
    )


def scientific(number: float) -> str:
    r"""Return a number in LaTeX as a power of ten, for a formula in prose: ``2 \cdot 10^{-5}``.

    Args:
        number: Any finite number; one digit of it is shown, but no 1 in front of the power.

    Raises:
        TypeError, ValueError: ``number`` is not finite, or no number.
    """
    digit, exponent = f"{check_real(number, 'number') + 0.0:.0e}".split("e")
    if int(exponent) == 0:
        return digit
    factor = digit.removesuffix("1") if digit in ("1", "-1") else rf"{digit} \cdot "
    return f"{factor}10^{{{int(exponent)}}}"


def _rounded(output: float) -> str:
    return "tie" if output == 0.5 else str(int(output > 0.5))
