"""The plugin's part of the theme: what pages need comes with it, and what the site says wins."""

import re

import pytest
import small_site
from bs4 import BeautifulSoup
from small_site import build

pytestmark = pytest.mark.build

PAGE = "# %% [markdown]\n# # Page\n\n# %%\nprint(1)\n"


def page(folder, address="a b/index.html"):
    return BeautifulSoup((folder / "site" / address).read_text(), "html.parser")


def test_material_keeps_its_templates_and_shows_the_notebook_among_its_actions(tmp_path):
    settings = """
repo_url: https://github.com/somebody/else
edit_uri: edit/main/docs/
extra_css: [mine.css]
"""
    theme = "{name: material, font: false, features: [content.action.edit]}"
    code, said = build(tmp_path, {"a b.py": PAGE, "mine.css": ""}, settings, theme=theme)
    assert code == 0, said
    html = page(tmp_path)
    sheets = [link["href"] for link in html.select("link[rel=stylesheet]")]
    assert sheets[-2:] == ["../assets/_xordocs.css", "../mine.css"], "the author's own comes last"
    assert "xd-output" in (tmp_path / "site/assets/_xordocs.css").read_text()
    actions = html.select("article > a.md-content__button.md-icon")
    assert [link["title"] for link in actions] == [
        "Edit this page",
        "Download this notebook",
        "Open in Colab",
    ]
    assert all(link.svg for link in actions)
    assert (actions[1]["href"], (tmp_path / "site/a b/a b.ipynb").exists()) == ("a%20b.ipynb", True)
    assert html.select(".md-source[data-md-component=source]"), "it is Material's own partial"
    assert page(tmp_path, "other/index.html").select("a[download]") == []
    assert "Download this" not in (tmp_path / "site/search/search_index.json").read_text()


def test_templates_of_the_site_win_over_those_of_the_plugin(tmp_path):
    partials = tmp_path / "overrides/partials"
    partials.mkdir(parents=True)
    (partials / "actions.html").write_text("<p>MY ACTIONS</p>")
    (partials / "notebook.html").write_text("<p>MINE: {{ page.meta.notebook }}</p>")
    theme = "{name: material, font: false, custom_dir: overrides}"
    code, said = build(tmp_path, {"a b.py": PAGE}, theme=theme)
    assert code == 0, said
    text = page(tmp_path).article.get_text()
    assert "MY ACTIONS" in text
    assert "MINE: a b.ipynb" in text
    assert page(tmp_path).select("a[download]") == []


def test_templates_show_what_the_filters_of_a_hook_now_give(tmp_path):
    (tmp_path / "overrides").mkdir()
    template = '{% extends "base.html" %}{% block content %}{{ "so" | shout }}{% endblock %}'
    (tmp_path / "overrides/main.html").write_text(template)
    theme = "{name: material, font: false, custom_dir: overrides}"
    for end in ("!", "??"):  # Python compiles a file again if its second or its size is another
        hook = f"def on_env(env, **_):\n    env.filters['shout'] = lambda text: text + {end!r}\n"
        (tmp_path / "hook.py").write_text(hook)
        code, said = build(tmp_path, {}, "hooks: [hook.py]\n", theme=theme)
        assert code == 0, said
        assert page(tmp_path, "other/index.html").article.get_text().strip() == f"so{end}"


def test_a_site_that_names_no_markdown_extension_has_code_in_colours(tmp_path, monkeypatch):
    listed = r"markdown_extensions:\n(?:  - .*\n)+"
    minimal = re.sub(listed, "", small_site.CONFIGURATION)
    monkeypatch.setattr(small_site, "CONFIGURATION", minimal)
    code, said = build(tmp_path, {"a b.py": PAGE, "plain.md": "```python\nprint(1)\n```\n"})
    assert code == 0, said
    article = page(tmp_path).article
    assert article.select_one(".highlight .nb").get_text() == "print"
    assert article.select_one(".xd-output").get_text().strip() == "1"
    assert page(tmp_path, "plain/index.html").article.select(".highlight") == []


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_other_themes_link_the_notebook_above_its_page(tmp_path, theme):
    code, said = build(tmp_path, {"a b.py": PAGE}, theme=f"{{name: {theme}}}")
    assert code == 0, said
    html = page(tmp_path)
    (link,) = html.select("a[download]")
    assert link["href"] == "a%20b.ipynb"
    assert link.find_next("h1").get_text().startswith("Page")
    assert html.select('link[href="../assets/_xordocs.css"]')
