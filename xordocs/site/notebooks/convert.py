"""mkdocs-jupyter's converter, told to write Markdown and to listen to nobody else.

mkdocs-jupyter has one hook for this, the folder of its templates; the rest is reached through
nbconvert's own configuration. Everything is put back afterwards.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import mkdocs_jupyter.config
import nbformat
from mkdocs_jupyter import convert, nbconvert2
from nbconvert.nbconvertapp import NbConvertApp
from nbformat import NotebookNode

from xordocs.site.notebooks.outputs import Page

__all__ = ["to_markdown"]

TEMPLATES = Path(__file__).with_name("templates")


def to_markdown(notebook: NotebookNode) -> str:
    """Have mkdocs-jupyter write a notebook's Markdown.

    Args:
        notebook: The executed notebook.

    Raises:
        CellError: An output cannot be published.
    """
    with tempfile.TemporaryDirectory() as folder, _writing_markdown():
        path = Path(folder, "page.ipynb")
        nbformat.write(notebook, path)
        content: str = convert.nb2html(str(path))
    return unquote(content.partition("<style>")[0].strip())  # the template encodes its text


@contextmanager
def _writing_markdown() -> Iterator[None]:
    """Within this context, mkdocs-jupyter writes Markdown, percent-encoded."""

    def present(
        notebook: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        resources["page"] = Page(notebook)
        return notebook, resources

    class Converter(NbConvertApp):
        """Reads no configuration of the user's: a page is the same on every machine."""

        def load_config_file(self, *_: Any, **__: Any) -> None:
            """Configure for this site alone."""
            self.config.HTMLExporter.default_preprocessors = [present]

    settings = mkdocs_jupyter.config.settings
    before = settings.templates_dir, nbconvert2.NbConvertApp
    settings.templates_dir, nbconvert2.NbConvertApp = str(TEMPLATES), Converter
    try:
        yield
    finally:
        settings.templates_dir, nbconvert2.NbConvertApp = before
