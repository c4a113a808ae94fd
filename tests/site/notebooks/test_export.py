import os
import subprocess
import sys
from pathlib import Path

import pytest
from project import Project

from xordocs.site.notebooks.export import WheelError, wheel

CONFIGURATION = """
site_name: Small
theme: {name: material, font: false}
plugins: [xordocs: {package: small}]
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
        wheel(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
