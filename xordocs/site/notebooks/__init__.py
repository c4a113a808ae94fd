"""Notebooks: their files in, Markdown and downloads out.

A format is one entry of `readers.READERS`, a cell tag one of `tags.TAGS`.
"""

from xordocs.site.notebooks.convert import Publication, publish
from xordocs.site.notebooks.export import Package, WheelError, colab_url, wheel
from xordocs.site.notebooks.pages import Executed, Page, PreExecuted
from xordocs.site.notebooks.readers import reader_of
from xordocs.site.notebooks.source import (
    Source,
    code_cells,
    line_of,
    locate,
    parse,
    place_in_prose,
    read_text,
)

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
    "line_of",
    "locate",
    "parse",
    "place_in_prose",
    "publish",
    "read_text",
    "reader_of",
    "wheel",
]
