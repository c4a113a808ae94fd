"""The plugin on a small site that is not this one."""

import json
import re
from textwrap import dedent

import nbformat.v4 as notebook
import pytest
from bs4 import BeautifulSoup
from served import Served
from small_site import CONFIGURATION, build


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


@pytest.mark.build
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


@pytest.mark.build
def test_all_failures_are_told_together_in_page_order_and_the_other_pages_are_cached(tmp_path):
    pages = {
        "a.py": "# %%\n1 / 0\n",
        "b.ipynb": "{",
        "c.py": "# %%\nprint('fine')\n",
        "d/e.py": "# %% [markdown]\n# # Page\n\n# %%\nimport os\nos._exit(7)\n",
        "f.md": "# Page\n\nA formula, $\\nosuchcommand$\n",
        "g.py": b"# %%\n'\xff'\n",
        "h.py": "# %%\ndisplay({'image/svg+xml': '<svg/>'}, raw=True)\n",
    }
    strict = "{formulas: error, figures: error}"
    code, said = build(tmp_path, pages, options=strict)
    assert code == 1
    (report,) = re.findall(r"^ERROR +-  (.+?)(?=^\w+ +-  |\Z)", said, re.DOTALL | re.MULTILINE)
    assert report.startswith("6 failures:\n\n")
    assert re.findall(r"^docs/.+?:\d+: (?:cell \d|the page|cannot set)", report, re.MULTILINE) == [
        "docs/a.py:2: cell 1",
        "docs/b.ipynb:1: the page",
        "docs/f.md:3: cannot set",
        "docs/g.py:2: the page",
        "docs/h.py:2: cell 1",
        "docs/d/e.py:5: cell 1",
    ]
    assert "ZeroDivisionError: division by zero" in report
    assert "exit status 7" in report
    assert "Traceback (most recent call last):\n  File" not in said
    assert list((tmp_path / "site").rglob("*.html")) == []
    _, said = build(tmp_path, {"f.md": "# Mended"}, options=strict)
    assert "c.py: unchanged" in said
    assert "a.py: executing (new)" in said
    assert "5 failures:" in said


@pytest.mark.build
def test_each_failure_is_served_on_its_page_and_drafts_and_other_pages_are_served(tmp_path):
    (tmp_path / "docs").mkdir()
    hidden = "exclude_docs: excluded.py\ndraft_docs: draft.py\nnot_in_nav: unlisted.py\n"
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION + hidden)
    names = ("draft", "excluded", "unlisted", "broken", "wrong")
    for name in names:
        page = f"# %% [markdown]\n# # Page\n\n# %%\nprint('this is ' + {name!r})\n"
        (tmp_path / f"docs/{name}.py").write_text(page)
    (tmp_path / "docs/index.md").write_text("# Home")
    (tmp_path / "docs/wrong.py").write_text("# %%\nraise ValueError('on purpose')\n")
    with Served(tmp_path, tmp_path / "log") as server:
        server.until("wrong/", lambda text: "docs/wrong.py:2: cell 1 raised ValueError" in text)
        assert "this is draft" in server.get("draft/")
        assert "this is unlisted" in server.get("unlisted/")
        assert "this is broken" in server.get("broken/")
        assert server.get("excluded/") == ""
        (tmp_path / "docs/broken.py").write_bytes(b"# %%\n'\xff'\n")
        server.until("broken/", lambda text: "docs/broken.py:2: the page must be UTF-8" in text)
        assert "this is draft" in server.get("draft/")
        server.until("wrong/", lambda text: "on purpose" in text)
        said = server.said()
    assert "docs/broken.py:2: the page must be UTF-8" in said
    assert "Traceback (most recent call last):\n  File" not in said


@pytest.mark.build
def test_pages_that_are_not_published_are_not_executed(tmp_path):
    failing = "# %%\nopen('executed', 'w')\n1 / 0\n"
    settings = "exclude_docs: helper.py\ndraft_docs: drafts/\n"
    code, said = build(tmp_path, {"helper.py": failing, "drafts/page.py": failing}, settings)
    assert code == 0, said
    assert list(tmp_path.rglob("executed")) == []
    assert not (tmp_path / "site/helper").exists()
    assert not (tmp_path / "site/drafts").exists()


@pytest.mark.build
@pytest.mark.parametrize(
    ("link", "complaint"),
    [("missing.md", "'missing.md'"), ("other.md#nowhere", "does not contain an anchor '#nowhere'")],
)
def test_a_broken_link_or_anchor_fails_the_build(tmp_path, link, complaint):
    page = f"# %% [markdown]\n# # Page\n#\n# [link]({link})\n"
    code, said = build(tmp_path, {"page.py": page})
    assert code != 0
    assert complaint in said


@pytest.mark.build
def test_outputs_of_an_uninstalled_kernel_are_those_of_the_file_or_there_are_none(tmp_path):
    kernel = {"name": "ruby", "display_name": "Ruby 2.7", "language": "ruby"}

    def page(about, *outputs):
        cell = notebook.new_code_cell("puts 6 * 7", outputs=list(outputs), id="answer")
        return json.dumps(notebook.new_notebook(cells=[cell], metadata={"kernelspec": about}))

    stored = notebook.new_output("stream", text="forty-two")
    code, said = build(tmp_path, {"kept.ipynb": page(kernel, stored)})
    assert code == 0, said
    (line,) = [line for line in said.splitlines() if "kept.ipynb" in line]
    assert line.startswith("INFO")
    assert "shows the outputs in its file: the kernel 'ruby' for ruby is not installed" in line
    assert "forty-two" in (tmp_path / "site/kept/index.html").read_text()

    python = {"name": "gone", "display_name": "Python 2", "language": "python"}
    pages = {"kept.ipynb": page(kernel, stored), "bare.ipynb": page(kernel)}
    code, said = build(tmp_path, {**pages, "python.ipynb": page(python, stored)})
    assert code != 0
    assert "docs/bare.ipynb:1: cell 1 found no kernel to run it: the kernel 'ruby'" in said
    assert "docs/python.ipynb:1: cell 1 raised SyntaxError" in said
    assert "docs/kept.ipynb:" not in said


@pytest.mark.build
def test_a_site_that_cannot_be_written_is_told_in_a_line(tmp_path):
    code, said = build(tmp_path, {}, "site_dir: mkdocs.yml/site")  # there is no folder of this name
    assert code == 1
    (line,) = (
        line for line in said.splitlines() if "mkdocs.yml/site" in line and "INFO" not in line
    )
    assert line.startswith("Error: the site cannot be built: [Errno 20] Not a directory: ")
    assert "Traceback" not in said


HOOK = '''
def on_env(env, config, files):
    """Read and render pages again, as some plugins do, and then another text of one."""
    for file in files.documentation_pages():
        before = file.page.content
        file.page.read_source(config)
        known = {"page": file.page, "config": config, "files": files}
        file.page.markdown = config.plugins.on_page_markdown(file.page.markdown, **known)
        file.page.render(config, files)
        assert file.page.content == before, file.src_uri
    page = files.get_file_from_path("page.py").page
    page.markdown += "\\\\n\\\\nAdded later"
    page.render(config, files)


def on_post_build(config):
    plugin = config.plugins["xordocs"]
    held = [(it.content, it.publication) for it in plugin._build.pages.values()]
    assert held == [(None, None)] * 2, held
    assert not plugin._runtime.renderings._shown
'''


@pytest.mark.build
def test_pages_can_be_rendered_again_until_they_are_written_and_are_not_held_longer(tmp_path):
    (tmp_path / "hook.py").write_text(HOOK)
    stored = notebook.new_output("display_data", data={"text/html": "<p>stored in the file</p>"})
    cell = notebook.new_code_cell("draw()", outputs=[stored])
    pages = {
        "page.py": "# %% [markdown]\n# # Page\n\n# %%\nprint('six times seven is', 6 * 7)\n",
        "stored.ipynb": json.dumps(
            notebook.new_notebook(cells=[cell], metadata={"xordocs": {"execute": False}})
        ),
    }
    for _ in ("executed", "unchanged"):
        code, said = build(tmp_path, pages, "hooks: [hook.py]\n")
        assert code == 0, said
        html = (tmp_path / "site/page/index.html").read_text()
        assert "six times seven is 42" in html
        assert "Added later" in html
        assert "stored in the file" in (tmp_path / "site/stored/index.html").read_text()
        downloaded = json.loads((tmp_path / "site/page/page.ipynb").read_text())
        (output,) = downloaded["cells"][1]["outputs"]
        assert output["text"] == ["six times seven is 42\n"]


RENDERED = """
from pathlib import Path


def on_page_content(html, page, **_):
    if page.file.src_uri == "other.md":
        Path(__file__).with_name("rendered").touch()
"""

WAITING = """
from pathlib import Path
while not Path({path!r}).exists():
    pass
print("it was rendered before")
"""


@pytest.mark.build
def test_pages_are_rendered_while_others_are_executed(tmp_path):
    (tmp_path / "hook.py").write_text(RENDERED)
    pages = {"page.py": WAITING.format(path=str(tmp_path / "rendered"))}
    code, said = build(tmp_path, pages, "hooks: [hook.py]\n", options="{timeout: 60}")
    assert code == 0, said
    assert "it was rendered before" in (tmp_path / "site/page/index.html").read_text()
