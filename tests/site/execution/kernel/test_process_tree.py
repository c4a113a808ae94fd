"""Nothing that a page starts outlives it, or its builder, however it hides."""

import os
import subprocess
import sys
from collections.abc import Callable

import psutil
import pytest
from processes import gone, until
from project import Project

from xordocs.site.errors import ExecutionError
from xordocs.site.execution.forkserver import pool
from xordocs.site.execution.kernel.process_tree import descendants, kill_started

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")

START = """
import os, subprocess, sys
from pathlib import Path
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
start = f"subprocess.Popen({sleep}, start_new_session=True, stdout=subprocess.DEVNULL).pid"
command = [sys.executable, "-c", f"import subprocess; print({start})"]
orphan = subprocess.check_output(command, text=True).strip()
bare = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # for Windows
child = subprocess.Popen(sleep, start_new_session=True, env=bare).pid
grouped = subprocess.Popen(sleep, process_group=0, env=bare).pid
Path("pids.tmp").write_text(f"{orphan} {child} {grouped}")
Path("pids.tmp").rename("pids")
"""
"""Starts a process that has lost its parent, one without its environment, and one of each kind."""


def started(project: Project) -> list[int]:
    path = project.root / "docs/pids"
    until(path.exists)
    pids = list(map(int, path.read_text().split()))
    assert len(pids) == 3
    return pids


def test_what_hides_ends_with_its_page(project: Project) -> None:
    project.page("page.py", START)
    with project.session() as session:
        session.execute(project.pages("page.py"))
        pids = started(project)
        until(lambda: all(map(gone, pids)))


@pytest.mark.parametrize("end", ["1 / 0", "os._exit(3)", "os.kill(os.getpid(), 9)"])
def test_what_a_page_starts_ends_also_if_the_page_fails(project: Project, end: str) -> None:
    project.page("page.py", START, end)
    with project.session() as session:
        with pytest.raises(ExecutionError):
            session.execute(project.pages("page.py"))
        pids = started(project)
        if end != "1 / 0" and not pool.CAN_FORK:  # nothing leads there from a kernel that is gone
            psutil.Process(pids[1]).kill()
        until(lambda: all(map(gone, pids)))


def test_what_hides_ends_with_its_builder(
    project: Project, builder: Callable[..., subprocess.Popen[str]]
) -> None:
    project.page("page.py", START, "while True: pass")
    process = builder("page.py")
    pids = started(project)
    assert not any(map(gone, pids))
    process.kill()
    until(lambda: all(map(gone, pids)))


def test_processes_of_others_are_left_alone() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as other:
        try:
            assert other.pid in {process.pid for process in descendants(os.getpid())}
            assert descendants(other.pid) == set()
            kill_started(other.pid, {"IPYTHONDIR": "of no process"}, ())
            assert not gone(other.pid)
        finally:
            other.kill()
