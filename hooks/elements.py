"""Join the modules of the live figures into classic scripts, which run from a disk, too.

Browsers load no modules from `file://`. The sources in ``elements/`` are ES modules all the same;
a build writes ``assets/elements/core.js``, with what all elements or several figures need, and one
script for each element with what else that needs. A module becomes a function of its own, and
keeps its exports in an object that the scripts share: ``xordocs["runs/run"].begin``. What several
controls need besides is in the script of each, and runs in the first.
"""

import posixpath
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from rjsmin import jsmin

SOURCES = Path(__file__).parent.parent / "elements"
ENTRIES = ("figures", "controls")
"""The folders whose modules are elements: ``figures/map.js`` defines ``<xor-map>``."""
BASE = "state/part"
"""What all elements extend; what it imports, they have from ``core.js``."""
TARGET = "assets/elements"
AS_THEY_ARE = ("loader.js", "elements.css")

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function\*?|class) (\w+))", re.MULTILINE)
STRAY = re.compile(r"""^(?:import\b.*["'].*|export\b.*)""", re.MULTILINE)


class Module(NamedTuple):
    """A module as a function.

    Attributes:
        name: Its path without the suffix: ``model/run``.
        imports: The names of the modules that it imports from.
        code: A statement that runs it and keeps its exports.
    """

    name: str
    imports: tuple[str, ...]
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
    imports = []

    def bind(match: re.Match[str]) -> str:
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
        imports.append(imported)
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
    return Module(name, tuple(imports), code)


def join(sources: dict[str, str]) -> dict[str, str]:
    """Join modules into scripts.

    Args:
        sources: The text of each module by its path without the suffix.

    Returns:
        The scripts by their names: ``core``, and one for each module in `ENTRIES`, which runs
        after core.

    Raises:
        ValueError: A module is not as `read_module` wants it, imports what is not there or an
            element, or imports itself by way of others.
    """
    modules = {name: read_module(name, source) for name, source in sources.items()}
    for module in modules.values():
        for imported in module.imports:
            if imported not in modules:
                raise ValueError(f"elements/{module.name}.js imports {imported}.js: no such file")
            if _is_entry(imported):
                raise ValueError(
                    f"elements/{module.name}.js imports {imported}.js, which is an element: put "
                    "what both need into a module of its own"
                )
    try:
        graph = {name: module.imports for name, module in modules.items()}
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " imports ".join(reversed(error.args[1]))
        raise ValueError(f"modules import each other in a circle: {circle}") from error
    figures = [_needs(modules, name) for name in modules if name.startswith("figures/")]
    shared = {name for name in modules if sum(name in needed for needed in figures) > 1}
    core = _needs(modules, BASE) | shared
    scripts = {"core": _script(modules, [name for name in order if name in core])}
    for entry in filter(_is_entry, modules):
        own = _needs(modules, entry) - core
        scripts[posixpath.basename(entry)] = _script(modules, [it for it in order if it in own])
    return scripts


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
        scripts = {f"{name}.js": script for name, script in join(sources).items()}
    except ValueError as error:
        raise PluginError(f"{error}") from error
    scripts |= {name: (SOURCES / name).read_text("utf-8") for name in AS_THEY_ARE}
    for name, content in scripts.items():
        text = jsmin(content) if name.endswith(".js") else content
        files.append(File.generated(config, f"{TARGET}/{name}", content=text))
