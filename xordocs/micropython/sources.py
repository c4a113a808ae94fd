"""Which modules a page's Python finds below ``/lib``, and their text."""

from pathlib import Path

from xordocs.micropython.translation import translate

__all__ = ["library"]

PACKAGE = Path(__file__).parent.parent
SMALL_NUMPY = PACKAGE / "small_numpy"
STAND_INS = Path(__file__).parent / "_stand_ins"
PACKAGE_MODULES = (
    "__init__",
    "datasets",
    "errors",
    "exercises",
    "nn/__init__",
    "nn/_checks",
    "nn/activations",
    "nn/initializers",
    "nn/losses",
    "nn/numpy_mlp",
    "nn/parameters",
)
"""The modules of this package that run in a page as they are."""


def library() -> dict[str, str]:
    """Return the text of each module by its path below ``/lib``, as MicroPython reads it.

    ``numpy`` is `xordocs.small_numpy`; ``xordocs.nn`` holds the network of the lessons; ``prelude``
    is to be imported before a reader's code runs.
    """
    sources = {
        f"numpy/{path.relative_to(SMALL_NUMPY).as_posix()}": path
        for path in sorted(SMALL_NUMPY.rglob("*.py"))
    }
    for name in PACKAGE_MODULES:
        sources[f"xordocs/{name}.py"] = PACKAGE / f"{name}.py"
    sources["xordocs/validation.py"] = STAND_INS / "validation.py"
    sources["prelude.py"] = STAND_INS / "prelude.py"
    return {name: translate(path.read_text("utf-8")) for name, path in sources.items()}
