"""Take the pages and files of a site while MkDocs builds it."""

import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from xordocs.site.export import Export, ExportedPage
from xordocs.site.plugin.downloads import tell_sizes
from xordocs.site.plugin.site_config import THEME

__all__ = ["Exporter"]

log = get_plugin_logger(__name__)

# MkDocs passes every argument by name, whether it is of use here or not.
# ruff: noqa: ARG002

SETTINGS = ("site_name", "site_url", "site_description", "site_author", "copyright", "repo_url")
"""Settings that say the same to every generator that reads ``mkdocs.yml``."""
MATERIAL = ("favicon", "features", "font", "language", "logo", "palette")
"""What Material's successor understands of its options."""
HEADER = ("title", "description", "tags", "hide", "icon", "status", "subtitle", "search")
"""What pages' headers say that is not the engine's, or of a template that stays behind."""


class _NoOptions(Config):
    """The command has them."""


class Exporter(BasePlugin[_NoOptions]):
    """Takes what is exported; added to the plugins of the one build that an export is made of.

    Attributes:
        export: What was taken, once the build has ended.
    """

    export: Export

    @event_priority(-1000)  # after plugins that change the navigation
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Keep the navigation, whose pages have no titles yet."""
        self._nav = nav

    @event_priority(-500)  # after plugins that finish pages, before those that join files
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Take pages and files as they are before any template."""
        own = {str(config.theme.custom_dir), str(THEME)}
        installed = {str(folder) for folder in config.theme.dirs} - own
        self._pages = {
            _path(file): file.page
            for file in files.documentation_pages()
            if file.page is not None and file.inclusion.is_included()
        }
        self._contents = {
            path: tell_sizes(page.content or "", page.url, files)
            for path, page in self._pages.items()
        }
        self._files = {
            file.dest_uri: file.content_bytes
            for file in files
            if not file.is_documentation_page()
            and file.inclusion.is_included()
            and str(file.src_dir) not in installed
        }
        self._settings = _settings(config)
        for path in map(str, (*config.extra_css, *config.extra_javascript)):
            written = Path(config.site_dir, path)
            if path not in self._files and written.is_file():  # as by mkdocstrings
                self._files[path] = written.read_bytes()

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Take the executed notebooks, which are written by now, and put all together."""
        for page in self._pages.values():
            if name := page.meta.get("notebook"):
                path = posixpath.join(posixpath.dirname(page.file.dest_uri), name)
                self._files[path] = Path(config.site_dir, path).read_bytes()
        pages = [
            ExportedPage(path, page.url, self._contents[path], _header(page.meta), _links(page))
            for path, page in self._pages.items()
        ]
        settings = {**self._settings, "nav": [_entry(item) for item in self._nav.items]}
        resources = config.plugins["xordocs"].config["export"]
        for mark, paths in resources.items():
            for path in paths:
                if path not in self._files:
                    log.warning(
                        f"the option `export`: {mark!r} names {path}, which the site has not"
                    )
        self.export = Export(settings, pages, self._files, resources)


def _path(file: File) -> str:
    """Return the path of a page's Markdown file: beside its address, such as ``guide/index.md``.

    There a relative address is the same to generators that read it from the file and to those that
    leave it to the browser.
    """
    return f"{posixpath.splitext(file.dest_uri)[0]}.md"


def _entry(item: Any) -> dict[str, Any]:
    """Return an entry of the navigation as ``mkdocs.yml`` has it."""
    title = str(item.title)
    if isinstance(item, Section):
        return {title: [_entry(child) for child in item.children]}
    return {title: item.url if isinstance(item, Link) else _path(item.file)}


def _header(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {name: meta[name] for name in HEADER if name in meta}


def _links(page: Page) -> list[tuple[str, str]]:
    """Return what stands above a notebook's page: its download, and where it runs."""
    if "notebook" in (page.meta.get("hide") or ()):
        return []
    named = (("Download this notebook", "notebook"), ("Open in Colab", "colab"))
    return [(words, page.meta[key]) for words, key in named if page.meta.get(key)]


def _settings(config: MkDocsConfig) -> dict[str, Any]:
    """Return what other generators can read of the site's configuration."""
    settings = {name: config[name] for name in SETTINGS if config[name]}
    if not config.use_directory_urls:
        settings["use_directory_urls"] = False
    if config.theme.name == "material":
        options = {name: config.theme[name] for name in MATERIAL if name in config.theme}
        settings["theme"] = {"name": "material", **options}
        # every page is its folder's index, and none of them its section's
        settings["theme"]["features"] = [
            name for name in config.theme.get("features", ()) if name != "navigation.indexes"
        ]
    settings["extra_css"] = [str(path) for path in config.extra_css]
    settings["extra_javascript"] = [
        script if isinstance(script, str) else {key: it for key, it in script.items() if it}
        for script in config.extra_javascript
    ]
    return settings
