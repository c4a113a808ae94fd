"""Convert executed notebooks to Markdown with mkdocs-jupyter, and keep what came of them.

mkdocs-jupyter has one hook for this, the folder of its templates; the rest is reached through
nbconvert's own configuration. Everything is put back afterwards. Both are imported only where a
notebook is converted: most builds convert none.
"""

import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from xordocs.site.cache import Memo, version
from xordocs.site.notebooks.export import Package, download
from xordocs.site.notebooks.pages import Executed, PreExecuted

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Publication", "import_converters", "publish", "to_markdown"]

_importing = threading.Lock()
"""Held while mkdocs-jupyter is imported: it is a lazy module, which two threads may break."""

CONVERTERS = (
    "beautifulsoup4", "jinja2", "jupytext", "mkdocs-jupyter", "nbconvert", "nbformat", "pillow",
)  # fmt: skip
"""The distributions that decide what a notebook is converted to."""
TEMPLATES = Path(__file__).with_name("templates")


class Publication(NamedTuple):
    """What the site publishes of a notebook.

    Attributes:
        markdown: The page's Markdown, front matter included.
        notebook: The ``.ipynb`` that a reader can download.
    """

    markdown: str
    notebook: str


def publish(page: Executed | PreExecuted, package: Package | None, memo: Memo) -> Publication:
    """Convert a page for publication, or recall the result of an earlier build.

    Args:
        page: The page with its outputs.
        package: What the downloaded notebook needs to run elsewhere.
        memo: Keeps publications.

    Raises:
        CellError: An output cannot be published.
        PageError: The page's file is no notebook.
    """
    versions = (f"{name} {version(name)}" for name in CONVERTERS)
    origin = "publication", json.dumps(package), *versions, *page.origin
    known = memo.get(*origin)
    if known is not None:
        return Publication(*json.loads(known))
    notebook = page.notebook()
    publication = Publication(to_markdown(notebook), download(notebook, package))
    memo.store(json.dumps(publication), *origin)
    return publication


def import_converters() -> None:
    """Import what notebooks are converted with: it takes long, and can be done ahead."""
    import mkdocs_jupyter.convert

    with _importing:
        mkdocs_jupyter.convert.nb2html  # noqa: B018 - which loads it


def to_markdown(notebook: "NotebookNode") -> str:
    """Convert an executed notebook to Markdown.

    Raises:
        CellError: An output cannot be published.
    """
    import_converters()
    import nbformat
    from mkdocs_jupyter import convert

    with tempfile.TemporaryDirectory() as folder, _writing_markdown():
        path = Path(folder, "page.ipynb")
        nbformat.write(notebook, path)
        content: str = convert.nb2html(str(path))
    return unquote(content.partition("<style>")[0].strip())  # the template encodes its text


@contextmanager
def _writing_markdown() -> Iterator[None]:
    """Within this context, mkdocs-jupyter writes Markdown, percent-encoded."""
    import mkdocs_jupyter.config
    from mkdocs_jupyter import nbconvert2
    from nbconvert.nbconvertapp import NbConvertApp

    from xordocs.site.notebooks.outputs import CellRenderer

    def add_renderer(
        notebook: "NotebookNode", resources: dict[str, Any]
    ) -> tuple["NotebookNode", dict[str, Any]]:
        resources["renderer"] = CellRenderer(notebook)
        return notebook, resources

    class Converter(NbConvertApp):
        """A converter that ignores the user's configuration: every machine makes the same page."""

        def load_config_file(self, *_: Any, **__: Any) -> None:
            """Configure the template's variables alone."""
            self.config.HTMLExporter.default_preprocessors = [add_renderer]

    settings = mkdocs_jupyter.config.settings
    before = settings.templates_dir, nbconvert2.NbConvertApp
    settings.templates_dir, nbconvert2.NbConvertApp = str(TEMPLATES), Converter
    try:
        yield
    finally:
        settings.templates_dir, nbconvert2.NbConvertApp = before
