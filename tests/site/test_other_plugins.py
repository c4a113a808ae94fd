"""Beside plugins that generate pages or move them: hooks stand in for some that do."""

import json

import pytest
from bs4 import BeautifulSoup
from small_site import build

pytestmark = pytest.mark.build

HOOKS = '''
import json
import tempfile
from pathlib import Path

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

PAGE = "# %%\\nprint('this is ' + {name!r}, 6 * 7)\\n"
READING = PAGE + "print(open('data.txt').read())\\n"
NOTEBOOK = {{"cells": [], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}


def on_files(files, config):
    """Generate pages and what one of them reads, as mkdocs-gen-files does and in memory."""
    folder = Path(tempfile.mkdtemp(), "made")
    folder.mkdir()
    for name, text in {{"g.py": READING.format(name="generated"), "data.txt": {data!r}}}.items():
        Path(folder, name).write_text(text)
        files.append(File.generated(config, f"made/{{name}}", abs_src_path=str(folder / name)))
    files.append(File.generated(config, "memory.py", content=PAGE.format(name="in memory")))
    files.append(File.generated(config, "empty.ipynb", content=json.dumps(NOTEBOOK)))
    files.append(File.generated(config, "plain.md", content="# Plain\\n\\n[page](made/g.py)"))
    return files


def _move(files, config):
    """Give a page another place, as mkdocs-static-i18n does after all plugins but ours."""
    moved = File("a.py", config.docs_dir, config.site_dir, True, dest_uri="fr/a/index.html")
    files.remove(files.get_file_from_path("a.py"))
    files.append(moved)
    return files


def on_config(config):
    config.plugins._register_event("files", event_priority(-100)(_move))
'''


def article(folder, address):
    html = (folder / "site" / address / "index.html").read_text()
    return BeautifulSoup(html, "html.parser").article.get_text()


def test_generated_notebooks_are_pages_and_depend_on_what_was_generated(tmp_path):
    pages = {"a.py": "# %%\nprint('this is ' + 'moved', 6 * 7)\n"}
    settings = "hooks: [hooks.py]\n"
    for data in ("first data", "second data"):
        (tmp_path / "hooks.py").write_text(HOOKS.format(data=data, name="{name}"))
        code, said = build(tmp_path, pages, settings)
        assert code == 0, said
        assert "this is generated 42" in article(tmp_path, "made/g")
        assert data in article(tmp_path, "made/g")
    assert "memory.py: unchanged" in said
    assert "this is in memory 42" in article(tmp_path, "memory")
    assert "this is moved 42" in article(tmp_path, "fr/a")
    assert (tmp_path / "site/fr/a/a.ipynb").exists()
    assert not (tmp_path / "site/a").exists()
    assert json.loads((tmp_path / "site/empty/empty.ipynb").read_text())["cells"] == []
    plain = BeautifulSoup((tmp_path / "site/plain/index.html").read_text(), "html.parser")
    assert plain.article.select_one("p a")["href"] == "../made/g/"
    index = json.loads((tmp_path / "site/search/search_index.json").read_text())["docs"]
    assert {"made/g/", "memory/", "fr/a/"} <= {entry["location"] for entry in index}
