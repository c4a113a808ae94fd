"""The export of a small site: what MkDocs makes of it without our plugin is what the site was."""

import re
import shutil

import pytest
import yaml
from compare import Site, differences
from small_site import build, run

pytestmark = pytest.mark.build

PAGE = """# ---
# title: Plain text
# hide: [toc]
# template: own.html
# ---

# %% [markdown]
# # A page
#
# Words with a [link](../other.md#there), a [file](../data.csv), `{python} 6 * 7` and a note.[^1]
# See [the archive](../all.zip){ download="" }, [a question](../other.md?q=1), and $a_1 * b_1 * c$.
#
# !!! note "A box"
#
#     Inside of it.
#
#     1. one
#     2. two
#
# === "One tab"
#
#     First.
#
# === "Another"
#
#     Second, `code`.
#
# [^1]: A note.
#
# ## Another `heading`
#
# $$\\sum_{i=1}^n x_i$$

# %%
print("one\\n\\n\\n\\ttwo *three*")

# %%
from IPython.display import HTML
HTML("<my-figure>live\\n\\nand kicking</my-figure>")
"""
HOME = """# Home

Term
:   What it is.

- [x] done
- to do

[Page](deep/page.py#another-heading){ .button }
"""
REST = """---
description: The rest.
---

# Rest

| a | b |
|---|--:|
| 1 \\| 2 | *c* |

1/2 (c) :smile:
"""
PAGES = {
    "deep/page.py": PAGE,
    "data.csv": "a,b\n",
    "figure.js": "// draws",
    "figure.css": "my-figure { color: red }",
    "own.css": "p { color: red }",
    "index.md": HOME,
    "rest.md": REST,
}
OPTIONS = '{archives: {all.zip: [deep/*]}, export: {"<my-figure": [figure.js, figure.css]}}'
SETTINGS = """
nav:
  - index.md
  - Deep: [The page: deep/page.py, other.md]
  - Elsewhere: https://example.org/
  - rest.md
extra_css: [own.css]
extra_javascript: [{path: figure.js, type: module}]
use_directory_urls: DIRECTORIES
"""


@pytest.fixture(scope="module", params=["true", "false"], ids=["folders", "files"])
def exported(request, tmp_path_factory):
    """A site, and the folder of its export."""
    folder = tmp_path_factory.mktemp("export")
    (folder / "overrides").mkdir()
    (folder / "overrides" / "own.html").write_text('{% extends "main.html" %}')
    settings = SETTINGS.replace("DIRECTORIES", request.param)
    theme = "{name: material, font: false, custom_dir: overrides}"
    code, said = build(folder, PAGES, settings, options=OPTIONS, theme=theme)
    assert code == 0, said
    code, said = run(folder, "xordocs.site.export", "out", "--strict")
    assert code == 0, said
    return folder, folder / "out"


def test_another_build_of_the_export_has_every_page_word_link_and_file(exported):
    folder, out = exported
    code, said = run(out, "mkdocs", "build", "--strict")
    assert code == 0, said
    ours, theirs = Site(folder / "site"), Site(out / "site")
    assert len(ours.pages) == 4
    assert differences(ours, theirs) == []
    for path in ("all.zip", "data.csv", "figure.js", "own.css"):
        assert (out / "site" / path).read_bytes() == (folder / "site" / path).read_bytes()


def test_the_configuration_has_nothing_but_settings_and_the_navigation(exported):
    _, out = exported
    settings = yaml.safe_load((out / "mkdocs.yml").read_text())
    page = next((out / "docs" / "deep").rglob("*.md")).relative_to(out / "docs").as_posix()
    other = "other/index.md" if page == "deep/page/index.md" else "other.md"
    rest = other.replace("other", "rest")
    assert settings["nav"] == [
        {"Home": "index.md"},
        {"Deep": [{"The page": page}, {"Other": other}]},
        {"Elsewhere": "https://example.org/"},
        {"Rest": rest},
    ]
    assert settings["extra_css"] == ["assets/_xordocs.css", "own.css"]
    assert settings["extra_javascript"][-1] == {"path": "figure.js", "type": "module"}
    assert settings["theme"]["name"] == "material"
    assert {"plugins", "hooks", "markdown_extensions"}.isdisjoint(settings)
    assert "custom_dir" not in settings["theme"]


def test_pages_keep_what_their_headers_say_to_any_generator(exported):
    _, out = exported
    page = next((out / "docs" / "deep").rglob("*.md")).read_text()
    assert page.startswith("---\ntitle: Plain text\nhide:\n- toc\n---\n\n# ")
    rest = next((out / "docs").rglob("rest*/index.md"), out / "docs" / "rest.md").read_text()
    assert rest.startswith("---\ndescription: The rest.\n---\n\n# ")


def test_a_page_with_a_live_figure_loads_its_script_and_style_sheet(exported):
    _, out = exported
    page = next((out / "docs" / "deep").rglob("*.md"))
    for address in re.findall(r'(?:src|href)="([^"]*figure\.(?:js|css))"', page.read_text()):
        assert (page.parent / address).is_file()
    assert page.read_text().count("figure.js") == page.read_text().count("figure.css") == 1
    assert "figure.js" not in (out / "docs" / "index.md").read_text()


def test_an_export_is_written_in_place_of_an_earlier_one_and_of_nothing_else(exported, tmp_path):
    folder, out = exported
    (out / "docs" / "old.md").write_text("# Old")
    code, said = run(folder, "xordocs.site.export", "out")
    assert code == 0, said
    assert not (out / "docs" / "old.md").exists()
    shutil.copytree(folder / "docs", tmp_path / "docs")
    code, said = run(folder, "xordocs.site.export", str(tmp_path))
    assert code == 1
    assert "must be empty, new or an earlier export" in said
    assert (tmp_path / "docs" / "index.md").read_text() == HOME


def test_a_site_that_fails_is_not_exported(tmp_path):
    build(tmp_path, {"bad.py": "# %%\nraise ValueError('no')\n"})
    code, said = run(tmp_path, "xordocs.site.export", "out")
    assert code == 1
    assert "bad.py:2" in said
    assert not (tmp_path / "out").exists()


def test_a_script_that_is_not_there_is_named(tmp_path):
    code, said = build(tmp_path, {}, options='{export: {"<b": [none.js]}}')
    assert code == 0, said
    code, said = run(tmp_path, "xordocs.site.export", "out", "--strict")
    assert code == 1
    assert "the option `export`: '<b' names none.js, which the site has not" in said
