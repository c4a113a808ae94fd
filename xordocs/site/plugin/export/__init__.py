"""Write a site as Markdown for other generators: MkDocs renders it, and is asked no more."""

from xordocs.site.plugin.export.command import main

__all__ = ["main"]
