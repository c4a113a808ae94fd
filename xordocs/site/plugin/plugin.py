"""The events of MkDocs, in the order in which it calls them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from xordocs.site.incremental import describe_site
from xordocs.site.plugin.build import Build
from xordocs.site.plugin.downloads import (
    add_archives,
    add_wheel,
    fill_archives,
    link_download,
    tell_sizes,
    write_download,
)
from xordocs.site.plugin.execution import execute_notebooks, read_notebooks
from xordocs.site.plugin.options import XordocsConfig
from xordocs.site.plugin.publication import page_markdown
from xordocs.site.plugin.rendering import limit_headings, override_render
from xordocs.site.plugin.runtime import Runtime, prepare_process
from xordocs.site.plugin.site_config import (
    add_theme,
    configure_formulas,
    missing_preloads,
    read_jupyter_options,
    unused_formula_extension,
)
from xordocs.site.rendering.webp import import_formats

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # a web server, which only `serve` needs

# MkDocs passes every argument by name, whether it is of use here or not.
# ruff: noqa: ARG002

log = get_plugin_logger(__name__)


class XordocsPlugin(BasePlugin[XordocsConfig]):
    """Executes the notebooks that mkdocs-jupyter finds, and lets MkDocs render them."""

    _build: Build  # each build's own, from `on_config` on

    def __init__(self) -> None:
        self._serves = False
        self._runtime: Runtime | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note the command; MkDocs keeps a plugin with this event from build to build."""
        self._serves = command == "serve"
        prepare_process()

    def on_shutdown(self) -> None:
        """End all processes that execute pages."""
        if self._runtime is not None:
            self._runtime.close()
        self._runtime = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin a build, and add our own parts to the theme and to the Markdown extensions."""
        jupyter = read_jupyter_options(config)
        self._build = Build(self.config, jupyter, self._serves, config.strict)
        add_theme(config)
        configure_formulas(config, self.config)
        if self._runtime is None:  # in the first build alone
            notes = (
                jupyter.without_effect(),
                unused_formula_extension(config, self.config),
                missing_preloads(self.config),
            )
            for note in filter(None, notes):
                log.info(note)
        elif note := self._runtime.late_options(self.config):
            log.info(note)
        return config

    @event_priority(-1000)  # after plugins that move or add files
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Begin to execute the stale notebooks among the files, and build the wheel."""
        runtime = self._open_runtime(config)
        read_notebooks(self._build, runtime, files, config)
        execute_notebooks(self._build, runtime, files, config)
        add_wheel(self._build, files, config)
        add_archives(self._build, files, config)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Begin to render, now that MkDocs knows all pages."""
        self._build.order = [page.file.src_uri for page in nav.pages]
        runtime = self._open_runtime(config)
        runtime.renderings.begin(
            lambda: describe_site(config, files),
            config.site_dir,
            postpones=runtime.live is not None and runtime.live.postpones(),
        )
        return nav

    @event_priority(-100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Render the page by our own method, unless it is another plugin's page."""
        if page.file.src_uri in self._build.pages or "render" not in vars(page):
            override_render(page, self._build, self._open_runtime(config))
        return page

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Read a notebook's page: the Markdown that is made of it."""
        if page.file.src_uri not in self._build.pages:
            return None
        memo = self._open_runtime(config).session.memo
        return page_markdown(self._build, page.file.src_uri, memo)

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Offer the notebook to the page's reader."""
        if self._build.is_published(page.file.src_uri):
            link_download(page, config)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Name and list a notebook's page as mkdocs-jupyter is told to."""
        if page.file.src_uri in self._build.pages:
            limit_headings(page, self._build.jupyter)
        return html

    @event_priority(100)  # before other plugins complain of what the failing pages lack
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Wait for the last pages; end a build that has failed; fill the archives."""
        if self._build.executing is not None:
            self._build.executing.finish()
        failed = self._build.failures.report(file.src_uri for file in files)
        if failed and not self._build.is_served:
            raise PluginError(failed)
        self._build.templates = env
        runtime = self._open_runtime(config)
        fill_archives(self._build, files, config, runtime.session.memo)
        self._build.files = files
        runtime.keep_templates(env)
        runtime.keep_search_entries(config)
        return env

    @event_priority(-100)  # after the search has read the page
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put the links to a notebook above its page, and their sizes beside other downloads."""
        templates, files = self._build.templates, self._build.files
        if files is not None:
            page.content = tell_sizes(page.content or "", page.url, files)
        if templates is not None and self._build.is_published(page.file.src_uri):
            links = templates.get_template("partials/notebook.html").render(context).strip()
            page.content = links + (page.content or "")
        return context

    @event_priority(-100)  # after mkdocs-jupyter has copied a source of the same name there
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Write the executed notebook beside its page."""
        if self._build.is_published(page.file.src_uri):
            write_download(page, self._build, self._open_runtime(config).session.memo)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Execute the pages that nobody is waiting for, now that the site is written."""
        runtime = self._open_runtime(config)
        if runtime.live is not None:
            if runtime.renderings.has_postponed:
                runtime.live.catch_up()
            runtime.live.execute_rest()

    @event_priority(-1000)  # after plugins that clean up
    def on_build_error(self, *, error: Exception) -> None:
        """Say in a line, instead of a traceback, what file the system refuses to read or write."""
        if isinstance(error, OSError) and not self._serves:
            log.debug("the build has failed", exc_info=error)
            raise PluginError(f"the site cannot be built: {error}") from error

    def on_serve(
        self, server: "LiveReloadServer", *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> "LiveReloadServer":
        """Attach to MkDocs' server, and import what edits will need."""
        runtime = self._open_runtime(config)
        if runtime.live is not None:
            runtime.live.attach(server)
        runtime.session.warm_up(self._build.executed_pages().values())
        import_formats()
        return server

    def _open_runtime(self, config: MkDocsConfig) -> Runtime:
        """Return what lasts from build to build, which the first build begins."""
        if self._runtime is None:
            self._runtime = Runtime(config, self.config, serves=self._serves)
        return self._runtime
