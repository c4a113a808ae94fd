"""Join the modules of the live figures into classic scripts, which run from a disk, too.

Browsers load no modules from `file://`. The sources in ``elements/`` are ES modules all the same;
a build writes ``assets/elements/core.js``, with what all elements or most figures need,
``tools.js``, with what several controls need besides, and one script for each element with what
only that needs. Elements of code cells stand alone; what the first run of a cell needs, MicroPython
among it, is in ``python.js``. A module becomes a function of its own, and keeps its exports in an
object that the scripts share: ``xordocs["runs/run"].begin``. Names inside a function become short
ones.
"""

import base64
import gzip
import json
import posixpath
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import minify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from xordocs.micropython import data, library

SOURCES = Path(__file__).parent.parent / "elements"
ENTRIES = ("figures", "controls", "cells", "data")
"""The folders whose modules have scripts of their own: ``figures/map.js`` defines ``<xor-map>``,
and ``data/handwriting`` brings what Python reads."""
BASE = "state/part"
"""What elements with a session extend; what it imports, they have from ``core.js``."""
PYTHON = "python/running"
"""What the first run of a cell needs, in ``python.js``."""
INSIDE = SOURCES / "worker"
"""What runs inside the worker, which joins no other module."""
MICROPYTHON = SOURCES.parent / "docs" / "assets" / "vendor" / "micropython"
TARGET = "assets/elements"

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function\*?|class) (\w+))", re.MULTILINE)
STRAY = re.compile(r"""^(?:import\b.*["'].*|export\b.*)""", re.MULTILINE)


class Scripts(NamedTuple):
    """What modules are joined into.

    Attributes:
        text: Each script by its name: ``core``, ``tools``, one for each element, and ``python`` if
            there are code cells.
        before: The names of the scripts that a script needs before it.
    """

    text: dict[str, str]
    before: dict[str, list[str]]


class Module(NamedTuple):
    """A module as a function.

    Attributes:
        name: Its path without the suffix: ``model/run``.
        imports: The names of the modules that it imports from, with the names imported.
        exports: The names that it exports.
        code: A statement that runs it and keeps its exports.
    """

    name: str
    imports: dict[str, list[str]]
    exports: list[str]
    code: str


def read_module(name: str, source: str) -> Module:
    """Read a module.

    Args:
        name: Its path below `SOURCES`, without the suffix.
        source: Its text. Imports are of names in braces, from relative addresses; exports are
            constants, functions and classes where they are defined.

    Raises:
        ValueError: It imports or exports in another form, which a script could not follow.
    """
    imports: dict[str, list[str]] = {}

    def bind(match: re.Match[str]) -> str:
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
        imports[imported] = re.findall(r"(\w+)(?: as \w+)?", match[1])
        names = re.sub(r"(\w+) as (\w+)", r"\1: \2", " ".join(match[1].split()))
        return f'const {{ {names} }} = xordocs["{imported}"];\n'

    body = IMPORT.sub(bind, source)
    exports = EXPORT.findall(body)
    body = EXPORT.sub("", body)
    if stray := STRAY.search(body):
        raise ValueError(
            f"elements/{name}.js must import {{ names }} from a relative address and export what "
            f"it defines by const, function or class, got: {stray[0].strip()}"
        )
    kept = f"return {{ {', '.join(exports)} }};\n"
    code = f'xordocs["{name}"] ??= (() => {{\n{body}{kept}}})();\n'
    return Module(name, imports, exports, code)


def join(sources: dict[str, str]) -> Scripts:
    """Join modules into scripts.

    Args:
        sources: The text of each module by its path without the suffix.

    Raises:
        ValueError: A module is not as `read_module` wants it, imports what is not there or not
            exported, or an element, or imports itself by way of others.
    """
    modules = {name: read_module(name, source) for name, source in sources.items()}
    for module in modules.values():
        for imported, names in module.imports.items():
            if imported not in modules:
                raise ValueError(f"elements/{module.name}.js imports {imported}.js: no such file")
            if _is_entry(imported):
                raise ValueError(
                    f"elements/{module.name}.js imports {imported}.js, which is an element: put "
                    "what both need into a module of its own"
                )
            if missing := [each for each in names if each not in modules[imported].exports]:
                raise ValueError(
                    f"elements/{module.name}.js imports {', '.join(missing)} from {imported}.js, "
                    f"which exports {', '.join(modules[imported].exports) or 'nothing'}"
                )
    try:
        graph = {name: module.imports for name, module in modules.items()}
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " imports ".join(reversed(error.args[1]))
        raise ValueError(f"modules import each other in a circle: {circle}") from error
    figures = sum(name.startswith("figures/") for name in modules)
    core = _needs(modules, BASE) | _shared(modules, "figures/", max(2, figures // 2))
    tools = _shared(modules, "controls/", 2) - core
    contents = {"core": core, "tools": tools}
    before: dict[str, list[str]] = {}
    for entry in filter(_is_entry, modules):
        element, needs = posixpath.basename(entry), _needs(modules, entry)
        given = {"core": core} if BASE in needs else {}
        if entry.startswith("controls/") and needs & tools:
            given["tools"] = tools
        before[element] = list(given)
        contents[element] = needs.difference(*given.values())
    if PYTHON in modules:
        before["python"], contents["python"] = [], _needs(modules, PYTHON)
    text = {
        script: _script(modules, [name for name in order if name in names])
        for script, names in contents.items()
    }
    return Scripts(text, before)


def _shared(modules: dict[str, Module], room: str, count: int) -> set[str]:
    """Return the modules that so many elements of a room need, or more.

    What fewer need is in the script of each, and runs once.
    """
    needs = [_needs(modules, name) for name in modules if name.startswith(room)]
    return {name for name in modules if sum(name in needed for needed in needs) >= count}


def _is_entry(name: str) -> bool:
    return name.startswith(tuple(f"{folder}/" for folder in ENTRIES))


def _needs(modules: dict[str, Module], name: str) -> set[str]:
    """Return a module with all that it imports, directly or not."""
    return {name}.union(*(_needs(modules, each) for each in modules[name].imports))


def _script(modules: dict[str, Module], names: list[str]) -> str:
    start = '"use strict";\nglobalThis.xordocs ??= {};\n'
    return start + "".join(modules[name].code for name in names)


def read_sources() -> dict[str, str]:
    """Return the text of each module by its path without the suffix."""
    sources = {
        path.relative_to(SOURCES).with_suffix("").as_posix(): path.read_text("utf-8")
        for path in sorted(SOURCES.glob("*/*.js"))
        if path.parent != INSIDE
    }
    sources |= {
        f"data/{name}": f"xordocs.files = {{ ...xordocs.files, ...{json.dumps(files)} }};\n"
        for name, files in data().items()
    }
    return {**sources, "python/files": python_files()}


def classic(module: str) -> str:
    """Return MicroPython's module as the body of a function, which a classic worker can run.

    Chromium starts no worker of modules for a page from a disk.

    Raises:
        ValueError: The module is not as this expects it.
    """
    for there, instead, times in (
        ("export default _createMicroPythonModule;", "", 1),
        ("export async function loadMicroPython", "async function loadMicroPython", 1),
        ("import.meta.url", "location.href", 4),
    ):
        if module.count(there) != times:
            raise ValueError(
                f"micropython.mjs must have {there!r} {times} times, got {module.count(there)}"
            )
        module = module.replace(there, instead)
    return module


def python_files() -> str:
    """Return a module of what Python in a page is made of, as strings.

    MicroPython's WebAssembly is compressed before it becomes text, in which it could not be well.
    """
    modules = library()
    modules["cells.py"] = (INSIDE / "cells.py").read_text("utf-8")
    modules["xordocs/plots.py"] = (INSIDE / "plots.py").read_text("utf-8")
    module = classic((MICROPYTHON / "micropython.mjs").read_text("utf-8"))
    worker = shorten((INSIDE / "worker.js").read_text("utf-8"))
    assembly = gzip.compress((MICROPYTHON / "micropython.wasm").read_bytes(), mtime=0)
    texts = {
        "WORKER": f"(async () => {{\n{module}\n{worker}\n}})();",
        "WASM": base64.b64encode(assembly).decode("ascii"),
        "FILES": modules,
        "DATA": list(data()),
    }
    return "".join(f"export const {name} = {json.dumps(text)};\n" for name, text in texts.items())


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the scripts and their style sheet to the site."""
    try:
        scripts = join(read_sources())
    except ValueError as error:
        raise PluginError(f"{error}") from error
    embed = (SOURCES / "embed.js").read_text("utf-8")
    texts = {**scripts.text, "loader": loader(scripts.before), "embed": embed}
    texts = {name: shorten(text) for name, text in texts.items()}
    licence = (MICROPYTHON / "LICENSE.txt").read_text("utf-8")
    texts["python"] = f"/* With MicroPython:\n{licence}*/\n{texts['python']}"
    for name, text in texts.items():
        files.append(File.generated(config, f"{TARGET}/{name}.js", content=text))
    styles = (SOURCES / "elements.css").read_text("utf-8")
    files.append(File.generated(config, f"{TARGET}/elements.css", content=styles))


def on_post_page(output: str, **_: object) -> str:
    """Mark the playground's page for its style sheet: to look for it at every change takes long."""
    if "<xor-playground" not in output:
        return output
    return output.replace('class="no-js"', 'class="no-js xor-page"', 1)


def shorten(script: str) -> str:
    """Return a script without comments, and with short names where no other script sees them."""
    return str(minify.string("text/javascript", script))


def loader(before: dict[str, list[str]]) -> str:
    """Return the script that loads the others, which knows what each needs before it."""
    source = (SOURCES / "loader.js").read_text("utf-8")
    ordered = sorted(before.items(), key=lambda item: len(item[1]))  # it is smaller in order
    counts = {script: len(needs) for script, needs in ordered if len(needs) != 1}
    return source.replace("needs = {}", f"needs = {json.dumps(counts, separators=(',', ':'))}")
