"""The plugin for MkDocs: the one package here that imports MkDocs."""

from xordocs.site.lazy_import import lazy_import
from xordocs.site.plugin.plugin import XordocsPlugin

with lazy_import("jupytext", "mkdocs_jupyter.convert"):  # they would read and convert notebooks
    import mkdocs_jupyter.plugin  # noqa: F401 - MkDocs imports it next

__all__ = ["XordocsPlugin"]
