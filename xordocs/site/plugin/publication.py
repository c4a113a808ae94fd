"""Publish notebooks as pages: the Markdown that is made of them."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from xordocs.site.cache import Memo
from xordocs.site.errors import CellError, PageError
from xordocs.site.failures import location
from xordocs.site.notebooks import (
    Executed,
    Figures,
    Note,
    PreExecuted,
    Publication,
    locate,
    publish,
)
from xordocs.site.plugin.build import Build

__all__ = ["page_markdown", "publish_page", "read_publication"]

log = get_plugin_logger(__name__)


def publish_page(build: Build, page: Executed | PreExecuted, memo: Memo) -> Publication:
    """Convert a page as the site's options say.

    Raises:
        CellError: An output cannot be published.
        PageError: The page's file is no notebook.
    """
    figures = cast(Figures, build.options.figures)
    return publish(build.jupyter.present(page), build.package, memo, figures)


def read_publication(build: Build, uri: str, memo: Memo) -> Publication | None:
    """Return what is published of a notebook; None if there is nothing to show of this page.

    A page that is being executed is waited for.

    Raises:
        PluginError: The page is written already.
    """
    if build.executing is not None:
        build.executing.wait_for(uri)
    state = build.pages.get(uri)
    if state is None or not state.is_ready:
        return None
    if state.content is None:
        raise PluginError(f"{uri}: a plugin reads the page again after it has been written")
    try:
        if state.publication is None:
            state.publication = publish_page(build, state.content, memo)
    except PageError as error:
        build.fail_at(uri, error.line, f"the page {error}")
    except CellError as error:
        source = state.content.page.source
        lines = [
            f"{location(state.source, locate(source, one.number))}: {one}"
            for one in (error, *error.others)
        ]
        build.fail(uri, "\n".join(dict.fromkeys(lines)))  # a cell may show several figures
    return state.publication


def page_markdown(build: Build, uri: str, memo: Memo) -> str:
    """Return the Markdown of a notebook's page; nothing if it has failed."""
    publication = read_publication(build, uri, memo)
    if publication is None:
        return ""
    _report_notes(build.pages[uri].source, publication.notes)
    return publication.markdown


def _report_notes(source: Path, notes: Sequence[Note]) -> None:
    """Log what an author should know of a page's outputs, a line for each kind."""
    cells: dict[tuple[str, bool], list[int]] = {}
    for note in notes:
        cells.setdefault((note.text, note.is_warning), []).append(note.number)
    for (text, is_warning), numbers in cells.items():
        named = ", ".join(map(str, sorted(set(numbers))))
        level = logging.WARNING if is_warning else logging.INFO
        log.log(level, f"{location(source, None)}: cell {named}: {text}")
