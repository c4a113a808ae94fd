"""Executed pages on disk, and what each of them depended on."""

from xordocs.site.cache.atomic_file import DamagedError
from xordocs.site.cache.import_scan import find_imports
from xordocs.site.cache.manifest import (
    Manifest,
    environment_digests,
    installed_versions,
    module_versions,
    python_version,
    version,
)
from xordocs.site.cache.memo import Memo
from xordocs.site.cache.source_files import Repository, forget_modules
from xordocs.site.cache.store import Cache, Entry
from xordocs.site.cache.tracking import Recorder

__all__ = [
    "Cache",
    "DamagedError",
    "Entry",
    "Manifest",
    "Memo",
    "Recorder",
    "Repository",
    "environment_digests",
    "find_imports",
    "forget_modules",
    "installed_versions",
    "module_versions",
    "python_version",
    "version",
]
