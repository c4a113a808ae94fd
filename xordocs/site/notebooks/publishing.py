"""What a notebook comes to on the site: its page's Markdown, and the notebook to take away."""

import json
from typing import NamedTuple

from xordocs.site.cache.manifest import version
from xordocs.site.cache.memo import Memo
from xordocs.site.notebooks.export import Package, download
from xordocs.site.notebooks.pages import Executed, Finished

__all__ = ["Publication", "publish"]

RENDERERS = ("jinja2", "jupytext", "mkdocs-jupyter", "nbconvert", "nbformat", "pillow")


class Publication(NamedTuple):
    """What a notebook comes to.

    Attributes:
        markdown: The page's Markdown, front matter included.
        notebook: The ``.ipynb`` that its reader can take away.
    """

    markdown: str
    notebook: str


def publish(page: Executed | Finished, package: Package | None, memo: Memo) -> Publication:
    """Make a notebook's publication, or find it among those made before.

    Args:
        page: The page with its outputs.
        package: What the notebook needs elsewhere.
        memo: Keeps publications.

    Raises:
        CellError: An output cannot be published.
    """
    origin = "publication", json.dumps(package), *map(_named, RENDERERS), *page.origin
    known = memo.get(*origin)
    if known is not None:
        return Publication(*json.loads(known))
    from xordocs.site.notebooks.convert import to_markdown  # it imports nbconvert

    notebook = page.notebook()
    publication = Publication(to_markdown(notebook), download(notebook, package))
    memo.store(json.dumps(publication), *origin)
    return publication


def _named(distribution: str) -> str:
    return f"{distribution} {version(distribution)}"
