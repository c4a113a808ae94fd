"""Figures, images, formulas and HTML, as pages hold them; nothing here knows of notebooks."""

from xordocs.site.rendering.figures import inline_svg
from xordocs.site.rendering.html_fragment import balance
from xordocs.site.rendering.images import inline_image
from xordocs.site.rendering.mathematics import MathematicsExtension, find_formulas, to_mathml

__all__ = [
    "MathematicsExtension",
    "balance",
    "find_formulas",
    "inline_image",
    "inline_svg",
    "to_mathml",
]
