"""Pages are read, or refused by name."""

import pytest
from bs4 import BeautifulSoup
from small_site import build


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
