import functools
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from project import Project

from xordocs.site.execution import plan
from xordocs.site.notebooks import Page
from xordocs.site.notebooks.options import PageOptions


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose root and ``site-packages`` its pages can import from."""
    folders = [str(tmp_path), str(tmp_path / "site-packages")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(folders), prepend=os.pathsep)
    for folder in folders:
        monkeypatch.syspath_prepend(folder)
    return Project(tmp_path)


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Declares the inputs of all pages, as their headers would."""

    def declare(*inputs: str) -> None:
        options = PageOptions(depends=inputs)
        monkeypatch.setattr(plan, "Page", functools.partial(Page, options=options))

    return declare
