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
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import unquote

from xordocs.site.cache import Memo
from xordocs.site.dependencies import version
from xordocs.site.notebooks.displays import Figures
from xordocs.site.notebooks.export import Package, download
from xordocs.site.notebooks.formats.header import front_matter
from xordocs.site.notebooks.outputs import CellRenderer, Note
from xordocs.site.rendering.placeholders import Part

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
        markdown: The page's Markdown, front matter included, with placeholders for its parts.
        parts: What stands behind the placeholders.
        notes: What the author should know of its outputs.
        notebook: The ``.ipynb`` that a reader can download.
    """

    markdown: str
    parts: dict[str, Part]
    notes: list[Note]
    notebook: str


class Publishable(Protocol):
    """A page with its outputs, as far as conversion is concerned."""

    @property
    def origin(self) -> tuple[str, ...]:
        """Everything that determines the notebook."""

    def notebook(self) -> "NotebookNode":
        """Return the notebook, to be changed at will."""


def publish(
    page: Publishable, package: Package | None, memo: Memo, figures: Figures = "error"
) -> Publication:
    """Convert a page for publication, or recall the result of an earlier build.

    Args:
        page: The page with its outputs.
        package: What the downloaded notebook needs to run elsewhere.
        memo: Keeps publications.
        figures: What to do about a figure without a description.

    Raises:
        CellError: An output cannot be published.
        PageError: The page's file is no notebook.
    """
    versions = (f"{name} {version(name)}" for name in CONVERTERS)
    origin = "publication", figures, json.dumps(package), *versions, *page.origin
    known = memo.get(*origin)
    if known is not None:
        markdown, parts, notes, downloaded = json.loads(known)
        parts = {word: Part(*part) for word, part in parts.items()}
        return Publication(markdown, parts, [Note(*note) for note in notes], downloaded)
    notebook = page.notebook()
    markdown, renderer = to_markdown(notebook, figures)
    publication = Publication(markdown, renderer.parts, renderer.notes, download(notebook, package))
    memo.store(json.dumps(publication), *origin)
    return publication


def import_converters() -> None:
    """Import what notebooks are converted with: it takes long, and can be done ahead."""
    with _importing:  # Python's import lock guards no lazy module: the statement may load it
        import mkdocs_jupyter.convert

        mkdocs_jupyter.convert.nb2html  # noqa: B018 - which loads it


def to_markdown(notebook: "NotebookNode", figures: Figures = "error") -> tuple[str, CellRenderer]:
    """Convert an executed notebook to Markdown.

    Args:
        notebook: The notebook.
        figures: What to do about a figure without a description.

    Returns:
        The Markdown with placeholders, and the renderer that knows what they stand for. Without
        front matter it begins with a blank line: MkDocs would take ``Note: …`` for metadata.

    Raises:
        CellError: An output cannot be published.
    """
    import_converters()
    import nbformat
    from mkdocs_jupyter import convert

    renderer = CellRenderer(notebook, figures)
    with tempfile.TemporaryDirectory() as folder, _writing_markdown(renderer):
        path = Path(folder, "page.ipynb")
        nbformat.write(nbformat.v4.new_notebook(), path)
        content: str = convert.nb2html(str(path))
    encoded = content.partition("<style>")[0].strip()  # the template encodes its text
    about = notebook.cells[0].source.strip() if front_matter(notebook) else ""
    return f"{about}\n\n{unquote(encoded).strip()}\n", renderer


@contextmanager
def _writing_markdown(renderer: CellRenderer) -> Iterator[None]:
    """Within this context, mkdocs-jupyter writes Markdown, percent-encoded."""
    import mkdocs_jupyter.config
    from mkdocs_jupyter import nbconvert2
    from nbconvert.nbconvertapp import NbConvertApp

    def add_renderer(
        notebook: "NotebookNode", resources: dict[str, Any]
    ) -> tuple["NotebookNode", dict[str, Any]]:
        resources["renderer"] = renderer
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
