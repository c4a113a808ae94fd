"""Inline expressions: found in prose, evaluated after the cells above, shown as their value."""

import json
from pathlib import Path

import nbformat.v4 as notebook
import pytest
from bs4 import BeautifulSoup
from project import Project
from small_site import build

from xordocs.site.errors import ExecutionError, PageError
from xordocs.site.notebooks import PreExecuted, source
from xordocs.site.notebooks.inline import (
    Result,
    check_expressions,
    expressions,
    insert_results,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def codes(prose):
    return [one.code for one in expressions(prose)]


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("It is `{python} x`.", ["x"]),
        ("`{python} a` and `{python} b['c']`", ["a", "b['c']"]),
        ("| a |\n|---|\n| `{python} a | b` |", ["a | b"]),
        ("## On `{python} n` rows", ["n"]),
        ("!!! note\n\n    It is `{python} x`.", ["x"]),
        ("$x = `{python} x`$ and $\\alpha$", ["x"]),
        ('filled `{python} f"{x:.2f}\n> {y}"` here', ['f"{x:.2f} {y}"']),
        ("`` `{python} x` `` shows one", []),
        ("```\n`{python} x`\n```\n`{python} y`", ["y"]),
        ("````\n```\n`{python} x`\n```\n````\n`{python} y`", ["y"]),
        ("~~~ md\n`{python} x`\n~~~\n`{python} y`", ["y"]),
        ("- ```\n  `{python} x`\n  ```\n\n`{python} y`", ["y"]),
        ("``` inline ``` and `{python} y`", ["y"]),
        ("<!-- `{python} x` --> `{python} y`", ["y"]),
        ("`{python}` and `{r} x` and `{pythonic} x` and `python x`", []),
        (r"\`{python} x\`", []),
        ("a ` alone\n\n`{python} y`", ["y"]),
        ("- a ` alone\n- `{python} y`", ["y"]),
        ("`code` then `{python} y` then `code`", ["y"]),
    ],
)
def test_expressions_are_code_spans_of_one_backtick(prose: str, found: list[str]) -> None:
    assert codes(prose) == found


def shown(prose: str, *results: Result) -> str:
    page = notebook.new_notebook(cells=[notebook.new_markdown_cell(prose)])
    insert_results(page, results)
    text: str = page.cells[0].source
    return text


@pytest.mark.parametrize(
    ("prose", "result", "expected"),
    [
        ("It is `{python} x`!", "**2**", "It is **2**!"),
        ("| a |\n|---|\n| `{python} x` |", "1|2", "| a |\n|---|\n| 1\\|2 |"),
        ("| a |\n|---|\n| `{python} x` |", "1\\|2", "| a |\n|---|\n| 1\\|2 |"),
        ("a | b\n--|--\n`{python} x` | 1\n\nc", "1\n2", "a | b\n--|--\n1 2 | 1\n\nc"),
        ("| a |\n|---|\n| b |\n\n`{python} x`", "1|2", "| a |\n|---|\n| b |\n\n1|2"),
        ("## `{python} x`", "a\nb", "## a b"),
        ("    `{python} x`", "a\nb", "    a\n    b"),
        (r"$`{python} x`$", r"\frac{1}{2}", r"$\frac{1}{2}$"),
        (r"$`{python} x`$", {"text/latex": r"$\displaystyle x^2$"}, "$x^2$"),
        ("$$\n`{python} x`\n$$", {"text/latex": "$$x$$"}, "$$\nx\n$$"),
        ("A `{python} x`", {"text/latex": r"$\displaystyle x$"}, r"A $\displaystyle x$"),
        ("A `{python} x`", {"text/html": "<b>\n\n1</b>"}, "A <b>\n1</b>"),
        ("A `{python} x`", {"text/markdown": "<b>1</b>"}, "A <b>1</b>"),
        ("A `{python} x`", "a<b and c>d", "A a&lt;b and c>d"),
        ("A `{python} x`b>", "1 <", "A 1 &lt;b>"),
        ("A `{python} x`", "1 < 2 & 3 <- *4*", "A 1 < 2 & 3 <- *4*"),
        (
            "A `{python} x`",
            "&lt; </i> <!-- &#60; AT&T;",
            "A &amp;lt; &lt;/i> &lt;!-- &amp;#60; AT&amp;T;",
        ),
        ("A `{python} x`", "`a<b`, $a<b$", "A `a<b`, $a<b$"),
        ("A `{python} x`", "<https://example.org/a>", "A <https://example.org/a>"),
        (r"$`{python} x`$ <b>`{python} x`</b>", "a<b", "$a<b$ <b>a&lt;b</b>"),
    ],
)
def test_results_stay_in_the_block_of_their_expression(
    prose: str, result: Result, expected: str
) -> None:
    assert shown(prose, *[result] * len(expressions(prose))) == expected


PAGE = """\
# %% [markdown]
# # From `{python} 6 * 7`
#
# Begins.

# %%
x = 0.12345

# %% [markdown]
# It is `{python} f"{x:.2f}"`, or `{python} x`, or `{python} marked`.
#
# | a |
# |---|
# | `{python} "1|2"` |
#
# !!! note
#
#     Here `{python} [1, 'two']`, and `` `{python} x` `` shows one.
#
# $a = `{python} -x`$

# %%
x = 1
"""
MARKED = "class Marked:\n    def _repr_markdown_(self):\n        return '*soft*'\nmarked = Marked()"


def prose(page) -> str:
    return "\n".join(cell.source for cell in page.cells if cell.cell_type == "markdown")


def test_expression_is_evaluated_after_the_cells_above_it(project: Project) -> None:
    project.write("docs/page.py", PAGE.replace("x = 0.12345", f"x = 0.12345\n{MARKED}"))
    text = prose(project.build("page.py")["page.py"])
    assert "# From 42" in text
    assert "It is 0.12, or 0.12345, or *soft*." in text
    assert "| 1\\|2 |" in text
    assert "    Here [1, 'two'], and `` `{python} x` `` shows one." in text
    assert "$a = -0.12345$" in text


DISPLAYED = """\
# %%
from IPython.display import HTML, Latex, Markdown, Math

class Hidden:
    _repr_markdown_ = _repr_latex_ = lambda self: None
    _repr_html_ = lambda self: ("<i>html</i>", {})

class Absent:
    @property
    def _repr_html_(self):
        raise AttributeError
    __str__ = lambda self: "a<b>c"

# %% [markdown]
# `{python} HTML("<b>1</b>")`; `{python} Math("x^2")`; `{python} Latex("$y$")`;
# `{python} Markdown("*2*")`; `{python} Hidden()`; `{python} Absent()`; $`{python} Math("z")`$
"""


def test_value_is_shown_in_the_form_that_its_type_has(project: Project) -> None:
    project.write("docs/page.py", DISPLAYED)
    for reason in ("new", "unchanged"):
        text = prose(project.build("page.py")["page.py"])
        assert project.reason("page.py") == reason
        first, second = text.split("\n")
        assert first == r"<b>1</b>; $\displaystyle x^2$; $y$;"
        assert second == "*2*; <i>html</i>; a&lt;b>c; $z$"


def test_edit_of_the_prose_around_executes_nothing(project: Project) -> None:
    project.page("page.py", "x = 1", "y = 2")
    above = "# %% [markdown]\n# A `{python} 1 + 1`\n\n"
    below = "\n# %% [markdown]\n# `{python} y`\n"
    code = (project.root / "docs/page.py").read_text()
    project.write("docs/page.py", above + code + below)
    assert project.why("page.py") == ["new"]
    moved = "# %% [markdown]\n# B\n\n# %% [markdown]\n# - `{python} 1 + 1` C\n\n"
    project.write("docs/page.py", moved + code + below.replace("# `", "# D `"))
    page = project.build("page.py")["page.py"]
    assert project.reason("page.py") == "unchanged"
    assert prose(page) == "B\n- 2 C\nD 2"


@pytest.mark.parametrize(
    "changed",
    [
        "# %% [markdown]\n# `{python} x + 0`\n",
        "# %% [markdown]\n# `{python} x` `{python} x`\n",
        "# %% [markdown]\n# nothing\n",
    ],
)
def test_edit_of_an_expression_executes_its_page(project: Project, changed: str) -> None:
    project.write("docs/page.py", "# %%\nx = 1\n\n# %% [markdown]\n# `{python} x`\n")
    project.build("page.py")
    project.write("docs/page.py", f"# %%\nx = 1\n\n{changed}")
    assert project.why("page.py") == ["cell 1 changed"]


def test_expression_that_moves_past_a_code_cell_executes_its_page(project: Project) -> None:
    project.write("docs/page.py", "# %% [markdown]\n# `{python} 1`\n\n# %%\nx = 1\n")
    project.build("page.py")
    project.write("docs/page.py", "# %%\nx = 1\n\n# %% [markdown]\n# `{python} 1`\n")
    assert project.why("page.py") == ["cell 1 changed"]


def test_page_of_expressions_alone_is_executed_once(project: Project) -> None:
    project.write("docs/page.py", "# %% [markdown]\n# `{python} 1 + 1`\n")
    assert prose(project.build("page.py")["page.py"]) == "2"
    assert project.why("page.py") == ["unchanged"]


def test_what_an_expression_reads_is_a_dependency(project: Project) -> None:
    project.write("docs/data.txt", "one")
    project.write("docs/page.py", "# %% [markdown]\n# `{python} open('data.txt').read()`\n")
    project.build("page.py")
    project.write("docs/data.txt", "two")
    assert project.why("page.py") == ["docs/data.txt changed"]


FAILING = "# %%\nx = 1\n\n# %% [markdown]\n# Prose\n#\n# and `{python} x` and `{python} x / 0`\n"


def test_failing_expression_is_told_with_its_line(project: Project) -> None:
    project.write("docs/page.py", FAILING)
    with pytest.raises(ExecutionError) as caught:
        project.build("page.py")
    told = "docs/page.py:7: the expression `x / 0` raised ZeroDivisionError: division by zero"
    assert str(caught.value).splitlines()[0] == told


def test_failing_expression_of_a_notebook_in_json_is_told_with_its_cell(project: Project) -> None:
    prose = [notebook.new_markdown_cell(text) for text in ("a", "b `{python} 1 / 0`")]
    page = notebook.new_notebook(cells=[prose[0], notebook.new_code_cell("1"), prose[1]])
    project.write("docs/page.ipynb", json.dumps(page))
    told = "^docs/page.ipynb:1: the expression `1 / 0` in Markdown cell 2 raised ZeroDivisionError"
    with pytest.raises(ExecutionError, match=told):
        project.build("page.ipynb")


def test_hanging_expression_ends_at_the_timeout(project: Project) -> None:
    project.write("docs/page.py", "# %% [markdown]\n# `{python} __import__('time').sleep(99)`\n")
    told = r"^docs/page.py:2: the expression .* within 1 s"
    with pytest.raises(ExecutionError, match=told) as caught:
        project.build("page.py", timeout=1)
    assert caught.value.traceback[0] == '  File "<string>", line 1 in <module>'


def test_expression_that_is_none_is_told_before_anything_is_executed(project: Project) -> None:
    project.write("docs/page.py", "# %%\nx = 1\n\n# %% [markdown]\n# a\n# `{python} x = 2`\n")
    with pytest.raises(PageError, match="`x = 2`: ") as caught:
        project.pages("page.py")
    assert caught.value.line == 6


def test_expression_of_a_page_that_is_not_executed_is_told(project: Project) -> None:
    project.write("docs/page.py", "# %%\nx = 1\n\n# %% [markdown]\n# a\n# `{python} x`\n")
    (page,) = project.pages("page.py", execute=False).values()
    with pytest.raises(PageError, match="`x`, but is not executed") as caught:
        PreExecuted(page).notebook()
    assert caught.value.line == 6


def test_expression_among_another_language_is_told() -> None:
    cells = [notebook.new_markdown_cell("a `{python} x`")]
    metadata = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    text = json.dumps(notebook.new_notebook(cells=cells, metadata=metadata))
    with pytest.raises(PageError, match="`x` in Markdown cell 1 in Python, but its code is in R"):
        check_expressions(source.parse(text, Path("page.ipynb")))


@pytest.mark.build
def test_site_shows_results_in_every_block_and_hands_them_on(tmp_path: Path) -> None:
    page = PAGE.replace(", or `{python} marked`", "")
    cells = [notebook.new_code_cell("x = 3"), notebook.new_markdown_cell("# At `{python} x`")]
    ipynb = json.dumps(notebook.new_notebook(cells=cells))
    code, said = build(tmp_path, {"page.py": page, "three.ipynb": ipynb})
    assert code == 0, said
    article = BeautifulSoup((tmp_path / "site/page/index.html").read_text(), "html.parser").article
    assert article.h1.get_text().startswith("From 42")
    assert article.td.get_text() == "1|2"
    assert article.select_one(".admonition code").get_text() == "`{python} x`"
    assert "0.12345" in article.select_one("math").get_text()
    taken = json.loads((tmp_path / "site/page/page.ipynb").read_text())
    assert "It is 0.12, or 0.12345." in "".join(taken["cells"][2]["source"])
    three = BeautifulSoup((tmp_path / "site/three/index.html").read_text(), "html.parser").article
    assert three.h1.get_text().startswith("At 3")


def test_page_that_may_fail_names_the_error_where_the_value_would_stand(project: Project) -> None:
    project.write("docs/page.py", FAILING + "\n# %%\n1 / 0\n")
    page = project.build("page.py", allow_errors=True)["page.py"]
    assert prose(page).endswith("and 1 and `ZeroDivisionError: division by zero`")
    assert page.cells[-1].metadata.tags == ["raises-exception"]
    assert project.why("page.py", allow_errors=True) == ["unchanged"]
    with pytest.raises(ExecutionError):
        project.build("page.py")


def test_expression_that_ends_its_kernel_is_told(project: Project) -> None:
    project.write("docs/page.py", "# %% [markdown]\n# `{python} __import__('os')._exit(3)`\n")
    with pytest.raises(ExecutionError, match=r"^docs/page.py:2: the expression .* .exit status 3"):
        project.build("page.py")
