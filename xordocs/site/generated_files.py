"""Keep a copy of the files that other plugins generate, at the same paths in every build.

Pages are executed beside what was generated with them, and depend on what they read there. A
plugin's own temporary folder has another name each time, and some files are in memory alone.
"""

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

__all__ = ["copy_generated"]


def copy_generated(files: Mapping[str, Callable[[], bytes]], folder: Path) -> dict[str, Path]:
    """Make a folder hold these files and no others; leave alone what is as it should be.

    Args:
        files: What returns the content of each file, by its path within the folder, with ``/``.
        folder: The folder; made if it is not there.

    Returns:
        The copies by the files' paths. A path that leads out of the folder has none.

    Raises:
        OSError: The folder cannot be written to.
    """
    copies = {
        name: folder / name
        for name in files
        if not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts
    }
    for name, copy in copies.items():
        content = files[name]()
        if not copy.is_file() or copy.read_bytes() != content:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
    wanted = set(copies.values())
    for path in folder.rglob("*"):
        if path.is_file() and path not in wanted and "__pycache__" not in path.parts:
            path.unlink()
    return copies
