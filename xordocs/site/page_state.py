"""What one build knows of a notebook."""

from dataclasses import dataclass
from pathlib import Path

from xordocs.site.notebooks.pages import Executed

__all__ = ["Shown"]


@dataclass
class Shown:
    """A notebook among the pages, and what is to be shown of it.

    Attributes:
        source: Its file.
        executed: What executing it gave; None as long as there is nothing, and for an ``.ipynb``.
        failure: Why there is nothing to show.
        pending: Why it is being executed.
        notebook: The ``.ipynb`` that its reader can take away.
    """

    source: Path
    executed: Executed | None = None
    failure: str = ""
    pending: str = ""
    notebook: str = ""

    @property
    def is_code(self) -> bool:
        """Whether it is in percent format, and so to be executed."""
        return self.source.suffix == ".py"

    @property
    def is_ready(self) -> bool:
        """Whether what it shows is known by now."""
        return not self.failure and not self.pending
