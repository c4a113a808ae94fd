"""The adapter to MkDocs: the only module here that imports it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data
from mkdocs_jupyter.plugin import NotebookFile
from nbformat import NotebookNode

from xordocs.site.converter import decode, writing_markdown
from xordocs.site.downloads import colab_url, download, wheel
from xordocs.site.execution import ExecutionError, Session
from xordocs.site.failures import CellError, locate
from xordocs.site.mathematics import FormulaError

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
        self._executed: dict[str, NotebookNode] = {}
        self._wheel: str | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Tell MkDocs, by being here, to keep the plugin and its warm processes while it serves."""

    def on_shutdown(self) -> None:
        """End what executes pages."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Forget the last build, and bring our own parts of the theme."""
        self._executed.clear()
        config.theme.dirs.insert(0, str(Path(__file__).with_name("theme")))
        return config

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Hand mkdocs-jupyter the executed notebook of each page; build the wheel."""
        notebooks = {file.src_uri: file for file in files if isinstance(file, NotebookFile)}
        pages = {uri: Path(file.abs_src_path) for uri, file in notebooks.items()}
        percent = {uri: path for uri, path in pages.items() if path.suffix == ".py"}
        try:
            executed = self._executing(config).execute(percent)
        except ExecutionError as error:
            raise PluginError(str(error)) from error
        for uri, path in executed.items():
            notebooks[uri].abs_src_path = str(path)
        if self.config.package:
            name, content = wheel(_project(config))
            self._wheel = f"assets/{name}"
            files.append(File.generated(config, self._wheel, content=content))
        return files

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

    @event_priority(-100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Wrap the page's `render`, which mkdocs-jupyter has replaced on a notebook's page."""
        source = Path(config.docs_dir) / page.file.src_uri
        notebook_render: Render | None = vars(page).get("render")

        def render(config: MkDocsConfig, files: Files) -> None:
            try:
                if notebook_render is not None:
                    self._read_notebook(page, notebook_render, config, files)
                Page.render(page, config, files)
            except CellError as error:
                raise PluginError(
                    f"{_shown(source)}:{locate(source, error.number)}: {error}"
                ) from error
            except FormulaError as error:
                raise PluginError(f"{_shown(source)}: {error}") from error

        vars(page)["render"] = render
        return page

    def _read_notebook(
        self, page: Page, notebook_render: Render, config: MkDocsConfig, files: Files
    ) -> None:
        """Have mkdocs-jupyter write a notebook's Markdown, and take it as the page's own."""
        with writing_markdown(
            lambda executed: self._executed.update({page.file.src_uri: executed})
        ):
            notebook_render(config, files)
        page.markdown, meta = get_data(decode(page.content or ""))
        name = f"{Path(page.file.src_uri).stem}.ipynb"
        colab = colab_url(config.repo_url, config.remote_branch, page.url + name)
        page.meta = {**meta, "notebook": name, "colab": colab}

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put the executed notebook beside its page."""
        executed = self._executed.get(page.file.src_uri)
        if executed is not None:
            address = config.site_url and self._wheel and urljoin(config.site_url, self._wheel)
            target = Path(page.file.abs_dest_path).with_name(page.meta["notebook"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(download(executed, self.config.package, address), encoding="utf-8")
        return output


def _project(config: MkDocsConfig) -> Path:
    """The folder of ``mkdocs.yml``: the repository's."""
    return Path(config.config_file_path).resolve().parent


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
