from pathlib import Path

import nbformat.v4 as notebook
import pytest

from xordocs.site.notebooks import source
from xordocs.site.notebooks.formats.header import (
    front_matter,
    is_markdown_notebook,
    read_header,
)

KERNEL = "kernelspec: {name: python3, display_name: P, language: python}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# ---\n# title: A\n# ---\n", {"title": "A"}),
        ("#!/bin/x\n# coding: utf-8\n# ---\n# title: A\n# ---\n", {"title": "A"}),
        ("#---\n#title: A\n#---\n", {"title": "A"}),
        ("# ---\n# ---\n", {}),
        ("# ---\n# only text\n# ---\n", {}),
        ("# ---\n# title: A\nx = 1\n# ---\n", {}),
        ("x = 1\n# ---\n# title: A\n# ---\n", {}),
        ("# %%\n# ---\n# title: A\n# ---\n", {}),
    ],
)
def test_header_stands_at_the_head_of_the_file(text: str, found: dict[str, str]) -> None:
    assert read_header(text, "#") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"---\njupyter:\n  {KERNEL}\n---\n", True),
        (f"---\ntitle: A\n{KERNEL}\n---\n", True),
        ("---\nkernelspec:\n  name: python3\n---\n", True),
        ("---\nfile_format: mystnb\n---\n", True),
        ("---\nkernelspec:\n  name: ir\n---\n", True),
        ("---\nkernelspec: {name: ir, language: R}\n---\n", True),
        ("---\nkernelspec: python\n---\n", True),  # to be told what it should have there
        ("---\nkernelspec:\n---\n", False),
        ("---\ntitle: A\n---\n", False),
        ("---\ntitle: [\n---\n", False),
        (f"# Prose\n\n---\n{KERNEL}\n---\n", False),
        ("", False),
    ],
)
def test_markdown_is_a_notebook_by_its_header(text: str, found: bool) -> None:
    assert is_markdown_notebook(text) is found


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("raw", "---\ntitle: A\n---", {"title": "A"}),
        ("raw", "title: A", {}),
        ("raw", "---\ntitle: A", {}),
        ("markdown", "---\ntitle: A\n---", {}),
    ],
)
def test_front_matter_of_a_notebook_is_its_first_raw_cell(
    kind: str, text: str, found: dict[str, str]
) -> None:
    cells = [getattr(notebook, f"new_{kind}_cell")(text), notebook.new_raw_cell("---\nb: 1\n---")]
    assert front_matter(notebook.new_notebook(cells=cells)) == found


def test_front_matter_of_every_format_is_the_pages() -> None:
    about = "---\ntitle: A\nhide: [toc]\n"
    for name, text in {
        "a.py": "".join(f"# {line}\n" for line in f"{about}---".splitlines()),
        "a.md": f"{about}jupyter:\n  {KERNEL}\n---\n\n# B\n",
        "b.md": f"{about}{KERNEL}\n---\n\n```{{code-cell}}\n1\n```\n",
    }.items():
        page = source.parse(text, Path(name)).notebook
        assert front_matter(page) == {"title": "A", "hide": ["toc"]}, name
