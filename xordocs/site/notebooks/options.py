"""What an author may say about the execution of one page."""

from typing import NamedTuple

__all__ = ["DEFAULTS", "PageOptions"]


class PageOptions(NamedTuple):
    """How a page is executed, and what it depends on besides what its kernel records.

    Attributes:
        execute: Whether builds execute it; if not, the outputs that its file holds are shown.
        timeout: How many seconds a cell may take.
        allow_errors: Whether cells may raise exceptions, as if all were tagged
            ``raises-exception``.
        depends: Declared inputs: files and globs relative to the page, ``$NAME`` for environment
            variables, and ``always`` for a page that every build executes. None if the page
            declares nothing, which is not the same as declaring that there are none.
    """

    execute: bool = True
    timeout: int = 120
    allow_errors: bool = False
    depends: tuple[str, ...] | None = None


DEFAULTS = PageOptions()
"""What holds for a page of which nobody says anything."""
