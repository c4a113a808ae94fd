"""Write an export into a folder: pages, files, and a configuration with the navigation."""

import posixpath
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import yaml

from xordocs.site.export.addresses import Addresses
from xordocs.site.export.blocks import to_markdown

__all__ = ["Export", "ExportedPage", "FolderError", "write"]

MARK = "# Written by xordocs.site.export"
"""How the configuration begins, by which a folder is known that may be written again."""


class FolderError(Exception):
    """The folder has something else in it."""


class ExportedPage(NamedTuple):
    """A page of the site.

    Attributes:
        path: Its Markdown file, below the folder of all pages.
        url: Its address within the site.
        html: Its content.
        header: What its author has said of it that any generator can read.
        links: What readers of the page can take away or open: words and addresses.
    """

    path: str
    url: str
    html: str
    header: Mapping[str, Any]
    links: Sequence[tuple[str, str]]


class Export(NamedTuple):
    """A site that is to be written.

    Attributes:
        settings: The configuration, with the navigation.
        pages: Its pages.
        files: All other files, by their paths.
        resources: Files that pages load, by a text in the HTML of those that do.
    """

    settings: Mapping[str, Any]
    pages: Sequence[ExportedPage]
    files: Mapping[str, bytes]
    resources: Mapping[str, Sequence[str]]


def write(export: Export, folder: Path) -> None:
    """Write an export into a folder, in place of an earlier one.

    Raises:
        FolderError: The folder has something else in it.
    """
    settings, docs = folder / "mkdocs.yml", folder / "docs"
    if folder.exists() and any(folder.iterdir()):
        if not settings.is_file() or not settings.read_text("utf-8").startswith(MARK):
            raise FolderError(f"{folder} must be empty, new or an earlier export")
        shutil.rmtree(docs, ignore_errors=True)
    addresses = Addresses.of({page.url: page.path for page in export.pages}, export.files)
    texts = {page.path: _text(page, addresses, export.resources).encode() for page in export.pages}
    for path, content in {**export.files, **texts}.items():
        target = docs / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    text = yaml.safe_dump(dict(export.settings), sort_keys=False, allow_unicode=True)
    settings.write_text(f"{MARK}\n\n{text}", "utf-8")


def _text(page: ExportedPage, addresses: Addresses, resources: Mapping[str, Sequence[str]]) -> str:
    """Return a page's Markdown file."""
    text = to_markdown(page.html, lambda link: addresses.file_behind(link, page.url))
    links = [
        f"[{words}]({addresses.file_behind(address, page.url) or address})"
        for words, address in page.links
    ]
    if links:
        text = _below_title(text, " · ".join(links))
    needed = dict.fromkeys(
        path for mark, paths in resources.items() if mark in page.html for path in paths
    )
    if needed:
        loads = "\n".join(_load(path, page.url) for path in needed)
        text += f"\n<div>\n{loads}\n</div>\n"
    if page.header:
        header = yaml.safe_dump(dict(page.header), sort_keys=False, allow_unicode=True)
        text = f"---\n{header}---\n\n{text}"
    return text


def _below_title(text: str, line: str) -> str:
    """Put a line below a page's title, or above the page if that begins with no title."""
    title, rest = text.split("\n", 1) if text.startswith("# ") else ("", text)
    return f"{title}\n\n{line}\n{rest}" if title else f"{line}\n\n{text}"


def _load(path: str, url: str) -> str:
    """Return the HTML by which a page loads a script or a style sheet."""
    place = posixpath.dirname(posixpath.join("/", url))
    address = quote(posixpath.relpath(f"/{path}", place))
    if path.endswith(".css"):
        return f'<link rel="stylesheet" href="{address}">'
    return f'<script src="{address}" defer></script>'
