"""Figures, images, formulas and HTML, as pages hold them; nothing here knows of notebooks."""

from xordocs.site.rendering.figures import inline_svg
from xordocs.site.rendering.html_fragment import balance
from xordocs.site.rendering.images import inline_image
from xordocs.site.rendering.mathml import to_mathml

__all__ = ["balance", "inline_image", "inline_svg", "to_mathml"]
