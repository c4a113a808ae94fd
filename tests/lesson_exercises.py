"""The exercises of the course's lessons, as their notebooks have them."""

import re
from pathlib import Path
from symtable import SymbolTable, symtable
from typing import NamedTuple

import jupytext

TUTORIALS = Path(__file__).parents[1] / "docs" / "tutorials"


class Exercise(NamedTuple):
    """The cells of an exercise, and all that a reader has run before."""

    page: str
    before: list[str]
    starter: str
    check: str
    solution: str
    runs_in_page: bool

    @property
    def name(self) -> str:
        """What the exercise defines first, such as ``delta2`` or ``forward``.

        Of an empty cell only the solution tells.
        """
        first = re.compile(r"^(?:def )?(\w+)(?:\(| = \.\.\.)", re.M)
        return (first.search(self.starter) or first.search(self.solution))[1]


def read(path: Path) -> tuple[list[Exercise], list[str]]:
    """Return a page's exercises, and the cells that a reader who solves them has run at its end.

    An exercise for the notebook makes all that it needs itself.
    """
    found, ran = [], []
    for cell in jupytext.read(path).cells:
        tags = cell.metadata.get("tags", [])
        if "exercise" in tags:
            starter, runs_in_page = cell.source, "notebook-only" not in tags
        elif "check" in tags:
            check = cell.source
        elif "solution" in tags:
            before = list(ran) if runs_in_page else []
            found.append(Exercise(path.stem, before, starter, check, cell.source, runs_in_page))
            if runs_in_page:
                ran += [starter, cell.source, check]
        elif "live" in tags:
            ran.append(cell.source)
    return found, ran


EXERCISES = {
    (one.page, one.name): one for path in sorted(TUTORIALS.glob("*.py")) for one in read(path)[0]
}


def needed(before: list[str], *cells: str) -> list[str]:
    """Return those of the cells before that make what some cells use, directly or not.

    As in a page, a name comes from the nearest of the cells that make it.
    """
    used = set().union(*map(_uses, cells))
    kept = []
    for cell in reversed(before):
        if used & _makes(cell):
            used = used - _makes(cell) | _uses(cell)
            kept.append(cell)
    return kept[::-1]


def _makes(cell: str) -> set[str]:
    names = symtable(cell, "a cell", "exec").get_symbols()
    return {it.get_name() for it in names if it.is_assigned() or it.is_imported()}


def _uses(cell: str) -> set[str]:
    def used(table: SymbolTable) -> set[str]:
        here = {
            it.get_name()
            for it in table.get_symbols()
            if it.is_referenced() and (it.is_global() or table.get_type() == "module")
        }
        return here.union(*map(used, table.get_children()))

    table = symtable(cell, "a cell", "exec")
    return used(table) - {it.get_name() for it in table.get_symbols() if it.is_imported()}


def planted(solution: str, old: str, new: str) -> str:
    assert solution.count(old) == 1, f"{old!r} must stand once in the solution"
    return solution.replace(old, new)
