"""Convert executed notebooks to Markdown, and keep what came of them."""

import json
from typing import TYPE_CHECKING, NamedTuple, Protocol

from xordocs.site.cache import Memo
from xordocs.site.dependencies import version
from xordocs.site.notebooks.displays import Figures
from xordocs.site.notebooks.downloads import Package, Place, download
from xordocs.site.notebooks.formats.header import front_matter
from xordocs.site.notebooks.outputs import CellRenderer, Note
from xordocs.site.rendering.placeholders import Part

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Publication", "publish", "take_away", "to_markdown"]

CONVERTERS = ("beautifulsoup4", "jupytext", "markdown-it-py", "nbformat", "pillow")
"""The distributions that decide what a notebook is converted to."""


class Publication(NamedTuple):
    """What the site publishes of a notebook.

    Attributes:
        markdown: The page's Markdown, front matter included, with placeholders for its parts.
        parts: What stands behind the placeholders.
        notes: What the author should know of its outputs.
        notebook: The ``.ipynb`` that a reader can download.
        anchors: The ids in its parts that other pages may link to.
    """

    markdown: str
    parts: dict[str, Part]
    notes: list[Note]
    notebook: str
    anchors: list[str]


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
        markdown, parts, notes, downloaded, anchors = json.loads(known)
        parts = {word: Part(*part) for word, part in parts.items()}
        return Publication(markdown, parts, [Note(*note) for note in notes], downloaded, anchors)
    notebook = page.notebook()
    markdown, renderer = to_markdown(notebook, figures)
    downloaded = download(notebook, package)
    made = renderer.parts, renderer.notes, downloaded, renderer.anchors
    publication = Publication(markdown, *made)
    memo.store(json.dumps(publication), *origin)
    return publication


def take_away(page: Publishable, package: Package | None, place: Place, memo: Memo) -> str:
    """Return a page's notebook for a folder that readers take away, or recall it.

    Args:
        page: The page with its outputs.
        package: What the notebook needs to run there.
        place: Where it lies, which its links start from.
        memo: Keeps such notebooks.

    Raises:
        PageError: The page's file is no notebook.
    """
    versions = (f"{name} {version(name)}" for name in CONVERTERS)
    origin = "taken away", json.dumps([package, place]), *versions, *page.origin
    known = memo.get(*origin)
    if known is None:
        known = download(page.notebook(), package, place.link)
        memo.store(known, *origin)
    return known


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
    renderer = CellRenderer(notebook, figures)
    content = "\n\n".join(renderer.blocks()).strip("\n")
    about = notebook.cells[0].source.strip() if front_matter(notebook) else ""
    return f"{about}\n\n{content}\n", renderer
