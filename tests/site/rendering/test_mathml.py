"""Formulas become MathML that browsers set, or fail by name."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from xordocs.site.rendering.mathml import FormulaError, to_mathml


def render(text):
    return BeautifulSoup(
        Markdown(extensions=["xordocs.site.rendering.mathml"]).convert(text), "html.parser"
    )


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


def test_one_dollar_sets_in_the_line_and_two_on_their_own():
    soup = render("Let $x_1 * y * z$ be *it*.\n\n$$\nx\n$$\n")
    assert soup.p.find("span", class_="math").math["display"] == "inline"
    assert soup.p.em.text == "it"
    assert soup.find("div", class_="math").math["display"] == "block"


def test_a_display_formula_may_touch_its_paragraph():
    soup = render("Before\n$$x$$\nafter")
    assert [child.name for child in soup.find_all(recursive=False)] == ["p", "div", "p"]


def test_prices_code_and_escaped_dollars_are_no_formulas():
    soup = render("From $5 to $6, `$x$`, \\$y\\$.\n\n    $$z$$\n")
    assert soup.math is None
    assert soup.p.get_text() == "From $5 to $6, $x$, $y$."


def test_a_formula_in_a_list_and_a_heading_is_set():
    soup = render("# The loss $J$\n\n- item\n\n    $$x$$\n")
    assert soup.h1.math
    assert soup.li.find("div", class_="math").math
