"""What lasts from build to build: the processes that execute pages, and the rendered pages."""

import atexit
import gc
import logging
import os

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.toc import get_toc

from xordocs.site.cache.template_cache import TemplateCache
from xordocs.site.execution import Session
from xordocs.site.execution.termination import exit_on_signals
from xordocs.site.incremental import RenderCache, describe_compilation, keep_search_entries
from xordocs.site.livereload import LiveSite
from xordocs.site.plugin.options import XordocsConfig
from xordocs.site.plugin.site_config import project_folder, repository_folder

__all__ = ["Runtime", "prepare_process"]

log = get_plugin_logger(__name__)

OPTIONS = ("cache", "environment", "fork", "preload")
"""The options that hold from the first build to the last: until ``mkdocs serve`` ends."""


class Runtime:
    """What lasts from build to build.

    Args:
        config: The site's configuration.
        options: The plugin's options.
        serves: Whether the site is served.

    Attributes:
        cache: The folder that keeps executed pages.
        session: Executes pages.
        live: The site under ``mkdocs serve``; None if it is only built.
        renderings: The rendered pages.
    """

    def __init__(self, config: MkDocsConfig, options: XordocsConfig, *, serves: bool) -> None:
        self.cache = project_folder(config) / options.cache
        self._options = {name: options[name] for name in OPTIONS}
        named = options.environment
        self.session = Session(
            repository_folder(config),
            self.cache,
            preload=options.preload,
            environment={name: os.environ[name] for name in named if name in os.environ},
            fork=options.fork,
            report=log.info,
        )
        self.live = LiveSite(self.session) if serves else None
        self.renderings = RenderCache(self.session.memo, get_toc, remembers=serves)

    def keep_templates(self, env: Environment) -> None:
        """Keep the theme's compiled templates for later builds."""
        env.bytecode_cache = TemplateCache(self.cache / "templates", describe_compilation, log.info)

    def keep_search_entries(self, config: MkDocsConfig) -> None:
        """Keep the search entries of pages for builds in which they are the same."""
        for plugin in config.plugins.values():
            keep_search_entries(getattr(plugin, "search_index", None), self.session.memo)

    def late_options(self, options: XordocsConfig) -> str:
        """Say which options have been edited that what runs already cannot take; nothing if none.

        Args:
            options: The plugin's options as they now are.
        """
        changed = [name for name, value in self._options.items() if options[name] != value]
        named = ", ".join(changed)
        return f"start `mkdocs serve` again for its changed options: {named}" if named else ""

    def close(self) -> None:
        """End all processes that execute pages."""
        try:
            if self.live is not None:
                self.live.close()
        finally:
            self.session.close()


def prepare_process() -> None:
    """Make this process end in order and at once, and silence what means nothing to authors."""
    exit_on_signals()
    atexit.register(gc.freeze)  # at exit Python would search all of its memory for garbage
    logging.getLogger("mkdocs.plugins.mkdocs_jupyter").setLevel(logging.WARNING)  # what it copies
