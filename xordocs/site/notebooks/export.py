"""Export notebooks for readers: a download that runs elsewhere, and the package that it needs."""

import copy
import functools
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlparse

from xordocs.site.notebooks.formats.metadata import PYTHON, language
from xordocs.site.notebooks.tags import add_jupyter_tags, role

if TYPE_CHECKING:
    from hatchling.builders.wheel import WheelBuilder
    from nbformat import NotebookNode

__all__ = ["Package", "WheelError", "colab_url", "download", "wheel"]


class WheelError(Exception):
    """A project of which no wheel can be built; the message says why in one line."""


class Package(NamedTuple):
    """A package that the site's notebooks need, and that the site offers.

    Attributes:
        requirement: Its name, with extras: ``xordocs[plots]``.
        address: The URL of its wheel.
    """

    requirement: str
    address: str


def wheel(project: Path, requirement: str) -> tuple[str, bytes]:
    """Build a project's wheel; the same files give the same bytes.

    Args:
        project: The folder of its ``pyproject.toml``, whose build backend is hatchling.
        requirement: The project's name, with extras.

    Returns:
        The wheel's name and its content.

    Raises:
        WheelError: Hatchling is not installed, or cannot build this project; or it has another
            name.
    """
    try:
        builder = _builder(project)
        wanted = requirement.partition("[")[0].strip()
        name = builder.metadata.core.raw_name
        if _normalized(wanted) != _normalized(name):
            raise WheelError(f"expected the name of this project, {name!r}, got {wanted!r}")
        included = builder.recurse_included_files()
        files = [Path(file.path) for file in included]
        described = [path for path in project.iterdir() if path.is_file()]  # the README and such
        status = [(str(path), path.stat().st_mtime_ns) for path in sorted([*files, *described])]
        return _built(project, tuple(status))
    except (OSError, TypeError, ValueError) as error:  # what hatchling raises
        why = str(error).partition("\n")[0]
        raise WheelError(f"hatchling cannot build a wheel of {project}: {why}") from error


def _normalized(name: str) -> str:
    """Return a project's name as package indexes compare names."""
    return re.sub(r"[-_.]+", "-", name).lower()


@functools.lru_cache(maxsize=1)  # under ``serve`` it is hardly ever another
def _built(project: Path, _status: tuple[tuple[str, int], ...]) -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        (built,) = _builder(project).build(directory=folder, versions=["standard"])
        return Path(built).name, Path(built).read_bytes()


def _builder(project: Path) -> "WheelBuilder":
    try:
        from hatchling.builders.wheel import WheelBuilder  # only sites that offer a package need it
    except ModuleNotFoundError as error:
        missing = "hatchling, which builds the project's wheel, is not installed"
        raise WheelError(f"{missing}: pip install hatchling") from error
    return WheelBuilder(str(project))


def download(executed: "NotebookNode", package: Package | None) -> str:
    """Serialize an executed notebook so that it runs again elsewhere.

    Args:
        executed: The notebook.
        package: What it needs; if None, the notebook installs nothing.

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
    if package and language(notebook.metadata) == PYTHON["language"]:
        name = package.requirement.partition("[")[0]
        install = new_code_cell(
            "import importlib.util\n\n"
            f'if importlib.util.find_spec("{name}") is None:\n'
            f'    %pip install --quiet "{package.requirement} @ {package.address}"'
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
