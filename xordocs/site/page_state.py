"""What one build knows of a notebook among the pages."""

from dataclasses import dataclass
from pathlib import Path

from xordocs.site.notebooks import Executed, Page, Publication

__all__ = ["PageState"]


@dataclass
class PageState:
    """A notebook among the pages, and what its page can show in this build.

    Attributes:
        source: The notebook's file.
        page: The notebook; None until it is read, and if it cannot be.
        executed: The executed notebook; None until there is one, and if it is not to be executed.
        publication: What it was converted to as soon as it was executed.
        failure: Why there is nothing to show; empty if there is no failure.
        pending: Why it is being executed; empty if it is not.
        notebook: The ``.ipynb`` that readers can download; empty until the page is read.
    """

    source: Path
    page: Page | None = None
    executed: Executed | None = None
    publication: Publication | None = None
    failure: str = ""
    pending: str = ""
    notebook: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether there is neither a failure nor an execution to wait for."""
        return not self.failure and not self.pending

    @property
    def is_executed(self) -> bool:
        """Whether builds execute it."""
        return self.page is not None and self.page.options.execute
