"""The rooms of the package: imports go one way, and no folder is crowded."""

import itertools
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import xordocs
from xordocs.site.dependencies.import_scan import imported_names

PACKAGE = Path(xordocs.__file__).parent
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}

LIBRARY = [
    ["xordocs.errors", "xordocs.validation"],
    ["xordocs.nn"],
    ["xordocs.experiments"],
]
SITE = [
    [
        "xordocs.site.errors",
        "xordocs.site.export",
        "xordocs.site.failures",
        "xordocs.site.figure_text",
        "xordocs.site.lazy_import",
    ],
    ["xordocs.site.dependencies", "xordocs.site.rendering"],
    ["xordocs.site.cache"],
    ["xordocs.site.incremental", "xordocs.site.mathematics", "xordocs.site.notebooks"],
    ["xordocs.site.execution"],
    ["xordocs.site.livereload"],
    ["xordocs.site.cache.__main__", "xordocs.site.plugin"],
    ["xordocs.site.export.__main__"],
]
"""Rooms from the lowest level to the highest: each may import from the levels below its own."""

TRAINING = ("xordocs.nn.keras_mlp", "xordocs.nn.numpy_mlp", "xordocs.nn.tensorflow_mlp")


def is_in(module: str, room: str) -> bool:
    return f"{module}.".startswith(f"{room}.")


def imports() -> dict[str, set[str]]:
    """The names that each module of this package imports."""
    found = {}
    for module, path in MODULES.items():
        package = module if path.stem == "__init__" else module.rpartition(".")[0]
        found[module] = set(imported_names(path.read_text("utf-8"), package))
    return found


def module_of(name: str) -> str:
    """The module that an imported name is, or comes from."""
    return name if name in MODULES else name.rpartition(".")[0]


IMPORTS = imports()
ARROWS = [
    (module, module_of(name))
    for module, names in IMPORTS.items()
    for name in names
    if is_in(name, "xordocs")
]


def arrows_up(levels: list[list[str]]) -> list[str]:
    """The imports from a room into another one that is not on a level below it."""
    level_of = {room: level for level, rooms in enumerate(levels) for room in rooms}

    def room_of(module: str) -> str | None:
        return max((room for room in level_of if is_in(module, room)), key=len, default=None)

    rooms = ((arrow, room_of(arrow[0]), room_of(arrow[1])) for arrow in ARROWS)
    return [
        f"{importer} imports {imported}"
        for (importer, imported), lower, upper in rooms
        if lower and upper and lower != upper and level_of[lower] <= level_of[upper]
    ]


def test_imports_are_read_in_all_their_forms() -> None:
    source = """
import a.b, c as d
from e import f, g as h
from . import i
from ..j import k
def function():
    import l
if TYPE_CHECKING:
    from m import n
"""
    names = {"a.b", "c", "e.f", "e.g", "x.y.i", "x.j.k", "l", "m.n"}
    assert set(imported_names(source, "x.y")) == names


def test_the_small_numpy_imports_itself_and_the_standard_library_alone() -> None:
    """It runs where this package is not installed, and NumPy least of all."""
    rooms = ("xordocs.small_numpy", "xordocs.micropython")
    names = {
        (room, name.partition(".")[0] if not is_in(name, room) else room)
        for room in rooms
        for module in MODULES
        if is_in(module, room) and "_stand_ins" not in module
        for name in IMPORTS[module]
    }
    outside = {name for room, name in names if name != room} - sys.stdlib_module_names
    assert ("xordocs.small_numpy", "math") in names
    assert outside == set()


def test_lists_do_not_know_the_array() -> None:
    core = [arrow for arrow in ARROWS if is_in(arrow[0], "xordocs.small_numpy._core")]
    assert ("xordocs.small_numpy._core.nesting", "xordocs.small_numpy._core.dtypes") in core
    assert [it for it in core if not is_in(it[1], "xordocs.small_numpy._core")] == []


def test_every_import_within_the_package_leads_to_a_module() -> None:
    assert {imported for _, imported in ARROWS} <= MODULES.keys()
    assert ("xordocs.site.plugin.runtime", "xordocs.site.livereload") in ARROWS


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {module: set() for module in MODULES}
    for importer, imported in ARROWS:
        graph[importer].add(imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_no_room_of_the_library_imports_from_one_above_it() -> None:
    assert arrows_up(LIBRARY) == []


def test_no_room_of_the_site_imports_from_one_above_or_beside_it() -> None:
    named = set(itertools.chain(*SITE))
    rooms = {
        module for module in MODULES if module.count(".") == 2 and is_in(module, "xordocs.site")
    }
    assert rooms - named == set()
    assert arrows_up(SITE) == []


def test_the_plugin_alone_imports_mkdocs() -> None:
    importers = {
        module for module, names in IMPORTS.items() if any(is_in(name, "mkdocs") for name in names)
    }
    assert "xordocs.site.plugin.plugin" in importers
    assert {it for it in importers if not is_in(it, "xordocs.site.plugin")} == set()


def test_site_and_mathematics_do_not_import_each_other() -> None:
    crossing = [arrow for arrow in ARROWS if len({is_in(it, "xordocs.site") for it in arrow}) == 2]
    assert crossing == []


@pytest.mark.parametrize("room", ["xordocs.plots", "xordocs.tables"])
def test_plots_and_tables_import_results_and_nothing_that_trains(room: str) -> None:
    names = {name for module in MODULES if is_in(module, room) for name in IMPORTS[module]}
    training = [name for name in names if module_of(name) in TRAINING]
    results = [name for name in training if name.rpartition(".")[2][0].isupper()]
    assert sorted(training) == sorted(results)


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in MODULES.values()}), ids=lambda it: it.name
)
def test_no_folder_holds_more_than_ten_modules(folder: Path) -> None:
    modules = [path.name for path in folder.glob("*.py") if path.stem != "__init__"]
    assert len(modules) <= 10, modules
