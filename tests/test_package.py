import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import xordocs

HEAVY = ("tensorflow", "keras", "matplotlib", "mkdocs", "IPython")
MODULES = [
    module.name.removeprefix("xordocs.")
    for module in pkgutil.walk_packages(xordocs.__path__, "xordocs.")
    if ".site" not in module.name
]


def loaded_after(statement):
    """Return which heavy packages a fresh interpreter has loaded after a statement."""
    code = f"import sys; {statement}; print(*[name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_importing_the_package_loads_numpy_only():
    assert loaded_after("import xordocs") == []


def test_the_check_above_can_fail():
    assert loaded_after("import xordocs.plots") == ["matplotlib"]


def test_tensorflow_starts_without_a_word():
    code = "from xordocs import tensorflow_mlp as t; t.train(t.initialize(), [[0, 1]], [[1]])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize("name", MODULES)
def test_all_is_sorted_and_there(name):
    module = importlib.import_module(f"xordocs.{name}")
    assert set(module.__all__) <= set(vars(module))
    public = {
        member
        for member, value in vars(module).items()
        if not member.startswith("_") and getattr(value, "__module__", None) == module.__name__
        and callable(value)
    }  # fmt: skip
    assert public <= set(module.__all__), "public but not in __all__"


def test_every_public_module_has_its_reference_page():
    pages = Path(__file__).parent.parent / "docs" / "reference"
    described = "\n".join(page.read_text("utf-8") for page in pages.glob("*.md"))
    assert [name for name in MODULES if f"::: xordocs.{name}\n" not in described + "\n"] == []
