"""The adapter to MkDocs: the only module here that imports it."""

import contextlib
import logging
import os
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.meta import get_data
from mkdocs_jupyter.plugin import NotebookFile
from nbformat import NotebookNode

from xordocs.site.converter import decode, writing_markdown
from xordocs.site.downloads import colab_url, download, wheel
from xordocs.site.execution import ExecutionError, Session
from xordocs.site.failures import CellError, locate
from xordocs.site.mathematics import FormulaError
from xordocs.site.serving import Renderings, hasten, state

# MkDocs passes every argument by name, whether it is of use here or not.
# ruff: noqa: ARG002

Render = Callable[[MkDocsConfig, Files], None]

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
    """Executes the percent-format pages that mkdocs-jupyter reads, and lets MkDocs render them.

    List it after mkdocs-jupyter.
    """

    def __init__(self) -> None:
        self._session: Session | None = None
        self._failures: dict[str, str] = {}
        self._renderings: Renderings | None = None
        self._pages: dict[str, Path] = {}
        self._wheel: str | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Be kept by MkDocs, with our warm processes, while it serves."""
        if command == "serve":
            self._renderings = Renderings()
        for name in ("mkdocs.mkdocs-jupyter", "mkdocs.plugins.mkdocs_jupyter"):
            logging.getLogger(name).setLevel(logging.WARNING)  # it names our temporary files

    def on_shutdown(self) -> None:
        """End what executes pages."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Forget the last build, and bring our own parts of the theme."""
        self._failures.clear()
        config.theme.dirs.insert(0, str(Path(__file__).with_name("theme")))
        return config

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Hand mkdocs-jupyter the executed notebook of each page; build the wheel."""
        notebooks = {file.src_uri: file for file in files if isinstance(file, NotebookFile)}
        pages = {uri: Path(file.abs_src_path) for uri, file in notebooks.items()}
        percent = {uri: path for uri, path in pages.items() if path.suffix == ".py"}
        self._pages = percent
        executed = self._execute(percent, config)
        for uri, path in executed.items():
            notebooks[uri].abs_src_path = str(path)
        if self.config.package:
            name, content = wheel(_project(config))
            self._wheel = f"assets/{name}"
            files.append(File.generated(config, self._wheel, content=content))
        return files

    def _execute(self, pages: Mapping[str, Path], config: MkDocsConfig) -> dict[str, Path]:
        """Bring pages up to date. Under ``serve`` a failure is for its own page to show."""
        session = self._executing(config)
        while True:
            try:
                return session.execute(
                    {uri: path for uri, path in pages.items() if uri not in self._failures}
                )
            except ExecutionError as error:
                if self._renderings is None:
                    raise PluginError(str(error)) from error
                place = _project(config) / error.path
                uri = next(uri for uri, path in pages.items() if path.samefile(place))
                self._fail(uri, str(error))

    def _fail(self, uri: str, message: str) -> None:
        log.error(message)
        self._failures[uri] = message

    def _executing(self, config: MkDocsConfig) -> Session:
        if self._session is None:
            named = self.config.environment
            self._session = Session(
                _project(config),
                _project(config) / self.config.cache,
                preload=self.config.preload,
                environment={name: os.environ[name] for name in named if name in os.environ},
                timeout=self.config.timeout,
                report=log.info,
            )
        return self._session

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Hear of edits sooner, and be ready to execute them."""
        hasten(server)
        self._executing(config).warm(self._pages.values())
        return server

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note what all pages depend on, now that it is known which there are."""
        if self._renderings is not None:
            settings = Path(config.config_file_path).read_bytes()
            uris = sorted(file.src_uri for file in files)
            self._renderings.begin((settings, uris), state(config.watch))
        return nav

    @event_priority(-100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Wrap the page's `render`, which mkdocs-jupyter has replaced on a notebook's page."""
        notebook_render: Render | None = vars(page).get("render")
        if notebook_render is None and page.file.src_uri in self._pages:
            raise PluginError("mkdocs-jupyter must include *.ipynb: executed pages are such files")

        def render(config: MkDocsConfig, files: Files) -> None:
            if page.file.src_uri in self._failures:
                _show_failure(page, self._failures[page.file.src_uri])
            elif self._renderings is None:
                self._render(page, notebook_render, config, files)
            else:
                self._render_again(self._renderings, page, notebook_render, config, files)

        vars(page)["render"] = render
        return page

    def _render_again(
        self,
        renderings: Renderings,
        page: Page,
        notebook_render: Render | None,
        config: MkDocsConfig,
        files: Files,
    ) -> None:
        """Render a page under ``serve``: only if need be, and a failure is shown in its place."""
        text = (page.markdown or "").encode()
        if notebook_render is not None:
            text = Path(page.file.abs_src_path or "").read_bytes()
        try:
            renderings.render(
                page,
                text,
                files,
                _registers(config),
                lambda: self._render(page, notebook_render, config, files),
            )
        except PluginError as error:
            self._fail(page.file.src_uri, str(error))
            _show_failure(page, str(error))

    def _render(
        self, page: Page, notebook_render: Render | None, config: MkDocsConfig, files: Files
    ) -> None:
        source = Path(config.docs_dir) / page.file.src_uri
        try:
            if notebook_render is not None:
                self._read_notebook(page, notebook_render, config, files)
            Page.render(page, config, files)
        except CellError as error:
            place = f"{_shown(source)}:{locate(source, error.number)}"
            raise PluginError(f"{place}: {error}") from error
        except FormulaError as error:
            raise PluginError(f"{_shown(source)}: {error}") from error

    def _read_notebook(
        self, page: Page, notebook_render: Render, config: MkDocsConfig, files: Files
    ) -> None:
        """Have mkdocs-jupyter write a notebook's Markdown, and take it as the page's own."""
        with writing_markdown(lambda executed: vars(page).update(executed=executed)):
            notebook_render(config, files)
        page.markdown, meta = get_data(decode(page.content or ""))
        name = f"{Path(page.file.src_uri).stem}.ipynb"
        colab = colab_url(config.repo_url, config.remote_branch, page.url + name)
        page.meta = {**meta, "notebook": name, "colab": colab}

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the theme's compiled templates, and the search entries of unchanged pages."""
        templates = _project(config) / self.config.cache / "templates"
        with contextlib.suppress(OSError):
            templates.mkdir(parents=True, exist_ok=True)
            env.bytecode_cache = FileSystemBytecodeCache(str(templates))
        for plugin in config.plugins.values():
            search = getattr(plugin, "search_index", None)
            if self._renderings is not None and hasattr(search, "entries"):
                self._renderings.index(search)
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put the executed notebook beside its page."""
        executed: NotebookNode | None = vars(page).get("executed")
        if executed is not None:
            address = config.site_url and self._wheel and urljoin(config.site_url, self._wheel)
            target = Path(page.file.abs_dest_path).with_name(page.meta["notebook"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(download(executed, self.config.package, address), encoding="utf-8")
        return output


def _project(config: MkDocsConfig) -> Path:
    """The folder of ``mkdocs.yml``: the repository's."""
    return Path(config.config_file_path).resolve().parent


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


def _show_failure(page: Page, message: str) -> None:
    """Let a page say why there is nothing on it."""
    page.markdown, page.toc = "", get_toc([])
    page.content = (
        f"<h1>{escape(message.partition(chr(10))[0])}</h1>\n"
        f'<div class="xd-output xd-error highlight"><pre><code>{escape(message)}</code></pre></div>'
    )


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
