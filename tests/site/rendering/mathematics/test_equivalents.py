"""What math-core lacks is set by what means the same."""

import pytest
from bs4 import BeautifulSoup

from xordocs.site.errors import FormulaError
from xordocs.site.rendering.mathematics import to_mathml


def parsed(formula):
    return BeautifulSoup(to_mathml(formula, display=True), "html.parser")


def letters(formula):
    return "".join(parsed(formula).get_text().split()).replace("\u2061", "").replace("\u2009", "")


@pytest.mark.parametrize(
    ("formula", "same"),
    [
        (r"\mathbbm{1}", r"\mathbb{1}"),
        (r"\mathop{\rm argmax}\limits_x f", r"\operatorname*{argmax}_x f"),
        (r"\operatorname{\mathrm{foo}} x", r"\operatorname{foo} x"),
        (r"\mathop{\mathbf{E}}\limits_x", r"\mathop{\underset{x}{\mathbf{E}}}"),
        (r"\hspace*{1em} x", r"\hspace{1em} x"),
        (r"\text{a_b & c}", r"\text{a\_b \& c}"),
        (r"\big{(} x \bigl.", r"\big( x"),
        (r"\bigl< x \bigr>", r"\bigl\langle x \bigr\rangle"),
        (r"\begin{matrix} a \\[5pt] b \\* c \\ \end{matrix}", r"\begin{matrix}a\\b\\c\end{matrix}"),
        (r"\begin{aligned}[t] a &= b \end{aligned}", r"\begin{aligned}a&=b\end{aligned}"),
        (r"\begin{array}[t]{@{}l@{\;}r p{2cm}} a\end{array}", r"\begin{array}{lrl}a\end{array}"),
        (r"\begin{array}{*{2}{c}|l} a\end{array}", r"\begin{array}{cc|l}a\end{array}"),
        (r"\begin{array}{c}\hline\hline a\end{array}", r"\begin{array}{c}\hline a\end{array}"),
        (r"\pmatrix{a & b \cr c & d}", r"\begin{pmatrix}a & b \\ c & d\end{pmatrix}"),
        (
            r"\begin{bmatrix*}[r] 1 & 2\end{bmatrix*}",
            r"{\left[\begin{array}{rr}1&2\end{array}\right]}",
        ),
        (r"\root 3 \of x", r"\sqrt[3]{x}"),
        (r"\buildrel d \over =", r"\overset{d}{=}"),
        (r"z_\rm{exact}", r"z_{\rm{exact}}"),
        (r"\color{red}{x} y", r"{\color[HTML]{FF0000} x} y"),
        (r"{\color{blue} x} y", r"{\color[HTML]{0000FF} x} y"),
        (r"\textcolor{#00AA00}{x}", r"{\color[HTML]{00AA00} x}"),
        (r"\textcolor[rgb]{1,0.5,0}{x}", r"{\color[HTML]{FF8000} x}"),
        (r"\color{steelblue}{x}", r"{\color[HTML]{4682B4} x}"),
        (r"\unicode{x2603}", r"\text{☃}"),
        (r"\require{cancel} \cancel{x} \notag", r"\cancel{x}"),
        (r"\left( a \\ b \right)", r"\left( a  b \right)"),
        (r"x % a comment \nonsense", "x"),
        (r"∅ ∠ ⊥", r"\varnothing \angle \bot"),
    ],
)
def test_it_is_set_as_its_equivalent(formula, same):
    assert to_mathml(formula, display=True) == to_mathml(same, display=True)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\smash{x} \smash[b]{y} \mathclap{z}", "xyz"),
        (r"\fbox{a b} \cancelto{0}{x}", "abx0"),
        (r"\left(\begin{smallmatrix} a & b \end{smallmatrix}\right)", "(ab)"),
        (r"\begin{psmallmatrix} a & b \end{psmallmatrix}", "(ab)"),
        (r"20\degree", "20°"),
        (r"\bbox[border:1px solid]{x}", "x"),
        (r"\text{if \(x\) or $y$}", "ifxory"),
        (r"\varlimsup_n a_n", "limnan"),
        (r"\LaTeX", "LaTeX"),
        (r"a\ ", "a"),
        (r"\Large x", "x"),
        (r"\begin{subequations} a \end{subequations}", "a"),
        (r"\begin{flalign*} a &= b \end{flalign*}", "a=b"),
        (r"\begin{alignedat}{2} a &= b & c &= d \end{alignedat}", "a=bc=d"),
    ],
)
def test_its_letters_are_all_there(formula, expected):
    assert letters(formula) == expected


def test_lines_over_letters_are_as_wide_as_the_letters():
    enclosed = parsed(r"\overline{\overline{a} + b} + \underline{c}").find_all("menclose")
    assert [(it["notation"], it.get_text()) for it in enclosed] == [
        ("top", "a+b"),
        ("top", "a"),
        ("bottom", "c"),
    ]


def test_a_rule_below_the_last_row_makes_no_row():
    table = parsed(r"\begin{array}{|c|} \hline 1 \\ 2 \\ \hline \end{array}").mtable
    assert len(table.find_all("mtr")) == 2
    assert "border-bottom" in table["style"]
    assert "border-top" in table["style"]


def test_a_rule_below_a_table_within_a_table_is_that_tables():
    inner = r"\begin{array}{c} 1 \\ \hline \end{array}"
    outer = parsed(rf"\begin{{array}}{{c}} {inner} \\ 2 \end{{array}}").mtable
    assert "border" not in outer.get("style", "")
    assert "border-bottom" in outer.mtable["style"]


def test_a_circled_operator_at_the_beginning_is_not_a_sum():
    assert parsed(r"\odot x").mo["largeop"] == "false"


def test_a_space_before_a_bracket_that_is_taken_away_is_not_set():
    assert parsed(r"\sigma\!\left(x\right)").mspace is None
    assert parsed(r"\sigma\!\left(x\right)").mo["lspace"] == "0em"
    assert parsed(r"\sigma\!x").mspace is not None


def test_black_is_the_colour_of_the_text():
    assert "#000000" not in to_mathml(r"\color{black}{x}")


@pytest.mark.parametrize(
    ("formula", "complaint"),
    [
        (r"\color{nocolour}{x}", "unknown colour nocolour"),
        (r"\textcolor[rgb]{2,0,0}{x}", "unknown colour 2,0,0"),
        (r"\textcolor[rgb]{x}{x}", "unknown colour x"),
        (r"\unicode{zz}", r"\unicode expects a number, got zz"),
        (r"\text{a $x}", "a formula within a text is not closed"),
        (r"\begin{array}{*{x}{c}} a \end{array}", "expected a number of columns, got x"),
        (r"\begin{align} a \end{gather}", r"\end{gather} ends another environment"),
        (r"\root 3 x", r"\root lacks its \of"),
        (r"\left( x", r"\right"),
        (r"\ce{H2O}", r"unknown command \ce"),
        (r"a & b", "&"),
    ],
)
def test_what_has_no_equivalent_is_refused_by_name(formula, complaint):
    with pytest.raises(FormulaError) as caught:
        to_mathml(formula, display=True)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    "formula",
    ["\\", "\\begin", "\\begin{", "\\color", "\\left", "\\hspace", "_\\rm", "\\substack{", "\\text",
      "\\def", "\\newcommand", "\\tag", "\\label", "\\mathop", "\\buildrel", "}"],
)  # fmt: skip
def test_a_torso_is_set_or_refused_without_a_traceback(formula):
    for display in (False, True):
        try:
            to_mathml(formula, display=display)
        except FormulaError as error:
            assert str(error)  # noqa: PT017
