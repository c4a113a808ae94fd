"""Mathematics in Markdown: find formulas as Jupyter does, and set them as MathML."""

from xordocs.site.rendering.mathematics.delimiters import Formula, find_formulas
from xordocs.site.rendering.mathematics.extension import MathematicsExtension, makeExtension
from xordocs.site.rendering.mathematics.macros import read_macros
from xordocs.site.rendering.mathematics.typesetter import to_mathml

__all__ = [
    "Formula",
    "MathematicsExtension",
    "find_formulas",
    "makeExtension",
    "read_macros",
    "to_mathml",
]
