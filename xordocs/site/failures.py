"""Collect what keeps pages of one build from being published, to report all of it together."""

from collections.abc import Iterable
from pathlib import Path

__all__ = ["Failures", "location"]


class Failures:
    """The failures of one build, one for each page, and those of the site as a whole."""

    def __init__(self) -> None:
        self._pages: dict[str, str] = {}
        self._site: list[str] = []

    def add(self, message: str, page: str | None = None) -> None:
        """Add a failure.

        Args:
            message: What is wrong and where, in one line; more lines may follow it.
            page: The page that cannot be published; None if it is not a matter of one page.
        """
        if page is None:
            self._site.append(message)
        else:
            self._pages.setdefault(page, message)

    def report(self, pages: Iterable[str]) -> str:
        """Return all failures as one message; nothing if there is none.

        Args:
            pages: All pages in their order, which is that of the message.
        """
        messages = [*self._site, *(self._pages[page] for page in pages if page in self._pages)]
        if len(messages) < 2:
            return "".join(messages)
        return "\n\n".join([f"{len(messages)} failures:", *messages])


def location(path: Path, line: int | None) -> str:
    """Return a file and line in the form that editors open: ``docs/page.py:3``."""
    near = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return f"{near.as_posix()}:{line}" if line else near.as_posix()
