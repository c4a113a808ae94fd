"""Exercises: the starter fails its check, the solution passes, and each planted mistake is named.

A mistake is planted by changing the solution. Only those cells are run that run in a reader's page:
what they need they must make themselves.
"""

import re
from pathlib import Path
from typing import NamedTuple

import jupytext
import numpy as np
import pytest
from mistakes import MISTAKES

TUTORIALS = Path(__file__).parent.parent / "docs" / "tutorials"


class Exercise(NamedTuple):
    """The cells of an exercise, and all that a reader has run before."""

    page: str
    before: list[str]
    starter: str
    check: str
    solution: str

    @property
    def name(self) -> str:
        """What the exercise defines first, such as ``delta2`` or ``forward``."""
        return re.search(r"^(?:def )?(\w+)(?:\(| = \.\.\.)", self.starter, re.M)[1]


def exercises_of(path: Path) -> list[Exercise]:
    found, before = [], []
    for cell in jupytext.read(path).cells:
        tags = {"live", "exercise", "check", "solution"}.intersection(cell.metadata.get("tags", []))
        if "exercise" in tags:
            starter = cell.source
        elif "check" in tags:
            check = cell.source
        elif "solution" in tags:
            found.append(Exercise(path.stem, list(before), starter, check, cell.source))
            before += [starter, cell.source, check]
        elif "live" in tags:
            before.append(cell.source)
    return found


EXERCISES = {
    (one.page, one.name): one
    for path in sorted(TUTORIALS.glob("*.py"))
    for one in exercises_of(path)
}


def planted(solution: str, old: str, new: str) -> str:
    assert solution.count(old) == 1, f"{old!r} must stand once in the solution"
    return solution.replace(old, new)


class CPython:
    """Runs cells in this process, with NumPy."""

    def answer(self, cells: list[str]) -> str:
        """Run all but the last cell, then the last: return what it asserts, or nothing."""
        names: dict[str, object] = {}
        with np.errstate(all="ignore"):
            *before, check = cells
            for cell in before:
                exec(cell, names)
            try:
                exec(check, names)
            except AssertionError as error:
                return str(error)
        return ""


@pytest.fixture(scope="module")
def python():
    return CPython()


CASES = [
    pytest.param(EXERCISES.get(place), *mistake, id=f"{place[0]}-{place[1]}-{number}")
    for place, mistakes in MISTAKES.items() for number, mistake in enumerate(mistakes)
]  # fmt: skip


def test_every_exercise_has_at_least_five_planted_mistakes():
    assert {place: len(mistakes) for place, mistakes in MISTAKES.items() if len(mistakes) < 5} == {}
    assert MISTAKES.keys() == EXERCISES.keys()


@pytest.mark.parametrize("place", EXERCISES, ids="-".join)
def test_the_starter_fails_and_the_solution_passes_both_with_one_line_at_most(
    place, python, capsys
):
    one = EXERCISES[place]
    assert python.answer([*one.before, one.starter, one.check]) != ""
    capsys.readouterr()
    assert python.answer([*one.before, one.starter, one.solution, one.check]) == ""


@pytest.mark.parametrize(("exercise", "old", "new", "words"), CASES)
def test_a_planted_mistake_is_named(exercise, old, new, words, python):
    wrong = planted(exercise.solution, old, new)
    message = python.answer([*exercise.before, exercise.starter, wrong, exercise.check])
    assert words in message
