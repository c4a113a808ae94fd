"""The notebook that a reader takes away, and where it can be opened."""

import json

import pytest
from bs4 import BeautifulSoup
from small_site import build

from xordocs.site.notebooks import colab_url


def test_the_executed_notebook_lies_beside_its_page(built):
    executed = json.loads((built / "lesson/lesson.ipynb").read_text())
    codes = [cell for cell in executed["cells"] if cell["cell_type"] == "code"]
    assert codes[0]["outputs"][0]["text"][0] == "first\n"
    assert [cell["id"] for cell in executed["cells"][:2]] == ["cell-1", "cell-2"]
    assert executed["cells"][2]["metadata"] == {}


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


@pytest.mark.build
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
