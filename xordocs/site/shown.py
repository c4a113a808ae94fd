"""What one build knows of a notebook."""

from dataclasses import dataclass
from pathlib import Path

from xordocs.site.notebooks import Executed, Publication

__all__ = ["Shown"]


@dataclass
class Shown:
    """A notebook among the pages, and what is to be shown of it.

    Attributes:
        source: Its file.
        text: The file's content.
        is_code: Whether it is to be executed.
        executed: What executing it gave; None as long as there is nothing, and for an ``.ipynb``.
        publication: What it has been converted to, as soon as it was executed.
        failure: Why there is nothing to show.
        pending: Why it is being executed.
        notebook: The ``.ipynb`` that its reader can take away.
    """

    source: Path
    text: str = ""
    is_code: bool = False
    executed: Executed | None = None
    publication: Publication | None = None
    failure: str = ""
    pending: str = ""
    notebook: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether what it shows is known by now."""
        return not self.failure and not self.pending
