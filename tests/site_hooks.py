"""The hooks of this project's site, which no package holds, as modules."""

import importlib.util
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "hooks"


def hook(name):
    """Return a hook by its name, as a module of its own."""
    spec = importlib.util.spec_from_file_location(f"{name}_hook", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
