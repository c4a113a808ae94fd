"""Check what ``mkdocs.yml`` says of the engine; nothing here knows of MkDocs."""

from collections.abc import Mapping
from typing import Any, get_args

from xordocs.site.notebooks import Figures
from xordocs.site.notebooks.options import check_option
from xordocs.site.rendering.mathematics import read_macros

__all__ = ["check_figures", "check_macros", "check_pages", "check_seconds"]


def check_seconds(value: object) -> int:
    """Return a number of seconds, if it is one that a cell can take.

    Raises:
        ValueError: It is no positive integer.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"expected a positive integer, got {value!r}")
    return value


def check_figures(value: object) -> str:
    """Return what to do about figures without a description; YAML reads a bare ``off`` as false.

    Raises:
        ValueError: It is none of the choices.
    """
    choice = "off" if value is False else value
    if choice not in get_args(Figures):
        expected = ", ".join(get_args(Figures))
        raise ValueError(f"expected one of {expected}, got {value!r}")
    return str(choice)


def check_macros(value: object) -> dict[str, Any]:
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


def check_pages(value: object) -> dict[str, dict[str, Any]]:
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
