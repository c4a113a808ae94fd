"""Notebooks become Markdown, and nothing of the machine or of JupyterLab comes along."""

import json
import re

import nbformat.v4 as notebook
import pytest
from bs4 import BeautifulSoup
from small_site import build, one_output

from xordocs.site.cache import Memo
from xordocs.site.errors import CellError
from xordocs.site.notebooks import Page, PreExecuted, convert, publish


def test_prose_goes_through_mkdocs_own_markdown(lesson):
    assert lesson.h1.get_text().startswith("A lesson of its own & more")
    assert lesson.find("a", string="the other page")["href"] == "../other/#there"
    assert lesson.select_one(".admonition.note em").text == "admonition"
    assert lesson.select_one(".tabbed-set")
    assert lesson.select_one(".footnote li")
    assert lesson.select_one("span.math math")


def test_code_comes_through_unharmed(lesson):
    code = "\n".join(block.get_text() for block in lesson.select(".highlight:not(.xd-output) code"))
    assert "a, b = 1 < 2, 3 & 1" in code
    assert "# a comment in code" in code


def test_a_note_stands_right_after_the_code_that_it_is_on(lesson):
    code = next(block for block in lesson.select(".highlight") if "(1)!" in block.get_text())
    assert code.find_next_sibling().name == "ol"
    assert code.find_next_sibling().li.text == "The answer."


def test_front_matter_of_a_notebook_is_the_pages(built):
    page = BeautifulSoup((built / "lesson/index.html").read_text(), "html.parser")
    assert page.find("meta", attrs={"name": "description"})["content"] == "About the lesson"
    assert "About the lesson" not in page.article.get_text()


def test_nothing_of_jupyterlab_comes_along(built):
    html = (built / "lesson/index.html").read_text()
    assert "jp-" not in html
    theirs = html.replace("<style>:root{", "").replace("<style scoped>", "")  # pandas' own
    assert "<style" not in re.sub(r"<svg.*?</svg>", "", theirs)


def test_markdown_is_what_the_cells_say_from_their_first_character():
    cells = ["    indented = code", "<b>100%25</b> &amp; {{ x }}"]
    markdown, _ = convert.to_markdown(
        notebook.new_notebook(cells=list(map(notebook.new_markdown_cell, cells)))
    )
    assert markdown == f"\n\n{cells[0]}\n\n{cells[1]}\n"


KERNEL = "---\nkernelspec: {name: python3, language: python}\n"


@pytest.mark.build
def test_prose_that_looks_like_metadata_is_prose_in_every_format(tmp_path):
    begins = "Template: foo.html\nTitle: Prose\n\nThe rest."
    fenced = "---\ntitle: Prose\ntemplate: foo.html\n---\n\nThe rest."
    commented = "# " + begins.replace("\n", "\n# ")
    myst = "\n```{code-cell}\n1\n```\n"

    def ipynb(*cells):
        return json.dumps(notebook.new_notebook(cells=[*cells]))

    header = notebook.new_raw_cell("---\ntitle: Header\n---")
    pages = {
        "percent.py": f"# %% [markdown]\n{commented}\n",
        "light.py": f"{commented}\n\nx = 1\n",
        "header.py": f"# ---\n# title: Header\n# ---\n\n# %% [markdown]\n{commented}\n",
        "text.md": f"{KERNEL}---\n{begins}\n",
        "myst.md": f"{KERNEL}title: Header\n---\n{begins}\n{myst}",
        "cell.ipynb": ipynb(notebook.new_markdown_cell(begins)),
        "rule.ipynb": ipynb(notebook.new_markdown_cell(fenced)),
        "first.ipynb": ipynb(header, notebook.new_markdown_cell(begins)),
        "alone.ipynb": ipynb(header),
        "empty.ipynb": ipynb(notebook.new_raw_cell("---\n---"), notebook.new_markdown_cell(begins)),
        "raw.ipynb": ipynb(notebook.new_raw_cell(begins)),
    }
    code, said = build(tmp_path, pages, jupyter='include: ["*.py", "*.ipynb", "*.md"], ignore: []')
    assert code == 0, said
    shown, titles = {}, {}
    for name in pages:
        html = (tmp_path / "site" / name.partition(".")[0] / "index.html").read_text()
        soup = BeautifulSoup(html, "html.parser")
        shown[name] = " ".join(soup.article.get_text().split())
        titles[name] = soup.title.text
    assert shown.pop("alone.ipynb").count("title") == 0
    assert [name for name, text in shown.items() if "emplate: foo.html" not in text] == []
    assert [name for name, text in shown.items() if "itle: Prose" not in text] == []
    with_header = {name for name, title in titles.items() if title.startswith("Header")}
    assert with_header == {"header.py", "myst.md", "first.ipynb", "alone.ipynb"}
    assert [name for name, title in titles.items() if title.startswith("Prose")] == []


def test_publication_is_kept_for_the_same_figures_option_and_the_same_converters(
    tmp_path, monkeypatch
):
    memo, path = Memo(tmp_path / "texts"), tmp_path / "a.ipynb"
    path.write_text(one_output({"image/svg+xml": "<svg/>"}))
    page = PreExecuted(Page.read("a.ipynb", path, memo))
    first = publish(page, None, memo, "note")
    assert first.notes
    assert publish(page, None, memo, "off").notes == []
    with pytest.raises(CellError):
        publish(page, None, memo, "error")

    def converted(*_):
        raise NotImplementedError

    monkeypatch.setattr(convert, "to_markdown", converted)
    assert publish(page, None, memo, "note") == first
    monkeypatch.setattr(convert, "version", lambda _: "another")
    with pytest.raises(NotImplementedError):
        publish(page, None, memo, "note")
