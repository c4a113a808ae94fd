"""Describe everything that all pages of a site depend on while they are rendered."""

import functools
import hashlib
import json
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markdown.util import get_installed_extensions

from xordocs.site.dependencies.digests import file_digest
from xordocs.site.dependencies.source_files import is_package_folder

__all__ = ["describe_site", "installed_distributions"]

KNOWN_RENDERERS = ("markdown", "material", "mkdocs", "mkdocs_autorefs", "mkdocstrings", "pymdownx")
"""The packages whose Markdown extensions make the same of the same text and the same files.

Another extension may look at the clock, a database or the network, which nobody can see.
"""
OURS = "xordocs.site"
RENDERING_PLUGINS = ("autorefs", "mkdocstrings")
"""The plugins that have a hand in rendering by extensions of their own."""
IRRELEVANT = {
    "copyright", "dev_addr", "extra", "extra_css", "extra_javascript", "extra_templates", "hooks",
    "nav", "plugins", "remote_branch", "remote_name", "site_author", "site_description",
    "site_dir", "strict", "theme", "watch",
}  # fmt: skip
"""Settings that do not change what is made of a page's text."""


class _UnknownRendererError(Exception):
    """A part of the configuration that may render other than by the text and by files."""


def describe_site(config: Any, files: Any) -> str | None:
    """Describe what determines the rendering of a site's pages, besides their texts.

    Args:
        config: MkDocs' configuration, as the plugins have left it.
        files: MkDocs' files.

    Returns:
        A digest; None if something renders of which nobody knows what it depends on.
    """
    renderers = [config.markdown_extensions, config.mdx_configs]
    plugins = {name: config.plugins[name] for name in RENDERING_PLUGINS if name in config.plugins}
    try:
        known = [_renderer(extension) for extension in config.markdown_extensions]
        known.append(_describe(renderers, trusted=True))
    except _UnknownRendererError:
        return None
    if _has_own_code(plugins):
        return None
    settings = {key: _describe(value) for key, value in config.items() if key not in IRRELEVANT}
    site = [
        known,
        settings,
        {name: [_name(type(it)), _describe(it.config)] for name, it in plugins.items()},
        config.theme.name,
        [[file.src_uri, file.url, file.inclusion.name] for file in files],
        _icons(config),
        installed_distributions(),
        sys.version,
        logging.getLogger("mkdocs").getEffectiveLevel(),  # what is not logged cannot be seen
        os.getcwd(),
    ]
    return hashlib.sha256(json.dumps(site).encode()).hexdigest()


def _renderer(extension: Any) -> str:
    """Name a Markdown extension, as ``markdown_extensions`` has it, and verify that it is known."""
    if not isinstance(extension, str):
        return _trusted(type(extension))
    entry_points = {it.name: it.value for it in get_installed_extensions()}
    module: str = entry_points.get(extension, extension).partition(":")[0]
    if not _is_trusted(module):
        raise _UnknownRendererError(extension)
    return module


def _describe(value: Any, *, trusted: bool = False) -> Any:
    """Describe a setting in terms of JSON, the same in every process.

    Args:
        value: The setting.
        trusted: Whether everything that can be called must come from a known renderer.

    Raises:
        _UnknownRendererError: Something does not.
    """
    describe = functools.partial(_describe, trusted=trusted)
    match value:
        case None | str() | int() | float():
            return value
        case Mapping():
            return {str(key): describe(it) for key, it in value.items()}
        case list() | tuple():
            return [describe(it) for it in value]
        case functools.partial():
            return [describe(it) for it in (value.func, value.args, value.keywords)]
    kind = value if hasattr(value, "__qualname__") else type(value)
    name = _trusted(kind) if trusted else _name(kind)
    closure = [describe(cell.cell_contents) for cell in getattr(value, "__closure__", None) or ()]
    return [name, closure, str(getattr(value, "suffix", ""))]  # `!relative` has a suffix


def _trusted(value: Any) -> str:
    if not _is_trusted(value.__module__):
        raise _UnknownRendererError(_name(value))
    return _name(value)


def _is_trusted(module: str) -> bool:
    """Whether a module is the engine's own, or an installed one of a known renderer."""
    if f"{module}.".startswith(f"{OURS}."):
        return True
    package = module.partition(".")[0]
    file = getattr(sys.modules.get(package), "__file__", None)
    return package in KNOWN_RENDERERS and file is not None and is_package_folder(file)


def _name(value: Any) -> str:
    return f"{value.__module__}.{value.__qualname__}"


def _has_own_code(plugins: Mapping[str, Any]) -> bool:
    """Whether mkdocstrings runs a site's own templates, or extensions of griffe."""
    if "mkdocstrings" not in plugins:
        return False
    config = plugins["mkdocstrings"].config
    options = (config.handlers.get("python") or {}).get("options") or {}
    return config.custom_templates is not None or "extensions" in options


def _icons(config: Any) -> dict[str, str | None]:
    """Digest the site's own icons: Material reads each once a process, whoever shows it."""
    options = (config.mdx_configs.get("pymdownx.emoji") or {}).get("options") or {}
    folders = [Path(folder) for folder in options.get("custom_icons") or ()]
    return {str(it): file_digest(it) for folder in folders for it in sorted(folder.rglob("*.svg"))}


def installed_distributions() -> list[str]:
    """Name every installed distribution with its version, as its folder is named."""
    folders = {folder for folder in sys.path if is_package_folder(folder)}
    names = (name for folder in folders if os.path.isdir(folder) for name in os.listdir(folder))
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))
