"""Kill what a kernel has started, where no fork server does it."""

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import NoReturn

import psutil

__all__ = ["descendants", "end_with", "kill_started"]

MARK = "IPYTHONDIR"
"""The environment variable that has another value in each kernel, and that its children inherit."""

POLL_SECONDS = 1.0
"""How long a kernel may outlive its builder."""


def descendants(kernel: int) -> set[psutil.Process]:
    """Return a kernel's children and theirs, without those whose own parent has ended.

    Args:
        kernel: Its process id.
    """
    with contextlib.suppress(psutil.Error):  # it has ended
        return set(psutil.Process(kernel).children(recursive=True))
    return set()


def kill_started(
    kernel: int, environment: Mapping[str, str], known: Iterable[psutil.Process]
) -> None:
    """Kill what a kernel has started, but for this process.

    Neither a new session nor the end of its parent hides a process that has kept its environment.

    Args:
        kernel: The kernel's process id; on POSIX systems that of its session, too.
        environment: What it was started with.
        known: Its `descendants`, as long as it lived.
    """
    mark = environment[MARK]
    found, killed = {*known, *_started(kernel, mark)}, set[psutil.Process]()
    while found:
        for process in found:
            with contextlib.suppress(psutil.Error):  # it has ended
                process.kill()
        killed |= found
        found = set(_started(kernel, mark)) - killed  # what they have started meanwhile


def end_with(builder: int, environment: Mapping[str, str]) -> NoReturn:
    """End this process, a kernel, and what it has started, once its builder has ended.

    Args:
        builder: The builder's process id; on Windows an open handle of it.
        environment: What this process was started with.
    """
    if sys.platform == "win32":
        import _winapi

        _winapi.WaitForSingleObject(builder, _winapi.INFINITE)
    elif os.getppid() == builder:
        while os.getppid() == builder:  # psutil would wait for somebody to notice its end
            time.sleep(POLL_SECONDS)
    else:  # a program stands between the two, or it has ended already
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(builder).wait()
    kernel = os.getpid()
    kill_started(kernel, environment, descendants(kernel))
    os._exit(1)


def _started(kernel: int, mark: str) -> Iterator[psutil.Process]:
    """Yield the processes in a kernel's session, and those whose environment has its mark."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):  # it has ended, or is another user's
            if process.pid != os.getpid() and (
                _session(process.pid) == kernel or process.environ().get(MARK) == mark
            ):
                yield process


def _session(pid: int) -> int | None:
    return os.getsid(pid) if hasattr(os, "getsid") else None  # Windows has none
