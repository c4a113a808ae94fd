"""The Markdown extension that sets formulas, by the name to list in ``markdown_extensions``.

The plugin `xordocs` gives it to notebooks without being told; listed, it sets the formulas of all
pages.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xordocs.site.errors import FormulaError
from xordocs.site.rendering import MathematicsExtension
from xordocs.site.rendering.mathematics import makeExtension

__all__ = ["NAME", "MathematicsExtension", "makeExtension", "page_extensions", "sets_elsewhere"]

NAME = __name__


def page_extensions(
    listed: Sequence[Any],
    options: Mapping[str, Any],
    *,
    is_notebook: bool,
    report: Callable[[FormulaError], None],
) -> list[Any]:
    """Return the Markdown extensions for one page.

    Args:
        listed: Those of the site, by name.
        options: Those of this extension.
        is_notebook: Whether the page has this extension though the site does not list it.
        report: Called with every formula of the page that cannot be set.
    """
    others = [name for name in listed if name != NAME]
    if len(others) == len(listed) and not is_notebook:
        return others
    return [*others, MathematicsExtension(report, **options)]


def sets_elsewhere(listed: Sequence[str]) -> str:
    """Return another extension of the site that sets formulas; nothing if there is none."""
    known = ("pymdownx.arithmatex", "mdx_math", "markdown_katex", "l2m4m")
    return next((name for name in listed if name in known), "")
