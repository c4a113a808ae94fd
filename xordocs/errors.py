"""Errors that a caller may want to catch by name; all of them survive a process pool."""

from collections.abc import Sequence
from typing import Any

__all__ = ["DivergedError", "IncompleteCensusError"]


class DivergedError(ArithmeticError):
    """Training left the finite numbers; a smaller learning rate may keep it there.

    Args:
        epoch: The first epoch whose loss or parameters were not finite.
        losses: ``(epoch,)``, the finite losses before it.
    """

    def __init__(self, epoch: int, losses: Any) -> None:
        self.epoch = epoch
        self.losses = losses
        super().__init__(
            f"training diverged at epoch {epoch}: its loss or parameters are not finite"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.epoch, self.losses)


class IncompleteCensusError(RuntimeError):
    """Some networks of a census were not trained, or ``on_progress`` failed.

    Args:
        finished: The `xordocs.experiments.census.Census` of all networks that were trained, or
            None when none was.
        missing: The seeds of those that were not, ``(n,)``: pass them again for the rest.
        reasons: What went wrong: an exception of ``on_progress``, then one for each lost block.
    """

    def __init__(self, finished: Any, missing: Any, reasons: Sequence[BaseException]) -> None:
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

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.finished, self.missing, self.reasons)
