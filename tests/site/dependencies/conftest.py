import os
from pathlib import Path

import pytest
from project import Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose root and ``site-packages`` its pages can import from."""
    folders = [str(tmp_path), str(tmp_path / "site-packages")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(folders), prepend=os.pathsep)
    for folder in folders:
        monkeypatch.syspath_prepend(folder)
    return Project(tmp_path)
