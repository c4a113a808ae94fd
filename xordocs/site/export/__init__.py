"""Turn the rendered site into Markdown that other generators build: the command is `__main__`."""

from xordocs.site.export.addresses import Addresses
from xordocs.site.export.blocks import to_markdown
from xordocs.site.export.folder import Export, ExportedPage, FolderError, write

__all__ = ["Addresses", "Export", "ExportedPage", "FolderError", "to_markdown", "write"]
