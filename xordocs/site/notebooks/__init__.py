"""Notebooks: their files in, Markdown and downloads out.

A kind of file is one entry of `formats.readers.READERS`, a cell tag one of `tags.TAGS`.
"""

from xordocs.site.notebooks.convert import Publication, publish, take_away
from xordocs.site.notebooks.dialect import EXTENSIONS as DIALECT
from xordocs.site.notebooks.displays import Figures
from xordocs.site.notebooks.downloads import (
    Member,
    Package,
    Place,
    Wheel,
    WheelError,
    archive,
    colab_url,
    notebook_name,
    wheel,
)
from xordocs.site.notebooks.formats.readers import is_markdown_notebook, reader_of
from xordocs.site.notebooks.options import PageOptions, options_for
from xordocs.site.notebooks.outputs import Note
from xordocs.site.notebooks.pages import Executed, Page, PreExecuted
from xordocs.site.notebooks.source import (
    Source,
    code_cells,
    line_of,
    locate,
    place_in_prose,
    read_text,
)

__all__ = [
    "DIALECT",
    "Executed",
    "Figures",
    "Member",
    "Note",
    "Package",
    "Page",
    "PageOptions",
    "Place",
    "PreExecuted",
    "Publication",
    "Source",
    "Wheel",
    "WheelError",
    "archive",
    "code_cells",
    "colab_url",
    "is_markdown_notebook",
    "line_of",
    "locate",
    "notebook_name",
    "options_for",
    "place_in_prose",
    "publish",
    "read_text",
    "reader_of",
    "take_away",
    "wheel",
]
