"""What a page's Python finds beside its own modules: the small NumPy, the lessons' network."""

from pathlib import Path

from xordocs.micropython._translation import translate

__all__ = ["data", "library"]

PACKAGE = Path(__file__).parent.parent
STAND_INS = Path(__file__).parent / "_stand_ins"

AS_THEY_STAND = (
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
"""The modules of this package that run in a page, too."""

DATA = {"handwriting": "handwriting.txt", "penguins": "penguins.csv"}
"""What each function of `xordocs.datasets` reads, if it reads a file."""


def library() -> dict[str, str]:
    """Return the text of each module by its path below ``/lib``, as MicroPython reads it.

    ``numpy`` is `xordocs.small_numpy`; ``xordocs.nn`` holds the network of the lessons;
    ``prelude`` is to be imported once, before a reader's code runs.
    """
    small_numpy = PACKAGE / "small_numpy"
    paths = {
        f"numpy/{path.relative_to(small_numpy).as_posix()}": path
        for path in sorted(small_numpy.rglob("*.py"))
    }
    paths |= {f"xordocs/{name}.py": PACKAGE / f"{name}.py" for name in AS_THEY_STAND}
    paths["xordocs/validation.py"] = STAND_INS / "validation.py"
    paths["prelude.py"] = STAND_INS / "prelude.py"
    return {name: translate(path.read_text("utf-8")) for name, path in paths.items()}


def data() -> dict[str, dict[str, str]]:
    """Return the file that each function of `DATA` reads, by the file's path below ``/lib``.

    They are as large as all modules together, and few pages need them.
    """
    return {
        name: {f"xordocs/{file}": (PACKAGE / file).read_text("ascii")}
        for name, file in DATA.items()
    }
