"""What an executed page depends on, and whether any of it has changed."""

from xordocs.site.dependencies.import_scan import find_imports
from xordocs.site.dependencies.manifest import Manifest, environment_digests
from xordocs.site.dependencies.recorder import Recorder
from xordocs.site.dependencies.source_files import Repository, forget_modules
from xordocs.site.dependencies.versions import (
    installed_versions,
    module_versions,
    python_version,
    version,
)

__all__ = [
    "Manifest",
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
