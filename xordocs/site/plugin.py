"""The adapter to MkDocs: the only module here that imports it."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlparse

import nbformat
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data
from nbformat import NotebookNode

from xordocs.site.converter import decode, writing_markdown
from xordocs.site.failures import CellError, locate
from xordocs.site.mathematics import FormulaError

Render = Callable[[MkDocsConfig, Files], None]


class XordocsConfig(Config):
    """No options: what a page needs stands in the notebook."""


class XordocsPlugin(BasePlugin[XordocsConfig]):
    """Lets MkDocs itself render the pages that mkdocs-jupyter reads from notebooks.

    List it after mkdocs-jupyter.
    """

    def __init__(self) -> None:
        self._executed: dict[str, NotebookNode] = {}

    # MkDocs passes every argument by name, whether it is of use here or not.
    # ruff: noqa: ARG002

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Forget the last build: `mkdocs serve` keeps the plugin."""
        self._executed.clear()

    @event_priority(-100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Wrap the page's `render`, which mkdocs-jupyter has replaced on a notebook's page."""
        source = page.file.src_uri
        shown = Path(config.docs_dir) / source
        name = shown.relative_to(Path.cwd()) if shown.is_relative_to(Path.cwd()) else shown
        notebook_render: Render | None = vars(page).get("render")

        def render(config: MkDocsConfig, files: Files) -> None:
            try:
                if notebook_render is not None:
                    with writing_markdown(
                        lambda notebook: self._executed.update({source: notebook})
                    ):
                        notebook_render(config, files)
                    page.markdown, meta = get_data(decode(page.content or ""))
                    download = f"{Path(source).stem}.ipynb"
                    page.meta = {
                        **meta,
                        "notebook": download,
                        "colab": colab_url(config, page.url + download),
                    }
                Page.render(page, config, files)
            except CellError as error:
                line = locate(shown, error.number, error.line)
                raise PluginError(f"{name}:{line}: {error}") from error
            except FormulaError as error:
                raise PluginError(f"{name}: {error}") from error

        vars(page)["render"] = render
        return page

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put the executed notebook beside its page."""
        notebook = self._executed.get(page.file.src_uri)
        if notebook is not None:
            target = Path(page.file.abs_dest_path).with_name(page.meta["notebook"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(download_of(notebook), encoding="utf-8")
        return output


def download_of(notebook: NotebookNode) -> str:
    """Write the executed notebook, the same from every build."""
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number}"
    return str(nbformat.writes(notebook))


def colab_url(config: MkDocsConfig, path: str) -> str | None:
    """Where Colab opens a notebook of the published site, which MkDocs keeps on a branch.

    Args:
        config: Its `repo_url` names the repository and its `remote_branch` the branch.
        path: The notebook's place in the site.

    Returns:
        None when the repository's address is unset or not on GitHub, the host that Colab reads.
    """
    repository = urlparse(config.repo_url or "")
    if repository.netloc != "github.com":
        return None
    owner_and_name = repository.path.strip("/").removesuffix(".git")
    return "https://colab.research.google.com/github/" + quote(
        f"{owner_and_name}/blob/{config.remote_branch}/{path}"
    )
