"""Join the modules of the live figures into classic scripts, which run from a disk, too.

Browsers load no modules from `file://`. The sources in ``elements/`` are ES modules all the same;
a build writes ``assets/elements/core.js``, with what all elements or most figures need,
``tools.js``, with what several controls need besides, and one script for each element with what
only that needs. A module becomes a function of its own, and keeps its exports in an object that the
scripts share: ``xordocs["runs/run"].begin``. Names inside a function become short ones.
"""

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

SOURCES = Path(__file__).parent.parent / "elements"
ENTRIES = ("figures", "controls")
"""The folders whose modules are elements: ``figures/map.js`` defines ``<xor-map>``."""
BASE = "state/part"
"""What all elements extend; what it imports, they have from ``core.js``."""
TARGET = "assets/elements"

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function\*?|class) (\w+))", re.MULTILINE)
STRAY = re.compile(r"""^(?:import\b.*["'].*|export\b.*)""", re.MULTILINE)


class Scripts(NamedTuple):
    """What modules are joined into.

    Attributes:
        text: Each script by its name: ``core``, ``tools``, and one for each element.
        before: The names of the scripts that an element's own needs before it.
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
    before = {}
    for entry in filter(_is_entry, modules):
        element, needs = posixpath.basename(entry), _needs(modules, entry)
        is_control = entry.startswith("controls/")
        before[element] = ["core", "tools"] if is_control and needs & tools else ["core"]
        contents[element] = needs - core - (tools if is_control else set())
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


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the scripts and their style sheet to the site."""
    sources = {
        path.relative_to(SOURCES).with_suffix("").as_posix(): path.read_text("utf-8")
        for path in sorted(SOURCES.glob("*/*.js"))
    }
    try:
        scripts = join(sources)
    except ValueError as error:
        raise PluginError(f"{error}") from error
    embed = (SOURCES / "embed.js").read_text("utf-8")
    ready = {"loader": loader(scripts.before), "embed": embed}
    for name, text in {**scripts.text, **ready}.items():
        files.append(File.generated(config, f"{TARGET}/{name}.js", content=shorten(text)))
    styles = (SOURCES / "elements.css").read_text("utf-8")
    files.append(File.generated(config, f"{TARGET}/elements.css", content=styles))


def shorten(script: str) -> str:
    """Return a script without comments, and with short names where no other script sees them."""
    return str(minify.string("text/javascript", script))


def loader(before: dict[str, list[str]]) -> str:
    """Return the script that loads the others, which knows what each needs before it."""
    source = (SOURCES / "loader.js").read_text("utf-8")
    need_tools = [element for element, scripts in before.items() if "tools" in scripts]
    return source.replace("needTools = []", f"needTools = {json.dumps(need_tools)}")
