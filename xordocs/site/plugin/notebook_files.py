"""Find the notebooks among a site's files, also those that other plugins generate or move.

Files are those of MkDocs; nothing here imports it.
"""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from xordocs.site.notebooks import is_markdown_notebook

__all__ = ["copy_generated", "find_collisions", "find_notebooks"]


def find_notebooks(
    files: Iterable[Any], includes: Callable[[PurePath], bool], copies: tuple[Path, ...]
) -> list[Any]:
    """Return the notebooks among a site's files, and have MkDocs take them for pages.

    Args:
        files: The site's files.
        includes: Whether the site wants a file of this path as a page, if it is a notebook.
        copies: Folders for copies of what other plugins have generated: the first that can be
            written to is used.
    """
    for file in files:
        if _is_wrapped(file):  # mkdocs-jupyter's own file has lost what plugins have said of it
            vars(file).update({**vars(file.file), **vars(file)})
    found = [
        file
        for file in files
        if _is_wrapped(file)
        or (includes(PurePath(file.abs_src_path or file.src_uri)) and _is_notebook(file))
    ]
    if any(map(_is_generated, found)):
        generated = {file.src_uri: file for file in files if _is_generated(file)}
        _place_generated(generated, [file.src_uri for file in found], copies)
    for file in found:
        _make_page(file)
    return found


def find_collisions(files: Iterable[Any], notebooks: Iterable[str]) -> dict[str, str]:
    """Tell for each notebook that becomes the same page as another file which file that is.

    Args:
        files: The site's files.
        notebooks: Those among them that are notebooks, by their paths.
    """
    by_url: dict[str, list[str]] = {}
    urls: dict[str, str] = {}
    for file in files:
        if file.is_documentation_page() and not file.inclusion.is_excluded():
            by_url.setdefault(file.url, []).append(file.src_uri)
            urls[file.src_uri] = file.url
    collisions = {}
    for uri in notebooks:
        url = urls.get(uri, "")
        if others := [it for it in by_url.get(url, []) if it != uri]:
            collisions[uri] = f"has the address {url!r} of {', '.join(others)}, too"
    return collisions


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


def _place_generated(
    generated: Mapping[str, Any], notebooks: Sequence[str], folders: tuple[Path, ...]
) -> None:
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
        _place_generated(generated, notebooks, tuple(others))
        return
    for uri in copies.keys() & set(notebooks):
        generated[uri].abs_src_path = str(copies[uri])


def _is_wrapped(file: Any) -> bool:
    """Whether a file is one of mkdocs-jupyter's own, which stands for one of MkDocs'."""
    return "file" in vars(file)


def _is_generated(file: Any) -> bool:
    """Whether another plugin has made a file, which may be in memory alone."""
    return bool(file.generated_by) or file.abs_src_path is None


def _is_notebook(file: Any) -> bool:
    """Whether a file is a notebook, also one that mkdocs-jupyter has not seen or does not read."""
    if not str(file.src_uri).endswith(".md"):
        return str(file.src_uri).endswith((".py", ".ipynb"))
    try:
        return is_markdown_notebook(file.content_string)
    except (OSError, ValueError):  # MkDocs will say so
        return False


def _make_page(file: Any) -> None:
    """Have MkDocs take a file for a page, wherever another plugin has put the page.

    MkDocs goes by the end of the file's name, and has no option for others.
    """
    if not file.is_documentation_page():
        file.is_documentation_page = lambda: True
    if not file.dest_uri.endswith(".html"):
        for known in ("dest_uri", "url", "abs_dest_path"):
            vars(file).pop(known, None)
