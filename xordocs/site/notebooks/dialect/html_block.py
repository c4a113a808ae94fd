"""Markdown inside of HTML, which CommonMark finds after blank lines, others where they are told."""

import re
from html.parser import HTMLParser

__all__ = ["mark_open_tags"]


def mark_open_tags(html: str, rest: str) -> str:
    """Have Markdown read inside of the elements that HTML leaves open before a blank line."""
    tags = _OpenTags()
    tags.feed(html)
    lines = html.split("\n")
    for name, line, column, text in reversed(tags.open):
        if f"</{name}" in rest.lower() and not re.search(r"\smarkdown\b", text):
            end = column + len(text.rstrip("/>").rstrip()) if "\n" not in text else -1
            if end > 0:
                lines[line] = f'{lines[line][:end]} markdown="block"{lines[line][end:]}'
    marked = "\n".join(lines)
    if marked == html or "<pre" in html.lower():
        return marked
    return re.sub(r"\n[ \t]+", "\n", marked)  # it would be code to Markdown


class _OpenTags(HTMLParser):
    """The elements that are open at the end: name, line, column and the text of the tag."""

    # The names are the standard library's.

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int, int, str]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        line, column = self.getpos()
        self.open.append((tag, line - 1, column, self.get_starttag_text() or ""))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Pass over an element without content."""

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, *_ in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]
