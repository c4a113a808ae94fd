"""Pages of notebooks for the tests of `xordocs.site.notebooks`, without a build around them."""

import nbformat
import nbformat.v4 as notebook
from bs4 import BeautifulSoup
from markdown import Markdown

from xordocs.site.notebooks.convert import to_markdown
from xordocs.site.notebooks.dialect import EXTENSIONS
from xordocs.site.rendering.placeholders import PlaceholderExtension

MATERIAL = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.critic", "pymdownx.details", "pymdownx.emoji", "pymdownx.highlight",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark",
    "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tabbed",
    "pymdownx.tasklist", "pymdownx.tilde", "smarty",
]  # fmt: skip
"""What sites with Material switch on, and what rewrites the most."""


def page(*cells, figures="note", extensions=MATERIAL, metadata=None, settings=None):
    """The parsed page of a notebook with these cells, and what was noted about it."""
    made = nbformat.from_dict(
        {"nbformat": 4, "nbformat_minor": 5, "cells": list(cells), "metadata": metadata or {}}
    )
    text, renderer = to_markdown(made, figures)
    extensions = [*extensions, *EXTENSIONS, PlaceholderExtension(renderer.parts)]
    settings = {**EXTENSIONS, **(settings or {})}
    html = Markdown(extensions=extensions, extension_configs=settings).convert(text)
    return BeautifulSoup(html, "html.parser"), renderer.notes


def prose(text, **cell):
    return notebook.new_markdown_cell(text, **cell)


def code(source="draw()", *outputs, **cell):
    made = notebook.new_code_cell(source, **cell)
    made.outputs = list(outputs)
    return made


def raw(text, kind=""):
    return notebook.new_raw_cell(text, metadata={"raw_mimetype": kind} if kind else {})


def display(data, metadata=None):
    """An output; of kinds, too, that nbformat does not allow and libraries display."""
    return nbformat.from_dict(
        {"output_type": "display_data", "data": data, "metadata": metadata or {}}
    )


def stream(text):
    return notebook.new_output("stream", name="stdout", text=text)
