"""Render pages: each with the Markdown extensions it needs, or as it was rendered before."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from xordocs.site import mathematics
from xordocs.site.cache import Memo
from xordocs.site.errors import FormulaError
from xordocs.site.failures import location
from xordocs.site.livereload import failure_notice, pending_notice
from xordocs.site.notebooks import DIALECT, Publication, line_of, place_in_prose
from xordocs.site.plugin.build import Build
from xordocs.site.plugin.jupyter_options import JupyterOptions
from xordocs.site.plugin.publication import read_publication
from xordocs.site.plugin.runtime import Runtime
from xordocs.site.rendering.placeholders import PlaceholderExtension

__all__ = ["limit_headings", "override_render"]

log = get_plugin_logger(__name__)

HIGHLIGHTING = {"codehilite", "highlight", "superfences"}
"""Markdown extensions that have to do with the colours of code. Material needs one of them; other
themes colour plain code by a script.
"""


def override_render(page: Page, build: Build, runtime: Runtime) -> None:
    """Replace a page's method `render`.

    MkDocs has no event in place of rendering, and mkdocs-jupyter replaces the method of a
    notebook's page in the same way; the last to do so renders.
    """

    def render(config: MkDocsConfig, files: Files) -> None:
        _render(page, config, files, build, runtime)

    vars(page)["render"] = render


def limit_headings(page: Page, jupyter: JupyterOptions) -> None:
    """Name and list a notebook's page as mkdocs-jupyter is told to."""
    if jupyter.ignores_h1_titles:
        # MkDocs has no option for this, and keeps the first heading where only it should look.
        page._title_from_render = None
    if jupyter.toc_depth is not None:
        page.toc.items = _prune(page.toc.items, jupyter.toc_depth)


def _prune(links: list[AnchorLink], depth: int) -> list[AnchorLink]:
    """Return the entries of a table of contents down to a level of headings."""
    kept = [link for link in links if link.level <= depth]
    for link in kept:
        link.children = _prune(link.children, depth)
    return kept


def _render(page: Page, config: MkDocsConfig, files: Files, build: Build, runtime: Runtime) -> None:
    """Render a page or restore its rendering; under ``serve`` it may show a notice instead."""
    state = build.pages.get(page.file.src_uri)
    registries = _registries(config)

    def convert() -> None:
        _convert(page, config, files, build, runtime.session.memo)

    try:
        if state is not None and state.failure:
            _replace_content(page, failure_notice(state.failure))
        elif state is not None and state.pending:
            runtime.renderings.restore_last(page, files, registries)
            _replace_content(page, pending_notice(state.pending, page.content or ""))
        else:
            runtime.renderings.render(page, files, registries, convert)
    except* FormulaError as errors:
        message = "\n".join(_located(error, page, config, build) for error in _leaves(errors))
        build.fail(page.file.src_uri, message)
        _replace_content(page, failure_notice(message))
    if state is not None:
        state.publication = None


def _convert(page: Page, config: MkDocsConfig, files: Files, build: Build, memo: Memo) -> None:
    """Let MkDocs render a page, with its formulas.

    Raises:
        ExceptionGroup: Formulas cannot be set, and the site is not to be published without.
    """
    errors: list[FormulaError] = []
    publication = read_publication(build, page.file.src_uri, memo)
    own = _page_config(
        config, publication, errors.append, is_notebook=page.file.src_uri in build.pages
    )
    Page.render(page, own, files)
    if publication is not None and page.present_anchor_ids is not None:
        page.present_anchor_ids.update(publication.anchors)  # MkDocs sees none in HTML
    if errors and build.options.formulas == "error":
        raise ExceptionGroup("formulas", errors)
    for error in errors:
        log.info(f"{_located(error, page, config, build)}; the page shows its source")


def _page_config(
    config: MkDocsConfig,
    publication: Publication | None,
    report: Callable[[FormulaError], None],
    *,
    is_notebook: bool,
) -> MkDocsConfig:
    """Return the configuration with the Markdown extensions for one page.

    A notebook's page is in Jupyter's dialect of Markdown.
    """
    own = copy.copy(config)
    own.markdown_extensions = mathematics.page_extensions(
        config.markdown_extensions,
        config.mdx_configs[mathematics.NAME],
        is_notebook=is_notebook,
        report=report,
    )
    if publication is not None:
        added = _dialect(own)
        placeholders = PlaceholderExtension(publication.parts)
        own.markdown_extensions = [*own.markdown_extensions, *added, placeholders]
        own.mdx_configs = {**config.mdx_configs, **added}
    return own


def _dialect(config: MkDocsConfig) -> dict[str, Any]:
    """Return the Markdown extensions that notebooks need and the site does not list."""
    known = {str(name).rpartition(".")[2] for name in config.markdown_extensions}
    added = {name: it for name, it in DIALECT.items() if name.rpartition(".")[2] not in known}
    if config.theme.name == "material" and known.isdisjoint(HIGHLIGHTING):
        added |= {"pymdownx.highlight": {}, "pymdownx.superfences": {}}
    return added


def _located(error: FormulaError, page: Page, config: MkDocsConfig, build: Build) -> str:
    """Say where in its page a formula stands, and what is wrong with it."""
    state = build.pages.get(page.file.src_uri)
    if state is None or state.page is None:
        path = Path(config.docs_dir) / page.file.src_uri
        place = location(path, line_of(page.file.content_string, error.formula))
    else:
        inside = place_in_prose(state.page.source, error.formula)
        place = location(state.source, None) + inside
    return f"{place}: {error}"


def _leaves(errors: BaseExceptionGroup[FormulaError]) -> Iterator[FormulaError]:
    """Yield the exceptions of a group, however deep."""
    for error in errors.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


def _registries(config: MkDocsConfig) -> dict[str, Any]:
    """Return what a page's rendering registers headings and style sheets with."""
    registries: dict[str, Any] = {}
    if "autorefs" in config.plugins:
        registries["autorefs"] = config.plugins["autorefs"]
    documentation: Any = config.plugins.get("mkdocstrings")
    if documentation is not None and documentation.config.enabled:
        registries["handlers"] = documentation.handlers
        registries["inventory"] = documentation.handlers.inventory
    return registries


def _replace_content(page: Page, content: str) -> None:
    """Make a page show something else than its text."""
    page.content = content
    page.toc = page.toc or get_toc([])
