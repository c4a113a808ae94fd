"""Every text format is read as Jupytext reads it, and each cell's line is the author's line."""

from pathlib import Path

import jupytext
import pytest

from xordocs.site.errors import PageError
from xordocs.site.notebooks import source

LIGHT = """\
# # Title
#
# Some prose.

# +
x = 1
# -

# More prose.

print(x)


# + tags=["remove-input"]

# %time y
x = 1

# + [markdown]
# Set off.
#
# Twice.
# -

def function():

    return 1
"""
PERCENT = """\
#!/usr/bin/env python
# -*- coding: utf-8 -*-
# ---
# title: A title
# jupyter:
#   kernelspec:
#     name: conda-env
# ---

# %% [markdown]
# # Title
#
# Prose

# %%


x = 1
# %time x
# %% Named
same = 1
# %% tags=["a"]
same = 1
\ttabbed = 1
# %% [markdown]
\"\"\"
Quoted
prose
\"\"\"

# %% [raw]
# raw
# %%
"""
HYDROGEN = "# %%\n%time x\n!ls\n\n# %%\n%%bash\necho 1\n"
SPHINX = '''\
"""
Title
=====
"""

x = 1

####################
# Text
# more

y = 2

####################
# Last
'''
PLAIN = '"""A module."""\n\nimport os\n\n\ndef f():\n    # a comment\n    return os\n\n\nf()\n'
MARKDOWN = """\
---
title: A title
jupyter:
  jupytext:
    text_representation:
      extension: .md
      format_name: markdown
  kernelspec:
    language: python
    name: python3
---

# Title

```python tags=["a"]
x = 1

x
```

Text
with two lines

```text
no cell
```

```python
x = 1
```

<!-- #raw -->
raw
<!-- #endraw -->
"""
MYST = """\
---
title: A title
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
---


# Title

```{code-cell} ipython3
:tags: [remove-input, x]

x = 1
```

+++ {"a": 1}

Text

```{code-cell} ipython3
---
x: 1
---
x: 1
```

````{code-cell}
'''
```
'''
````

```{code-cell}
x: 1
```
"""


def places(text, suffix):
    """The kind, the line and the first line of text of each cell with some."""
    page = source.parse(text, Path(f"page{suffix}"))
    return [
        (cell.cell_type, page.line(i), cell.source.strip().partition("\n")[0])
        for i, cell in enumerate(page.notebook.cells)
        if cell.source.strip()
    ]


COUNTED = {
    "light": (LIGHT, ".py", [
        ("markdown", 1, "# Title"), ("code", 6, "x = 1"), ("markdown", 9, "More prose."),
        ("code", 11, "print(x)"), ("code", 15, "%time y"), ("markdown", 20, "Set off."),
        ("code", 25, "def function():"),
    ]),
    "percent": (PERCENT, ".py", [
        ("raw", 1, "---"), ("markdown", 11, "# Title"), ("code", 16, "x = 1"),
        ("code", 21, "same = 1"),
        ("code", 23, "same = 1"), ("markdown", 27, "Quoted"), ("raw", 32, "raw"),
    ]),
    "hydrogen": (HYDROGEN, ".py", [("code", 2, "%time x"), ("code", 6, "%%bash")]),
    "sphinx": (SPHINX, ".py", [
        ("code", 1, "%matplotlib inline"), ("markdown", 2, "Title"), ("code", 6, "x = 1"),
        ("markdown", 9, "Text"), ("code", 12, "y = 2"), ("markdown", 15, "Last"),
    ]),
    "plain": (PLAIN, ".py", [
        ("code", 1, '"""A module."""'), ("code", 3, "import os"), ("code", 6, "def f():"),
        ("code", 11, "f()"),
    ]),
    "markdown": (MARKDOWN, ".md", [
        ("raw", 1, "---"), ("markdown", 13, "# Title"), ("code", 16, "x = 1"),
        ("markdown", 21, "Text"), ("code", 29, "x = 1"),
        ("raw", 33, "raw"),
    ]),
    "myst": (MYST, ".md", [
        ("raw", 1, "---"), ("markdown", 13, "# Title"), ("code", 18, "x = 1"),
        ("markdown", 23, "Text"), ("code", 29, "x: 1"), ("code", 33, "'''"), ("code", 39, "x: 1"),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_lines_are_those_that_an_author_counts(name: str) -> None:
    text, suffix, expected = COUNTED[name]
    assert places(text, suffix) == expected


@pytest.mark.parametrize("name", sorted(COUNTED.keys() - {"sphinx"}))
def test_line_of_a_cell_is_that_of_its_text_in_the_file(name: str) -> None:
    text, suffix, _ = COUNTED[name]
    lines = text.splitlines()
    for kind, line, first in places(text, suffix):
        if (kind, line) != ("raw", 1):
            near = "".join(lines[line - 1 : line + 2])  # after blank lines at the cell's beginning
            assert first in near


@pytest.mark.parametrize("name", COUNTED)
def test_cells_are_those_of_jupytext(name: str) -> None:
    text, suffix, _ = COUNTED[name]
    theirs = jupytext.reads(
        text.replace("name: conda-env", "{name: c, display_name: c}").replace(
            "kernelspec:\n#     {", "kernelspec: {"
        ).replace("    language: python\n", "    language: python\n    display_name: P\n"),
        fmt=suffix.removeprefix("."),
    )  # fmt: skip
    ours = source.parse(text, Path(f"page{suffix}")).notebook
    first = 1 if name == "myst" else 0  # the front matter, which Jupytext has elsewhere
    assert [(cell.cell_type, cell.source) for cell in ours.cells[first:]] == [
        (cell.cell_type, cell.source) for cell in theirs.cells
    ]


@pytest.mark.parametrize("name", COUNTED)
def test_byte_order_mark_and_line_ends_of_windows_change_nothing(name: str, tmp_path: Path) -> None:
    text, suffix, _ = COUNTED[name]
    path = tmp_path / f"page{suffix}"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert source.read_text(path) == text


def test_form_feed_is_no_line_end_for_an_editor() -> None:
    assert places("# %%\nx = 1\n\x0c\n# %%\ny = 1\n", ".py")[-1] == ("code", 5, "y = 1")


def test_format_that_the_header_names_wins_over_markers() -> None:
    header = "# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n"
    header += "#       extension: .py\n#       format_name: light\n# ---\n\n"
    cells = source.parse(f"{header}# %% [markdown]\n# Text\n", Path("page.py")).notebook.cells
    assert [cell.source for cell in cells] == ["%% [markdown]\nText"]


def test_magics_line_that_jupytext_adds_does_not_count() -> None:
    header = "---\njupyter:\n  kernelspec: {name: python3, language: python}\n---\n\n"
    assert places(f"{header}```bash\necho 1\n```\n", ".md") == [("code", 6, "%%bash")]
    page = source.parse(f"{header}```bash\necho 1\n```\n", Path("page.md"))
    assert page.line(0, 2) == 7, "the line of the command"


@pytest.mark.parametrize(
    ("marker", "tags"),
    [
        ('tags="remove-input"', ["remove-input"]),
        ('tags="a, b"', ["a", "b"]),
        ('tags=["a", "a"]', ["a"]),
        ("tags=[]", []),
    ],
)
def test_tags_in_one_text_are_understood(marker: str, tags: list[str]) -> None:
    cells = source.parse(f"# %% {marker}\n1\n", Path("page.py")).notebook.cells
    assert cells[0].metadata.get("tags") == tags


@pytest.mark.parametrize(
    "options", [":tags: remove-input", "---\ntags: remove-input\n---", ":x: 1\n:tags: remove-input"]
)
def test_tags_of_myst_in_one_text_are_understood(options: str) -> None:
    page = f"{MYST}\n```{{code-cell}}\n{options}\n\n1\n```\n"
    cells = source.parse(page, Path("page.md")).notebook.cells
    assert cells[-1].metadata.tags == ["remove-input"]


@pytest.mark.parametrize(
    "kernel",
    ["name: conda-env", "display_name: Mine", "name: python3\n#     language: python"],
)
def test_kernel_that_is_named_in_part_is_completed(kernel: str) -> None:
    header = f"# ---\n# title: A title\n# jupyter:\n#   kernelspec:\n#     {kernel}\n# ---\n\n"
    page = source.parse(f"{header}# %%\nx = 1\n", Path("page.py"))
    assert page.notebook.metadata.kernelspec.name == "python3"
    assert page.notebook.cells[0].source == "---\ntitle: A title\n---"
    assert page.line(1) == header.count("\n") + 2


def commented(header: str) -> str:
    return "".join(f"# {line}\n" for line in ["---", *header.splitlines(), "---"]) + "# %%\n1\n"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (commented("title: [A"), 2, "no YAML"),
        (commented("title: A\ntags: a: b"), 3, "no YAML"),
        (commented("jupyter:\n  kernelspec: [1]"), 1, "kernel"),
        (commented("jupyter: 3"), 1, "mapping under `jupyter` in its header, got 3"),
        (commented("jupyter:\n  jupytext: x"), 1, "`jupytext`|does not understand"),
        ("# -*- coding: latin-1 -*-\n# %%\n1\n", 1, "utf-8"),
        ("# %% tags=3\n1\n", 1, "tags .* got 3"),
        (commented("jupyter:\n  kernelspec:\n    name: x") + "\n# %% tags=3\n", 9, "got 3"),
    ],
)
def test_header_that_cannot_be_read_is_told_in_one_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(PageError, match=reason) as caught:
        source.parse(text, Path("page.py"))
    assert caught.value.line == line
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n\n", "# ---\n", "# ---\n# title: x\n", "#!\n", "# %%"])
def test_file_with_hardly_anything_in_it_is_a_page(text: str) -> None:
    assert source.code_cells(source.parse(text, Path("page.py")).notebook) == []


def test_bad_options_of_a_myst_cell_are_told_with_their_line() -> None:
    with pytest.raises(PageError, match="YAML") as caught:
        source.parse(f"{MYST}\n```{{code-cell}}\n:tags: [a\n\n1\n```\n", Path("page.md"))
    assert caught.value.line == MYST.count("\n") + 2


def test_header_in_a_comment_is_read_as_one() -> None:
    header = "<!--\n\n---\njupyter:\n  xordocs: {timeout: 3}\n  kernelspec:\n"
    header += "    display_name: P\n    language: python\n    name: python3\n---\n\n-->\n\n"
    page = source.parse(f"{header}# Title\n\n```python\n1\n```\n", Path("page.md"))
    assert [cell.source for cell in page.notebook.cells] == ["# Title", "1"]
    assert page.options == {"timeout": 3}
    assert page.line(1) == header.count("\n") + 4
