"""Formulas in Markdown are set where they stand, and Markdown leaves them alone."""

import logging

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from xordocs.site.errors import FormulaError
from xordocs.site.notebooks.dialect import to_python_markdown
from xordocs.site.rendering.mathematics import MathematicsExtension

EXTENSIONS = [
    "admonition", "attr_list", "footnotes", "md_in_html", "tables", "toc", "pymdownx.details",
    "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.superfences",
]  # fmt: skip
TABBED = {"pymdownx.tabbed": {"alternate_style": True}}


def converter(**options):
    options = {"formulas": "error", **options}
    return Markdown(
        extensions=[*EXTENSIONS, *TABBED, MathematicsExtension(**options)],
        extension_configs=TABBED,
    )


def render(text, **options):
    return BeautifulSoup(converter(**options).convert(text), "html.parser")


def formulas(soup):
    return ["".join(math.get_text().split()) for math in soup.find_all("math")]


def test_one_dollar_sets_in_the_line_and_two_on_their_own():
    soup = render("Let $x_1 * y * z$ be *it*.\n\n$$\nx\n$$\n")
    assert soup.p.find("span", class_="math").math["display"] == "inline"
    assert soup.p.em.text == "it"
    assert soup.find("div", class_="math").math["display"] == "block"


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("of $x$, and", "x,"),
        ("of ($x$). And", "(x)."),
        ("“$x$”!", "“x”!"),
        ("of $x$ and", "x"),
        ("a ($b$, $x$)", "(b,"),
        ("$x$-axis", "x"),
    ],
)
def test_what_belongs_to_a_formula_is_on_its_line(text, within):
    soup = render(text)
    assert soup.find("span", class_="math").get_text() == within
    assert soup.get_text() == text.replace("$", "")


@pytest.mark.parametrize(
    "text",
    [
        "so $$x^2$$ holds",
        "so\n$$x^2$$\nholds",
        "so\n  $$\n  x^2\n  $$\nholds",
        "so \\[x^2\\] holds",
        "so\n\\begin{align} x^2 \\end{align}\nholds",
    ],
)
def test_a_paragraph_with_a_displayed_formula_in_it_stays_one(text):
    soup = render(text)
    assert [child.name for child in soup.find_all(recursive=False)] == ["p"]
    assert soup.p.find("span", class_="math").math["display"] == "block"
    assert soup.p.get_text().split() == ["so", "x2", "holds"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- item\n\n    $$\n    a\n\n    b\n    $$\n", "li div.math"),
        ("- $$ab$$\n", "li span.math"),
        ("1. item\n   $$\n   ab\n   $$\n", "li span.math"),
        ("> quote\n>\n> $$\n> a\n>\n> b\n> $$\n", "blockquote div.math"),
        ("!!! note\n\n    $$\n    a\n    b\n    $$\n", ".admonition > div.math"),
        ("??? note\n\n    $$ab$$\n", "details > div.math"),
        ('=== "A"\n\n    $$\n    ab\n    $$\n', ".tabbed-block > div.math"),
        ("Text[^1]\n\n[^1]: A note $ab$\n", ".footnote span.math"),
        ("| a | b |\n|---|---|\n| $ab$ | x |\n", "td:first-child span.math"),
        ("# Of $ab$\n", "h1 span.math"),
        ('<div markdown="1">\n\n$$ab$$\n\n</div>\n', "div > div.math"),
        ('<div class="alert">Of $ab$</div>\n', "div.alert > span.math"),
        ("**bold $ab$**\n", "strong > span.math"),
        ("[link $ab$](there)\n", "a > span.math"),
        ("term\n$ab$\n", "p > span.math"),
    ],
)
def test_a_formula_is_set_where_it_stands(text, place):
    soup = render(text)
    assert [formula.get_text() for formula in soup.select(place)] == ["ab"]
    assert len(soup.find_all("math")) == 1
    assert "$" not in soup.get_text()


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("a_1 b_2", "a1b2"),
        ("a*b*c", "a∗b∗c"),
        ("P(A|B)", "P(A|B)"),
        (r"\{a\} \_", "{a}_"),
        ("a<b", "a<b"),
        ("a <b> c", "a<b>c"),
        ("a & lt;".replace(" & ", r"\&"), "a&lt;"),
        (r"a \\ b", "ab"),
        ("x^{**}", "x∗∗"),
        ("[a](b)", "[a](b)"),
        ("!x", "!x"),
    ],
)
def test_markdown_takes_nothing_from_a_formula(latex, expected):
    for text in (f"Of ${latex}$ it.", f"- ${latex}$", f"| a | b |\n|---|---|\n| ${latex}$ | c |"):
        soup = render(text)
        assert formulas(soup) == [expected]
        assert not soup.find_all(["em", "strong", "b", "a"])
    assert len(soup.find_all("td")) == 2


@pytest.mark.parametrize(
    "code",
    ["`$x$`", "``$`x`$``", "`#!python $x$`", "```\n$x$\n```", "    $x$", "    a $$\n    x $$ b",
     "- item\n\n    ```python\n    $x$\n    ```", "- item\n\n        $$\n        x\n        $$"],
)  # fmt: skip
def test_code_is_shown_as_it_was_written(code):
    soup = render(code)
    assert soup.math is None
    shown = soup.code.get_text()
    lines = [line.strip(" `").removeprefix("#!python ") for line in code.splitlines()]
    wanted = [line for line in lines if "$" in line or line == "x"]
    assert [line.strip(" `") for line in shown.splitlines() if line.strip(" `")] == wanted


def test_the_indentation_of_code_is_kept():
    soup = render("- item\n\n        if $$a\n            b$$:\n            c\n")
    assert soup.code.get_text() == "if $$a\n    b$$:\n    c\n"


def test_formulas_are_whole_after_prose_has_been_rewritten_for_python_markdown():
    text = """\
Text:
- one $x_1$
  - nested
    $$
    a
    - b
    $$
- two

  $$
  c

  - d
  $$

Table:
| a | b |
|---|---|
| $P(A|B)$ | $\\|x\\|$ |

\\begin{align}
r &= s \\\\
- t &= u
\\end{align}
1. $e$

> $$
> f
> - g
> $$
"""
    soup = render(to_python_markdown(text))
    assert formulas(soup) == ["x1", "a−b", "c−d", "P(A|B)", "‖x‖", "r=s−t=u", "e", "f−g"]
    assert len(soup.find_all("li")) == 4
    assert "$" not in soup.get_text()


def test_prices_code_and_escaped_dollars_are_no_formulas():
    soup = render("From $5 to $6, `$x$`, \\$y\\$.\n\n    $$z$$\n")
    assert soup.math is None
    assert soup.p.get_text() == "From $5 to $6, $x$, $y$."


def test_an_attribute_holds_the_source():
    soup = render('![of $x < y$](a.png "and $z$")\n\n<p title="$a$">a < b and $c$</p>\n')
    assert (soup.img["alt"], soup.img["title"]) == ("of $x < y$", "and $z$")
    assert soup.find(title="$a$")
    assert formulas(soup) == ["c"]


def test_formulas_on_one_line_are_set_one_by_one():
    soup = render("$$a=1$$ $$b=2$$\n\nBefore\n$$c$$ $$d$$ \nafter")
    assert [math.get_text() for math in soup.select("div.math math")] == ["a=1", "b=2"]
    assert [math.get_text() for math in soup.select("p span.math math")] == ["c", "d"]
    assert "$" not in soup.get_text()


def test_a_paragraph_of_definitions_leaves_nothing():
    soup = render("a\n\n$$\\newcommand{\\RR}{\\mathbb{R}}$$\n\n$\\def\\x{y}$\n\n$\\RR\\x$")
    assert [p.get_text() for p in soup.find_all("p")] == ["a", "ℝy"]


def test_definitions_and_numbers_end_with_their_page():
    md = converter(formulas="note")
    first = md.convert(r"$\def\x{y}\x$ $$a \label{one}$$")
    assert "<math" in first
    assert "xd-formula" in md.reset().convert(r"$\x$ \eqref{one}")


@pytest.mark.parametrize(
    ("heading", "name", "identifier"),
    [
        ("Of $x_1$", "Of x₁", "of-x1"),
        (r"The *loss* $\frac{a+b}{2}$ `c`", "The loss (a+b)/2 c", "the-loss-ab2-c"),
        (r"$\hat{y}^2 < \sqrt{x}$", "ŷ² &lt; √x".replace(" ", ""), None),
        (r"$e^{-x}$ and $\sum_{k=1}^n a_k$", "e^(−x) and ∑_(k=1)ⁿa_k", None),
        (r"Of $f'(x)$ {#own}", "Of f′(x)", "own"),
        (r"Of $x^2$ {data-toc-label=own}", "own", "of-x2"),
        ("Prices $5", "Prices $5", "prices-5"),
    ],
)
def test_the_table_of_contents_shows_text(heading, name, identifier):
    md = converter()
    md.convert(f"# {heading}\n")
    (entry,) = md.toc_tokens
    assert entry["name"] == name
    assert identifier in {None, entry["id"]}


def test_what_cannot_be_set_is_shown_as_it_was_written(caplog):
    caplog.set_level(logging.INFO)
    soup = render("Of $\\nosuch{a<b}$ and\n\n$$\n\\nosuch\n$$", formulas="note")
    shown = soup.find_all("code", class_="xd-formula")
    assert [code.get_text() for code in shown] == ["$\\nosuch{a<b}$", "$$\n\\nosuch\n$$"]
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 2
    assert r"unknown command \nosuch" in said[0]
    assert {record.levelno for record in caplog.records} == {logging.INFO}


def test_what_cannot_be_set_is_reported_to_who_asks():
    errors = []
    extension = MathematicsExtension(errors.append, formulas="error")
    Markdown(extensions=[extension]).convert("$\\one$ $x$ $\\two$ `$\\three$`")
    assert [error.formula for error in errors] == ["\\one", "\\two"]
    with pytest.raises(FormulaError):
        render("$\\one$")


@pytest.mark.parametrize(
    ("text", "handed_on"),
    [
        ("$a_1 * b * c<d$", r"\(a_1 * b * c<d\)"),
        ("$$a_1$$", r"\[a_1\]"),
        ("so $$a_1$$, and", r"\[a_1\]"),
        (r"\\(a\\)", r"\(a\)"),
        (
            "\\begin{align} a &= b \\\\\n\n c \\end{align}",
            "\\[\\begin{align} a &= b \\\\\n\n c \\end{align}\\]",
        ),
        (r"\eqref{x}", r"\(\eqref{x}\)"),
    ],
)
def test_a_sites_own_script_gets_formulas_as_they_were_written(text, handed_on):
    soup = render(text, formulas="site")
    assert soup.math is None
    assert [it.get_text() for it in soup.find_all(class_="arithmatex")] == [handed_on]


def test_beside_arithmatex_a_formula_is_handed_on_once():
    own = {"pymdownx.arithmatex": {"generic": True}}
    extension = MathematicsExtension(formulas="site")
    md = Markdown(extensions=[*own, extension], extension_configs=own)
    soup = BeautifulSoup(md.convert("$a$ and\n\n$$\nb\n$$\n"), "html.parser")
    assert [it.get_text() for it in soup.find_all(class_="arithmatex")] == [r"\(a\)", r"\[b\]"]


@given(
    st.lists(
        st.sampled_from(
            [*"$$$ab1 \n\\{}[]()_^&<>`#*|-!", "$$", "\\begin{align}", "\\end{align}", "\\frac",
             "\\\\", "\\left(", "\\right)", "\n\n", "    ", "> ", "\\text", "\\def\\a", "\\a",
             "\\label", "\\tag", "\\color", "</b>", "\\(", "\\)", "\\eqref{a}", "\\substack",
             "\\mathop", "\\limits", "<b>"]
        ),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_no_text_whatever_leaves_a_mark_or_a_traceback(text):
    html = converter(formulas="note").convert(text)
    assert "\x02" not in html
    assert "formula:" not in html
