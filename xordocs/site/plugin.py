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

from xordocs.site.cache.bytecode import CompiledTemplates
from xordocs.site.errors import CellError, FormulaError, PageError, line_of, locate
from xordocs.site.execution.session import Due, Executed, ExecutionError, Session
from xordocs.site.later import loading_later
from xordocs.site.livereload.notices import failure, pending
from xordocs.site.livereload.server import Serving, state
from xordocs.site.notebooks.export import Package, WheelError, colab_url, wheel
from xordocs.site.notebooks.pages import Finished, text_of
from xordocs.site.notebooks.publishing import publish
from xordocs.site.shown import Shown

with loading_later("jupytext", "mkdocs_jupyter.convert"):  # most builds convert nothing
    from mkdocs_jupyter.plugin import NotebookFile

# MkDocs passes every argument by name, whether it is of use here or not.
# ruff: noqa: ARG002

log = get_plugin_logger(__name__)


class XordocsConfig(Config):
    """What the plugin is told in ``mkdocs.yml``.

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
        self._serving: Serving | None = None
        self._pages: dict[str, Shown] = {}
        self._package: Package | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Be kept by MkDocs, with our warm processes, while it serves."""
        self._serves = command == "serve"
        atexit.register(gc.freeze)  # a process that ends need not look for its garbage
        for name in ("mkdocs.mkdocs-jupyter", "mkdocs.plugins.mkdocs_jupyter"):
            logging.getLogger(name).setLevel(logging.WARNING)  # it names our temporary files

    def on_shutdown(self) -> None:
        """End what executes pages."""
        try:
            if self._serving is not None:
                self._serving.close()
        finally:
            if self._session is not None:
                self._session.close()
            self._session = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring our own parts of the theme."""
        self._package = None
        config.theme.dirs.insert(0, str(Path(__file__).with_name("theme")))
        return config

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Bring the notebooks among the files up to date; build the wheel."""
        notebooks = [file for file in files if isinstance(file, NotebookFile)]
        for file in notebooks:  # mkdocs-jupyter loses what `exclude_docs` says of them
            file.inclusion = file.file.inclusion
        published = InclusionLevel.is_in_serve if self._serves else InclusionLevel.is_included
        self._pages = {
            file.src_uri: Shown(Path(file.abs_src_path))
            for file in notebooks
            if published(file.inclusion)
        }
        session = self._executing(config)
        for page in self._pages.values():
            try:
                text_of(page.source)
            except PageError as error:
                page.failure = self._refuse(f"{_place(page.source, 1)}: the page {error}")
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
        executed, due = (self._serving or session).look(code)
        for uri, known in executed.items():
            self._pages[uri].executed = known
        if self._serving is not None:
            self._execute_behind(self._serving, due, files, config)
        elif due:
            self._execute(session, due)
        return files

    def _execute(self, session: Session, due: list[Due]) -> None:
        """Bring pages up to date; the first failure ends the build."""

        def done(executed: Executed) -> None:
            self._pages[executed.page.name].executed = executed
            with contextlib.suppress(Exception):  # it will be told when MkDocs reads the page
                publish(executed, self._package, session.memo)  # while others are executed

        def failed(_due: Due, error: ExecutionError) -> None:
            raise error

        try:
            session.start(due, done, failed).wait()
        except ExecutionError as error:
            raise PluginError(str(error)) from error
        session.finish()

    def _execute_behind(
        self, serving: Serving, due: list[Due], files: Files, config: MkDocsConfig
    ) -> None:
        """Bring pages up to date while what they showed last is shown."""
        addresses = {file.src_uri: file.url for file in files.documentation_pages()}
        known = serving.bring(due, addresses, config.watch, config.docs_dir)
        for one in due:
            match known.get(one.page.name):
                case Executed() as executed:
                    self._pages[one.page.name].executed = executed
                case ExecutionError() as error:
                    self._pages[one.page.name].failure = self._refuse(str(error))
                case None:
                    self._pages[one.page.name].pending = one.reason

    def _executing(self, config: MkDocsConfig) -> Session:
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
                self._serving = Serving(self._session)
        return self._session

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Hear of edits sooner, and be ready to execute them."""
        if self._serving is not None:
            self._serving.attend(server)
        code = [page.source for page in self._pages.values() if page.is_code]
        self._executing(config).warm(code)
        return server

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note what all pages depend on, now that it is known which there are."""
        if self._serving is not None:
            settings = repr(config.user_configs)  # also those of a file that it inherits from
            uris = sorted(file.src_uri for file in files)
            watched = state([*config.watch, config.docs_dir])
            self._serving.renderings.begin((settings, uris), watched)
        return nav

    @event_priority(-100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Replace the page's `render`, as mkdocs-jupyter has done on a notebook's page."""
        vars(page)["render"] = lambda config, files: self._render(page, config, files)
        return page

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Read a notebook's page: the Markdown that mkdocs-jupyter makes of it."""
        shown = self._pages.get(page.file.src_uri)
        if shown is None:
            return None
        if not shown.is_ready:
            return ""
        source = shown.source
        try:
            executed = shown.executed or Finished(text_of(source))
            made = publish(executed, self._package, self._executing(config).memo)
        except PageError as error:
            shown.failure = self._refuse(f"{_place(source, 1)}: the page {error}")
            return ""
        except CellError as error:
            line = locate(source, error.number)
            shown.failure = self._refuse(f"{_place(source, line)}: {error}")
            return ""
        shown.notebook = made.notebook
        return made.markdown

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Offer the notebook to the page's reader."""
        shown = self._pages.get(page.file.src_uri)
        if shown is not None and shown.notebook:
            name = f"{Path(page.file.src_uri).stem}.ipynb"
            place = Path(page.file.abs_dest_path).with_name(name).relative_to(config.site_dir)
            colab = colab_url(config.repo_url, config.remote_branch, place.as_posix())
            page.meta = {**page.meta, "notebook": name, "colab": colab}
        return markdown

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Render a page, or under ``serve`` what there is to show of it."""
        shown = self._pages.get(page.file.src_uri)
        try:
            if shown is not None and shown.failure:
                _show(page, failure(shown.failure))
            elif self._serving is None:
                Page.render(page, config, files)
            elif shown is not None and shown.pending:
                self._serving.renderings.repeat(page, files, _registers(config))
                _show(page, pending(shown.pending, page.content or ""))
            else:
                self._serving.renderings.render(
                    page,
                    page.markdown or "",
                    files,
                    _registers(config),
                    lambda: Page.render(page, config, files),
                )
        except FormulaError as error:
            source = Path(config.docs_dir) / page.file.src_uri
            line = line_of(text_of(source), error.formula)
            _show(page, failure(self._refuse(f"{_place(source, line)}: {error}")))

    def _refuse(self, message: str) -> str:
        """End the build over a page, or under ``serve`` return what the page is to say instead."""
        if self._serving is None:
            raise PluginError(message)
        log.error(message)
        return message

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the theme's compiled templates, and the search entries of unchanged pages."""
        env.bytecode_cache = CompiledTemplates(_project(config) / self.config.cache / "templates")
        for plugin in config.plugins.values():
            search = getattr(plugin, "search_index", None)
            if self._serving is not None and hasattr(search, "entries"):
                self._serving.renderings.index(search)
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put the executed notebook beside its page."""
        shown = self._pages.get(page.file.src_uri)
        if shown is not None and shown.notebook:
            target = Path(page.file.abs_dest_path).with_name(page.meta["notebook"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(shown.notebook, encoding="utf-8")
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Execute, now that the site is written, the pages that nobody is waiting for."""
        if self._serving is not None:
            self._serving.proceed()


def _project(config: MkDocsConfig) -> Path:
    """The folder of ``mkdocs.yml``."""
    return Path(config.config_file_path).resolve().parent


def _repository(config: MkDocsConfig) -> Path:
    """The folder that holds all that the author may edit: Git's, or else that of ``mkdocs.yml``."""
    project = _project(config)
    return next(
        (place for place in (project, *project.parents) if (place / ".git").exists()), project
    )


def _registers(config: MkDocsConfig) -> dict[str, Any]:
    """What mkdocstrings' pages register their headings with, and learn their style sheet from."""
    if "mkdocstrings" not in config.plugins:
        return {}
    handlers = config.plugins["mkdocstrings"].handlers  # type: ignore[attr-defined]
    return {
        "autorefs": config.plugins["autorefs"],
        "handlers": handlers,
        "inventory": handlers.inventory,
    }


def _show(page: Page, content: str) -> None:
    """Let a page show something else than its text."""
    page.content = content
    page.toc = page.toc or get_toc([])


def _place(path: Path, line: int | None) -> str:
    """A line of a file, as an editor opens it."""
    near = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return f"{near}:{line}" if line else f"{near}"
