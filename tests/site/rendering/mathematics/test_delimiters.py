"""Formulas are found where Jupyter finds them, and nowhere else."""

import pytest

from xordocs.site.rendering.mathematics import find_formulas


def found(text):
    return [(formula.latex.strip(), formula.display) for formula in find_formulas(text)]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("Let $x_1$ and $y$.", [("x_1", False), ("y", False)]),
        ("so $$x^2$$ holds", [("x^2", True)]),
        ("   $$y$$", [("y", True)]),
        ("$$a=1$$ $$b=2$$", [("a=1", True), ("b=2", True)]),
        ("$$\na\n\nb\n$$", [("a\n\nb", True)]),
        ("$$\na\n\n- b\n\n\\text{for all the $x$}\n$$", None),
        ("$$ is a mark.\n\nOf $x$ and $$y$$", [("x", False), ("y", True)]),
        ("$a\n+ b$", [("a\n+ b", False)]),
        (r"\(z\) and \\(w\\)", [("z", False), ("w", False)]),
        (r"\[x = 1\] and \\[y\\]", [("x = 1", True), ("y", True)]),
        (r"\begin{align} a &= b \\ c &= d \end{align}", None),
        ("\\begin{gather*}\na\n\nb\n\\end{gather*}", None),
        (r"\begin{equation}\begin{equation} a \end{equation}\end{equation}", None),
        ("- item $x$\n  $$y$$", [("x", False), ("y", True)]),
        ("| $P(A|B)$ | $y$ |", [("P(A|B)", False), ("y", False)]),
        ("> $$\n> x < y\n> $$", [("x < y", True)]),
        (r"see \eqref{one} and \ref{two}", [(r"\eqref{one}", False), (r"\ref{two}", False)]),
        (r"$a \$ b$", [(r"a \$ b", False)]),
        (r"the $n$th, f($x$)=$y$!", [("n", False), ("x", False), ("y", False)]),
        (r"$ x $ and $\alpha $", [("x", False), (r"\alpha", False)]),
        ("$a<b$ and $c>d$", [("a<b", False), ("c>d", False)]),
        (r"a \\ b $x$", [("x", False)]),
        ("$5 for $x$", [("x", False)]),
    ],
)
def test_what_is_a_formula(text, formulas):
    assert found(text) == (formulas or [(text.strip("$").strip(), True)])


@pytest.mark.parametrize(
    "text",
    [
        "From $5 to $6.",
        "US$5 and US$7, $8.50 and $9",
        "about 5$ or 6$.",
        "$5 each (or 4$)",
        r"\$x\$ and \$5",
        "`$x$` and ``$y` $z$``",
        "```\n$x$\n\n$$y$$\n```",
        "~~~ sh\necho $HOME $PATH\n~~~",
        "set $HOME and $PATH",
        '<a href="$x$" title="$y$">text</a>',
        "<pre>$x$</pre><code>$y$</code> <script>$z$</script>",
        "<!-- $x$ -->",
        "[link](https://example.org/$x$/y)",
        r"see \[1\], \[the appendix\](there) and \(5\)",
        "$$",
        "a $$ b",
        "$x",
        r"\begin{align} a",
        "$a\n\nb$",
        "Costs $$ lots.\n\nNothing else is here to be seen, and $$",
        "The mark $$ opens.\n\n# Heading\n\nIt also closes: $$",
    ],
)
def test_what_is_no_formula(text):
    assert found(text) == []


def test_a_formula_takes_the_full_stop_after_it_to_its_line():
    (formula,) = find_formulas("so $$x$$, and")
    assert (formula.punctuation, formula.end) == (",", 9)
    (formula,) = find_formulas("$$x$$.5")
    assert formula.punctuation == ""
