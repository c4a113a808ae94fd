"""What tests of processes share: a page that names its own, and waiting for their ends."""

import time
from collections.abc import Callable

import psutil

TELL_PROCESSES = """
import os, subprocess, sys
from pathlib import Path
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
Path("pids.tmp").write_text(f"{os.getpid()} {os.getppid()} {child.pid}")
Path("pids.tmp").rename("pids")
"""


def until(condition: Callable[[], object]) -> None:
    """Wait for something to become so."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it never came to pass"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
