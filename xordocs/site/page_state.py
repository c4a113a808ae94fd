"""What one build knows of a notebook among the pages."""

from dataclasses import dataclass
from pathlib import Path

from xordocs.site.notebooks.pages import Executed

__all__ = ["PageState"]


@dataclass
class PageState:
    """A notebook among the pages, and what its page can show in this build.

    Attributes:
        source: The notebook's file.
        executed: The executed notebook; None until there is one, and for an ``.ipynb``.
        failure: Why there is nothing to show; empty if there is no failure.
        pending: Why it is being executed; empty if it is not.
        notebook: The ``.ipynb`` that readers can download; empty until the page is read.
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
        """Whether there is neither a failure nor an execution to wait for."""
        return not self.failure and not self.pending
