"""Publish notebooks: the Markdown of their pages, and the downloads beside them."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import cast
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from xordocs.site.cache import Memo
from xordocs.site.errors import CellError, PageError
from xordocs.site.failures import location
from xordocs.site.notebooks import (
    Executed,
    Figures,
    Note,
    Package,
    PreExecuted,
    Publication,
    WheelError,
    colab_url,
    locate,
    publish,
    wheel,
)
from xordocs.site.plugin.build import Build
from xordocs.site.plugin.site_config import project_folder

__all__ = [
    "add_wheel",
    "link_download",
    "page_markdown",
    "publish_page",
    "read_publication",
    "write_download",
]

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

    Raises:
        PluginError: The page is written already.
    """
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


def add_wheel(build: Build, files: Files, config: MkDocsConfig) -> None:
    """Build the wheel that downloaded notebooks need, if any, and have the site carry it."""
    if not build.options.package:
        return
    try:
        name, content = wheel(project_folder(config), build.options.package)
    except WheelError as error:
        build.fail(None, f"the option `package`: {error}")
        return
    files.append(File.generated(config, f"assets/{name}", content=content))
    if config.site_url:
        site = f"{config.site_url.rstrip('/')}/"  # mike leaves the end out
        build.package = Package(build.options.package, urljoin(site, f"assets/{name}"))
    else:
        log.info(
            f"downloaded notebooks do not install {build.options.package}: without `site_url` "
            "the address of its wheel is not known"
        )


def link_download(page: Page, config: MkDocsConfig) -> None:
    """Tell the page's template where readers find its notebook: beside it, and on Colab."""
    name = f"{Path(page.file.src_uri).stem}.ipynb"
    place = Path(page.file.abs_dest_path).with_name(name).relative_to(config.site_dir)
    page.meta = {**page.meta, "notebook": name}
    if "MIKE_DOCS_VERSION" not in os.environ:  # mike puts the site into a folder of its own
        url = colab_url(config.repo_url, config.remote_branch, place.as_posix())
        page.meta["colab"] = url


def write_download(page: Page, build: Build, memo: Memo) -> None:
    """Write the notebook that readers can download beside its page, and hold it no longer."""
    state = build.pages[page.file.src_uri]
    if state.content is None:  # a plugin has it written twice
        return
    publication = read_publication(build, page.file.src_uri, memo)
    if publication is not None:
        target = Path(page.file.abs_dest_path).with_name(page.meta["notebook"])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(publication.notebook, encoding="utf-8")
    state.content = state.publication = None


def _report_notes(source: Path, notes: Sequence[Note]) -> None:
    """Log what an author should know of a page's outputs, a line for each kind."""
    cells: dict[tuple[str, bool], list[int]] = {}
    for note in notes:
        cells.setdefault((note.text, note.is_warning), []).append(note.number)
    for (text, is_warning), numbers in cells.items():
        named = ", ".join(map(str, sorted(set(numbers))))
        level = logging.WARNING if is_warning else logging.INFO
        log.log(level, f"{location(source, None)}: cell {named}: {text}")
