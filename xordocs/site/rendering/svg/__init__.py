"""SVG as a part of the page around it."""

from xordocs.site.rendering.svg.adaptation import SVG, adapt, cannot_be_inline

__all__ = ["SVG", "adapt", "cannot_be_inline"]
