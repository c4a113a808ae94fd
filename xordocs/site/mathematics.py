"""The Markdown extension that sets formulas, by the name to list in ``markdown_extensions``.

The plugin `xordocs` has it for notebooks without being told; listed, it sets the formulas of all
pages.
"""

from xordocs.site.rendering.mathematics import MathematicsExtension, makeExtension

__all__ = ["MathematicsExtension", "makeExtension"]
