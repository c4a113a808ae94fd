"""The plugin's options in ``mkdocs.yml``, and what each of them may be."""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, get_args

from mkdocs.config import config_options
from mkdocs.config.base import Config, ValidationError

from xordocs.site.notebooks import Figures
from xordocs.site.notebooks.options import check_option
from xordocs.site.rendering.mathematics import read_macros

__all__ = ["XordocsConfig"]


def _archives(value: object) -> dict[str, list[str]]:
    """Return what archives hold: globs, by the path of the archive on the site.

    Raises:
        ValueError: A path or its globs are not what they must be.
    """
    if not isinstance(value, Mapping):
        raise ValueError(f"expected a mapping from paths to globs, got {value!r}")
    for path, globs in value.items():
        parts = PurePosixPath(str(path)).parts
        if not str(path).endswith(".zip") or ".." in parts or parts[0] == "/":
            raise ValueError(f"expected a path on the site such as assets/all.zip, got {path!r}")
        if not isinstance(globs, list) or not all(isinstance(glob, str) for glob in globs):
            raise ValueError(f"{path}: expected a list of globs such as [how-to/*], got {globs!r}")
    return {str(path): list(globs) for path, globs in value.items()}


def _export(value: object) -> dict[str, list[str]]:
    """Return the files that exported pages load, by a text in the HTML of those that do.

    Raises:
        ValueError: It is no mapping from texts to the paths of scripts and style sheets.
    """
    if not isinstance(value, Mapping):
        raise ValueError(f"expected a mapping from texts to paths, got {value!r}")
    for text, paths in value.items():
        if not isinstance(text, str) or not text:
            raise ValueError(f"expected a text such as '<my-figure', got {text!r}")
        if not isinstance(paths, list) or not all(
            isinstance(path, str) and path.endswith((".css", ".js")) for path in paths
        ):
            raise ValueError(
                f"{text}: expected a list of scripts and style sheets such as [assets/figure.js], "
                f"got {paths!r}"
            )
    return {text: list(paths) for text, paths in value.items()}


def _seconds(value: object) -> int:
    """Return a number of seconds, if it is one that a cell can take.

    Raises:
        ValueError: It is no positive integer.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"expected a positive integer, got {value!r}")
    return value


def _variables(value: object) -> list[str]:
    """Return the names of environment variables.

    Raises:
        ValueError: It is no list of such names.
    """
    if not isinstance(value, list):
        raise ValueError(f"expected a list of names such as [API_URL], got {value!r}")
    for name in value:
        if not isinstance(name, str) or not re.fullmatch(r"[^\s=$%{}\x00]+", name):
            raise ValueError(f"expected the name of a variable, such as API_URL, got {name!r}")
    return value


def _figures(value: object) -> str:
    """Return what to do about figures without a description; YAML reads a bare ``off`` as false.

    Raises:
        ValueError: It is none of the choices.
    """
    choice = "off" if value is False else value
    if choice not in get_args(Figures):
        expected = ", ".join(get_args(Figures))
        raise ValueError(f"expected one of {expected}, got {value!r}")
    return str(choice)


def _macros(value: object) -> dict[str, Any]:
    r"""Return the macros of formulas by their names, such as ``\RR``.

    A macro is LaTeX, or a list of LaTeX and a number of arguments, as MathJax has it.

    Raises:
        ValueError: It is no mapping from commands to LaTeX.
    """
    if not isinstance(value, Mapping):
        raise ValueError(rf"expected a mapping from commands such as \RR to LaTeX, got {value!r}")
    for name, latex in value.items():
        if not isinstance(name, str) or not name.removeprefix("\\").isalpha():
            raise ValueError(rf"expected a command such as \RR, got {name!r}")
        read_macros({name: latex})
    return dict(value)


def _pages(value: object) -> dict[str, dict[str, Any]]:
    """Return the options of pages by globs, as far as their author has set them.

    Raises:
        ValueError: A glob, an option's name or its value is not what it must be.
    """
    if not isinstance(value, Mapping):
        raise ValueError(f"expected a mapping from globs to options, got {value!r}")
    for glob, options in value.items():
        if not isinstance(glob, str):
            raise ValueError(f"expected a glob such as 'how-to/*.ipynb', got {glob!r}")
        if not isinstance(options, Mapping):
            raise ValueError(
                f"{glob}: expected a mapping such as {{execute: false}}, got {options!r}"
            )
        for name, option in options.items():
            try:
                check_option(name, option)
            except ValueError as error:
                raise ValueError(f"{glob}: {error}") from error
    return {glob: dict(options) for glob, options in value.items()}


class _Checked(config_options.OptionallyRequired[Any]):
    """An option that a function checks, which raises `ValueError` with what is wrong."""

    def __init__(self, check: Callable[[object], Any], default: object) -> None:
        super().__init__(default=default)
        self._check = check

    def run_validation(self, value: object) -> Any:
        """Return the value as the function returns it."""
        try:
            return self._check(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class XordocsConfig(Config):
    """The plugin's options.

    Attributes:
        archives: Archives of notebooks for readers, each by its path on the site, with globs of
            what it holds, relative to the folder of all pages.
        cache: The folder that keeps executed pages.
        environment: The names of the environment variables that pages may see and depend on.
        execute: Whether builds execute pages of which nothing else is said.
        export: Scripts and style sheets that exported pages load, by a text in the HTML of those
            that do.
        figures: What to do about a figure without a description: fail (``error``), describe it by
            its axes and say so (``note``), or describe it (``off``).
        fork: Whether kernels are forked from a process that has imported what pages need, where
            the platform can; otherwise each is started on its own.
        formulas: What to do about a formula that cannot be set: fail (``error``), or show its
            source and say so (``note``). With ``site``, formulas are left to the site's own
            extensions.
        macros: LaTeX commands for all formulas, by their names.
        package: What a downloaded notebook needs, such as ``xordocs[plots]``: this project, whose
            wheel the site then carries.
        pages: Options for the pages that a glob names, relative to the folder of all pages; later
            globs win over earlier ones, and a page's own header over all of them.
        preload: Modules that are slow to import, from the lightest to the heaviest.
        timeout: How many seconds a cell may take.
    """

    archives = _Checked(_archives, default={})
    cache = config_options.Type(str, default=".cache/pages")
    environment = _Checked(_variables, default=[])
    execute = config_options.Type(bool, default=True)
    export = _Checked(_export, default={})
    figures = _Checked(_figures, default="note")
    fork = config_options.Type(bool, default=True)
    formulas = config_options.Choice(("error", "note", "site"), default="note")
    macros = _Checked(_macros, default={})
    package = config_options.Type(str, default="")
    pages = _Checked(_pages, default={})
    preload = config_options.ListOfItems(config_options.Type(str), default=[])
    timeout = _Checked(_seconds, default=120)
