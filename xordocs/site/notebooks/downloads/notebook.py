"""A notebook for readers to take away, which installs the package that it needs."""

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlparse

from xordocs.site.notebooks.downloads.links import replace_links
from xordocs.site.notebooks.formats.metadata import PYTHON, language
from xordocs.site.notebooks.tags import add_jupyter_tags, role

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Package", "colab_url", "download"]


class Package(NamedTuple):
    """A package that the site's notebooks need, and that the site offers.

    Attributes:
        name: The name by which they import it.
        source: What pip installs: ``xordocs[plots] @ https://…`` or a path, with extras.
    """

    name: str
    source: str


def download(
    executed: "NotebookNode",
    package: Package | None,
    link: Callable[[str], str | None] | None = None,
) -> str:
    """Serialize an executed notebook so that it runs again elsewhere.

    Args:
        executed: The notebook.
        package: What it needs; if None, the notebook installs nothing.
        link: Returns what a link of its prose leads to there; None if to nothing, and its words
            stand alone. If there is no such function, links stay as they are.

    Returns:
        The ``.ipynb``; if its code is in Python, its first cell installs the package where it is
        missing. Hints and solutions of exercises are collapsed, and checks have not run yet.
    """
    import nbformat
    from nbformat.v4 import new_code_cell

    notebook = copy.deepcopy(executed)
    add_jupyter_tags(notebook)
    for cell in notebook.cells:
        if role(cell) in ("hint", "solution"):
            _collapse(cell)
        if role(cell) == "check":  # what it said of the starter code would greet the reader
            cell.outputs, cell.execution_count = [], None
    if link is not None:
        _replace_links(notebook, link)
    if package and language(notebook.metadata) == PYTHON["language"]:
        install = new_code_cell(
            "import importlib.util\n\n"
            f'if importlib.util.find_spec("{package.name}") is None:\n'
            f'    %pip install --quiet "{package.source}"'
        )
        install.id = _unused("install", notebook)
        notebook.cells.insert(0, install)
    return str(nbformat.writes(notebook))


def _collapse(cell: "NotebookNode") -> None:
    """Have Jupyter show a cell only when its reader opens it, in place."""
    parts = ["source_hidden", "outputs_hidden"] if cell.cell_type == "code" else ["source_hidden"]
    cell.metadata["jupyter"] = {
        **(cell.metadata.get("jupyter") or {}),
        **dict.fromkeys(parts, True),
    }


def _replace_links(notebook: "NotebookNode", link: Callable[[str], str | None]) -> None:
    """Replace the links in a notebook's prose and in what its cells display as such, in place."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = replace_links(cell.source, link)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if isinstance(text := data.get("text/markdown"), str):
                data["text/markdown"] = replace_links(text, link)


def _unused(name: str, notebook: "NotebookNode") -> str:
    """Return an id for a cell that no cell of a notebook has."""
    taken = {cell.get("id") for cell in notebook.cells}
    while name in taken:
        name += "-"
    return name


def colab_url(repository: str | None, branch: str, path: str) -> str | None:
    """Build the URL by which Colab opens a notebook of a site published on a branch.

    Args:
        repository: The repository's URL.
        branch: The branch that holds the built site.
        path: The notebook's path in the site.

    Returns:
        None when the repository's URL is unset or not on GitHub, the host that Colab reads.
    """
    parsed = urlparse(repository or "")
    if parsed.netloc != "github.com":
        return None
    owner_and_name = parsed.path.strip("/").removesuffix(".git")
    return "https://colab.research.google.com/github/" + quote(
        f"{owner_and_name}/blob/{branch}/{path}"
    )
