"""The notebook that a reader takes away, and where it can be opened."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from project import Project
from small_site import build

from xordocs.site.notebooks.export import WheelError, colab_url, wheel


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


CONFIGURATION = """
site_name: Small
theme: {name: material, font: false}
plugins: [xordocs: {package: small}, mkdocs-jupyter: {}]
"""


@pytest.mark.build
def test_build_without_hatchling_ends_in_one_line_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path)
    project.write("mkdocs.yml", CONFIGURATION)
    absent = "raise ModuleNotFoundError(\"No module named 'hatchling'\", name='hatchling')\n"
    project.write("absent/hatchling/__init__.py", absent)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("PYTHONPATH", str(project.root / "absent"), prepend=os.pathsep)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    (line,) = (line for line in done.stderr.splitlines() if line.endswith("pip install hatchling"))
    assert "the option `package`: hatchling" in line


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ("x = [", "Invalid value"),
        ("[project]\nname = 3", "`project.name` must be a string"),
        ("[project]\nname = 'small'\nversion = '1'", "Unable to determine which files to ship"),
    ],
)
def test_project_that_hatchling_cannot_build_is_named_in_one_line(
    tmp_path: Path, metadata: str, reason: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(metadata)
    with pytest.raises(WheelError) as caught:
        wheel(tmp_path, "small[plots]")
    assert str(tmp_path) in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


SMALL = """\
[project]
name = "Small.Project"
version = "1"
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[tool.hatch.build]
include = ["small.py"]
"""


@pytest.mark.build
def test_package_is_this_project_and_its_address_must_be_known(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(SMALL)
    (tmp_path / "small.py").write_text("x = 1\n")
    code, said = build(tmp_path, {"page.py": "1\n"}, options="{package: 'small_project[plots]'}")
    assert code == 0, said
    assert len(list((tmp_path / "site/assets").glob("small_project-1-*.whl"))) == 1
    (line,) = (line for line in said.splitlines() if "do not install" in line)
    assert line.startswith("INFO")
    assert "small_project[plots]" in line
    assert "`site_url`" in line
    assert "%pip" not in (tmp_path / "site/page/page.ipynb").read_text()
    code, said = build(tmp_path, {}, options="{package: nosuch}")
    assert code == 1
    (line,) = (line for line in said.splitlines() if "`package`" in line)
    assert "'Small.Project', got 'nosuch'" in line
