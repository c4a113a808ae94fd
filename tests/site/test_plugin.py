"""The plugin on a small site that is not this one."""

import json
import os
import re
import subprocess
import sys
from textwrap import dedent

import nbformat.v4 as notebook
import pytest
from bs4 import BeautifulSoup
from project import LESSON

from xordocs.site.notebooks.export import colab_url

pytestmark = pytest.mark.build

CONFIGURATION = """
site_name: Another site
strict: true
validation: {anchors: warn}
theme: {name: material, font: false}
markdown_extensions:
  - admonition
  - attr_list
  - footnotes
  - pymdownx.highlight
  - pymdownx.snippets
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - toc: {permalink: true}
  - xordocs.site.rendering.mathml
plugins:
  - search
  - xordocs
  - mkdocs-jupyter: {ignore: ["*.md"], execute: false, cache: false}
"""


def build(folder, pages, settings="", **environment):
    """Build a site of these pages; returns what MkDocs said and whether it succeeded."""
    docs = folder / "docs"
    (folder / "mkdocs.yml").write_text(CONFIGURATION + settings)
    for name, text in {"index.md": "# Home", "other.md": "# Other\n\n## There", **pages}.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    process = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return process.returncode, process.stderr + process.stdout


def one_output(data, metadata=None):
    """An executed notebook whose second cell shows this."""
    shown = notebook.new_output("display_data", data=data, metadata=metadata or {})
    cells = [
        notebook.new_markdown_cell("# Page"),
        notebook.new_code_cell("draw()", outputs=[shown]),
    ]
    return json.dumps(notebook.new_notebook(cells=cells))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The lesson's site, built where the user's own configuration would stop it."""
    folder = tmp_path_factory.mktemp("another")
    hostile = folder / "jupyter"
    hostile.mkdir()
    for place in (hostile, folder):
        (place / "jupyter_nbconvert_config.py").write_text("open(__file__ + '.read', 'w')")
    startup = folder / "ipython/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "00-mine.py").write_text("print = display = None")
    user = {"JUPYTER_CONFIG_DIR": str(hostile), "IPYTHONDIR": str(folder / "ipython")}
    code, said = build(folder, {"lesson.py": LESSON}, **user)
    assert code == 0, said
    return folder / "site"


@pytest.fixture(scope="module")
def lesson(built):
    html = (built / "lesson/index.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser").article


@pytest.fixture(scope="module")
def index(built):
    return json.loads((built / "search/search_index.json").read_text())["docs"]


def outputs(lesson):
    return [block.get_text() for block in lesson.select(".xd-output code")]


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


def test_front_matter_of_a_notebook_is_the_pages(built):
    page = BeautifulSoup((built / "lesson/index.html").read_text(), "html.parser")
    assert page.find("meta", attrs={"name": "description"})["content"] == "About the lesson"
    assert "About the lesson" not in page.article.get_text()


def test_long_output_is_all_there(lesson):
    assert outputs(lesson)[-1].endswith("line 2998\nline 2999\n")


def test_configuration_of_the_user_is_not_even_read(built):
    assert list(built.parent.rglob("jupyter_nbconvert_config.py"))
    assert list(built.parent.rglob("*.read")) == []


def test_nothing_of_jupyterlab_comes_along(built):
    html = (built / "lesson/index.html").read_text()
    assert "jp-" not in html
    theirs = html.replace("<style>:root{", "").replace("<style scoped>", "")  # pandas' own
    assert "<style" not in re.sub(r"<svg.*?</svg>", "", theirs)


def test_the_table_of_contents_knows_computed_headings(built):
    html = BeautifulSoup((built / "lesson/index.html").read_text(), "html.parser")
    links = [
        link["href"] for link in html.select(".md-sidebar--secondary .md-nav__link[href^='#']")
    ]
    assert links == ["#displays", "#computed-heading"]


def test_search_finds_prose_headings_and_code_once(index):
    titles = [entry["title"] for entry in index if entry["location"].startswith("lesson/")]
    assert titles == ["A lesson of its own &amp; more", "Displays", "Computed heading"]
    text = json.dumps(index)
    assert text.count("a comment in code") == 1
    assert text.count("admonition") == 1


def test_search_finds_neither_axis_ticks_nor_hidden_cells(index):
    text = json.dumps(index)
    assert "axistick" not in text
    assert "secret" not in text
    assert "hidden_name" not in text


def test_the_executed_notebook_lies_beside_its_page(built):
    executed = json.loads((built / "lesson/lesson.ipynb").read_text())
    codes = [cell for cell in executed["cells"] if cell["cell_type"] == "code"]
    assert codes[0]["outputs"][0]["text"][0] == "first\n"
    assert [cell["id"] for cell in executed["cells"][:2]] == ["cell-1", "cell-2"]
    assert executed["cells"][2]["metadata"] == {}


def test_a_cell_that_raises_fails_the_build_with_its_place(tmp_path):
    page = dedent("""\
        above = "the first marker"

        # %% [markdown]
        # # Page

        # %%
        fine = 1

        # %%
        def break_it():
            raise ValueError("on purpose")

        break_it()
    """)
    code, said = build(tmp_path, {"page.py": page})
    assert code != 0
    assert "docs/page.py:13: cell 3 raised ValueError: on purpose" in said
    assert "    break_it()" in said
    assert "ValueError: on purpose" in said
    assert "Traceback (most recent call last):\n  File" not in said


def test_a_figure_without_description_fails_the_build_with_its_place(tmp_path):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1pt" height="1pt"></svg>'
    code, said = build(tmp_path, {"page.ipynb": one_output({"image/svg+xml": svg})})
    assert code != 0
    assert "docs/page.ipynb:1: cell 1: the figure has no description" in said


def test_an_image_without_description_fails_the_build(tmp_path):
    code, said = build(tmp_path, {"page.ipynb": one_output({"image/png": "iVBORw0KGgo="})})
    assert code != 0
    assert "cell 1: the image has no description" in said


def test_a_notebook_that_was_executed_with_an_error_is_not_published(tmp_path):
    failed = notebook.new_output("error", ename="E", evalue="v", traceback=["\x1b[31mE: v\x1b[0m"])
    cells = [
        notebook.new_markdown_cell("# Page"),
        notebook.new_code_cell("fail()", outputs=[failed]),
    ]
    page = json.dumps(notebook.new_notebook(cells=cells))
    code, said = build(tmp_path, {"page.ipynb": page})
    assert code != 0
    assert "docs/page.ipynb:1: cell 1: raised an exception" in said
    assert "\nE: v\n" in said


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("page.py", "# %%\n'café'".encode("latin-1"), "must be UTF-8, got byte 0xe9 at 9"),
        ("page.ipynb", "# Page", "is no notebook: "),
        ("page.ipynb", '{"cells": 3}', "is no notebook: "),
    ],
)
def test_a_page_that_cannot_be_read_is_named(tmp_path, name, content, complaint):
    code, said = build(tmp_path, {name: content})
    assert code != 0
    assert f"docs/{name}:1: the page {complaint}" in said
    assert "Traceback" not in said


def test_a_byte_order_mark_is_no_part_of_a_page(tmp_path):
    page = "\ufeff# %% [markdown]\n# # Marked\n\n# %%\nprint('well')\n"
    code, said = build(tmp_path, {"page.py": page})
    assert code == 0, said
    html = (tmp_path / "site/page/index.html").read_text()
    assert BeautifulSoup(html, "html.parser").article.h1.text.startswith("Marked")


def test_pages_that_are_not_published_are_not_executed(tmp_path):
    failing = "# %%\nopen('executed', 'w')\n1 / 0\n"
    settings = "exclude_docs: helper.py\ndraft_docs: drafts/\n"
    code, said = build(tmp_path, {"helper.py": failing, "drafts/page.py": failing}, settings)
    assert code == 0, said
    assert list(tmp_path.rglob("executed")) == []
    assert not (tmp_path / "site/helper").exists()
    assert not (tmp_path / "site/drafts").exists()


@pytest.mark.parametrize(
    ("link", "complaint"),
    [("missing.md", "'missing.md'"), ("other.md#nowhere", "does not contain an anchor '#nowhere'")],
)
def test_a_broken_link_or_anchor_fails_the_build(tmp_path, link, complaint):
    page = f"# %% [markdown]\n# # Page\n#\n# [link]({link})\n"
    code, said = build(tmp_path, {"page.py": page})
    assert code != 0
    assert complaint in said


def test_a_formula_that_cannot_be_set_fails_the_build_with_its_place(tmp_path):
    code, said = build(tmp_path, {"page.md": r"# Page" + "\n\n" + r"$\nonsense{x}$"})
    assert code != 0
    assert (
        r"docs/page.md:3: cannot set the formula $\nonsense{x}$: unknown command \nonsense" in said
    )


@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        (None, None),
        ("https://example.org/a/b", None),
        (
            "https://github.com/a/b.git",
            "https://colab.research.google.com/github/a/b/blob/gh-pages/t/x%20y/x%20y.ipynb",
        ),
    ],
)
def test_colab_opens_the_notebook_of_the_published_branch_of_a_known_repository(
    repository, expected
):
    assert colab_url(repository, "gh-pages", "t/x y/x y.ipynb") == expected


@pytest.mark.parametrize(
    ("settings", "page", "opened"),
    [
        ("", "site/a b/c d/index.html", "a%20b/c%20d/c%20d.ipynb"),
        ("use_directory_urls: false\n", "site/a b/c d.html", "a%20b/c%20d.ipynb"),
    ],
)
def test_colab_is_told_where_the_notebook_lies(tmp_path, settings, page, opened):
    repository = "repo_url: https://github.com/a/b\n"
    code, said = build(
        tmp_path, {"a b/c d.py": "# %% [markdown]\n# # Page\n"}, settings + repository
    )
    assert code == 0, said
    html = BeautifulSoup((tmp_path / page).read_text(), "html.parser")
    (link,) = html.select("a[href*=colab]")
    assert link["href"].endswith(f"/a/b/blob/gh-pages/{opened}")
    assert (tmp_path / page).with_name("c d.ipynb").is_file()


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
