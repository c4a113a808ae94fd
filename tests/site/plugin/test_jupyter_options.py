"""Options of mkdocs-jupyter that authors have do what they say, or the build says that they do not.

What they mean is written down in mkdocs-jupyter's and nbconvert's documentation.
"""

import json
import re
from pathlib import PurePath

import pytest
from bs4 import BeautifulSoup
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from nbformat.v4 import new_code_cell, new_notebook, new_output
from small_site import build

from xordocs.site.cache import Memo
from xordocs.site.notebooks import Page, PreExecuted, publish
from xordocs.site.notebooks.options import PageOptions
from xordocs.site.plugin.jupyter_options import JupyterOptions

PAGE = """\
# %% [markdown]
# # The heading
#
# ## Second
#
# ### Third
#
# #### Fourth

# %% tags=["answer"]
print("secret " + "output 1")  # secret code 1

# %% [markdown] tags=["answer"]
# The secret prose.

# %% tags=["quiet"]
print("secret " + "output 2")  # open code 2

# %% tags=["code-away"]
print("open " + "output 3")  # hidden code 3

# %%
display({"text/plain": "secret " + "output 4"}, metadata={"tags": ["one"]}, raw=True)
print("open " + "output 4")
"""
REMOVAL = """remove_tag_config: {
  remove_cell_tags: [answer, other], remove_all_outputs_tags: [quiet],
  remove_input_tags: [code-away], remove_single_output_tags: one}"""


def page(folder, name="a"):
    html = (folder / f"site/{name}/index.html").read_text()
    return BeautifulSoup(html, "html.parser")


@pytest.mark.build
def test_what_tags_remove_is_nowhere_in_the_site(tmp_path):
    undescribed = "\n# %%\ndisplay({'image/svg+xml': '<svg/>'}, raw=True)\n"
    pages = {"a.py": PAGE, "b.py": PAGE + undescribed}
    code, said = build(tmp_path, pages, options="{figures: error}", jupyter=REMOVAL)
    assert code == 1
    assert "docs/b.py:27: cell 5: " in said, "cells keep their numbers"
    pages = {"b.py": PAGE.replace("answer", "none")}
    code, said = build(tmp_path, pages, options="{figures: error}", jupyter=REMOVAL)
    assert code == 0, said
    assert "a.py: unchanged" in said, "what is removed has been executed"
    text = page(tmp_path).article.get_text()
    assert "open output 3" in text
    assert "open output 4" in text
    assert "open code 2" in text
    assert "hidden code 3" not in text
    for file in (tmp_path / "site").rglob("*"):
        if file.is_file() and file.parts[-2] != "b" and file.name != "search_index.json":
            assert b"secret output" not in file.read_bytes(), file
            assert b"secret code" not in file.read_bytes(), file
            assert b"secret prose" not in file.read_bytes(), file
    index = json.loads((tmp_path / "site/search/search_index.json").read_text())["docs"]
    of_a = json.dumps([entry for entry in index if entry["location"].startswith("a/")])
    assert "open output 3" in of_a
    assert [word for word in ("output", "code", "prose") if f"secret {word}" in of_a] == []
    notebook = json.loads((tmp_path / "site/a/a.ipynb").read_text())
    assert "hidden code 3" in json.dumps(notebook), "without it the download would not run"
    assert "secret prose" in (tmp_path / "site/b/index.html").read_text(), "by this tag alone"


@pytest.mark.parametrize("wraps", [True, False], ids=["Jupyter", "Colab"])
def test_states_of_widgets_that_are_removed_are_removed_too(tmp_path, wraps):
    view = "application/vnd.jupyter.widget-view+json"
    models = {
        "seen": {"model_name": "BoxModel", "state": {"children": ["IPY_MODEL_inner"]}},
        "inner": {"model_name": "LabelModel", "state": {"value": "open word"}},
        "unseen": {"model_name": "LabelModel", "state": {"value": "secret word"}},
    }
    states = {"state": models, "version_major": 2} if wraps else models
    cells = [
        new_code_cell(
            name, metadata={"tags": tags}, outputs=[new_output("display_data", {view: about})]
        )
        for name, tags in (("seen", []), ("unseen", ["answer"]))
        for about in [{"model_id": name, "version_major": 2, "version_minor": 0}]
    ]
    about = {"widgets": {"application/vnd.jupyter.widget-state+json": states}}
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(new_notebook(cells=cells, metadata=about)))
    memo = Memo(tmp_path / "texts")
    page = PreExecuted(Page.read("a.ipynb", path, memo))
    assert "secret word" in publish(page, None, memo, "off").notebook, "and this is kept"
    removal = {"remove_cell_tags": ["answer"]}
    presented = JupyterOptions({"remove_tag_config": removal}).present(page)
    published = publish(presented, None, memo, "off")
    whole = json.dumps([published.markdown, published.parts]) + published.notebook
    assert "secret word" not in whole
    assert ("open word" in whole) == wraps


@pytest.mark.build
def test_headings_inputs_sources_and_executions_are_as_the_author_says(tmp_path):
    jupyter = "ignore_h1_titles: true, toc_depth: 2, no_input: true, include_source: true"
    jupyter += ", execute_ignore: ['left/*.py'], theme: dark, custom_mathjax_url: 'https://e.org'"
    jupyter += ", kernel_name: '', no_prompt: true, execute: false"
    left = "# %%\nopen('executed', 'w')\n1 / 0\n"
    code, said = build(tmp_path, {"a.py": PAGE, "left/b.py": left}, jupyter=jupyter)
    assert code == 0, said
    html = page(tmp_path)
    assert html.title.get_text() == "A - Another site"
    toc = html.select(".md-sidebar--secondary .md-nav__link[href^='#']")
    assert [link["href"] for link in toc] == ["#second"]
    assert html.article.h4
    assert "print" not in html.article.get_text()
    assert "secret output 1" in html.article.get_text()
    assert (tmp_path / "site/a/a.py").read_text() == PAGE
    assert list(tmp_path.rglob("executed")) == []
    (line,) = re.findall(r"options of mkdocs-jupyter without effect: .*", said)
    assert "execute (" in line
    assert "theme (" in line
    assert "custom_mathjax_url (" in line
    for name in ("kernel_name", "no_prompt", "toc_depth", "no_input", "cache"):
        assert f"{name} (" not in line


def test_pages_are_executed_as_options_say_until_a_page_says_otherwise():
    options = JupyterOptions({"execute_ignore": ["slow/*.py", "b.ipynb"], "allow_errors": True})
    defaults = PageOptions(timeout=7)
    slow = options.page_options(PurePath("/docs/slow/a.py"), defaults)
    assert (slow.execute, slow.allow_errors, slow.timeout) == (False, True, 7)
    assert options.page_options(PurePath("/docs/a.py"), defaults).execute
    assert not options.page_options(PurePath("/docs/c/b.ipynb"), defaults).execute
    off = PageOptions(execute=False)
    assert not options.page_options(PurePath("/docs/a.py"), off).execute


@pytest.mark.parametrize(
    "given", [{}, {"execute": False}, {"execute": True}, {"allow_errors": False}]
)
def test_what_mkdocs_jupyter_itself_would_execute_or_allow_changes_nothing(given):
    assert (
        JupyterOptions(given).page_options(PurePath("/docs/a.py"), PageOptions()) == PageOptions()
    )


@pytest.mark.parametrize(
    ("removal", "named"),
    [
        ({"remove_cell_tag": ["a"]}, ["remove_cell_tags", "got 'remove_cell_tag'"]),
        ({"remove_cell_tags": {"a": 1}}, ["remove_cell_tags", "list of tags", "{'a': 1}"]),
        ({"remove_cell_tags": [1]}, ["remove_cell_tags", "list of tags", "[1]"]),
        ([], []),
        (["a"], ["a mapping", "['a']"]),
    ],
)
def test_a_removal_that_cannot_be_meant_is_an_error(removal, named):
    if not removal:
        assert JupyterOptions({"remove_tag_config": removal}).present("page") == "page"
        return
    with pytest.raises(ValueError, match="remove_tag_config") as raised:
        JupyterOptions({"remove_tag_config": removal})
    assert [word for word in named if word not in str(raised.value)] == []


@pytest.mark.parametrize(
    ("plugins", "complaint"),
    [
        ("[xordocs]", "expected `mkdocs-jupyter` once, got it 0 times"),
        ("[xordocs, {mkdocs-jupyter: {enabled: false}}]", "`mkdocs-jupyter` once, got it 0"),
        ("[xordocs, mkdocs-jupyter, mkdocs-jupyter]", "`mkdocs-jupyter` once, got it 2 times"),
        ("[xordocs, mkdocs-jupyter, xordocs]", "`xordocs` once, got it 2 times"),
    ],
)
def test_each_plugin_must_be_there_once(tmp_path, plugins, complaint):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(f"site_name: S\nplugins: {plugins}\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    with pytest.raises(PluginError, match=complaint):
        config.plugins["xordocs"].on_config(config)


def test_mkdocs_jupyter_may_come_first(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: S\nplugins: [mkdocs-jupyter, xordocs]\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    assert config.plugins["xordocs"].on_config(config) is config
