"""No measured figure is typed under docs/: prose that has one computes it.

Outside code and formulas a page may have single digits and years. Everything longer, and every
decimal point, per cent sign or exponent, has to come out of a cell.
"""

import ast
import re
from itertools import pairwise
from pathlib import Path

import jupytext
import pytest

from xordocs.site.notebooks.inline import expressions

DOCS = Path(__file__).parent.parent / "docs"
NOTEBOOKS = sorted(DOCS.rglob("*.py"))
PAGES = sorted(path for path in DOCS.rglob("*.md") if "assets" not in path.parts)

NOT_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$"  # code and formulas
    r"|\]\([^)]*\)|<[^>]*>|^---.*?^---$"  # addresses, tags, front matter
    r"|(?:vol\. |ch\. |§)[\d.]+|NEP \d+|doi \S+",  # where a source says it
    re.DOTALL | re.MULTILINE,
)
FIGURE = re.compile(r"(?<![a-z\d])(?:\d+[.,]\d+|\d+\s?%|\d+e[+-]?\d+|\d\d+)", re.IGNORECASE)
YEAR = re.compile(r"(?:18|19|20)\d\d")


def typed_figures(prose):
    """Return the figures that a text has outside code and formulas, and in inline expressions."""
    computed = expressions(prose)
    typed = [figure for one in computed for figure in typed_in_cell(one.code)]
    for one in reversed(computed):
        prose = f"{prose[: one.start]} {prose[one.end :]}"
    return typed + figures_outside_code(prose)


def figures_outside_code(prose):
    """Return the figures that a text without inline expressions has outside code and formulas."""
    found = FIGURE.findall(NOT_PROSE.sub(" ", prose))
    return [figure for figure in found if not YEAR.fullmatch(figure)]


def typed_in_cell(code):
    """Return the figures in a cell's string literals, the fixed parts of f-strings among them."""
    tree = ast.parse(code)
    specs = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)
        for part in ast.walk(node.format_spec or ast.Constant(""))
    }  # fmt: skip
    texts = [
        node.value for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in specs
    ]  # fmt: skip
    return [figure for text in texts for figure in typed_figures(text)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_types_no_figure(path):
    for cell in jupytext.read(path).cells:
        check = typed_in_cell if cell.cell_type == "code" else typed_figures
        assert check(cell.source) == [], cell.source


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_types_no_figure(path):
    assert typed_figures(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("prose", "figures"),
    [
        ("The loss starts at 0.314 and is 0.037 by epoch 80.", ["0.314", "0.037", "80"]),
        ("It solves 98 % of them", ["98 %"]),
        ("Off by 3e-8.", ["3e-8"]),
        ('By `{python} f"{loss:.4f}"` in `{python} steps[100]` of 80.', ["80"]),
        ("In $`{python} x`$ at `{python}\n'0.314'`.", ["0.314"]),
        ("`learning_rate=1.5` gives $J = 0.25$; see §6.2 (1986), and 1/2.", []),
    ],
)
def test_the_check_finds_typed_figures(prose, figures):
    assert sorted(typed_figures(prose)) == sorted(figures)
    if "{" not in prose:
        assert typed_in_cell(f"Markdown(f{prose!r})") == figures
    assert typed_in_cell("Markdown(f'by {loss:.4f}')") == []


NUMBER_FIRST = re.compile(r"( *)\d+\. ")
SENTENCE = re.compile(r"( *)(?!\d+\. |[-!?]|<)\S")


def lists_by_accident(prose):
    """Return the lines that begin with a number and a dot right below a line of a paragraph."""
    return [
        line for before, line in pairwise(prose.split("\n"))
        if (listed := NUMBER_FIRST.match(line)) and (said := SENTENCE.match(before))
        and len(said[1]) <= len(listed[1])
    ]  # fmt: skip


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_line_of_a_paragraph_begins_a_list_by_accident(path):
    cells = [cell for cell in jupytext.read(path).cells if cell.cell_type == "markdown"]
    assert [line for cell in cells for line in lists_by_accident(cell.source)] == []


def test_the_check_finds_a_list_within_a_sentence():
    assert lists_by_accident("between 0 and\n1. Then shuffle.") == ["1. Then shuffle."]
    assert lists_by_accident("First:\n\n1. one\n   more\n2. two\n3. three") == []
