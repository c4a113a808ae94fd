"""Ask the reader of a page a question whose answer the page checks."""

import json
from collections.abc import Mapping, Sequence
from html import escape

from xordocs._typography import typographic, unbroken
from xordocs.validation import check_instance, check_real

__all__ = ["Question", "ask"]


def ask(
    question: str,
    answer: float | str,
    why: str = "",
    *,
    choices: Sequence[str] = (),
    tolerance: float = 0.0,
    hints: Mapping[float | str, str] | None = None,
) -> "Question":
    """Return a question for a notebook to display, with its answer folded away.

    Where scripts run, the reader enters a number, as a decimal or a fraction, or chooses, and is
    told whether it is right.

    Args:
        question: A sentence, plain text.
        answer: The number, or one of ``choices``.
        why: What explains the answer, plain text.
        choices: What to choose from, where the answer is no number.
        tolerance: How far from a number an entry may be.
        hints: What to say to a likely mistake: a number or a choice.

    Raises:
        TypeError: A text is no string, or a number none.
        ValueError: The answer is not one of the choices, a hint is for the answer itself or for
            what cannot be chosen, or the tolerance is negative.
    """
    hints = {} if hints is None else hints
    check_instance(question, "question", str)
    check_instance(why, "why", str)
    tolerance = check_real(tolerance, "tolerance")
    if tolerance < 0:
        raise ValueError(f"tolerance must not be negative, got {tolerance!r}")
    offered = {"answer": answer, **{f"hints[{mistake!r}]": mistake for mistake in hints}}
    for name, value in offered.items():
        if not choices:
            check_real(value, name)
        elif value not in choices:
            raise ValueError(f"{name} must be one of {', '.join(choices)}, got {value!r}")
    for mistake, hint in hints.items():
        check_instance(hint, f"hints[{mistake!r}]", str)
        if _is_right(mistake, answer, tolerance):
            raise ValueError(f"hints must be for wrong answers, got one for {mistake!r}")
    return Question(question, answer, why, choices, tolerance, hints)


class Question:
    """A question with its answer folded away; a notebook displays it.

    Attributes:
        html: The element, with all that is seen where no script runs.
    """

    def __init__(
        self,
        question: str,
        answer: float | str,
        why: str,
        choices: Sequence[str],
        tolerance: float,
        hints: Mapping[float | str, str],
    ) -> None:
        self._question = question
        given = {"answer": _text(answer)}
        if choices:
            given["choices"] = json.dumps([_text(choice) for choice in choices], ensure_ascii=False)
        if tolerance:
            given["tolerance"] = _text(tolerance)
        if hints:
            texts = {_text(mistake): typographic(hint) for mistake, hint in hints.items()}
            given["hints"] = json.dumps(texts, ensure_ascii=False)
        attributes = "".join(f' {name}="{escape(text)}"' for name, text in given.items())
        listed = f"<p>{_html(' · '.join(choices))}</p>" if choices else ""
        told = _html(f"{_told(answer)}. {why}".strip())
        self.html = (
            f"<xor-answer{attributes}><p>{_html(question)}</p>{listed}"
            f'<details class="answer"><summary>Answer</summary><p>{told}</p></details>'
            "</xor-answer>"
        )

    def __repr__(self) -> str:
        return f"Question({self._question!r})"

    def _repr_html_(self) -> str:
        return self.html


def _is_right(given: float | str, answer: float | str, tolerance: float) -> bool:
    if isinstance(given, str) or isinstance(answer, str):
        return given == answer
    return abs(given - answer) <= tolerance


def _html(text: str) -> str:
    return escape(unbroken(typographic(text)), quote=False)


def _text(value: float | str) -> str:
    return typographic(value) if isinstance(value, str) else f"{float(value):.12g}"


def _told(value: float | str) -> str:
    """Return an answer for readers: a number that is not whole has four digits that count."""
    if isinstance(value, str):
        return _text(value)
    shown = _text(value) if float(value).is_integer() else f"{value:.4g}"
    return shown.replace("-", "−")
