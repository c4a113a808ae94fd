"""The wheel of the site's own project, which its notebooks need to run elsewhere."""

import functools
import io
import re
import tempfile
import zipfile
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hatchling.builders.wheel import WheelBuilder

__all__ = ["Wheel", "WheelError", "wheel"]


class WheelError(Exception):
    """A project of which no wheel can be built; the message says why in one line."""


class Wheel(NamedTuple):
    """A wheel.

    Attributes:
        name: Its file's name.
        content: Its file's content.
    """

    name: str
    content: bytes

    @property
    def requires_python(self) -> str:
        """The versions of Python that it runs on, such as ``>=3.11``; empty if it does not say."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as files:
            (path,) = (path for path in files.namelist() if path.endswith(".dist-info/METADATA"))
            about = BytesHeaderParser().parsebytes(files.read(path))
        return ",".join(sorted(str(about.get("Requires-Python") or "").split(","), reverse=True))


def wheel(project: Path, requirement: str) -> Wheel:
    """Build a project's wheel; the same files give the same bytes.

    Args:
        project: The folder of its ``pyproject.toml``, whose build backend is hatchling.
        requirement: The project's name, with extras.

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
def _built(project: Path, _status: tuple[tuple[str, int], ...]) -> Wheel:
    with tempfile.TemporaryDirectory() as folder:
        (built,) = _builder(project).build(directory=folder, versions=["standard"])
        return Wheel(Path(built).name, Path(built).read_bytes())


def _builder(project: Path) -> "WheelBuilder":
    try:
        from hatchling.builders.wheel import WheelBuilder  # only sites that offer a package need it
    except ModuleNotFoundError as error:
        missing = "hatchling, which builds the project's wheel, is not installed"
        raise WheelError(f"{missing}: pip install hatchling") from error
    return WheelBuilder(str(project))
