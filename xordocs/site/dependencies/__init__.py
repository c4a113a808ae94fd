"""What an executed page depends on, and whether any of it has changed."""

from xordocs.site.dependencies.current import CurrentState
from xordocs.site.dependencies.declared import declared_environment, missing_inputs
from xordocs.site.dependencies.import_scan import find_imports, is_importable
from xordocs.site.dependencies.manifest import Manifest
from xordocs.site.dependencies.recorder import Record, Recorder
from xordocs.site.dependencies.source_files import Repository, forget_modules
from xordocs.site.dependencies.versions import installed_versions, module_versions, version

__all__ = [
    "CurrentState",
    "Manifest",
    "Record",
    "Recorder",
    "Repository",
    "declared_environment",
    "find_imports",
    "forget_modules",
    "installed_versions",
    "is_importable",
    "missing_inputs",
    "module_versions",
    "version",
]
