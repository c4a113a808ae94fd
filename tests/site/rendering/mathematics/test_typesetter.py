"""Formulas become MathML that browsers set, or fail by name."""

import re

import pytest
from bs4 import BeautifulSoup

from xordocs.site.errors import FormulaError
from xordocs.site.rendering.mathematics import to_mathml


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\hat{y}", "yˆ"),
        (r"\sigma(z)", "σ(z)"),
        (r"a \odot b", "a⊙b"),
        (r"\mathbb{1}[z > 0]", "𝟙[z>0]"),
        (r"x \in \mathbb{R}^2", "x∈ℝ2"),
        (r"\boldsymbol{\theta}", "𝜽"),
        (r"W_1^\top", "W1⊤"),
        (r"\frac{\partial J}{\partial W}", "∂J∂W"),
        (r"\sum_{i=1}^{4} y_i", "∑i=14yi"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1234)"),
        (r"\begin{bmatrix} 0 & -1 \end{bmatrix}", "[0−1]"),
        (r"\begin{cases} z & z > 0 \\ 0 & \text{otherwise} \end{cases}", "{zz>00otherwise"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a=bc=d"),
    ],
)
def test_a_formula_keeps_every_symbol(formula, expected):
    math = BeautifulSoup(to_mathml(formula, display=True), "html.parser").math
    assert "".join(math.get_text().split()) == expected
    assert math["display"] == "block"


def test_an_upright_name_is_one_identifier():
    soup = BeautifulSoup(to_mathml(r"\mathrm{ReLU}(z)"), "html.parser")
    assert [mi.text for mi in soup.find_all("mi")] == ["ReLU", "z"]


def test_rows_of_aligned_equations_stand_in_a_table_without_numbers():
    soup = BeautifulSoup(
        to_mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}"), "html.parser"
    )
    assert [len(row.find_all("mtd")) for row in soup.find_all("mtr")] == [2, 2]


def test_no_attribute_is_left_that_browsers_do_not_implement():
    for formula in (r"\mathbb{1}", r"\boldsymbol{\theta}", r"\mathbf{x}", r"\mathcal{L}"):
        assert "mathvariant" not in to_mathml(formula).replace('mathvariant="normal"', "")


@pytest.mark.parametrize(
    "formula",
    [r"\foo{x}", r"\frac{1}", "{x", "x}", r"\left( x", "x_", r"\begin{pmatrix} 1", r"a & b"],
)
def test_a_formula_that_cannot_be_set_fails_with_its_source(formula):
    with pytest.raises(FormulaError) as caught:
        to_mathml(formula)
    assert formula in str(caught.value)


def letters(formula):
    math = BeautifulSoup(to_mathml(formula, display=True), "html.parser").math
    return "".join(math.get_text().split()).replace("\u2061", "")


@pytest.mark.parametrize(
    ("formula", "equivalent"),
    [
        (r"\begin{alignat}{2} a &= b & c &= d \end{alignat}", "a=bc=d"),
        (r"\begin{alignat*}{2} a &= b \end{alignat*}", "a=b"),
        (r"\begin{align} a &= b \label{one} \\ c &= d \end{align}", "a=b(1)c=d"),
        (r"\begin{eqnarray} a &=& b \end{eqnarray}", "a=b"),
        (r"\begin{eqnarray*} a &=& b \end{eqnarray*}", "a=b"),
        (r"\begin{gather} a = b \\ c = d \end{gather}", "a=bc=d"),
        (r"\begin{multline} a + b \\ + c \end{multline}", "a+b+c"),
        (r"\begin{equation} \begin{split} a &= b \end{split} \end{equation}", "a=b"),
        (r"\begin{equation} a = b \tag{E} \end{equation}", "a=b(E)"),
        (r"a = b \label{here}", "a=b(1)"),
        (r"\sum_{\substack{i \in \{1\} \\ j}} x", "∑i∈{1}jx"),
        (r"\begin{cases} 1 & \text{if $z > 0$ or $z < 1$, \$5} \end{cases}", "{1ifz>0orz<1,$5"),
        (r"\mbox{if } x", "ifx"),
        (r"\left< x \right>", "⟨x⟩"),
        (r"\widetilde{x} \dotsc \pmb{x} \mathds{1} \ensuremath{y}", "x˜...𝒙𝟙y"),
        ("a\\\nb", "ab"),
    ],
)
def test_a_formula_that_has_an_equivalent_is_set(formula, equivalent):
    assert letters(formula) == equivalent


@pytest.mark.parametrize(
    ("formula", "element", "style"),
    [
        (r"\boxed{x}", "menclose", "notation"),
        (r"\cancel{x}", "menclose", "notation"),
        (r"\begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \end{array}", "mtd", "style"),
    ],
)
def test_boxes_strikes_and_rules_are_there(formula, element, style):
    assert BeautifulSoup(to_mathml(formula), "html.parser").find(element)[style]


def test_rows_of_a_gather_are_rows():
    soup = BeautifulSoup(to_mathml(r"\begin{gather} a \\ b \end{gather}"), "html.parser")
    assert [row.get_text() for row in soup.find_all("mtr")] == ["a", "b"]


def test_limits_stand_below_an_operator_of_the_authors():
    soup = BeautifulSoup(to_mathml(r"\operatorname*{arg\,min}_x f", display=True), "html.parser")
    assert soup.munder.find_all(recursive=False)[1].text == "x"
    assert "*" not in soup.text


@pytest.mark.parametrize(
    ("formula", "complaint"),
    [
        (r"\nonsense", r"unknown command \nonsense"),
        (r"\begin{nonsense}", r"\begin{nonsense} lacks its \end"),
        (r"by \eqref{one}", "no equation on this page has the label one"),
        (r"\sum_{\substack}", r"\substack lacks its argument"),
    ],
)
def test_a_refusal_says_what_is_wrong(formula, complaint):
    with pytest.raises(FormulaError, match=re.escape(complaint)):
        to_mathml(formula)


@pytest.mark.parametrize(
    "opening_and_closing",
    [("{", "}"), (r"\sqrt{", "}"), (r"\begin{matrix}", r"\end{matrix}"), (r"\left(", r"\right)")],
)
def test_a_formula_may_be_deep_but_not_without_end(opening_and_closing):
    opening, closing = opening_and_closing
    assert "<mi>x</mi>" in to_mathml(opening * 50 + "x" + closing * 50)
    with pytest.raises(FormulaError, match="nested more than 100 deep"):
        to_mathml(opening * 20_000 + "x" + closing * 20_000)


def test_a_formula_may_be_long():
    soup = BeautifulSoup(
        to_mathml(r"\begin{align}" + r"a &= b \\" * 2_000 + r"\end{align}", display=True),
        "html.parser",
    )
    assert len(soup.find_all("mtr")) == 2_000


def test_a_table_may_be_wide_but_not_without_end():
    with pytest.raises(FormulaError, match="at most 100 columns"):
        to_mathml(r"\begin{array}{*{100}{*{100}{*{100}{c}}}} x \end{array}")
