"""Pages are read, or refused by name."""

import pytest
from bs4 import BeautifulSoup
from small_site import build

from xordocs.site.notebooks import line_of


def test_a_passage_is_found_by_its_words_in_prose_that_is_commented_out_or_quoted():
    text = "# One line.\n# > Two words\n# > here, two  words there.\n"
    assert line_of(text, "One line") == 1
    assert line_of(text, "two words\nthere") == 3
    assert line_of(text, "words here,") == 2
    assert line_of(text, "no such words") is None


@pytest.mark.build
@pytest.mark.parametrize(
    ("name", "content", "line", "complaint"),
    [
        ("page.py", "# %%\n'café'".encode("latin-1"), 2, "must be UTF-8, got byte 0xe9 at 9"),
        ("page.ipynb", "# Page", 1, "is no notebook: "),
        ("page.ipynb", '{"cells": 3}', 1, "is no notebook: "),
    ],
)
def test_a_page_that_cannot_be_read_is_named(tmp_path, name, content, line, complaint):
    code, said = build(tmp_path, {name: content})
    assert code != 0
    assert f"docs/{name}:{line}: the page {complaint}" in said
    assert "Traceback" not in said


@pytest.mark.build
def test_a_byte_order_mark_is_no_part_of_a_page(tmp_path):
    page = "\ufeff# %% [markdown]\n# # Marked\n\n# %%\nprint('well')\n"
    code, said = build(tmp_path, {"page.py": page})
    assert code == 0, said
    html = (tmp_path / "site/page/index.html").read_text()
    assert BeautifulSoup(html, "html.parser").article.h1.text.startswith("Marked")


@pytest.mark.build
def test_pages_that_cannot_be_are_told_together_and_nothing_of_them_is_executed(tmp_path):
    never = "# %%\nopen('executed', 'w')\n"
    pages = {
        "a.py": never,
        "a.ipynb": '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}',
        "b.py": "# %%\n1\n# %% tags=3\n2\n",
        "c.py": "# ---\n# title: [\n# ---\n",
        "d.ipynb": "",
        "e.py": "# ---\n# xordocs:\n#   timeout: 0\n# ---\n",
        "f.py/inner.md": "# Inner",
        "g.py": "",
    }
    code, said = build(tmp_path, pages)
    assert code != 0
    for told in (
        "docs/a.py:1: the page has the address 'a/' of a.ipynb, too",
        "docs/a.ipynb:1: the page has the address 'a/' of a.py, too",
        "docs/b.py:3: the page must have a list of texts as the tags of a cell, got 3",
        "docs/c.py:2: the page has a header that is no YAML",
        "docs/d.ipynb:1: the page is no notebook: the file is empty",
        "docs/e.py:3: the page has `xordocs` in its header: timeout",
    ):
        assert f"\n{told}" in said
    assert "Traceback" not in said
    assert "docs/g.py" not in said
    assert list(tmp_path.rglob("executed")) == []
