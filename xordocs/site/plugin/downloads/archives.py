"""Archives of notebooks, with all that they need to run elsewhere."""

import posixpath
from pathlib import PurePosixPath
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files

from xordocs.site.cache import Memo
from xordocs.site.notebooks import Member, Package, Place, archive, notebook_name, take_away
from xordocs.site.notebooks.options import matches
from xordocs.site.plugin.build import Build

__all__ = ["add_archives", "fill_archives"]

log = get_plugin_logger(__name__)


def add_archives(build: Build, files: Files, config: MkDocsConfig) -> None:
    """Have the site carry the archives, which pages may link to before there is anything in them.

    Their order is that of the navigation, and the titles those of the pages, which MkDocs knows
    later.
    """
    for uri in build.options.archives:
        files.append(File.generated(config, uri, content=b""))


def fill_archives(build: Build, files: Files, config: MkDocsConfig, memo: Memo) -> None:
    """Fill the archives, now that all pages are rendered."""
    for uri, globs in build.options.archives.items():
        named = [file for file in files if any(matches(glob, file.src_uri) for glob in globs)]
        if not named:
            log.warning(f"the option `archives`: {', '.join(globs)} names no file for {uri}")
        target = files.get_file_from_path(uri)
        if target is not None:
            target.content_bytes = _pack(uri, named, build, files, config, memo)


def _pack(
    uri: str,
    named: list[File],
    build: Build,
    files: Files,
    config: MkDocsConfig,
    memo: Memo,
) -> bytes:
    """Return the content of an archive; under ``serve`` it has what is ready."""
    ranks = {page: rank for rank, page in enumerate(build.order)}
    notebooks = sorted(
        (file for file in named if build.is_published(file.src_uri)),
        key=lambda file: (ranks.get(file.src_uri, len(ranks)), file.src_uri),
    )
    others = {file.src_uri: file for file in named if file.src_uri not in build.pages}
    others.pop(uri, None)
    names = {
        file.src_uri: notebook_name(file.src_uri, number, len(notebooks))
        for number, file in enumerate(notebooks, 1)
    }
    places = {**names, **{path: path for path in others}}
    urls = {}
    if config.site_url:
        site = f"{config.site_url.rstrip('/')}/"
        urls = {file.src_uri: urljoin(site, file.url) for file in files.documentation_pages()}
    members = []
    for file in notebooks:
        state, name = build.pages[file.src_uri], names[file.src_uri]
        if state.content is not None:
            page = build.jupyter.present(state.content)
            text = take_away(
                page, _package(build, name), Place(file.src_uri, name, places, urls), memo
            )
            title = str(file.page.title if file.page else name)
            members.append(Member(name, title, text))
    return archive(
        PurePosixPath(uri).stem,
        str(config.site_name),
        members,
        {path: file.content_bytes for path, file in others.items()},
        build.wheel,
        build.options.package,
    )


def _package(build: Build, name: str) -> Package | None:
    """Return the package that a notebook of an archive installs, from the wheel beside it."""
    if build.wheel is None:
        return None
    requirement = build.options.package.replace(" ", "")
    own, bracket, extras = requirement.partition("[")
    path = posixpath.relpath(build.wheel.name, posixpath.dirname(name) or ".")
    path = path if path.startswith(".") else f"./{path}"
    return Package(own, path + bracket + extras)
