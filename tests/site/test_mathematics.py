"""Notebooks have their formulas without being told, and a formula that cannot be set is named."""

import json
from textwrap import dedent

import nbformat.v4 as notebook
import pytest
from bs4 import BeautifulSoup
from small_site import build, configuration

from xordocs.site.mathematics import NAME

SCRIPT = dedent(r"""
    # %% [markdown]
    # # The loss $J(\theta)$
    #
    # Text with $\def\twice#1{#1#1} x$ and $\nosuch{x}$.
    #
    # \begin{align}
    # a &= b \label{first} \\
    # c &= \nosuch
    # \end{align}

    # %% [markdown]
    # \begin{align}
    # a &= b \label{second}
    # \end{align}
    #
    # By \eqref{second}, $\RR\twice{y}$.

    # %%
    from IPython.display import HTML, Latex, Math, display

    display(Math(r"\twice{z} \in \RR"), Latex(r"so $$w$$ and $\notknown$"))
    display(HTML("<p>$5 or $x$</p>"))
""").lstrip()
NOTEBOOK = json.dumps(
    notebook.new_notebook(
        cells=[
            notebook.new_markdown_cell("# Page"),
            notebook.new_code_cell("1"),
            notebook.new_markdown_cell("so\n\n$$\n\\nosuch\n$$"),
        ],
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}},
    )
)


def formulas(folder, name):
    html = BeautifulSoup((folder / f"site/{name}/index.html").read_text(), "html.parser")
    found = html.article.find_all("math")
    return html, ["".join(it.get_text().split()).replace("\u2061", "") for it in found]


@pytest.mark.build
def test_formulas_of_notebooks_are_set_and_those_that_cannot_be_are_noted(tmp_path, monkeypatch):
    import small_site

    listed = small_site.CONFIGURATION.replace(f"  - {NAME}\n", "  - pymdownx.arithmatex\n")
    monkeypatch.setattr(small_site, "CONFIGURATION", listed)
    code, said = build(
        tmp_path,
        {"a.py": SCRIPT, "b.ipynb": NOTEBOOK, "c.md": "# Plain\n\nOf $x$."},
        options=r"{macros: {'\RR': '\mathbb{R}'}}",
    )
    assert code == 0, said
    html, found = formulas(tmp_path, "a")
    assert found == ["J(θ)", "x", "a=b(2)", "ℝyy", "zz∈ℝ", "w"]
    sources = [code.get_text() for code in html.article.find_all("code", class_="xd-formula")]
    assert sources[0] == r"$\nosuch{x}$"
    assert sources[1].startswith("\\begin{align}\na &= b")
    assert sources[2] == r"$\notknown$"
    assert html.find(class_="xd-html").get_text().strip() == "$5 or $x$"
    assert html.select_one("article a[href='#equation-second']").get_text() == "(2)"
    assert html.find(id="equation-second")
    assert len(html.select("script[src$='assets/_formulas.js']")) == 1
    assert "J(θ)" in html.title.get_text()
    for place in (
        r"docs/a.py:4: cannot set the formula $\nosuch{x}$: unknown command \nosuch",
        r"docs/a.py:6: cannot set the formula $\begin{align} a &= b",
        r"docs/a.py: cannot set the formula $\notknown$",
        r"docs/b.ipynb:1: Markdown cell 2, line 4: cannot set the formula $\nosuch$",
    ):
        assert place in said
    assert said.count("not by pymdownx.arithmatex") == 1
    plain = BeautifulSoup((tmp_path / "site/c/index.html").read_text(), "html.parser")
    assert plain.select_one("article .arithmatex").get_text().strip(r"\()$") == "x"
    index = json.loads((tmp_path / "site/search/search_index.json").read_text())["docs"]
    assert "The loss J(θ)" in [entry["title"] for entry in index]


@pytest.mark.build
def test_formulas_that_cannot_be_set_fail_a_strict_site_with_their_places(tmp_path):
    pages = {"a.py": SCRIPT, "b.ipynb": NOTEBOOK, "c.md": "---\ntitle: C\n---\n\nOf $\\nosuch$."}
    code, said = build(tmp_path, pages, options="{formulas: error}")
    assert code != 0
    for place in ("a.py:4: ", "a.py:6: ", "b.ipynb:1: Markdown cell 2, line 4: ", "c.md:5: "):
        assert f"docs/{place}cannot set the formula" in said
    assert "Traceback" not in said
    assert not (tmp_path / "site/a/index.html").exists()


@pytest.mark.build
def test_formulas_can_be_left_to_a_script_of_the_site(tmp_path):
    page = SCRIPT.replace("# %%\nfrom", "# %%\n#").partition("# %%\n#")[0]
    code, said = build(tmp_path, {"a.py": page}, options="{formulas: site}")
    assert code == 0, said
    html, found = formulas(tmp_path, "a")
    assert found == []
    handed = [it.get_text() for it in html.select("article .arithmatex")]
    assert handed[0] == r"\(J(\theta)\)"
    assert "\\[\\begin{align}\na &= b \\label{first} \\\\\nc &= \\nosuch\n\\end{align}\\]" in handed
    assert r"\(\eqref{second}\)" in handed
    assert "cannot set" not in said


def test_the_small_site_lists_the_extension_by_its_public_name():
    assert f"- {NAME}\n" in configuration()
