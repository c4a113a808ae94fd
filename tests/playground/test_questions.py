import json
import re

import pytest
from bs4 import BeautifulSoup

from xordocs import playground


def element(question):
    return BeautifulSoup(question._repr_html_(), "html.parser").find("xor-answer")


def test_a_question_stands_above_its_folded_answer():
    asked = element(playground.ask("Is ¼ < ½?", 0.25, "Half & half.", tolerance=0.01))
    assert asked["answer"] == "0.25"
    assert asked["tolerance"] == "0.01"
    assert asked.p.get_text() == "Is ¼ < ½?"
    assert asked.select_one("details.answer > p").get_text() == "0.25. Half & half."
    assert not asked.has_attr("hints")
    assert not asked.has_attr("choices")


@pytest.mark.parametrize(
    ("answer", "shown"),
    [(-4, "−4"), (-0.25, "−0.25"), (0.369750590275, "0.3698"), (12_345, "12345"), ("−1", "−1")],
)
def test_an_answer_is_shown_with_a_minus_and_the_digits_that_count(answer, shown):
    choices = [answer] if isinstance(answer, str) else []
    asked = element(playground.ask("How many?", answer, choices=choices))
    assert asked.select_one("details.answer > p").get_text() == f"{shown}."
    if not choices:
        assert float(asked["answer"]) == pytest.approx(
            answer, abs=0
        )  # what is compared stays whole


def test_two_builds_of_a_question_are_the_same():
    """Its plain text stands in the downloaded notebook, and must name no place in memory."""
    first, second = (playground.ask("Which?", 1) for _ in range(2))
    assert repr(first) == repr(second) == "Question('Which?')"


def test_choices_are_listed_and_hints_belong_to_mistakes():
    asked = element(
        playground.ask(
            "Which?", "XNOR", choices=["AND", "XNOR"], hints={"AND": 'Not "that" & <this>.'}
        )
    )
    assert json.loads(asked["choices"]) == ["AND", "XNOR"]
    assert json.loads(asked["hints"]) == {"AND": "Not “that” & <this>."}
    assert [p.get_text() for p in asked.find_all("p", recursive=False)] == ["Which?", "AND · XNOR"]


def test_a_hint_for_a_number_is_under_its_text():
    asked = element(playground.ask("How many?", 2, hints={1: "One more.", 1 / 3: "Far more."}))
    assert [float(it) for it in json.loads(asked["hints"])] == pytest.approx([1, 1 / 3])


@pytest.mark.parametrize(
    ("arguments", "more", "said"),
    [
        (("Which?", "OR"), {"choices": ["AND"]}, "answer must be one of AND, got 'OR'"),
        (
            ("Which?", "AND"),
            {"choices": ["AND"], "hints": {"OR": "No."}},
            "hints['OR'] must be one of AND, got 'OR'",
        ),
        (("Which?", 1), {"tolerance": -1}, "tolerance must not be negative, got -1"),
        (
            ("Which?", 1),
            {"tolerance": 0.5, "hints": {1.25: "Less."}},
            "hints must be for wrong answers, got one for 1.25",
        ),
        (("Which?", float("nan")), {}, "answer must be a finite number, got nan"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(arguments, more, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        playground.ask(*arguments, **more)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((5, 1), "question must be"), (("Which?", "AND"), "answer must be a finite number")],
)
def test_a_question_of_other_types_is_refused(arguments, said):
    with pytest.raises(TypeError, match=re.escape(said)):
        playground.ask(*arguments)
