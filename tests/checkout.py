"""A copy of this project that a test or a measurement may build and edit, and what it holds."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
LEFT_OUT = {"build", "dist", "mutants", "site", "tests"}


def copy_checkout(target: Path) -> None:
    """Copy what the site is built from: neither hidden folders nor what was built."""
    ignore = shutil.ignore_patterns("__pycache__")
    for path in ROOT.iterdir():
        if path.is_file():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
        elif not path.name.startswith(".") and path.name not in LEFT_OUT:
            shutil.copytree(path, target / path.name, ignore=ignore)


def contents(folder: Path, pattern: str = "*") -> dict[str, bytes]:
    """Return the files of a folder, by their names inside it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob(pattern)
        if path.is_file()
    }
