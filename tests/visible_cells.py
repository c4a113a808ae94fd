"""Run what a reader can see of a lesson, in order and nothing else, as one who copies it does."""

import ast
import linecache
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import jupytext
from IPython.lib.pretty import pretty

HIDDEN = {"remove-cell", "remove-input", "skip-execution"}
"""The tags of cells whose code a page does not show, or a build does not run."""
RICH = ("_ipython_display_", "_repr_html_", "_repr_markdown_", "_repr_mimebundle_", "_repr_svg_")
"""What an object has that a page shows as something else than text."""


def read_lesson(path: Path) -> list[tuple[str, set[str]]]:
    """Return the source and the tags of each code cell."""
    cells = [cell for cell in jupytext.read(path).cells if cell.cell_type == "code"]
    return [(cell.source, set(cell.metadata.get("tags", []))) for cell in cells]


def run_visible(cells: Sequence[tuple[str, set[str]]], name: str) -> list[str]:
    """Run the cells whose code the page shows, in an empty namespace.

    An exercise's code is followed by its solution, and that by its check.

    Returns:
        The text that each cell prints or ends with, but for exercises.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    shown, check = [], ""
    with mock.patch("IPython.display.display", return_value=None):
        for number, (source, tags) in enumerate(cells):
            place = f"<{name}, code cell {number + 1}>"
            if "check" in tags:
                check = source
            elif "raises-exception" in tags:
                assert _raises(source, names, place), place
            elif not tags & HIDDEN:
                text = _run(source, names, place)
                if not tags & {"exercise", "solution"}:
                    shown.append(text)
            if "solution" in tags:
                _run(check, names, f"{place}, its check")
    return shown


def _run(source: str, names: dict[str, Any], place: str) -> str:
    linecache.cache[place] = (len(source), None, source.splitlines(keepends=True), place)
    tree = ast.parse(source, place)
    last = tree.body[-1] if tree.body else None
    ends = [last.value] if isinstance(last, ast.Expr) else []
    del tree.body[len(tree.body) - len(ends) :]
    with redirect_stdout(StringIO()) as printed:
        exec(compile(tree, place, "exec"), names)
        values = [eval(compile(ast.Expression(end), place, "eval"), names) for end in ends]
    text = printed.getvalue()
    for value in values:
        if value is not None and not any(hasattr(value, rich) for rich in RICH):
            text += pretty(value)  # type: ignore[no-untyped-call]
    return text


def _raises(source: str, names: dict[str, Any], place: str) -> bool:
    try:
        _run(source, names, place)
    except Exception:  # the page shows whichever it is
        return True
    return False


def not_found(texts: Sequence[str], page: str) -> list[str]:
    """Return the texts that a page does not have, one after the other."""
    place, missing = 0, []
    page = _trimmed(page)
    for text in map(_trimmed, texts):
        at = page.find(text, place)
        if at < 0:
            missing.append(text)
        else:
            place = at + len(text)
    return missing


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
