"""Exercises: the starter fails its check, the solution passes, and each planted mistake is named.

A mistake is planted by changing the solution. Only those cells are run that run in a reader's page:
what they need they must make themselves.
"""

import ast
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import numpy as np
import pytest
from lesson_exercises import EXERCISES, TUTORIALS, Exercise, needed, planted, read
from micropython import MicroPython
from mistakes import MISTAKES
from mutants import mutants

from xordocs import exercises

ANSWER = """
def answer(cells):
    names = {}
    for cell in cells[:-1]:
        exec(cell, names)
    try:
        exec(cells[-1], names)
    except AssertionError as error:
        return str(error)
    return ""
"""
"""Runs cells, and returns what the last of them asserts, or nothing."""

PLOTS = """
def loss(losses, log=False, caption=""): pass
def contour(points, values, x, y, caption=""): pass
def film(points, frames, x, y, caption=""): pass
"""
"""Stands in the place of `xordocs.plots`, which needs Matplotlib."""


class CPython:
    """Runs cells in this process, with NumPy."""

    def __init__(self) -> None:
        names: dict[str, Any] = {}
        exec(ANSWER, names)
        self.answer: Callable[[list[str]], str] = names["answer"]

    def printed(self, cells: list[str]) -> str:
        """Return what the cells print."""
        names: dict[str, Any] = {}
        with redirect_stdout(StringIO()) as text:
            for cell in cells:
                exec(cell, names)
        return text.getvalue().strip()

    def close(self) -> None:
        """Close nothing."""


class Page:
    """Runs cells as a reader's page does, in MicroPython with the small NumPy."""

    def __init__(self) -> None:
        self._python = MicroPython({"xordocs/plots.py": PLOTS})
        self._python.run(ANSWER)
        self.close = self._python.close

    def answer(self, cells: list[str]) -> str:
        """Return what the last cell asserts, or nothing."""
        said = self._python.run(f"print('answer:', repr(answer({cells!r})))")
        return ast.literal_eval(said.rpartition("answer: ")[2])

    def printed(self, cells: list[str]) -> str:
        """Return what the cells print."""
        return self._python.run(f"names = {{}}\nfor cell in {cells!r}: exec(cell, names)").strip()


@pytest.fixture(scope="module", params=[CPython, Page], ids=["NumPy", "MicroPython"])
def python(request):
    python = request.param()
    yield python
    python.close()


IN_PAGE = [place for place, one in EXERCISES.items() if one.runs_in_page]
IN_NOTEBOOK = [place for place, one in EXERCISES.items() if not one.runs_in_page]


FROM_NOTHING = EXERCISES["from-a-blank-file", "start"]
TRAINER = EXERCISES["trainer", "draw"]
"""The empty cells. Their checks accept every network that learns, at any rate; the pages say so."""
EMPTY = [FROM_NOTHING, TRAINER]


def before_it(exercise: Exercise, answer: str) -> list[str]:
    """The cells before an exercise that it needs; others may train for seconds."""
    if exercise in EMPTY:
        return []
    return needed(exercise.before, exercise.starter, answer, exercise.check)


def before_fit(cell: str) -> str:
    """What a cell does above its function ``fit``, in one form."""
    return ast.unparse(ast.parse(cell)).split("def fit(", maxsplit=1)[0]


def cases(places):
    """Each planted mistake of some exercises: the exercise, what is replaced by what, the words."""
    return [
        pytest.param(EXERCISES[place], *mistake, id=f"{place[0]}-{place[1]}-{number}")
        for place in places for number, mistake in enumerate(MISTAKES.get(place, []))
    ]  # fmt: skip


def test_every_exercise_has_at_least_five_planted_mistakes():
    assert {place: len(mistakes) for place, mistakes in MISTAKES.items() if len(mistakes) < 5} == {}
    assert MISTAKES.keys() == EXERCISES.keys()


@pytest.mark.parametrize("place", IN_NOTEBOOK, ids="-".join)
def test_in_the_notebook_the_starter_fails_and_the_solution_passes(place):
    one = EXERCISES[place]
    assert CPython().answer([one.starter, one.check]) != ""
    assert CPython().answer([one.starter, one.solution, one.check]) == ""


@pytest.mark.parametrize(("exercise", "old", "new", "words"), cases(IN_NOTEBOOK))
def test_in_the_notebook_a_planted_mistake_is_named(exercise, old, new, words):
    wrong = planted(exercise.solution, old, new)
    assert words in CPython().answer([exercise.starter, wrong, exercise.check])


@pytest.mark.parametrize("place", IN_PAGE, ids="-".join)
def test_the_starter_fails_and_the_solution_passes_both_with_one_line_at_most(
    place, python, capsys
):
    one = EXERCISES[place]
    before = before_it(one, one.solution)
    assert python.answer([*before, one.starter, one.check]) != ""
    capsys.readouterr()
    assert python.answer([*before, one.starter, one.solution, one.check]) == ""


@pytest.mark.parametrize(("exercise", "old", "new", "words"), cases(IN_PAGE))
def test_a_planted_mistake_is_named(exercise, old, new, words, python):
    wrong = planted(exercise.solution, old, new)
    before = before_it(exercise, wrong)
    message = python.answer([*before, exercise.starter, wrong, exercise.check])
    assert words in message


@pytest.mark.parametrize("page", sorted({page for page, _ in IN_PAGE}))
def test_all_cells_that_run_in_the_page_print_there_what_the_build_has_printed(page, python):
    _, cells = read(TUTORIALS / f"{page}.py")
    assert python.printed(cells) == CPython().printed(cells)


def message_of(value, expected=0.0, mistakes=()):
    with pytest.raises(AssertionError) as caught:
        exercises.compare("dW2", value, expected, "a nudge", mistakes)
    return str(caught.value)


def test_the_number_that_differs_most_is_shown_in_as_many_digits_as_it_takes():
    wanted = np.array([[0.1], [0.052]])
    assert message_of(np.array([[0.1001], [0.031]]), wanted) == (
        "Your dW2[1, 0] says 0.031, a nudge says 0.052."
    )
    assert message_of(np.array([[0.1], [0.05201]]), wanted) == (
        "Your dW2[1, 0] says 0.05201, a nudge says 0.052."
    )
    assert message_of(0.25, 0.5) == "Your dW2 says 0.25, a nudge says 0.5."
    assert message_of(np.array([1.0, 3.0, 3.0]), np.array([1.0, 2.0, 3.0])) == (
        "Your dW2[1] says 3, a nudge says 2."
    )


def test_a_mistake_is_named_by_what_is_given_before_what_is_guessed():
    wanted = np.array([[1.0, 2.0], [3.0, 4.0]])
    given = [("Half of it.", wanted / 2), ("A row.", wanted[0])]
    assert message_of(wanted / 2, wanted, given).endswith("says 4. Half of it.")
    assert message_of(wanted[0], wanted, given) == (
        "dW2 must be an array of shape (2, 2), got an array of shape (2,). A row."
    )
    assert "transposed product" in message_of(wanted.T, wanted)
    assert "All but the sign is right." in message_of(-wanted, wanted)
    assert "All numbers are 3 times what they should be" in message_of(3 * wanted, wanted)
    assert "Nothing has arrived" in message_of(0 * wanted, wanted)
    assert message_of(wanted + 1, wanted) == "Your dW2[0, 0] says 2, a nudge says 1."


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_numbers_agree_up_to_a_hundred_thousandth_of_the_largest(scale):
    # a nudge of 1e-5 is good to about 1e-8 of the largest slope, a slip changes far more
    wanted = scale * np.array([[1.0, -2.0], [0.0, 0.5]])
    exercises.compare("dW2", wanted + 1e-5 * scale, wanted, "a nudge")
    if scale >= 1:
        assert message_of(wanted + 1e-4 * scale, wanted)


@pytest.mark.parametrize(
    "value",
    [
        None, ..., "text", b"", {}, [], [1.0], (), (1.0, None), object(), len, print, float, True,
        1j, 7, 0.5, float("nan"), float("inf"), np.nan, np.array(None), np.array("text"),
        np.array([["a"], ["b"]]), np.zeros((0, 2)), np.zeros((2, 1, 1)),
        np.array([[np.nan], [1.0]]), np.array([[np.inf], [1.0]]), np.zeros(2), np.float32(1),
        np.array([[None], [1.0]], dtype=object), range(2), {1, 2}, np.random.RandomState(0),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_whatever_a_reader_makes_is_answered_in_words(value):
    said = message_of(value, np.array([[1.0], [2.0]]))
    assert said.startswith(("dW2 ", "dW2["))
    if not callable(value):
        with pytest.raises(AssertionError, match=r"^forward must be a function"):
            exercises.call("forward", value, [], "z1, a1")


def test_what_a_function_does_wrong_is_said():
    def answer(function, returns="z1, a1"):
        with pytest.raises(AssertionError) as caught:
            exercises.call("forward", function, [np.zeros((4, 2)), 0.5, (1, ...)], returns)
        return str(caught.value)

    unfit = answer(lambda x, rate, pair: x @ x)
    assert unfit.startswith("forward stops with ValueError: matmul")
    assert "the columns of A must be as many as the rows of B." in unfit
    assert answer(lambda x, rate, pair: x @ x).endswith(
        "It was called with an array of shape (4, 2), 0.5, (1, `...`)."
    )
    assert answer(lambda x: x).startswith("forward stops with TypeError")
    assert answer(lambda *_: None) == ("forward returns nothing. Does it end with `return z1, a1`?")
    assert answer(lambda *_: 1.0) == "forward must return 2 values, z1, a1, got 1.0."
    assert answer(lambda *_: (1, 2, 3)).endswith("got (1, 2, 3).")
    assert answer(lambda *_: (1, ...)).startswith("a1 is still `...` in forward.")
    assert answer(lambda *_: ..., "mean").startswith("forward still returns `...`.")
    assert answer(3) == "forward must be a function, got 3."
    assert exercises.call("forward", lambda a, b: (a, b), [1, 2], "z1, a1") == (1, 2)


def test_slopes_are_those_of_calculus_and_leave_the_array_as_it_was():
    array = np.array([[1.0, -2.0], [0.5, 3.0]])
    before = array.copy()
    found = exercises.slopes(lambda: float((array**3).sum()), array)
    # central differences of a cube miss its slope by the step's square, 1e-10, and by rounding
    np.testing.assert_allclose(found, 3 * before**2, rtol=0, atol=1e-8)
    assert array.tolist() == before.tolist()
    with pytest.raises(TypeError, match="array must hold floats, got whole numbers"):
        exercises.slopes(lambda: 0.0, np.array([[1, 2]]))


SAME = {
    "dW2 = a1.T * delta2",
    "dW1 = x.T * delta1",
    "delta1 = delta2 * W2.T * (z1 > 0)",
    "delta1 = delta2 * W2.T * (1 - a1 ** 2)",
    "near = abs(share - p) < z * np.sqrt(p * (1 - p) / trials)",
}
"""Changes that compute the same.

A column times a row, a column times one number, and a border on which none of the tried p lies.
"""


@pytest.mark.parametrize(
    "place", [it for it in EXERCISES if EXERCISES[it] != FROM_NOTHING], ids="-".join
)
def test_no_change_of_an_operator_or_a_number_passes_the_check_of_a_solution(place):
    one = EXERCISES[place]
    passing = set()
    for mutant, lines in mutants(one.solution):
        if one == TRAINER and before_fit(mutant) == before_fit(one.solution):
            continue  # another rate, say, which may do no harm
        cells = [*before_it(one, mutant), one.starter, mutant, one.check]
        try:
            with np.errstate(all="ignore"):
                said = CPython().answer(cells)
        except ValueError as error:  # in the reader's own cell, before the check
            said = str(error)
        if not said:
            passing.add(lines)
    assert passing <= SAME


ODD = [
    "None", "...", "'text'", "[1.0]", "(1.0, 2.0)", "{}", "print", "7", "0.25", "float('nan')",
    "float('inf')", "np.zeros((3, 7))", "np.zeros(2)", "np.zeros((1, 1)) + float('nan')",
]  # fmt: skip
"""What a reader may have made instead of the right array."""

REPLACED = """
right = NAME
def NAME(*arguments):
    parts = list(right(*arguments))
    parts[PLACE] = ODD
    return tuple(parts)
"""


def oddities(exercise: Exercise) -> list[str]:
    """Cells that put something odd in the place of each value that an exercise asks for."""
    name = exercise.name
    returned = re.search(r"^    return (\w+(?:, \w+)+)$", exercise.starter, re.M)
    if returned:
        return [
            REPLACED.replace("NAME", name).replace("PLACE", str(place)).replace("ODD", odd)
            for place in range(len(returned[1].split(", "))) for odd in ODD
        ]  # fmt: skip
    if exercise in EMPTY:
        asked = re.findall(r"^# (\w+)\(", exercise.starter, re.M)
        return [f"def {name}(*_):\n    return {odd}" for name in asked for odd in ODD]
    if names := re.findall(r"^(\w+) = \.\.\.", exercise.starter, re.M):
        return [f"{name} = {odd}" for name in names for odd in ODD]
    return [f"def {name}(*_):\n    return {odd}" for odd in ODD]


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.audit)])
@pytest.mark.parametrize("place", IN_PAGE, ids="-".join)
def test_whatever_stands_in_the_place_of_an_answer_the_check_says_so(place, python, every):
    one = EXERCISES[place]
    odd_ones = oddities(one)[::every]
    assert odd_ones
    before = before_it(one, "\n".join([one.solution, *odd_ones]))
    for odd in odd_ones:
        assert python.answer([*before, one.starter, one.solution, odd, one.check]), odd


@pytest.mark.parametrize(
    "left_out", ["initialize", "forward", "loss", "backward", "update", "train"]
)
def test_a_step_that_was_left_out_is_asked_for_by_those_that_need_it(left_out, python):
    """And the other steps pass their checks without it."""
    page = {name: one for (page, name), one in EXERCISES.items() if page == "from-a-blank-file"}
    needed = {
        "initialize": {"initialize"},
        "forward": {"forward", "backward", "train"},
        # a step needs the loss's slope, not its value
        "loss": {"loss", "backward", "train"},
        "backward": {"backward", "train"},
        "update": {"update", "train"},
        "train": {"train"},
    }[left_out]
    (setup, *_) = page["initialize"].before
    del page["start"]  # which needs none of the steps
    cells, refused = [setup], set()
    for name, one in page.items():
        cells += [one.starter] if name == left_out else [one.starter, one.solution]
        if python.answer([*cells, one.check]):
            refused.add(name)
    assert refused == needed


def test_the_empty_cell_says_so_if_it_has_changed_one_of_the_six_functions(python):
    page = {name: one for (page, name), one in EXERCISES.items() if page == "from-a-blank-file"}
    (setup, *_) = page["initialize"].before
    steps = ("initialize", "forward", "loss", "backward", "update", "train")
    above = [setup, *(page[step].solution for step in steps)]
    said = "One of your six functions has changed"
    assert said not in python.printed([*above, FROM_NOTHING.solution, FROM_NOTHING.check])
    other = f"{FROM_NOTHING.solution}\n\ndef train(x, y, seed):\n    return learn(x, y, seed)\n"
    assert said in python.printed([*above, other, FROM_NOTHING.check])


def test_the_last_step_needs_nothing_that_stands_above_it(python):
    assert python.answer([FROM_NOTHING.starter, FROM_NOTHING.check]).startswith(
        "There is no `start` yet"
    )
    assert python.answer([FROM_NOTHING.solution, FROM_NOTHING.check]) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("10", "16"), ("10", "32"), ("1.5 *", "0.5 *"), ("range(500)", "range(1500)"),
        ("random.randn(", "0.5 * random.randn("), ("np.maximum(0, z1)", "z1 * (z1 > 0)"),
        ("[W1, b1, W2, b2]\n", "(W1, b1, W2, b2)\n"), ("h=1e-5", "h=1e-4"),
        ("2 * (y_hat - y) / len(y) * y_hat * (1 - y_hat)", "(y_hat - y) / len(y)"),
    ],
)  # fmt: skip
def test_the_last_step_accepts_other_networks_that_learn(old, new):
    """Other widths, rates and starts; cross-entropy, too."""
    assert old in FROM_NOTHING.solution
    other = FROM_NOTHING.solution.replace(old, new)
    if "(y_hat - y) / len(y)" in new:
        squared = "((through(parameters, x)[2] - y) ** 2).mean()"
        entropy = "-np.log(abs(through(parameters, x)[2] - 1 + y)).mean()"
        other = planted(other, squared, entropy)
    assert CPython().answer([FROM_NOTHING.starter, other, FROM_NOTHING.check]) == ""


def test_the_ends_of_an_interval_may_come_from_their_formula():
    """Wilson (1927): its ends lie between two places of the grid that the lesson searches."""
    exercise = EXERCISES["census", "interval"]
    formula = (
        "def interval(learned, trials, z=1.96):\n"
        "    n, share = trials, learned / trials\n"
        "    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)\n"
        "    reach = z / (1 + z**2 / n) * (share * (1 - share) / n + (z / n) ** 2 / 4) ** 0.5\n"
        "    return middle - reach, middle + {}reach\n"
    )
    for slip, said in (("", ""), ("1.01 * ", "high")):
        answered = CPython().answer([exercise.starter, formula.format(slip), exercise.check])
        assert said in answered
        assert bool(answered) == bool(said)


def test_the_last_step_names_a_network_that_is_too_small_or_too_shortly_trained():
    def answer(old, new):
        other = FROM_NOTHING.solution.replace(old, new)
        return CPython().answer([FROM_NOTHING.starter, other, FROM_NOTHING.check])

    small = answer("10", "2")
    assert "XOR is not learned, and the loss ends at" in small
    assert "Your slopes are right, but with at most 2 hidden units many seeds get stuck" in small
    short = answer("range(500)", "range(5)")
    assert "Your slopes are right, so look at learn" in short
    assert "train for more epochs" in short


@pytest.mark.parametrize(("biases", "lie_on_kinks"), [("", True), (" + 0.01", False)])
def test_the_last_step_says_why_right_slopes_differ_from_nudges_at_a_bias_of_zero(
    biases, lie_on_kinks, capsys
):
    zeros = "np.zeros((1, 10))"
    other = planted(FROM_NOTHING.solution, zeros, zeros + biases)
    assert CPython().answer([FROM_NOTHING.starter, other, FROM_NOTHING.check]) == ""
    assert ("on the units' kinks" in capsys.readouterr().out) == lie_on_kinks


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (lambda: 2 * ..., "stops with TypeError at a line that is still `...`"),
        (lambda: [*...], "stops with TypeError at a line that is still `...`"),
        (lambda: 2 * "", "returns"),
        (lambda: 2 * {}, "stops with TypeError: unsupported operand"),
    ],
)
def test_dots_in_a_function_are_spoken_of_as_dots(run, said):
    with pytest.raises(AssertionError, match=re.escape(said)):
        exercises.call("forward", lambda: run() or None, [], "z1, a1")
