"""Tell, from Python's stack, whose doing it is that a process or a connection begins."""

import ipaddress
import os
import re
import socket
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any, NamedTuple

from xordocs.site.dependencies.source_files import Repository

__all__ = ["EVENTS", "Beginning", "asked_host", "beginning", "is_worker"]

PROCESSES = frozenset(
    {
        *("os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.startfile/2", "os.system"),
        *("os.forkpty", "pty.spawn", "subprocess.Popen", "_winapi.CreateProcess"),
    }
)
"""Audit events of processes that somebody names: whoever is nearest to the event began them."""
WORKERS = frozenset({"os.fork"})
"""Of processes that go on with the page's own code, whichever library divides the work."""
CONNECTIONS = frozenset(
    {
        *("socket.connect", "socket.sendmsg", "socket.sendto"),
        *("socket.getaddrinfo", "socket.gethostbyaddr", "socket.gethostbyname"),
    }
)
EVENTS = PROCESSES | WORKERS | CONNECTIONS | {"socket.bind"}
"""The audit events that `beginning` knows."""

FOR_THEMSELVES = frozenset(
    {
        *("_aix_support", "_osx_support", "ctypes", "getpass", "locale", "platform", "pydoc"),
        *("site", "sysconfig", "uuid", "webbrowser"),
    }
)
"""Modules of the standard library that start processes of their own, not what a caller names."""
GO_BETWEENS = (
    *("IPython.core", "IPython.utils._process_cli", "IPython.utils._process_common"),
    *("IPython.utils._process_posix", "IPython.utils._process_win32", "IPython.utils.process"),
    "ipykernel.zmqshell",
    *("decorator", "fabric", "git", "invoke", "pexpect", "plumbum", "ptyprocess", "sh"),
    "xordocs.site",  # what watches is on the stack, too
)
"""Modules that start what a caller names, such as ``!ls`` and ``%%bash``."""
KERNEL = frozenset({"ipykernel", "zmq"})
"""The packages that call a cell."""
LOOP = frozenset({"tornado"})
"""The package that calls the kernel, or a task that a cell has left to it."""
CELL = re.compile(r"<cell (\d+)>")
"""How the kernel names the code of a cell."""


class Beginning(NamedTuple):
    """A process or a connection that a page's own code, or its author's, has begun.

    Attributes:
        what: What it does, such as ``starts a process (ls)``.
        file: The name of the author's module that did it; None for a cell.
        line: The line in that module or cell; 0 if unknown.
        cell: The number of the cell, as the kernel counts; 0 for code between cells, None for a
            thread or a task that some cell has begun.
    """

    what: str
    file: str | None
    line: int
    cell: int | None


class _Caller(NamedTuple):
    """A part of the stack: what kind of code it is, and where."""

    kind: str
    file: str | None = None
    line: int = 0
    cell: int = 0


def beginning(
    event: str, arguments: tuple[Any, ...], frame: FrameType | None, repository: Repository
) -> Beginning | None:
    """Return what begins at an audit event, if the author's code begins it.

    Args:
        event: One of `EVENTS`.
        arguments: The event's.
        frame: The innermost frame of the stack.
        repository: Knows the author's files.

    Returns:
        None for what an installed package or Python itself does for its own ends (Matplotlib's
        ``fc-list``, ``platform.processor()``), and for what the kernel does.
    """
    callers = list(_callers(frame, repository))
    author = next((caller for caller in callers if caller.kind == "author"), None)
    nearest = callers[0].kind if callers else "nobody"  # a task or a thread that a page has begun
    if event in CONNECTIONS:
        counts = author is not None or not _is_local(event, arguments)
        what = f"opens a connection{_named(_host(event, arguments))}"
    elif event == "socket.bind":
        counts, what = nearest == "author", "opens a socket"
    else:
        divides = event in WORKERS and nearest == "package" and author is not None
        counts = nearest in ("author", "nobody") or divides
        what = f"starts a process{_named(_program(event, arguments))}"
    if not counts or _is_pair(frame):
        return None
    placed = [caller for caller in callers if caller.line and caller.kind == "author"]
    where = next(iter(placed), _Caller("nobody"))
    cell = next((caller.cell for caller in placed if caller.cell), None if author is None else 0)
    return Beginning(what, where.file, where.line, cell)


def asked_host(event: str, arguments: tuple[Any, ...]) -> str:
    """Return the host that an audit event asks for; nothing if it asks for none.

    Args:
        event: One of `EVENTS`.
        arguments: The event's.
    """
    return _host(event, arguments) if event in CONNECTIONS else ""


def is_worker(frame: FrameType | None) -> bool:
    """Whether an ``open`` hands its work to a process that no audit event has told of.

    `multiprocessing`'s and joblib's way to spawn; the pipe to the new process is what can be seen.
    """
    module = str(frame.f_globals.get("__name__", "")) if frame is not None else ""
    return module.rpartition(".")[2] in ("popen_spawn_posix", "popen_loky_posix")


def _callers(frame: FrameType | None, repository: Repository) -> Iterator[_Caller]:
    """Yield who is on the stack, the innermost first, without those who act for their callers."""
    while frame is not None:
        file, module = frame.f_code.co_filename, str(frame.f_globals.get("__name__", ""))
        top = module.partition(".")[0]
        if (cell := CELL.fullmatch(file)) is not None:
            yield _Caller("author", None, frame.f_lineno, int(cell[1]))
        elif _acts_for_its_caller(module):
            pass
        elif file.startswith("<") and module == "__main__":  # such as an inline expression
            yield _Caller("author")
        elif top in LOOP:
            return
        elif top in KERNEL:
            yield _Caller("kernel")
            return
        elif not file.startswith("<") and (name := repository.name(file)) is not None:
            yield _Caller("author", name, frame.f_lineno)
        elif top in FOR_THEMSELVES:
            yield _Caller("own")
        elif top not in sys.stdlib_module_names and not file.startswith("<"):
            yield _Caller("package")
        frame = frame.f_back


def _acts_for_its_caller(module: str) -> bool:
    return f"{module}.".startswith(tuple(f"{name}." for name in GO_BETWEENS))


def _is_pair(frame: FrameType | None) -> bool:
    """Whether the two ends of `socket.socketpair` are being connected, where it needs that."""
    while frame is not None and frame.f_globals.get("__name__") == "socket":
        if frame.f_code.co_name in ("socketpair", "_fallback_socketpair"):
            return True
        frame = frame.f_back
    return False


def _host(event: str, arguments: tuple[Any, ...]) -> str:
    """Return the host that an event names; nothing for a socket of this machine's file system."""
    named = arguments[0]
    if not event.startswith("socket.get"):
        if named.family not in (socket.AF_INET, socket.AF_INET6):
            return ""
        named = arguments[1][0]
    return named.decode(errors="replace") if isinstance(named, bytes) else str(named or "")


def _is_local(event: str, arguments: tuple[Any, ...]) -> bool:
    host = _host(event, arguments)
    if host in ("", "localhost", "localhost.localdomain", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _program(event: str, arguments: tuple[Any, ...]) -> str:
    """Return the program that an event names, without what it is told: that may be secret."""
    command: Any = ""
    if event == "subprocess.Popen":
        executable, command = arguments[:2]
        if isinstance(command, (list, tuple)) and command:
            is_shell = len(command) > 2 and command[1] == "-c" and str(command[0]).endswith("sh")
            command = command[2] if is_shell else [command[0]]
        command = command or executable
    elif event == "os.spawn":
        command = arguments[1]
    elif arguments:
        command = arguments[0]
    if isinstance(command, (list, tuple)):
        name = os.fsdecode(command[0]) if command else ""
    else:
        name = (os.fsdecode(command).split() or [""])[0] if command else ""
    return re.split(r"[/\\]", name)[-1][:40]


def _named(name: str) -> str:
    return f" ({name})" if name else ""
