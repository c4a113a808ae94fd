"""The modules of the live figures: how they are joined, and what they have from the package."""

import gzip
import importlib.util
import re
import subprocess
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from node import needs_node

from xordocs.playground.data import modules

ROOT = Path(__file__).parent.parent
ELEMENTS = ROOT / "elements"
SPEC = importlib.util.spec_from_file_location("elements_hook", ROOT / "hooks" / "elements.py")
hook = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(hook)

SOURCES = hook.read_sources()
LEVELS = ("model", "runs", "drawing", "gestures", "python", "state", "figures")
"""Rooms from the lowest to the highest; figures, controls and cells are on one level."""


def small(**more):
    """Sources of an element, of what all elements extend, and more."""
    return {
        "state/part": "export class Part {}\n",
        "figures/dot": 'import { Part } from "../state/part.js";\nuse(Part);\n',
        **{name.replace("__", "/"): text for name, text in more.items()},
    }


def level(name):
    room = name.partition("/")[0]
    return LEVELS.index("figures" if room in hook.ENTRIES else room)


def test_modules_import_from_rooms_below_and_not_in_circles():
    read = {name: hook.read_module(name, text) for name, text in SOURCES.items()}
    arrows = {name: module.imports for name, module in read.items()}
    list(TopologicalSorter(arrows).static_order())
    up = [
        f"{name} imports {imported}"
        for name, imports in arrows.items()
        for imported in imports
        if level(imported) > level(name) or level(imported) == LEVELS.index("figures")
    ]
    assert up == []


def test_numbers_know_nothing_of_the_page():
    page = re.compile(r"\b(document|window|location|navigator|HTMLElement|Canvas)\b")
    named = {name: page.findall(text) for name, text in SOURCES.items() if level(name) <= 1}
    assert {name: found for name, found in named.items() if found} == {}


@pytest.mark.parametrize("room", sorted({name.partition("/")[0] for name in SOURCES}))
def test_no_room_holds_more_than_ten_modules(room):
    assert len(list((ELEMENTS / room).glob("*.js"))) <= 10


def test_what_elements_have_from_the_package_is_up_to_date():
    """After a change: `python -m xordocs.playground`."""
    for name, text in modules().items():
        assert (ELEMENTS / name).read_text("utf-8") == text


def test_every_module_is_part_of_a_script():
    scripts = "".join(hook.join(SOURCES).text.values())
    assert [name for name in SOURCES if f'xordocs["{name}"] ??=' not in scripts] == []


def test_a_script_brings_what_core_does_not():
    scripts, before = hook.join(
        small(
            drawing__ink="export const ink = 1;\n",
            figures__dot=(
                'import { Part } from "../state/part.js";\n'
                'import { ink } from "../drawing/ink.js";\n'
            ),
        )
    )
    assert list(scripts) == ["core", "tools", "dot"]
    assert before == {"dot": ["core"]}
    assert "drawing/ink" not in scripts["core"]
    assert scripts["dot"].index('xordocs["drawing/ink"] ??=') < scripts["dot"].index(
        "const { ink } = xordocs"
    )


def test_what_several_controls_need_comes_before_those_that_need_it():
    part = 'import { Part } from "../state/part.js";\n'
    scripts, before = hook.join(
        small(
            drawing__pen="export const pen = 1;\n",
            controls__a=f'{part}import {{ pen }} from "../drawing/pen.js";\n',
            controls__b=f'{part}import {{ pen }} from "../drawing/pen.js";\n',
            controls__c=part,
        )
    )
    assert before == {
        "dot": ["core"],
        "a": ["core", "tools"],
        "b": ["core", "tools"],
        "c": ["core"],
    }
    assert [name for name, text in scripts.items() if "const pen = 1" in text] == ["tools"]


@needs_node
def test_joined_scripts_behave_as_their_modules():
    sources = {
        "model/count": "export const N = 2;\nexport function twice(n) {\n  return N * n;\n}\n",
        "state/part": (
            'import { N as base, twice } from "../model/count.js";\n'
            "export class Part {\n  value = twice(base);\n}\n"
        ),
        "figures/one": (
            'import { Part } from "../state/part.js";\nconst N = 5;\n'
            "console.log(new Part().value + N);\n"
        ),
    }
    scripts = hook.join(sources).text
    program = scripts["core"] + scripts["one"]
    done = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True)
    assert done.stdout == "9\n"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"figures__dot": 'import part from "../state/part.js";\n'}, "got: import part from"),
        ({"figures__dot": "export default 5;\n"}, "got: export default 5"),
        ({"figures__dot": "export let n = 5;\n"}, "got: export let n = 5"),
        ({"figures__dot": "const n = 5;\nexport { n };\n"}, "got: export { n }"),
        ({"figures__dot": 'import { n } from "../model/n.js";\n'}, "imports model/n.js: no such"),
        (
            {"figures__dot": 'import { Part as P, part } from "../state/part.js";\n'},
            "imports part from state/part.js, which exports Part",
        ),
        (
            {"figures__line": 'import { dot } from "./dot.js";\n'},
            "figures/dot.js, which is an element",
        ),
        (
            {
                "model__a": 'import { b } from "./b.js";\nexport const a = 1;\n',
                "model__b": 'import { a } from "./a.js";\nexport const b = 1;\n',
            },
            "in a circle: model/",
        ),
    ],
)
def test_a_module_that_no_script_could_follow_is_named(wrong, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        hook.join(small(**wrong))


def compressed(*scripts):
    return sum(len(gzip.compress(hook.shorten(script).encode())) for script in scripts)


PLAYGROUND = (ROOT / "docs" / "playground.py").read_text("utf-8")


def test_the_playgrounds_scripts_are_small_and_a_lessons_smaller():
    scripts, before = hook.join(SOURCES)
    common = compressed(hook.loader(before), scripts["core"])
    embed = compressed((ELEMENTS / "embed.js").read_text("utf-8"))
    parts = re.findall(r"<xor-(\w+)([^>]*)>", PLAYGROUND)
    first = {name for name, rest in parts if not rest.endswith(" later") and name in before}
    assert {"controls", "map", "loss", "network"} <= first
    assert common + embed + compressed(scripts["tools"], *map(scripts.get, first)) <= 35 * 1024
    figures = [Path(name).name for name in SOURCES if name.startswith("figures/")]
    heaviest = max(compressed(scripts[name]) for name in figures)
    assert common + heaviest <= 15.2 * 1024  # 15, and what keeps a map from flashing


def test_a_cells_scripts_are_small_and_python_comes_with_its_first_run():
    scripts, before = hook.join(SOURCES)
    assert {name: before[name] for name in ("code", "exercise", "plot", "python")} == {
        "code": [], "exercise": [], "plot": [], "python": [],
    }  # fmt: skip
    first = compressed(hook.loader(before), scripts["code"], scripts["exercise"])
    assert first <= 6 * 1024
    assert compressed(scripts["python"], scripts["plot"]) <= 260 * 1024


def test_an_element_without_a_session_stands_alone():
    scripts, before = hook.join(
        small(
            drawing__ink="export const ink = 1;\n",
            state__part='import { ink } from "../drawing/ink.js";\nexport class Part {}\n',
            cells__box='import { ink } from "../drawing/ink.js";\n',
        )
    )
    assert before == {"box": [], "dot": ["core"]}
    assert [name for name, text in scripts.items() if "const ink = 1" in text] == ["core", "box"]


def test_micropython_of_another_form_is_refused():
    module = (hook.MICROPYTHON / "micropython.mjs").read_text("utf-8")
    assert "export " not in hook.classic(module).replace("export this", "")
    with pytest.raises(ValueError, match=re.escape("'import.meta.url' 4 times, got 5")):
        hook.classic(module + "import.meta.url")


def test_what_few_figures_need_is_in_the_script_of_each_and_runs_once():
    part = 'import { Part } from "../state/part.js";\n'
    pen = f'{part}import {{ pen }} from "../drawing/pen.js";\n'
    scripts, _ = hook.join(
        small(
            drawing__pen="export const pen = 1;\n",
            **{f"figures__{name}": pen for name in "ab"},
            **{f"figures__{name}": part for name in "cde"},
        )
    )
    assert [name for name, text in scripts.items() if "const pen = 1" in text] == ["a", "b"]
    assert all('xordocs["drawing/pen"] ??=' in scripts[name] for name in "ab")
