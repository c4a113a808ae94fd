"""What an author may say about the execution of one page, in its header and in ``mkdocs.yml``."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from xordocs.site.errors import PageError

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "DEFAULTS",
    "PageOptions",
    "check_option",
    "matches",
    "merge",
    "options_for",
    "read_options",
]

KEY = "xordocs"
"""Where a page's header and a notebook's metadata say how the page is executed."""


MYSTNB = "mystnb"
"""Where MyST-NB's pages say it."""

_MODES = ("off", "auto", "force", "cache", "inline", "lazy")
_SWITCH = ("true or false", lambda value: isinstance(value, bool))
_EXECUTION: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "execution_mode": (
        "one of off, auto, force, cache, inline, lazy",
        lambda value: value is False or value in _MODES,  # YAML's `off` is false
    ),
    "execution_timeout": (
        "a number of seconds, or -1",
        lambda value: type(value) is int and (value > 0 or value == -1),
    ),
    "execution_allow_errors": _SWITCH,
    "execution_in_temp": _SWITCH,
    "execution_raise_on_error": _SWITCH,
    "execution_show_tb": _SWITCH,
}
"""MyST-NB's options of execution: what each must be, and whether a value is that."""


class PageOptions(NamedTuple):
    """How a page is executed, and what it depends on besides what its kernel records.

    Attributes:
        execute: Whether builds execute it; if not, the outputs that its file holds are shown.
        timeout: How many seconds a cell may take.
        allow_errors: Whether cells may raise exceptions, as if all were tagged
            ``raises-exception``.
        depends: Declared inputs: files and globs relative to the page, ``$NAME`` for environment
            variables, and ``always`` for a page that every build executes. None if the page
            declares nothing, which is not the same as declaring that there are none.
    """

    execute: bool = True
    timeout: int = 120
    allow_errors: bool = False
    depends: tuple[str, ...] | None = None


DEFAULTS = PageOptions()
"""What holds for a page of which nobody says anything."""


def check_option(name: object, value: object) -> None:
    """Check one option of a page as its author has set it.

    Raises:
        ValueError: There is no such option, or its value is not what it must be.
    """
    if name not in PageOptions._fields:
        raise ValueError(f"expected one of {', '.join(PageOptions._fields)}, got {name!r}")
    if name == "timeout":
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ValueError(f"timeout: expected a positive integer, got {value!r}")
    elif name == "depends":
        if not isinstance(value, list) or not all(isinstance(it, str) for it in value):
            raise ValueError(f"depends: expected a list of texts, got {value!r}")
    elif not isinstance(value, bool):
        raise ValueError(f"{name}: expected true or false, got {value!r}")


def merge(options: PageOptions, given: Mapping[str, Any]) -> PageOptions:
    """Return options with those in place of them that an author has set and that are checked."""
    changed = {**given}
    if "depends" in changed:
        changed["depends"] = tuple(changed["depends"])
    return options._replace(**changed)


def options_for(
    page: str, defaults: PageOptions, globs: Mapping[str, Mapping[str, Any]]
) -> PageOptions:
    """Return what globs say of a page; later ones win.

    Args:
        page: The page's path in the folder of all pages, with ``/``.
        defaults: What holds where no glob says anything.
        globs: Checked options by glob, in the form that ``exclude_docs`` has.
    """
    options = defaults
    for glob, given in globs.items():
        if matches(glob, page):
            options = merge(options, given)
    return options


def read_options(
    notebook: "NotebookNode", front_matter: Mapping[str, Any], text: str
) -> dict[str, Any]:
    """Return what a page itself says, as far as it does: its header, or its notebook's metadata.

    Options of MyST-NB's (``mystnb: {execution_timeout: 60}``) count where it has none of its own.

    Args:
        notebook: The page.
        front_matter: What its first cell says of it.
        text: The page's file, to tell where in it an option is wrong.

    Raises:
        PageError: An option's name or its value is not what it must be.
    """
    options: dict[str, Any] = {}
    places = (notebook.metadata, front_matter)
    for place in places:
        try:
            options |= _read_mystnb(place.get(MYSTNB))
        except ValueError as error:
            wrong = f"has `{MYSTNB}` in its header: {error}"
            raise PageError(wrong, _header_line(text, MYSTNB)) from error
    for place in places:
        given = place.get(KEY)
        if not isinstance(given, Mapping | None):
            wrong = f"has `{KEY}` in its header: expected a mapping, got {given!r}"
            raise PageError(wrong, _header_line(text, KEY))
        for name, value in (given or {}).items():
            try:
                check_option(name, value)
            except ValueError as error:
                wrong = f"has `{KEY}` in its header: {error}"
                raise PageError(wrong, _header_line(text, KEY, str(name))) from error
            options[name] = value
    return options


def _header_line(text: str, key: str, option: str = "") -> int:
    """Return the line of the header's part under a key, or of an option there."""
    lines = text.splitlines()
    first = next((i for i, line in enumerate(lines) if re.search(rf"\b{key}\b\W*:", line)), 0)
    name = re.compile(rf"\b{re.escape(option)}\b\W*:")
    found = next((i for i in range(first, len(lines)) if option and name.search(lines[i])), first)
    return found + 1


def _read_mystnb(given: object) -> dict[str, Any]:
    """Translate what MyST-NB's own header says of a page's execution, where it is of use here.

    Raises:
        ValueError: MyST-NB has no such option of execution, or no such value of it.
    """
    if not isinstance(given, Mapping | None):
        raise ValueError(f"expected a mapping, got {given!r}")
    options: dict[str, Any] = {}
    for name, value in (given or {}).items():
        if not str(name).startswith("execution_"):
            continue  # about what MyST-NB renders
        if name not in _EXECUTION:
            raise ValueError(f"expected one of {', '.join(_EXECUTION)}, got {name!r}")
        expected, is_valid = _EXECUTION[name]
        if not is_valid(value):
            raise ValueError(f"{name}: expected {expected}, got {value!r}")
        if name == "execution_mode" and value in (False, "off"):
            options["execute"] = False
        elif name == "execution_timeout" and value > 0:
            options["timeout"] = value
        elif name == "execution_allow_errors":
            options["allow_errors"] = value
    return options


def matches(glob: str, page: str) -> bool:
    """Whether a glob, in the form that ``exclude_docs`` has, names a page."""
    from pathspec import GitIgnoreSpec  # MkDocs brings it

    return GitIgnoreSpec.from_lines([glob]).match_file(page)
