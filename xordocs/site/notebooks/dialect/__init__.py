r"""Rewrite notebooks' prose so that Python-Markdown reads it as Jupyter shows it.

Jupyter's Markdown is CommonMark with tables. markdown-it-py, which jupytext brings along, says
where blocks begin; what Python-Markdown would not see there is laid out as it wants it. All else
stays as it was written, Material's own syntax included: to CommonMark, text or indented code.
"""

from xordocs.site.notebooks.dialect.balance import balance_tags
from xordocs.site.notebooks.dialect.blocks import parse, rewrite
from xordocs.site.notebooks.dialect.headings import headings
from xordocs.site.notebooks.dialect.text import find_literals

__all__ = ["EXTENSIONS", "find_literals", "headings", "to_python_markdown"]

EXTENSIONS = {
    "md_in_html": {},
    "sane_lists": {},
    "tables": {},
    "pymdownx.tasklist": {},
    "pymdownx.tilde": {"subscript": False},
}
"""Python-Markdown's extensions for what Jupyter's dialect has besides, with their options."""


def to_python_markdown(text: str, carried: list[str] | None = None) -> str:
    """Rewrite a cell's prose for Python-Markdown; what both read alike stays as it is.

    Args:
        text: Markdown as Jupyter shows it.
        carried: The elements that earlier cells leave open, as `balance_tags` wants them; None if
            there are no other cells.
    """
    if "<" in text:
        text = balance_tags(text, parse(text.split("\n")), [] if carried is None else carried)
    return "\n".join(rewrite(text.split("\n"), is_top=True))
