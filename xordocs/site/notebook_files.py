"""Find the notebooks among a site's files, also those that other plugins generate or move.

Files are those of MkDocs; nothing here imports it.
"""

import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

__all__ = ["copy_generated", "find_notebooks"]


def find_notebooks(
    files: Iterable[Any], includes: Callable[[Any], bool], copies: tuple[Path, ...]
) -> list[Any]:
    """Return the notebooks among a site's files, and have MkDocs take them for pages.

    Args:
        files: The site's files.
        includes: Whether mkdocs-jupyter takes a file for a notebook.
        copies: Folders for copies of what other plugins have generated: the first that can be
            written to is used.
    """
    for file in files:
        if _is_wrapped(file):  # mkdocs-jupyter's own file has lost what plugins have said of it
            vars(file).update({**vars(file.file), **vars(file)})
    generated = {
        file.src_uri: file for file in files if file.generated_by or file.abs_src_path is None
    }
    if any(map(_may_be_notebook, generated.values())):
        _place_generated(generated, copies)
    notebooks = [
        file for file in files if _is_wrapped(file) or (_may_be_notebook(file) and includes(file))
    ]
    for file in notebooks:
        _make_page(file)
    return notebooks


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


def _place_generated(generated: Mapping[str, Any], folders: tuple[Path, ...]) -> None:
    """Have generated notebooks, and what was generated with them, at the same paths in each build.

    Pages are executed beside what was generated with them, and depend on what they read there. A
    plugin's own temporary folder has another name each time, and some files are in memory alone.
    """
    contents = {
        uri: functools.partial(getattr, file, "content_bytes") for uri, file in generated.items()
    }
    first, *others = folders
    try:
        copies = copy_generated(contents, first)
    except OSError:
        if not others:
            raise
        _place_generated(generated, tuple(others))
        return
    for uri, path in copies.items():
        if _may_be_notebook(generated[uri]):
            generated[uri].abs_src_path = str(path)


def _is_wrapped(file: Any) -> bool:
    """Whether a file is one of mkdocs-jupyter's own, which stands for one of MkDocs'."""
    return "file" in vars(file)


def _may_be_notebook(file: Any) -> bool:
    """Whether mkdocs-jupyter is to be asked about a file that it may not have seen."""
    if file.src_uri.endswith(".md"):
        return bool(file.generated_by) and b"kernelspec" in file.content_bytes
    return str(file.src_uri).endswith((".py", ".ipynb"))


def _make_page(file: Any) -> None:
    """Have MkDocs take a file for a page, wherever another plugin has put the page.

    MkDocs goes by the end of the file's name, and has no option for others.
    """
    if not file.is_documentation_page():
        file.is_documentation_page = lambda: True
    if not file.dest_uri.endswith(".html"):
        for known in ("dest_uri", "url", "abs_dest_path"):
            vars(file).pop(known, None)
