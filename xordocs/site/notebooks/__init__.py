"""Notebooks: their files in, Markdown and downloads out.

A format is one entry of `readers.READERS`, a cell tag one of `tags.TAGS`.
"""

from xordocs.site.notebooks.convert import Publication, import_converters, publish
from xordocs.site.notebooks.export import Package, WheelError, colab_url, wheel
from xordocs.site.notebooks.pages import Executed, Page, PreExecuted
from xordocs.site.notebooks.readers import reader_of
from xordocs.site.notebooks.source import Source, code_cells, line_of, locate, read_text

__all__ = [
    "Executed",
    "Package",
    "Page",
    "PreExecuted",
    "Publication",
    "Source",
    "WheelError",
    "code_cells",
    "colab_url",
    "import_converters",
    "line_of",
    "locate",
    "publish",
    "read_text",
    "reader_of",
    "wheel",
]
