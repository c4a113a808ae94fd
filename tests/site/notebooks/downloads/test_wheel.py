"""The wheel of a site's own project."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from project import Project
from small_site import build

from xordocs.site.notebooks import Wheel, WheelError, wheel

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


def test_wheel_is_built_again_when_a_file_of_the_project_changes(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(SMALL)
    (tmp_path / "small.py").write_text("x = 1\n")
    built = wheel(tmp_path, "small_project")
    assert built.name == "small_project-1-py2.py3-none-any.whl"
    assert wheel(tmp_path, "Small.Project [plots]") is built
    (tmp_path / "small.py").write_text("x = 2\n")
    os.utime(tmp_path / "small.py", ns=(1, 1))
    with zipfile.ZipFile(io.BytesIO(wheel(tmp_path, "small_project").content)) as files:
        assert files.read("small.py") == b"x = 2\n"


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


@pytest.mark.parametrize(
    ("metadata", "versions"), [("Requires-Python: <3.14,>=3.11\n", ">=3.11,<3.14"), ("", "")]
)
def test_a_wheel_says_what_python_it_needs(metadata: str, versions: str) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as files:
        files.writestr("small-1.dist-info/METADATA", f"Metadata-Version: 2.4\n{metadata}\nText\n")
    assert Wheel("small-1-py3-none-any.whl", content.getvalue()).requires_python == versions
