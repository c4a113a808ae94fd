"""The adapter to MkDocs: the only module here that imports it."""

import atexit
import contextlib
import gc
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from xordocs.site.cache.template_cache import TemplateCache
from xordocs.site.errors import CellError, ExecutionError, FormulaError, PageError
from xordocs.site.execution import Session, StalePage
from xordocs.site.incremental import RenderCache, describe_site, keep_search_entries
from xordocs.site.lazy_import import lazy_import
from xordocs.site.livereload import LiveSite, failure_notice, pending_notice
from xordocs.site.notebooks import (
    Executed,
    Package,
    PreExecuted,
    WheelError,
    colab_url,
    import_converters,
    line_of,
    locate,
    publish,
    read_text,
    reader_of,
    wheel,
)
from xordocs.site.page_state import PageState

with lazy_import("jupytext", "mkdocs_jupyter.convert"):  # most builds convert nothing
    from mkdocs_jupyter.plugin import NotebookFile

# MkDocs passes every argument by name, whether it is of use here or not.
# ruff: noqa: ARG002

log = get_plugin_logger(__name__)


class XordocsConfig(Config):
    """The plugin's settings in ``mkdocs.yml``.

    Attributes:
        cache: The folder that keeps executed pages.
        environment: The names of the environment variables that pages may see and depend on.
        package: What a downloaded notebook needs, such as ``xordocs[plots]``: this project, whose
            wheel the site then carries.
        preload: Modules that are slow to import, from the lightest to the heaviest.
        timeout: How many seconds a cell may take.
    """

    cache = config_options.Type(str, default=".cache/pages")
    environment = config_options.ListOfItems(config_options.Type(str), default=[])
    package = config_options.Type(str, default="")
    preload = config_options.ListOfItems(config_options.Type(str), default=[])
    timeout = config_options.Type(int, default=120)


class XordocsPlugin(BasePlugin[XordocsConfig]):
    """Executes the percent-format pages that mkdocs-jupyter reads, and lets MkDocs render them."""

    def __init__(self) -> None:
        self._serves = False
        self._session: Session | None = None
        self._live: LiveSite | None = None
        self._rendered: RenderCache | None = None
        self._pages: dict[str, PageState] = {}
        self._package: Package | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note the command; MkDocs keeps a plugin with this event from build to build."""
        self._serves = command == "serve"
        _exit_without_collecting()
        for name in ("mkdocs.mkdocs-jupyter", "mkdocs.plugins.mkdocs_jupyter"):
            logging.getLogger(name).setLevel(logging.WARNING)  # it names our temporary files

    def on_shutdown(self) -> None:
        """End all processes that execute pages."""
        try:
            if self._live is not None:
                self._live.close()
        finally:
            if self._session is not None:
                self._session.close()
            self._session = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our own parts to the theme."""
        self._package = None
        config.theme.dirs.insert(0, str(Path(__file__).with_name("theme")))
        return config

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Execute the stale notebooks among the files, and build the wheel."""
        notebooks = [file for file in files if isinstance(file, NotebookFile)]
        for file in notebooks:  # mkdocs-jupyter loses what `exclude_docs` says of them
            file.inclusion = file.file.inclusion
        published = InclusionLevel.is_in_serve if self._serves else InclusionLevel.is_included
        self._pages = {
            file.src_uri: PageState(Path(file.abs_src_path))
            for file in notebooks
            if published(file.inclusion)
        }
        session = self._open_session(config)
        for page in self._pages.values():
            try:
                page.text = read_text(page.source)
                page.is_code = reader_of(page.source, page.text).is_executed
            except PageError as error:
                page.failure = self._refuse(f"{_location(page.source, 1)}: the page {error}")
        if self.config.package:
            try:
                name, content = wheel(_project(config))
            except WheelError as error:
                raise PluginError(f"the option `package`: {error}") from error
            files.append(File.generated(config, f"assets/{name}", content=content))
            if config.site_url:
                address = urljoin(config.site_url, f"assets/{name}")
                self._package = Package(self.config.package, address)
        code = {uri: it.source for uri, it in self._pages.items() if it.is_code and it.is_ready}
        fresh, stale = (self._live or session).partition(code)
        for uri, executed in fresh.items():
            self._pages[uri].executed = executed
        if self._live is not None:
            self._execute_in_background(self._live, stale, files, config)
        elif stale:
            self._execute(session, stale)
        return files

    def _execute(self, session: Session, stale: list[StalePage]) -> None:
        """Execute pages; the first failure ends the build."""

        def on_done(executed: Executed) -> None:
            state = self._pages[executed.page.name]
            state.executed = executed
            with contextlib.suppress(Exception):  # reported when MkDocs reads the page
                # while others are executed
                state.publication = publish(executed, self._package, session.memo)

        def on_failure(_page: StalePage, error: ExecutionError) -> None:
            raise error

        try:
            run = session.start(stale, on_done, on_failure)
            import_converters()  # while kernels start
            run.wait()
        except ExecutionError as error:
            raise PluginError(str(error)) from error
        session.finish()

    def _execute_in_background(
        self, live: LiveSite, stale: list[StalePage], files: Files, config: MkDocsConfig
    ) -> None:
        """Execute pages while what they showed last is shown."""
        addresses = {file.src_uri: file.url for file in files.documentation_pages()}
        known = live.execute_stale(stale, addresses, config.watch, config.docs_dir)
        for one in stale:
            match known.get(one.page.name):
                case Executed() as executed:
                    self._pages[one.page.name].executed = executed
                case ExecutionError() as error:
                    self._pages[one.page.name].failure = self._refuse(str(error))
                case None:
                    self._pages[one.page.name].pending = one.reason

    def _open_session(self, config: MkDocsConfig) -> Session:
        if self._session is None:
            named = self.config.environment
            self._session = Session(
                _repository(config),
                _project(config) / self.config.cache,
                preload=self.config.preload,
                environment={name: os.environ[name] for name in named if name in os.environ},
                timeout=self.config.timeout,
                report=log.info,
            )
            if self._serves:
                self._live = LiveSite(self._session)
        return self._session

    def _render_cache(self, config: MkDocsConfig) -> RenderCache:
        if self._rendered is None:
            self._rendered = RenderCache(self._open_session(config).memo, get_toc)
        return self._rendered

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Attach to MkDocs' server, and import what edits will need."""
        if self._live is not None:
            self._live.attach(server)
        code = [page.source for page in self._pages.values() if page.is_code]
        self._open_session(config).warm_up(code)
        import_converters()
        return server

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Begin to render, now that MkDocs knows all pages."""
        self._render_cache(config).begin(
            lambda: describe_site(config, files),
            config.site_dir,
            postpones=self._live is not None and self._live.postpones(),
        )
        return nav

    @event_priority(-100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Render the page by our own method, unless it is another plugin's page."""
        if page.file.src_uri in self._pages or "render" not in vars(page):
            _override_render(page, self._render)
        return page

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Read a notebook's page: the Markdown that mkdocs-jupyter makes of it."""
        state = self._pages.get(page.file.src_uri)
        if state is None:
            return None
        if not state.is_ready:
            return ""
        source = state.source
        try:
            executed = state.executed or PreExecuted(source, state.text)
            memo = self._open_session(config).memo
            made = state.publication or publish(executed, self._package, memo)
        except PageError as error:
            state.failure = self._refuse(f"{_location(source, 1)}: the page {error}")
            return ""
        except CellError as error:
            line = locate(source, error.number)
            state.failure = self._refuse(f"{_location(source, line)}: {error}")
            return ""
        state.notebook = made.notebook
        return made.markdown

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Offer the notebook to the page's reader."""
        state = self._pages.get(page.file.src_uri)
        if state is not None and state.notebook:
            name = f"{Path(page.file.src_uri).stem}.ipynb"
            place = Path(page.file.abs_dest_path).with_name(name).relative_to(config.site_dir)
            colab = colab_url(config.repo_url, config.remote_branch, place.as_posix())
            page.meta = {**page.meta, "notebook": name, "colab": colab}
        return markdown

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Render a page or restore its rendering; under ``serve`` it may show a notice instead."""
        state = self._pages.get(page.file.src_uri)
        rendered = self._render_cache(config)
        try:
            if state is not None and state.failure:
                _replace_content(page, failure_notice(state.failure))
            elif state is not None and state.pending:
                rendered.restore_last(page, files, _registries(config))
                _replace_content(page, pending_notice(state.pending, page.content or ""))
            else:
                rendered.render(
                    page, files, _registries(config), lambda: Page.render(page, config, files)
                )
        except FormulaError as error:
            source = Path(config.docs_dir) / page.file.src_uri
            line = line_of(read_text(source), error.formula)
            _replace_content(
                page, failure_notice(self._refuse(f"{_location(source, line)}: {error}"))
            )

    def _refuse(self, message: str) -> str:
        """End the build because of a page, or under ``serve`` log the message and return it."""
        if self._live is None:
            raise PluginError(message)
        log.error(message)
        return message

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the theme's compiled templates, and the search entries of unchanged pages."""
        memo = self._open_session(config).memo
        env.bytecode_cache = TemplateCache(_project(config) / self.config.cache / "templates")
        for plugin in config.plugins.values():
            keep_search_entries(getattr(plugin, "search_index", None), memo)
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Write the executed notebook beside its page."""
        state = self._pages.get(page.file.src_uri)
        if state is not None and state.notebook:
            target = Path(page.file.abs_dest_path).with_name(page.meta["notebook"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(state.notebook, encoding="utf-8")
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Execute the pages that nobody is waiting for, now that the site is written."""
        if self._live is not None:
            if self._render_cache(config).has_postponed:
                self._live.catch_up()
            self._live.execute_rest()


def _exit_without_collecting() -> None:
    """Make this process end sooner: at exit Python would search all of its memory for garbage."""
    atexit.register(gc.freeze)


def _override_render(page: Page, render: Callable[[Page, MkDocsConfig, Files], None]) -> None:
    """Replace a page's method `render`.

    MkDocs has no event in place of rendering, and mkdocs-jupyter replaces the method of a
    notebook's page in the same way; the last to do so renders.
    """
    vars(page)["render"] = lambda config, files: render(page, config, files)


def _project(config: MkDocsConfig) -> Path:
    """Return the folder of ``mkdocs.yml``."""
    return Path(config.config_file_path).resolve().parent


def _repository(config: MkDocsConfig) -> Path:
    """Return the folder of all that the author may edit: Git's, or that of ``mkdocs.yml``."""
    project = _project(config)
    return next(
        (place for place in (project, *project.parents) if (place / ".git").exists()), project
    )


def _registries(config: MkDocsConfig) -> dict[str, Any]:
    """Return what a page's rendering registers headings and style sheets with."""
    registries: dict[str, Any] = {}
    if "autorefs" in config.plugins:
        registries["autorefs"] = config.plugins["autorefs"]
    documentation: Any = config.plugins.get("mkdocstrings")
    if documentation is not None and documentation.config.enabled:
        registries["handlers"] = documentation.handlers
        registries["inventory"] = documentation.handlers.inventory
    return registries


def _replace_content(page: Page, content: str) -> None:
    """Make a page show something else than its text."""
    page.content = content
    page.toc = page.toc or get_toc([])


def _location(path: Path, line: int | None) -> str:
    """Return a file and line in the form that editors open: ``docs/page.py:3``."""
    near = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return f"{near}:{line}" if line else f"{near}"
