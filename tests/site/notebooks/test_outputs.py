"""A notebook's outputs on the page: shown, hidden or refused."""

import json

import nbformat.v4 as notebook
import pytest
from bs4 import BeautifulSoup
from small_site import build, one_output


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
def test_an_image_without_description_fails_the_build(tmp_path):
    code, said = build(
        tmp_path,
        {"page.ipynb": one_output({"image/png": "iVBORw0KGgo="})},
        options="{figures: error}",
    )
    assert code != 0
    assert "cell 1: the image has no description" in said


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


@pytest.mark.build
def test_a_widget_is_shown_as_the_text_that_stands_for_it(tmp_path):
    view = {"model_id": "1", "version_major": 2, "version_minor": 0}
    shown = {"application/vnd.jupyter.widget-view+json": view, "text/plain": "Slider(value=3)"}
    page = json.loads(one_output(shown))
    state = {"version_major": 2, "version_minor": 0, "state": {"1": {"model_name": "secretstate"}}}
    page["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    code, said = build(tmp_path, {"page.ipynb": json.dumps(page)})
    assert code == 0, said
    html = (tmp_path / "site/page/index.html").read_text()
    assert "Slider(value=3)" in BeautifulSoup(html, "html.parser").article.get_text()
    assert "secretstate" not in html
