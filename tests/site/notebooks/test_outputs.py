"""A notebook's outputs on the page: shown, hidden or refused."""

import json
import re

import nbformat
import nbformat.v4 as notebook
import pytest
from bs4 import BeautifulSoup
from rendered import code, display, page, prose, raw, stream
from small_site import build, one_output

from xordocs.site.notebooks.convert import to_markdown
from xordocs.site.notebooks.outputs import CellRenderer

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAAAAACcgYFdAAAAC0lEQVR4nGNggAIAAAkAAftSuKkAAAAASUVORK5CYII="


def outputs(lesson):
    return [block.get_text() for block in lesson.select(".xd-output code")]


def test_streams_are_one_block_without_colours(lesson):
    assert outputs(lesson)[0] == "first\nred and <b>bold</b> & # no heading\n"


def test_a_line_written_over_is_gone_and_fences_in_the_text_hold(lesson):
    assert outputs(lesson)[1] == "progress 2\n```python\n````\nfenced\n"


def test_tags_hide_code_or_the_whole_cell(lesson):
    text = lesson.get_text()
    assert "shown output" in text
    assert "hidden_name" not in text
    assert "secret" not in text


def test_an_expected_error_is_shown(lesson):
    assert "ZeroDivisionError: division by zero" in lesson.select_one(".xd-error").get_text()


def test_text_that_looks_like_markdown_stays_text(lesson):
    assert "'# heading-like *text* — ünïcödé ∇'\n" in outputs(lesson)


def test_markdown_outputs_are_prose(lesson):
    assert lesson.find("h2", id="computed-heading")
    assert lesson.find("strong", string="42")


def test_html_outputs_pass_as_they_are(lesson):
    assert lesson.select_one(".xd-html table.dataframe td").text == "```\n~~~\n*cell*"


def test_a_frame_of_pandas_is_a_table(lesson):
    table = lesson.select("table.dataframe")[-1]
    assert [cell.text for cell in table.tbody.find_all(["th", "td"])] == ["1", "yes", "2", "<no>"]
    assert [cell.text for cell in table.thead.find_all("th")] == ["", "learns", "seed", ""]


def test_a_plot_of_matplotlib_is_a_figure_with_live_text(lesson):
    svg = lesson.select(".xd-figure svg")[-1]
    assert svg.desc.text == "It falls from 3 to 1."
    assert "2.50" in {text.get_text().strip() for text in svg.find_all("text")}


def test_latex_outputs_are_formulas_or_text_with_formulas(lesson):
    assert len(lesson.select("div.math math")) == 3
    mixed = next(p for p in lesson.find_all("p") if p.text.startswith("The value"))
    assert len(mixed.select("span.math math")) == 2
    assert "$" not in mixed.text


def test_json_outputs_are_json(lesson):
    assert json.loads(next(text for text in outputs(lesson) if '"key"' in text)) == {"key": [1, 2]}


def test_a_snippets_marker_that_is_printed_stays_text(lesson):
    assert '--8<-- "mkdocs.yml"\n' in outputs(lesson)
    assert "theme:" not in lesson.get_text()
    shown = "\n".join(
        block.get_text() for block in lesson.select(".highlight:not(.xd-output) code")
    )
    assert """print('--8<-- "mkdocs.yml"')""" in shown


@pytest.mark.build
def test_an_image_attached_to_prose_is_shown(tmp_path):
    cell = notebook.new_markdown_cell("# Page\n\n![A dot](attachment:a%20dot.png)")
    cell["attachments"] = {"a dot.png": {"image/png": "aGVsbG8="}}
    code, said = build(tmp_path, {"page.ipynb": json.dumps(notebook.new_notebook(cells=[cell]))})
    assert code == 0, said
    html = (tmp_path / "site/page/index.html").read_text()
    assert BeautifulSoup(html, "html.parser").article.img["src"] == "data:image/png;base64,aGVsbG8="


def test_images_carry_size_and_description(lesson):
    image = lesson.img
    assert (image["alt"], image["width"], image["height"]) == ("two by three", "2", "3")


def test_figures_are_inline(lesson):
    assert lesson.select_one(".xd-figure svg").desc.text == "One dot."


def test_long_output_is_all_there(lesson):
    assert outputs(lesson)[-1].endswith("line 2998\nline 2999\n")


@pytest.mark.build
def test_a_figure_without_description_fails_the_build_with_its_place(tmp_path):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1pt" height="1pt"></svg>'
    code, said = build(
        tmp_path, {"page.ipynb": one_output({"image/svg+xml": svg})}, options="{figures: error}"
    )
    assert code != 0
    assert "docs/page.ipynb:1: cell 1: the figure has no description" in said


@pytest.mark.build
def test_all_images_without_description_fail_the_build_with_their_places(tmp_path):
    shown = '{"image/png": "iVBORw0KGgo="}'
    page = f"# %%\ndisplay({shown}, raw=True)\n\n# %%\n1\n\n# %%\n" + 2 * (
        f"display({shown}, raw=True)\n"
    )
    code, said = build(tmp_path, {"page.py": page}, options="{figures: error}")
    assert code != 0
    assert re.findall(r"^.*docs/(\S+: cell \d: the figure has no description)", said, re.M) == [
        "page.py:2: cell 1: the figure has no description",
        "page.py:8: cell 3: the figure has no description",
    ]


@pytest.mark.build
def test_a_notebook_that_was_executed_with_an_error_is_not_published(tmp_path):
    failed = notebook.new_output("error", ename="E", evalue="v", traceback=["\x1b[31mE: v\x1b[0m"])
    cells = [
        notebook.new_markdown_cell("# Page"),
        notebook.new_code_cell("fail()", outputs=[failed]),
    ]
    kept = {"xordocs": {"execute": False}}
    page = json.dumps(notebook.new_notebook(cells=cells, metadata=kept))
    code, said = build(tmp_path, {"page.ipynb": page})
    assert code != 0
    assert "docs/page.ipynb:1: cell 1: raised an exception" in said
    assert "\nE: v\n" in said


def blocks(soup):
    return [block.get_text() for block in soup.select(".xd-output code")]


def test_the_last_state_of_a_printed_progress_bar_is_shown():
    soup, _ = page(code("train()", stream("  0%|   | 0/9"), stream("\r100%|███| 9/9\n")))
    assert blocks(soup) == ["100%|███| 9/9\n"]


def test_code_is_the_authors_to_the_last_character():
    source = "\tif x:\f\n    y = f'{{x}}' # {% a %} {# b #}\n\n```\n--8<-- \"file\"\n# *no* heading"
    soup, _ = page(code(source))
    assert soup.select_one(".highlight code").text.rstrip("\n") == source


@pytest.mark.parametrize(
    ("magic", "language"),
    [("%%html\n<b>", "html"), ("%%bash\nls", "bash"), ("%%javascript\n1", "javascript"),
     ("%%latex\n$x$", "latex"), ("%%script sh\nls", "bash"), ("%%time\nx", "python"),
     ("\n%%SVG\n<svg/>", "xml"), ("%matplotlib inline", "python")],
)  # fmt: skip
def test_a_cell_is_highlighted_in_the_language_of_its_magic(magic, language):
    settings = {"pymdownx.highlight": {"pygments_lang_class": True}}
    soup, _ = page(code(magic), settings=settings)
    assert f"language-{language}" in soup.select_one(".highlight")["class"]


@pytest.mark.parametrize("language", ["C++", "F#", "no such language!", "R"])
def test_code_in_any_language_is_code(language):
    soup, _ = page(code("x <- {1}"), metadata={"language_info": {"name": language}})
    assert soup.select_one(".highlight code").text == "x <- {1}\n"


def test_raw_cells_are_shown_as_nbconvert_shows_them():
    soup, notes = page(
        prose("# Page"),
        raw("<b>plain</b>"),
        raw("<div><i>html", "text/html"),
        raw("Text:\n- *markdown*", "text/markdown"),
        raw("\\LaTeX{}", "text/latex"),
        prose("## After"),
    )
    assert (soup.b.text, soup.i.text) == ("plain", "html")
    assert soup.li.em.text == "markdown"
    assert "LaTeX" not in soup.text
    assert ["text/latex" in note.text for note in notes] == [True]
    assert soup.h2.parent.name == "[document]"


def test_the_first_raw_cell_is_the_pages_front_matter():
    made = notebook.new_notebook(cells=[raw("---\ntitle: T\n---"), prose("# Page")])
    assert to_markdown(made)[0].startswith("---\ntitle: T\n---\n")
    soup, _ = page(raw("<b>no metadata</b>"))
    assert soup.b.text == "no metadata"


def test_cells_without_counts_code_or_outputs_are_no_trouble():
    cells = [code("# only a comment"), code(""), code("  \n"), prose(""), raw("x"), raw("")]
    soup, notes = page(*cells)
    assert [block.text for block in soup.select(".highlight code")] == ["# only a comment\n"]
    assert notes == []


def test_outputs_that_version_3_stored_are_shown():
    old = {
        "metadata": {}, "nbformat": 3, "nbformat_minor": 0,
        "worksheets": [{"metadata": {}, "cells": [
            {"cell_type": "heading", "level": 2, "source": "Old", "metadata": {}},
            {"cell_type": "code", "language": "python", "input": ["1"], "collapsed": False,
             "metadata": {}, "prompt_number": 1, "outputs": [
                 {"output_type": "pyout", "prompt_number": 1, "text": ["one\n", "two"],
                  "metadata": {}},
                 {"output_type": "stream", "stream": "stdout", "text": ["printed"]},
             ]},
        ]}],
    }  # fmt: skip
    read = nbformat.reads(json.dumps(old), as_version=4)
    soup, _ = page(*read.cells)
    assert soup.h2.text == "Old"
    assert blocks(soup) == ["one\ntwo\n", "printed\n"]


@pytest.mark.parametrize("markup", ["![A dot](attachment:a%20dot.png)",
                                    '<img alt="A dot" src="attachment:a dot.png">',
                                    '<img alt="A dot" src="attachment:a%20dot.png"/>'])  # fmt: skip
def test_attached_images_are_found_by_markdown_and_html(markup):
    soup, _ = page(prose(markup, attachments={"a dot.png": {"image/png": "aGVsbG8="}}))
    assert soup.img["src"] == "data:image/png;base64,aGVsbG8="


MACROS = """
from jinja2 import Template

def on_page_markdown(markdown, config, **_):
    return Template(markdown).render(config=config, word="expanded")
"""


@pytest.mark.build
def test_macros_are_expanded_in_prose_alone_and_notes_are_told(tmp_path):
    (tmp_path / "macros.py").write_text(MACROS)
    text = "{{ config.site_name }} {% raw %} {# gone #} {{ {1: {2}} }}"
    html = display({"text/html": f"<p>{text}</p>", "text/plain": ""})
    cells = [
        prose("# Page\n\nIt is {{ word }}:\n- *item*"),
        code(f"print('{text}')", stream(text), html, display({"text/markdown": f"`{text}`"})),
        code("figure", display({"image/png": PNG}), display({"application/x-odd": "?"})),
        code("more", display({"image/png": PNG})),
    ]
    hooks = "\nhooks: [macros.py]\n"
    page = json.dumps(notebook.new_notebook(cells=cells))
    status, said = build(tmp_path, {"page.ipynb": page}, hooks, options="{execute: false}")
    article = BeautifulSoup((tmp_path / "site/page/index.html").read_text(), "html.parser").article
    assert article.find("p", string=re.compile("It is expanded:"))
    assert article.li.em.text == "item"
    assert article.text.count(text) == 4
    assert status != 0, "what is not shown fails a strict build"
    assert re.search(r"INFO .*page\.ipynb: cell 2, 3: the figure has no description: display", said)
    assert re.search(r"WARNING .*page\.ipynb: cell 2: nothing shows .* application/x-odd", said)
    assert "1 warning" in said


def test_a_traceback_is_shown_line_by_line():
    error = notebook.new_output("error", ename="E", evalue="e", traceback=["first", "second"])
    soup, _ = page(code("1", error, metadata={"tags": ["raises-exception"]}))
    assert soup.select_one(".xd-error code").get_text() == "first\nsecond\n"


def test_an_exercise_ends_with_its_notebook_as_html_does() -> None:
    made = notebook.new_notebook(cells=[code("1", metadata={"tags": ["exercise"]})])
    renderer = CellRenderer(made)
    *_, last = renderer.blocks()
    assert renderer.parts[last] == ("</xor-exercise>", True)
