"""Lead links to the files of an export, where the site's links lead to addresses."""

import posixpath
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

__all__ = ["Addresses"]


class Addresses(NamedTuple):
    """What stands behind the site's addresses.

    Attributes:
        pages: The Markdown file of each page by its address within the site.
        files: The paths of all other files.
    """

    pages: Mapping[str, str]
    files: frozenset[str]

    @classmethod
    def of(cls, pages: Mapping[str, str], files: Iterable[str]) -> "Addresses":
        """Return those of a site.

        Args:
            pages: The Markdown file of each page by its address, such as ``guide/`` or
                ``guide.html``.
            files: The paths of all other files.
        """
        return cls({_plain(unquote(url)): path for url, path in pages.items()}, frozenset(files))

    def file_behind(self, link: str, url: str) -> str | None:
        """Return the link from one page's file to the file that a link leads to.

        Args:
            link: What stands in the rendered page.
            url: The address of that page.

        Returns:
            The link in a Markdown file, the same if it leads to another site or stays on the page;
            None if it can only be written as it is, in HTML: it leads to no file, or asks a page
            a question.
        """
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path:
            return link
        target = posixpath.normpath(
            posixpath.join("/", posixpath.dirname(url), unquote(parts.path))
        )[1:]
        path = self.pages.get(_plain(target)) or (target if target in self.files else None)
        if path is None or parts.query:
            return None
        here = posixpath.dirname(self.pages[_plain(unquote(url))])
        mark = f"#{parts.fragment}" if parts.fragment else ""
        return quote(posixpath.relpath(path, here or ".")) + mark


def _plain(url: str) -> str:
    """Return an address in the form by which pages are compared: ``guide`` for ``guide/``."""
    return url.removesuffix("index.html").removeprefix("./").strip("/")
