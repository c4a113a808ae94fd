"""Links of a notebook's prose, once the notebook has left the site."""

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

__all__ = ["Place", "replace_links"]

_CODE = r"(?P<code>(?P<ticks>`+).*?(?<!`)(?P=ticks)(?!`))"
_LINK = re.compile(
    rf"{_CODE}|(?<![!\\])\[(?P<words>(?:[^\[\]]|\\.|\[[^\[\]]*\])*)\]\((?P<target>[^()\s<>]+)\)",
    re.DOTALL,
)
_PATH = re.compile(r"^([^?#]*)(.*)", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z\d+.-]*:|[/#?]", re.IGNORECASE)


def replace_links(prose: str, link: Callable[[str], str | None]) -> str:
    """Replace the links to other pages in a text in Markdown; code is left alone.

    Args:
        prose: The text.
        link: Returns for a path relative to the page, with its query and its fragment, what a link
            leads to instead; None if to nothing, and its words stand alone.
    """

    def replace(match: re.Match[str]) -> str:
        if match["code"] or _ELSEWHERE.match(match["target"]):
            return match[0]
        target = link(match["target"])
        return match["words"] if target is None else f"[{match['words']}]({target})"

    return _LINK.sub(replace, prose)


class Place(NamedTuple):
    """Where a page lies in a folder that readers take away, beside others.

    Attributes:
        page: The page's path on the site.
        name: Its path in the folder.
        names: The paths there of all that the folder holds, by their paths on the site.
        urls: The URLs of the site's pages, by their paths on the site; none if they are not known.
    """

    page: str
    name: str
    names: Mapping[str, str]
    urls: Mapping[str, str]

    def link(self, target: str) -> str | None:
        """Return what a link of the page leads to from here; None if to nothing.

        A link to a part of another page in the folder leads to its top: headings have other names
        there.

        Args:
            target: A path relative to the page, perhaps with a query and a fragment.
        """
        path, rest = _PATH.findall(target)[0]
        named = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), unquote(path)))
        if named in self.names:
            folder = posixpath.dirname(self.name) or "."
            return quote(posixpath.relpath(self.names[named], folder))
        return f"{self.urls[named]}{rest}" if named in self.urls else None
