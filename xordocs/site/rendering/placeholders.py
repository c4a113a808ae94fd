"""Keep what a notebook's cells show out of reach of whatever else reads a page's Markdown.

Each part stands in the Markdown as one word on a line of its own. Plugins and snippets see the
word; the text comes back right before Python-Markdown looks for fenced code.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

__all__ = ["Part", "PlaceholderExtension", "placeholder"]

PRIORITY = 29
"""After pymdownx.snippets (32), and after the characters that Python-Markdown uses for itself have
been dropped (30); before metadata (27) and fenced code (25)."""
_TAG = re.compile(r"</?([a-z][\w-]*)", re.IGNORECASE)


class Part(NamedTuple):
    """What stands behind a placeholder.

    Attributes:
        text: HTML or Markdown.
        is_html: Which of the two; HTML is shown as it is.
    """

    text: str
    is_html: bool


def placeholder(part: Part) -> str:
    """Make the word that stands for a part: the same for the same part, in every build."""
    digest = hashlib.sha256(f"{part.is_html} {part.text}".encode(errors="surrogatepass"))
    return f"xordocs-part-{digest.hexdigest()[:32]}"


class PlaceholderExtension(Extension):
    """A Markdown extension that puts the parts of one page in the places of their placeholders.

    Args:
        parts: The parts, by placeholder.
    """

    def __init__(self, parts: Mapping[str, Part]) -> None:
        super().__init__()
        self._parts = parts

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register it on this converter."""
        md.preprocessors.register(_Replacement(md, self._parts), "xordocs-parts", PRIORITY)


class _Replacement(Preprocessor):
    def __init__(self, md: Markdown, parts: Mapping[str, Part]) -> None:
        super().__init__(md)
        self._parts = parts

    def run(self, lines: list[str]) -> list[str]:
        replaced: list[str] = []
        for line in lines:
            part = self._parts.get(line.strip())
            if part is None:
                replaced.append(line)
                continue
            text = re.sub(f"[{STX}{ETX}]", "", part.text)
            if part.is_html:
                text = self._store(text)
            replaced += ["", *text.split("\n"), ""]
        return replaced

    def _store(self, html: str) -> str:
        """Store HTML as a block, whatever element it begins with or ends: custom ones, too."""
        tag = _TAG.match(html)
        if tag and not self.md.is_block_level(tag[1]):
            self.md.block_level_elements.append(tag[1].lower())
        return str(self.md.htmlStash.store(html))
