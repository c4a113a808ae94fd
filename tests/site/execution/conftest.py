import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from project import Project

from xordocs.site.execution.forkserver import pool

BUILDER = """
import sys
from pathlib import Path
from xordocs.site.execution import Session
from xordocs.site.notebooks import Page
root = Path(sys.argv[1])
name, fork = sys.argv[2], sys.argv[3] == "True"
with Session(root, root / ".cache", preload=sys.argv[4:], fork=fork) as session:
    session.execute({name: Page.read(name, root / "docs" / name, session.memo)})
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def builder(project: Project) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts builds in processes of their own."""
    started = []

    def start(page: str, *preload: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(project.root), page, str(pool.CAN_FORK), *preload],
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
