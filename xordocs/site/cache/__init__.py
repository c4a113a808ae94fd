"""Executed pages on disk, and texts that were made of them."""

from xordocs.site.cache.atomic_file import DamagedError
from xordocs.site.cache.memo import Memo
from xordocs.site.cache.store import Cache, Entry

__all__ = ["Cache", "DamagedError", "Entry", "Memo"]
