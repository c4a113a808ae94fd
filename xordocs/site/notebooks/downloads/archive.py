"""An archive of a site's notebooks, with all that they need to be run elsewhere."""

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from xordocs.site.notebooks.downloads.wheel import Wheel

__all__ = ["Member", "archive", "notebook_name"]

DATE = (1980, 1, 1, 0, 0, 0)
"""When each file was made: the first day that the format knows, so that only contents count."""


class Member(NamedTuple):
    """A notebook in an archive.

    Attributes:
        name: Its path there.
        title: What it is about.
        text: Its content.
    """

    name: str
    title: str
    text: str


def notebook_name(page: str, number: int, count: int) -> str:
    """Return the path of a page's notebook in an archive, by which folders list it in its order.

    Args:
        page: The page's path on the site.
        number: Its place among the notebooks, counted from 1.
        count: How many there are.
    """
    folder, name = posixpath.split(page)
    digits = max(2, len(str(count)))
    return posixpath.join(folder, f"{number:0{digits}}-{posixpath.splitext(name)[0]}.ipynb")


def archive(
    folder: str,
    title: str,
    notebooks: Sequence[Member],
    others: Mapping[str, bytes],
    wheel: Wheel | None,
    requirement: str,
) -> bytes:
    """Pack notebooks into a ZIP archive; the same contents give the same bytes.

    Args:
        folder: The name of the one folder in it.
        title: What the notebooks are about.
        notebooks: The notebooks in their order.
        others: Other files by their paths in the folder. A ``README.md`` among them takes the place
            of the one that is written here, and so do ``requirements.txt`` and ``pyproject.toml``.
        wheel: The package that they need, if they need one.
        requirement: The package's name, with extras.
    """
    python = wheel.requires_python if wheel is not None else ""
    files = {
        "README.md": _readme(title, notebooks, python).encode(),
        "pyproject.toml": _project(folder, wheel, requirement, python).encode(),
        "requirements.txt": _requirements(wheel, requirement).encode(),
        **({wheel.name: wheel.content} if wheel is not None else {}),
        **{notebook.name: notebook.text.encode() for notebook in notebooks},
        **others,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", DATE)
            entry.create_system = 3  # Unix, on every platform
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return packed.getvalue()


def _requirements(wheel: Wheel | None, requirement: str) -> str:
    """Return what pip installs, from within the folder."""
    _, bracket, extras = requirement.replace(" ", "").partition("[")
    own = [f"./{wheel.name}{bracket}{extras}"] if wheel is not None else []
    return "".join(f"{line}\n" for line in [*own, "jupyterlab"])


def _project(folder: str, wheel: Wheel | None, requirement: str, python: str) -> str:
    """Return the project file by which uv runs JupyterLab with what the notebooks need."""
    name = re.sub(r"[^a-z\d]+", "-", folder.lower()).strip("-") or "notebooks"
    needed = ["jupyterlab", *([requirement] if wheel is not None else [])]
    lines = [
        "[project]",
        f'name = "{name}"',
        'version = "0"',
        f"dependencies = {json.dumps(needed)}",
    ]
    if python:
        lines.append(f'requires-python = "{python}"')
    if wheel is not None:
        own = requirement.partition("[")[0].strip()
        lines += ["", "[tool.uv.sources]", f'{own} = {{ path = "{wheel.name}" }}']
    return "\n".join([*lines, "", "[tool.uv]", "package = false", ""])


def _readme(title: str, notebooks: Sequence[Member], python: str) -> str:
    listed = "\n".join(f"- [{one.title}]({quote(one.name)})" for one in notebooks)
    needs = f"Python {python}" if python else "Python"
    return f"""\
# {title}

{listed}

## Start

Open a terminal in this folder. With [uv](https://docs.astral.sh/uv/), one line fetches what the
notebooks need, into this folder alone, and opens it in JupyterLab:

    uv run jupyter lab

With pip, you need {needs}, and an environment to install into:

    python -m venv .venv
    source .venv/bin/activate       (on Windows: .venv\\Scripts\\activate)
    pip install -r requirements.txt
    jupyter lab

## Without a connection

Where there is one, on the same kind of machine and with the same Python, download what is needed:

    pip download -r requirements.txt -d wheelhouse

Carry this folder over with what is now in it, and install from there:

    pip install --no-index --find-links wheelhouse -r requirements.txt
"""
