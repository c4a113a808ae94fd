"""Equations with a label or a tag are numbered, and references lead to them."""

import re

import pytest
from bs4 import BeautifulSoup

from xordocs.site.errors import FormulaError
from xordocs.site.rendering.mathematics.delimiters import find_formulas
from xordocs.site.rendering.mathematics.typesetter import set_formulas, to_mathml


def page(text):
    return [
        it if isinstance(it, FormulaError) else BeautifulSoup(it, "html.parser")
        for it in set_formulas(list(find_formulas(text)))
    ]


def numbers(soup):
    return re.findall(r"\([^()]*\)$", soup.get_text(), re.MULTILINE) or [
        cell.get_text() for cell in soup.find_all("mtd") if cell.get_text().startswith("(")
    ]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\begin{equation} a \end{equation}", []),
        (r"\begin{equation} a \label{x} \end{equation}", ["(1)"]),
        (r"\begin{equation*} a \tag{A.1} \end{equation*}", ["(A.1)"]),
        (r"a = b \tag{$*$}", ["(∗)"]),
        (r"a = b \tag*{here}", []),
        (
            r"\begin{align} a &= b \label{x} \\ c &= d \\ e &= f \label{y} \end{align}",
            ["(1)", "(2)"],
        ),
        (r"\begin{align*} a &= b \tag{1'} \\ c &= d \end{align*}", ["(1')"]),
        (r"\begin{gather} a \label{x} \\ b \notag \end{gather}", ["(1)"]),
        (r"\begin{eqnarray} a &=& b \label{x} \\ &=& c \nonumber \end{eqnarray}", ["(1)"]),
        (r"\begin{multline} a \\ + b \label{x} \end{multline}", ["(1)"]),
        (
            r"\begin{equation}\begin{split} a &= b \\ &= c \label{x}\end{split}\end{equation}",
            ["(1)"],
        ),
        (r"\begin{align} a \end{align}", []),
    ],
)
def test_rows_with_a_label_or_a_tag_have_a_number(latex, expected):
    soup = BeautifulSoup(to_mathml(latex, display=True), "html.parser")
    assert [c.get_text() for c in soup.find_all("mtd") if c.get_text().startswith("(")] == expected
    if not expected and "tag*" not in latex:
        assert "%" not in str(soup)


def test_a_bare_tag_has_no_brackets():
    soup = BeautifulSoup(to_mathml(r"a \tag*{here $x$}", display=True), "html.parser")
    assert soup.find_all("mtd")[-1].get_text() == "here x"


def test_references_lead_to_equations_above_and_below_them():
    text = r"""
By \eqref{two}, \ref{one} and $x \text{ of } \eqref{one}$:

$$a \label{one}$$

\begin{align} b &= c \tag{B} \label{two} \\ d &= e \label{eq:three_4} \end{align}

\eqref{eq:three_4} """
    above, plain, within, one, rows, below = page(text)
    for reference, words, target in [
        (above, "(B)", rows),
        (plain, "1", one),
        (within, "(1)", one),
        (below, "(2)", rows),
    ]:
        link = reference.a
        assert link.get_text() == words
        assert target.find(id=link["href"].removeprefix("#")).name == "mtd"


def test_labels_that_differ_in_a_character_lead_to_different_equations():
    first, second, *links = page(r"$$a \label{a_b}$$ $$c \label{a-b}$$ \ref{a_b} \ref{a-b}")
    ids = [first.find(id=True)["id"], second.find(id=True)["id"]]
    assert [link.a["href"] for link in links] == [f"#{name}" for name in ids]
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (r"\eqref{nowhere}", "no equation on this page has the label nowhere"),
        (r"$x = \ref{nowhere}$", "no equation on this page has the label nowhere"),
        (r"$$a \tag{1} \tag{2}$$", r"one \tag only"),
        (r"$$a \label{x}$$ $$b \label{x}$$", "two equations have the label x"),
        (r"$a \tag{1}$", "tag"),
    ],
)
def test_a_reference_or_number_that_is_wrong_is_refused(text, complaint):
    assert complaint in str(page(text)[-1])


def test_a_mark_after_a_formula_belongs_to_its_last_row():
    (soup,) = page(r"\begin{align} a &= b \\ c &= d \end{align}.")
    assert [row.get_text() for row in soup.find_all("mtr")] == ["a=b", "c=d."]


def test_rows_outside_an_environment_are_rows():
    (soup,) = page(r"$$a = b \\ c = d$$")
    assert [row.get_text() for row in soup.find_all("mtr")] == ["a=b", "c=d"]


def test_the_columns_of_eqnarray_meet_at_the_relation():
    soup = BeautifulSoup(
        to_mathml(r"\begin{eqnarray} a &=& b \\ && {}+ c \end{eqnarray}"), "html.parser"
    )
    cells = [[cell.get_text() for cell in row.find_all("mtd")] for row in soup.find_all("mtr")]
    assert cells == [["a", "=b"], ["", "+c"]]
