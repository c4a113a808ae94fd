"""What a reader takes away: the executed notebook, and the package that it needs."""

import copy
import tempfile
from pathlib import Path
from urllib.parse import quote, urlparse

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

__all__ = ["colab_url", "download", "wheel"]


def wheel(project: Path) -> tuple[str, bytes]:
    """Build a project's wheel, the same from every build.

    Args:
        project: The folder of its ``pyproject.toml``, whose build backend is hatchling.

    Returns:
        The wheel's name and its content.
    """
    from hatchling.builders.wheel import WheelBuilder  # only sites that offer a package need it

    with tempfile.TemporaryDirectory() as folder:
        (built,) = WheelBuilder(str(project)).build(directory=folder, versions=["standard"])
        return Path(built).name, Path(built).read_bytes()


def download(executed: NotebookNode, package: str, address: str | None) -> str:
    """Write an executed notebook so that it runs again elsewhere.

    Args:
        executed: The notebook.
        package: The package that it needs, with extras: ``xordocs[plots]``.
        address: Where its wheel is published; if None, the notebook tells nobody where to get it.

    Returns:
        The ``.ipynb``. Where the address is known its first cell installs the package if missing.
    """
    notebook = copy.deepcopy(executed)
    if address:
        name = package.partition("[")[0]
        install = new_code_cell(
            "import importlib.util\n\n"
            f'if importlib.util.find_spec("{name}") is None:\n'
            f'    %pip install --quiet "{package} @ {address}"'
        )
        install.id = "install"
        notebook.cells.insert(0, install)
    return str(nbformat.writes(notebook))


def colab_url(repository: str | None, branch: str, path: str) -> str | None:
    """Where Colab opens a notebook of the published site, which is kept on a branch.

    Args:
        repository: The repository's address.
        branch: The branch that holds the built site.
        path: The notebook's place in the site.

    Returns:
        None when the repository's address is unset or not on GitHub, the host that Colab reads.
    """
    parsed = urlparse(repository or "")
    if parsed.netloc != "github.com":
        return None
    owner_and_name = parsed.path.strip("/").removesuffix(".git")
    return "https://colab.research.google.com/github/" + quote(
        f"{owner_and_name}/blob/{branch}/{path}"
    )
