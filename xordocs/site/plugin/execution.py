"""Read the notebooks among a site's pages, and execute those that are stale."""

import contextlib
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, set_exclusions

from xordocs.site.errors import ExecutionError, PageError
from xordocs.site.execution import Session, StalePage
from xordocs.site.execution.pending import PendingPages
from xordocs.site.livereload import LiveSite
from xordocs.site.notebooks import (
    Executed,
    Page,
    PageOptions,
    PreExecuted,
    options_for,
)
from xordocs.site.notebooks.options import matches
from xordocs.site.plugin.build import Build, PageState
from xordocs.site.plugin.notebook_files import find_collisions, find_notebooks
from xordocs.site.plugin.publication import publish_page
from xordocs.site.plugin.runtime import Runtime
from xordocs.site.rendering.webp import import_formats

__all__ = ["execute_notebooks", "read_notebooks"]

log = get_plugin_logger(__name__)


def read_notebooks(build: Build, runtime: Runtime, files: Files, config: MkDocsConfig) -> None:
    """Find the notebooks among a site's files, and read those that are published."""
    folders = runtime.cache, runtime.session.folder
    copies = tuple(folder / "generated" for folder in folders)
    notebooks = find_notebooks(files, build.jupyter.includes, copies)
    set_exclusions(files, config)  # of files that other plugins have added
    build.pages = {
        file.src_uri: PageState(Path(str(file.abs_src_path)))
        for file in notebooks
        if _is_published(file, build)
    }
    for uri in build.pages:
        _read(build, uri, runtime.session)
    for glob in build.options.pages:
        if not any(matches(glob, uri) for uri in build.pages):
            log.info(f"the option `pages`: {glob!r} names no notebook of the site")
    for uri, others in find_collisions(files, build.pages).items():
        build.fail_at(uri, 1, f"the page {others}")


def execute_notebooks(build: Build, runtime: Runtime, files: Files, config: MkDocsConfig) -> None:
    """Begin to execute the stale notebooks, and take the others from the cache."""
    pages = {uri: it for uri, it in build.executed_pages().items() if build.pages[uri].is_ready}
    fresh, stale = (runtime.live or runtime.session).partition(pages)
    for uri, executed in fresh.items():
        build.pages[uri].content = executed
    for one in stale:
        if _shows_stored(one.page):
            build.pages[one.page.name].content = PreExecuted(one.page)
    stale = [one for one in stale if build.pages[one.page.name].content is None]
    if runtime.live is not None:
        _execute_in_background(build, runtime.live, stale, files, config)
    elif stale:
        _execute(build, runtime.session, stale)
        import_formats()  # while kernels start


def _is_published(file: File, build: Build) -> bool:
    inclusion = file.inclusion
    return bool(inclusion.is_in_serve() if build.is_served else inclusion.is_included())


def _read(build: Build, uri: str, session: Session) -> None:
    """Read a notebook, with the options that hold for it."""
    state = build.pages[uri]
    defaults = PageOptions(build.options.execute, build.options.timeout)
    told = build.jupyter.page_options(state.source, defaults)
    options = options_for(uri, told, build.options.pages)
    expect = session.expect if options.execute else None  # before imports that parsing needs
    try:
        state.page = Page.read(uri, state.source, session.memo, options, expect)
    except PageError as error:
        build.fail_at(uri, error.line, f"the page {error}")
        return
    if not state.is_executed:
        state.content = PreExecuted(state.page)
        if state.page.has_outputs:
            log.info(f"{uri}: shows the outputs in its file; what made them is not known")


def _shows_stored(page: Page) -> bool:
    """Say whether a page shows the outputs in its file for want of a kernel, and log it."""
    if not page.has_outputs:
        return False
    from xordocs.site.execution.kernelspecs import missing_kernel  # it imports Jupyter

    missing = missing_kernel(page.source.notebook.metadata)
    if missing:
        log.info(f"{page.name}: shows the outputs in its file: {missing}")
    return bool(missing)


def _execute(build: Build, session: Session, stale: list[StalePage]) -> None:
    """Begin to execute pages, also those that are left when some have failed."""

    def on_done(executed: Executed) -> None:
        state = build.pages[executed.page.name]
        state.content = executed
        with contextlib.suppress(Exception):  # reported when MkDocs reads the page
            state.publication = publish_page(build, executed, session.memo)

    def on_failure(page: StalePage, error: ExecutionError) -> None:
        log.info(f"{page.page.name}: failed")
        build.fail(page.page.name, str(error))

    build.executing = PendingPages(session, stale, on_done, on_failure)


def _execute_in_background(
    build: Build, live: LiveSite, stale: list[StalePage], files: Files, config: MkDocsConfig
) -> None:
    """Execute pages while what they showed last is shown."""
    addresses = {file.src_uri: file.url for file in files if file.src_uri in build.pages}
    known = live.execute_stale(stale, addresses, config.watch, config.docs_dir)
    for one in stale:
        match known.get(one.page.name):
            case Executed() as executed:
                build.pages[one.page.name].content = executed
            case ExecutionError() as error:
                build.fail(one.page.name, str(error))
            case None:
                build.pages[one.page.name].pending = one.reason
