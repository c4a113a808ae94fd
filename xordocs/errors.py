"""What training comes to when it leaves the finite numbers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xordocs.nn.parameters import Array

__all__ = ["DivergedError"]


class DivergedError(ArithmeticError):
    """Training left the finite numbers; a smaller learning rate may keep it there.

    Args:
        epoch: The first epoch whose loss or parameters were not finite.
        losses: ``(epoch,)``, the finite losses before it.
    """

    def __init__(self, epoch: int, losses: "Array") -> None:
        self.epoch = epoch
        self.losses = losses
        super().__init__(
            f"training diverged at epoch {epoch}: its loss or parameters are not finite"
        )
