import importlib
import inspect
import io
import json
import pkgutil
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import xordocs
from xordocs.site.dependencies.import_scan import imported_names
from xordocs.site.notebooks import wheel

HEAVY = ("tensorflow", "keras", "matplotlib", "mkdocs", "IPython")
MODULES = [
    module.name.removeprefix("xordocs.")
    for module in pkgutil.walk_packages(xordocs.__path__, "xordocs.")
    if ".site" not in module.name and "._" not in module.name
]


NUMPY_ONLY = [
    name for name in MODULES if not name.startswith(("plots", "nn.keras_mlp", "nn.tensorflow_mlp"))
]


LOADED = """
import importlib, json, sys
before, loaded = set(), {}
for name in sys.argv[2:]:
    importlib.import_module(name)
    heavy = {name for name in json.loads(sys.argv[1]) if name in sys.modules}
    loaded[name] = sorted(heavy - before)
    before |= heavy
print(json.dumps(loaded))
"""


def loaded_by(*modules):
    """Return which heavy packages a new process loads with each module, imported in this order."""
    command = [sys.executable, "-c", LOADED, json.dumps(HEAVY), *modules]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_a_module_loads_numpy_only():
    loaded = loaded_by("xordocs", *(f"xordocs.{name}" for name in NUMPY_ONLY))
    assert len(loaded) == 1 + len(NUMPY_ONLY)
    assert {name: heavy for name, heavy in loaded.items() if heavy} == {}


def test_the_package_alone_loads_nothing_heavy():
    code = "import sys, xordocs; print('numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert told.stdout == b"False\n"


def test_the_first_check_above_can_fail():
    assert loaded_by("xordocs.tables", "xordocs.plots") == {
        "xordocs.tables": [],
        "xordocs.plots": ["matplotlib"],
    }


@pytest.mark.parametrize(
    "code",
    [
        "tensorflow_mlp as t; t.train(t.initialize(), [[0, 1]], [[1]]);"
        "[t.initialize(seed=seed) for seed in range(10)]",
        "keras_mlp as k, numpy_mlp as n; [k.predict(n.initialize(), [[0, 1]]) for _ in range(10)]",
    ],
    ids=["tensorflow", "keras"],
)
def test_tensorflow_and_keras_work_without_a_word(code):
    code = f"from xordocs.nn import {code}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


COLLECT = """
import sys, pytest
status = pytest.main(["--collect-only", "--quiet", "-p", "no:cacheprovider"])
print("loaded:", *(name for name in ("tensorflow", "keras", "numpy") if name in sys.modules))
sys.exit(status)
"""


@pytest.mark.audit
def test_tests_are_collected_without_tensorflow_and_by_the_same_names_in_each_process():
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", COLLECT], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "tests/nn/test_tensorflow_mlp.py::" in done.stdout
    assert " at 0x" not in done.stdout, "an address in the name of a test"
    assert done.stdout.splitlines()[-1] == "loaded: numpy"


def as_ruff_sorts(member):
    """Constants, classes, functions; a number within a name as a number: log2, log10."""
    parts = [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", member)]
    return not member.isupper(), member[0].islower(), parts


@pytest.mark.parametrize("name", MODULES)
def test_all_is_sorted_and_there(name):
    module = importlib.import_module(f"xordocs.{name}")
    assert module.__all__ == sorted(module.__all__, key=as_ruff_sorts)
    assert set(module.__all__) <= set(vars(module))
    public = {
        member
        for member, value in vars(module).items()
        if not member.startswith("_") and getattr(value, "__module__", None) == module.__name__
        and callable(value)
    }  # fmt: skip
    assert public <= set(module.__all__), "public but not in __all__"


@pytest.mark.parametrize("name", MODULES)
def test_what_a_docstring_says_of_arguments_it_says_of_each(name):
    module = importlib.import_module(f"xordocs.{name}")
    for member in map(vars(module).get, module.__all__):
        if not callable(member) or "Args:\n" not in (member.__doc__ or ""):
            continue
        section = inspect.getdoc(member).split("Args:\n")[1].split("\n\n")[0]
        described = re.findall(r"^    \*?(\w+):", section, re.MULTILINE)
        assert described == list(inspect.signature(member).parameters), member


SITE = Path(xordocs.__file__).parent / "site"
OPTIONAL = {"hatchling"}  # only sites that offer a package need it, and are told


def test_the_engine_works_without_the_packages_of_the_mathematics():
    modules = [
        name.removesuffix(".__init__")
        for path in SITE.rglob("*.py")
        if (name := ".".join(path.relative_to(SITE.parents[1]).with_suffix("").parts))
        and path.stem != "__main__"
    ]
    absent = "sys.modules.update(numpy=None, jaxtyping=None, matplotlib=None, tensorflow=None)"
    code = f"import importlib, sys; {absent}; list(map(importlib.import_module, {modules!r}))"
    subprocess.run([sys.executable, "-c", code], check=True)


def brought_by(requirements):
    """The distributions that pip installs for these requirements."""
    brought, waiting = set(), [Requirement(line) for line in requirements]
    while waiting:
        wanted = waiting.pop()
        key = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if key in brought:
            continue
        brought.add(key)
        for needed in map(Requirement, requires(wanted.name) or []):
            extras = ["", *wanted.extras]
            if not needed.marker or any(needed.marker.evaluate({"extra": it}) for it in extras):
                waiting.append(needed)
    return {name for name, _ in brought}


def test_the_engines_extra_brings_all_that_its_modules_import():
    project = tomllib.loads((SITE.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    brought = brought_by(project["optional-dependencies"]["engine"])
    distributions = packages_distributions()
    assert "mkdocs-jupyter" in brought
    assert not {"mkdocstrings", "minify-go", "ruff", "hatchling", "tensorflow"} & brought
    imported = {
        name.partition(".")[0]
        for path in SITE.rglob("*.py")
        for name in imported_names(path.read_text("utf-8"), "xordocs")
    }
    foreign = imported - sys.stdlib_module_names - OPTIONAL - {"xordocs"}
    assert {"mkdocs", "nbclient"} <= foreign
    lacking = {
        name
        for name in foreign
        if brought.isdisjoint(map(canonicalize_name, distributions.get(name, [])))
    }
    assert lacking == set()


def test_every_public_module_has_its_reference_page():
    pages = Path(__file__).parent.parent / "docs" / "reference"
    described = "\n".join(page.read_text("utf-8") for page in pages.glob("*.md"))
    modules = [name for name in MODULES if name not in ("nn", "experiments")]  # rooms, not code
    assert [name for name in modules if f"::: xordocs.{name}\n" not in described + "\n"] == []


def test_the_wheel_has_every_file_and_works_by_itself(tmp_path):
    root = Path(__file__).parent.parent
    name, content = wheel(root, "xordocs")
    assert name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    files, unpacked = (
        {
            path.relative_to(folder).as_posix()
            for path in folder.joinpath("xordocs").rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        for folder in (root, tmp_path)
    )
    assert unpacked == files
    assert {"xordocs/experiments/source_notebook.json", "xordocs/py.typed"} <= unpacked
    assert any(name.startswith("xordocs/site/") and not name.endswith(".py") for name in unpacked)
    # isolated, and without the folder of packages that may hold a link to this checkout
    libraries = str(Path(np.__file__).parent.parent)
    code = f"""
import sys
sys.path += [{str(tmp_path)!r}, {libraries!r}]
import xordocs.nn.numpy_mlp, xordocs.experiments.source_notebook
xordocs.experiments.source_notebook.run("numpy")
print(xordocs.nn.numpy_mlp.__file__)
"""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert Path(done.stdout.strip()) == tmp_path / "xordocs" / "nn" / "numpy_mlp.py"


@pytest.mark.parametrize(
    "code",
    [
        "from xordocs.experiments.census import census; print(census(range(3)).losses.size)",
        "from xordocs.nn import tensorflow_mlp as t; print(t.initialize((3,))[0].bias.size)",
    ],
)
def test_it_works_where_there_is_no_standard_error(code):
    """As under a service manager that closes it: Python then has None for it."""
    command = [sys.executable, "-c", f"import sys; assert sys.stderr is None; {code}"]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *command], stdout=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"3\n")
