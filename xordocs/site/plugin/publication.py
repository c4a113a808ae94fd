"""Publish notebooks: the Markdown of their pages, and the downloads beside them."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import cast
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
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

__all__ = ["add_wheel", "link_download", "page_markdown", "publish_page", "write_download"]

log = get_plugin_logger(__name__)


def publish_page(build: Build, page: Executed | PreExecuted, memo: Memo) -> Publication:
    """Convert a page as the site's options say.

    Raises:
        CellError: An output cannot be published.
        PageError: The page's file is no notebook.
    """
    figures = cast(Figures, build.options.figures)
    return publish(build.jupyter.present(page), build.package, memo, figures)


def page_markdown(build: Build, uri: str, memo: Memo) -> str:
    """Return the Markdown of a notebook's page; nothing if it has failed."""
    state = build.pages[uri]
    if not state.is_ready or state.page is None:
        return ""
    try:
        if state.publication is None:
            executed = state.executed or PreExecuted(state.page)
            state.publication = publish_page(build, executed, memo)
    except PageError as error:
        build.fail_at(uri, error.line, f"the page {error}")
        return ""
    except CellError as error:
        lines = [
            f"{location(state.source, locate(state.page.source, one.number))}: {one}"
            for one in (error, *error.others)
        ]
        build.fail(uri, "\n".join(dict.fromkeys(lines)))  # a cell may show several figures
        return ""
    _report_notes(state.source, state.publication.notes)
    return state.publication.markdown


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


def write_download(page: Page, notebook: str) -> None:
    """Write the notebook that readers can download beside its page."""
    target = Path(page.file.abs_dest_path).with_name(page.meta["notebook"])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(notebook, encoding="utf-8")


def _report_notes(source: Path, notes: Sequence[Note]) -> None:
    """Log what an author should know of a page's outputs, a line for each kind."""
    cells: dict[tuple[str, bool], list[int]] = {}
    for note in notes:
        cells.setdefault((note.text, note.is_warning), []).append(note.number)
    for (text, is_warning), numbers in cells.items():
        named = ", ".join(map(str, sorted(set(numbers))))
        level = logging.WARNING if is_warning else logging.INFO
        log.log(level, f"{location(source, None)}: cell {named}: {text}")
