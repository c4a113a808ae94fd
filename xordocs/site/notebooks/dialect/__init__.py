r"""Rewrite notebooks' prose so that Python-Markdown reads it as Jupyter shows it.

Jupyter's Markdown is CommonMark with tables. markdown-it-py, which jupytext brings along, says
where blocks begin; what Python-Markdown would not see there is laid out as it wants it. All else
stays as it was written, Material's own syntax included: to CommonMark, text or indented code.
"""

from xordocs.site.notebooks.dialect.blocks import rewrite
from xordocs.site.notebooks.dialect.text import find_literals

__all__ = ["EXTENSIONS", "find_literals", "to_python_markdown"]

EXTENSIONS = {
    "md_in_html": {},
    "sane_lists": {},
    "tables": {},
    "pymdownx.tasklist": {},
    "pymdownx.tilde": {"subscript": False},
}
"""Python-Markdown's extensions for what Jupyter's dialect has besides, with their options."""


def to_python_markdown(text: str) -> str:
    """Rewrite a cell's prose for Python-Markdown; what both read alike stays as it is.

    Args:
        text: Markdown as Jupyter shows it.
    """
    return "\n".join(rewrite(text.split("\n"), is_top=True))
