"""The plugin on a small site that is not this one."""

import json
from textwrap import dedent

import pytest
from bs4 import BeautifulSoup
from mkdocs.config import load_config
from small_site import build

from xordocs.site import plugin


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


def test_settings_of_an_inherited_file_count_as_settings(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: Inheriting\n")
    settings = []
    for description in ("first", "first", "second"):
        (tmp_path / "base.yml").write_text(f"site_description: {description}\n")
        settings.append(plugin._settings(load_config(str(tmp_path / "mkdocs.yml"))))
    assert settings[0] == settings[1] != settings[2]
    assert "Inheriting" in settings[0]
