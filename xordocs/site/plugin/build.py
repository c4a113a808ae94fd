"""What one build is told, and what it comes to know of the notebooks among its pages."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files

from xordocs.site.execution.pending import PendingPages
from xordocs.site.failures import Failures, location
from xordocs.site.notebooks import Executed, Package, Page, PreExecuted, Publication, Wheel
from xordocs.site.plugin.jupyter_options import JupyterOptions
from xordocs.site.plugin.options import XordocsConfig

__all__ = ["Build", "PageState"]

log = get_plugin_logger(__name__)


@dataclass
class PageState:
    """A notebook among the pages, and what its page can show in this build.

    Attributes:
        source: The notebook's file.
        page: The notebook; None until it is read, and if it cannot be.
        content: The notebook with its outputs; None until there are some, and once its page is
            written.
        publication: What it was converted to; None until it is, and once its page is rendered.
        failure: Why there is nothing to show; empty if there is no failure.
        pending: Why it is being executed; empty if it is not.
    """

    source: Path
    page: Page | None = None
    content: Executed | PreExecuted | None = None
    publication: Publication | None = None
    failure: str = ""
    pending: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether there is neither a failure nor an execution to wait for."""
        return not self.failure and not self.pending

    @property
    def is_executed(self) -> bool:
        """Whether builds execute it."""
        return self.page is not None and self.page.options.execute


@dataclass
class Build:
    """One build of the site.

    Attributes:
        options: The plugin's options.
        jupyter: The options of mkdocs-jupyter.
        is_served: Whether the site is served: each page then shows its own failure.
        is_strict: Whether warnings fail the build.
        pages: The notebooks among the pages, by their paths below the folder of all pages.
        executing: The pages that are being executed in this build; None if there are none.
        package: What a downloaded notebook installs to run elsewhere; None if it installs nothing.
        wheel: The wheel that the site carries; None if it carries none.
        order: The paths of the pages in the order of the navigation, once it is known.
        files: The site's files, once all are known.
        failures: What keeps the site from being published.
        templates: The theme's templates; None until MkDocs has them.
    """

    options: XordocsConfig
    jupyter: JupyterOptions
    is_served: bool
    is_strict: bool
    pages: dict[str, PageState] = field(default_factory=dict)
    executing: PendingPages | None = None
    package: Package | None = None
    wheel: Wheel | None = None
    order: list[str] = field(default_factory=list)
    files: Files | None = None
    failures: Failures = field(default_factory=Failures)
    templates: Environment | None = None

    def executed_pages(self) -> dict[str, Page]:
        """Return the notebooks that builds execute, also those that fail."""
        return {uri: it.page for uri, it in self.pages.items() if it.page and it.is_executed}

    def is_published(self, uri: str) -> bool:
        """Whether a page is a notebook that the site shows, and that its readers can download."""
        state = self.pages.get(uri)
        return state is not None and state.is_ready and state.page is not None

    def fail(self, uri: str | None, message: str) -> None:
        """Note why a page cannot be published; under ``serve`` also log it.

        A build ends with all failures before anything is written.

        Args:
            uri: The page's path; None if it is not a matter of one page.
            message: What is wrong and where.
        """
        if uri in self.pages:
            self.pages[uri].failure = message
        self.failures.add(message, uri)
        if self.is_served:  # an error in strict mode would leave the server stuck
            log.log(logging.INFO if self.is_strict else logging.ERROR, message)

    def fail_at(self, uri: str, line: int, message: str) -> None:
        """Note why a notebook cannot be published, and the line of its file where that is."""
        self.fail(uri, f"{location(self.pages[uri].source, line)}: {message}")
