"""What a page's text says of its execution, before anything is executed."""

import json
from pathlib import Path

import nbformat.v4 as notebook
import pytest

from xordocs.site.cache import Memo
from xordocs.site.notebooks import Page

TEXT = "# %% [markdown]\n# A word\n\n# %%\nx = 1\n"


def test_new_code_is_told_once_and_of_python_files_alone(tmp_path: Path) -> None:
    told: list[tuple[Path, str]] = []
    memo = Memo(tmp_path / "texts")

    def read(name: str, text: str) -> None:
        path = tmp_path / name
        path.write_text(text)
        Page.read(name, path, memo, on_new_code=lambda *given: told.append(given))

    other_prose, other_code = TEXT.replace("A word", "Two words"), TEXT.replace("1", "2")
    for text in (TEXT, other_prose, other_code):
        read("page.py", text)
    cells = [notebook.new_code_cell("x = 3")]
    read("page.ipynb", json.dumps(notebook.new_notebook(cells=cells)))
    assert told == [(tmp_path / "page.py", TEXT), (tmp_path / "page.py", other_code)]


@pytest.mark.parametrize(("language", "alike"), [("python", True), ("R", False)])
def test_name_of_a_kernel_counts_unless_it_is_one_of_pythons(
    tmp_path: Path, language: str, alike: bool
) -> None:
    def cells(name: str) -> list[str]:
        path = tmp_path / "page.ipynb"
        kernel = {"name": name, "display_name": name, "language": language}
        made = notebook.new_notebook(
            cells=[notebook.new_code_cell("x", id="x")], metadata={"kernelspec": kernel}
        )
        path.write_text(json.dumps(made))
        return Page.read("page.ipynb", path, Memo(tmp_path / "texts")).cells

    assert (cells("mine") == cells("yours")) is alike


def test_page_without_code_has_no_cells_in_any_language(tmp_path: Path) -> None:
    kernel = {"name": "ir", "display_name": "R", "language": "R"}
    made = notebook.new_notebook(
        cells=[notebook.new_markdown_cell("A word")], metadata={"kernelspec": kernel}
    )
    path = tmp_path / "page.ipynb"
    path.write_text(json.dumps(made))
    assert Page.read("page.ipynb", path, Memo(tmp_path / "texts")).cells == []
