"""The modules that a page's Python has beside its own: the small NumPy, and the lessons' network."""

from xordocs.micropython.sources import library

__all__ = ["library"]
