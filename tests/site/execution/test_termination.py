"""A build that is asked to end leaves neither processes nor its private folder."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from processes import TELL_PROCESSES, gone, until
from project import Project

from xordocs.site.execution.forkserver import pool

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows ends processes without asking")

BUILDER = """
import signal, sys
from pathlib import Path
from xordocs.site.execution import Session
from xordocs.site.execution.termination import exit_on_signals
from xordocs.site.notebooks import Page
signal.signal(int(sys.argv[3]), signal.SIG_DFL)  # `nohup pytest` has hangups ignored
exit_on_signals()
root, fork = Path(sys.argv[1]), sys.argv[2] == "True"
with Session(root, root / ".cache", fork=fork) as session:
    session.execute({"page.py": Page.read("page.py", root / "docs/page.py", session.memo)})
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_build_that_is_asked_to_end_leaves_nothing(project: Project, name: str) -> None:
    number = signal.Signals[name]
    project.page("page.py", TELL_PROCESSES, "while True: pass")
    with tempfile.TemporaryDirectory() as temporary:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                BUILDER,
                str(project.root),
                str(pool.CAN_FORK),
                str(int(number)),
            ],
            env={**os.environ, "TMPDIR": temporary},
            stderr=subprocess.PIPE,
            text=True,
        )
        until((project.root / "docs/pids").exists)
        assert len(list(Path(temporary).iterdir())) == 1
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (128 + number, "")
        assert list(Path(temporary).iterdir()) == []
    processes = list(map(int, (project.root / "docs/pids").read_text().split()))
    until(lambda: all(map(gone, processes)))


def test_signal_that_is_ignored_stays_ignored() -> None:
    code = """
import os, signal
from xordocs.site.execution.termination import exit_on_signals
signal.signal(signal.SIGHUP, signal.SIG_IGN)
exit_on_signals()
os.kill(os.getpid(), signal.SIGHUP)
print("still here")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "still here\n")
