"""Macros stand for what their authors say, from where they say it."""

import pytest
from bs4 import BeautifulSoup

from xordocs.site.errors import FormulaError
from xordocs.site.rendering.mathematics.delimiters import find_formulas
from xordocs.site.rendering.mathematics.typesetter import set_formulas, to_mathml


def letters(mathml):
    return "".join(BeautifulSoup(mathml, "html.parser").get_text().split()).replace("\u2061", "")


def page(text, macros=None):
    return [
        str(it) if isinstance(it, FormulaError) else letters(it)
        for it in set_formulas(list(find_formulas(text)), macros or {})
    ]


@pytest.mark.parametrize(
    ("definition", "use", "expected"),
    [
        (r"\newcommand{\RR}{\mathbb{R}}", r"\RR^n", "ℝn"),
        (r"\newcommand\RR{\mathbb{R}}", r"\RR", "ℝ"),
        (r"\newcommand{\set}[1]{\{#1\}}", r"\set{x}", "{x}"),
        (r"\newcommand{\pair}[2][a]{(#1, #2)}", r"\pair{x} \pair[b]{y}", "(a,x)(b,y)"),
        (r"\renewcommand{\vec}[1]{\mathbf{#1}}", r"\vec{x}", "𝐱"),
        (r"\renewcommand{\R}{Q}", r"\R", "Q"),
        (r"\providecommand{\alpha}{a}", r"\alpha", "a"),
        (r"\newcommand{\q}{a} \providecommand{\q}{b}", r"\q", "a"),
        (r"\def\half{\frac12}", r"\half", "12"),
        (r"\def\swap#1#2{#2#1}", r"\swap{a}b", "ba"),
        (r"\let\eps\varepsilon", r"\eps", "ε"),
        (r"\let\old\hat \renewcommand{\hat}[1]{\old{#1}!}", r"\hat x", "xˆ!"),
        (r"\DeclareMathOperator{\Tr}{Tr}", r"\Tr A", "TrA"),
        (r"\DeclareMathOperator*{\argmax}{arg\,max}", r"\argmax_x f", "arg\u2009maxxf"),
        (r"\def\be{\begin{equation}} \def\ee{\end{equation}}", r"\be a \ee", "a"),
        (r"\newcommand{\below}[1]{\substack{#1}}", r"\sum_{\below{a\\b}}", "∑ab"),
    ],
)
def test_a_definition_holds_from_there_on(definition, use, expected):
    expected = expected.replace("\u2009", "")
    assert page(f"${definition}$\n\ntext\n\n${use}$") == ["", expected]
    assert page(f"${definition} {use}$") == [expected]


def test_a_definition_does_not_hold_before_and_may_be_replaced():
    text = r"$\RR$ $\def\RR{a}\RR$ $\RR$ $\newcommand{\RR}{b}$ $\RR$"
    assert page(text)[1:] == ["a", "a", "", "b"]
    assert r"unknown command \RR" in page(text)[0]


@pytest.mark.parametrize(
    ("macros", "use", "expected"),
    [
        ({r"\RR": r"\mathbb{R}"}, r"\RR", "ℝ"),
        ({"RR": r"\mathbb{R}"}, r"\RR", "ℝ"),
        ({r"\pair": "(#1, #2)"}, r"\pair{a}{b}", "(a,b)"),
        ({r"\pair": ["(#1, #2)", 2]}, r"\pair{a}{b}", "(a,b)"),
        ({r"\pair": ["(#1, #2)", 2, "z"]}, r"\pair{b}", "(z,b)"),
    ],
)
def test_macros_of_the_configuration_hold_from_the_beginning(macros, use, expected):
    assert page(f"${use}$", macros) == [expected]


@pytest.mark.parametrize(
    ("latex", "complaint"),
    [
        (r"\def\a{\a}\a", "never comes to an end"),
        (r"\def\a{\a\a x}\a", "never comes to an end"),
        (r"\newcommand{\a}[1]{#2} \a x", "has no argument #2"),
        (r"\newcommand{\a}[2]{#1#2} \a x", r"\a expects 2 arguments"),
        (r"\newcommand{a}{b}", "expects a command"),
        (r"\newcommand{\a}[x]{b}", "expects a number of arguments, got [x]"),
        (r"\newcommand{\a}", r"lacks its argument"),
        (r"\def\a#1.{x} \a", "only before its text"),
    ],
)
def test_a_macro_that_is_wrong_is_refused(latex, complaint):
    with pytest.raises(FormulaError) as caught:
        to_mathml(latex)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("value", [3, [], ["x"], ["x", "y"], ["x", 10], {"a": 1}, ["x", 1, 2]])
def test_a_macro_of_the_configuration_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match=r"\\RR: expected LaTeX"):
        to_mathml("x", macros={r"\RR": value})
