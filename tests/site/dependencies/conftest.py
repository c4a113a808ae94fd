import json
import os
from collections.abc import Callable
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


@pytest.fixture
def declare(project: Project) -> Callable[..., None]:
    """Declares the inputs of the page ``page.py`` in its header."""
    path = project.root / "docs/page.py"

    def declare(*inputs: str) -> None:
        header = f"# ---\n# xordocs: {{depends: {json.dumps(inputs)}}}\n# ---\n\n"
        path.write_text(header + "# %%" + path.read_text().partition("# %%")[2])

    return declare
