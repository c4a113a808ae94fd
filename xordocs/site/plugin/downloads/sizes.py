"""How large downloads are, beside the links to them."""

import html
import os
import posixpath
import re
from urllib.parse import unquote

from mkdocs.structure.files import File, Files

__all__ = ["tell_sizes"]

LINK = re.compile(
    r"<a\b(?=[^>]*\sdownload\b)[^>]*\shref=\"(?P<target>[^\"]*)\"[^>]*>.*?</a>", re.DOTALL
)


def tell_sizes(content: str, url: str, files: Files) -> str:
    """Add their sizes to a page's links with the attribute ``download``, where files stand behind.

    Args:
        content: The page's HTML.
        url: The page's address within the site.
        files: The site's files.
    """
    if not LINK.search(content):
        return content
    by_url = {unquote(file.url): file for file in files if not file.is_documentation_page()}

    def with_size(match: re.Match[str]) -> str:
        path = unquote(html.unescape(match["target"])).partition("#")[0]
        file = by_url.get(posixpath.normpath(posixpath.join(posixpath.dirname(url), path)))
        if file is None:
            return match[0]
        return f'{match[0]} <span class="xd-size">({_in_words(_size(file))})</span>'

    return LINK.sub(with_size, content)


def _size(file: File) -> int:
    if file.abs_src_path is None:
        return len(file.content_bytes)
    return os.stat(file.abs_src_path).st_size


def _in_words(size: int) -> str:
    """Return a number of bytes as people say it: ``430 kB``."""
    amount = float(size)
    for unit in ("bytes", "kB", "MB"):
        if amount < 999.5:
            digits = 0 if amount >= 9.95 or unit == "bytes" else 1
            return f"{amount:.{digits}f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"
