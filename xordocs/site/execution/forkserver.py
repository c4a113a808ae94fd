"""The process that page kernels are forked from: it has imported what is slow to import.

Started as ``python -P -m xordocs.site.execution.forkserver SOCKET ROOT MODULE...``, it imports the
modules, says so, and from then on forks for each request: a kernel, or another such process that
imports more. It runs no code of any page, holds no module of the repository, and starts no threads
of its own that live across a fork.

Each request brings a link, a socket of the child's own: signal numbers come in on it, the exit
status goes out on it, and when the other end closes it the child and its children are killed.
When the builder ends, however it ends, the kernel closes all its sockets; then so does all this.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import selectors
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from xordocs.site.cache.source_files import Repository, forget_modules
from xordocs.site.execution import kernel

__all__ = ["main"]

LONGEST_REQUEST = 1 << 20  # all of a page's environment is in it
PATIENCE = 5.0
"""How many seconds a process that hears of the builder's end may take to end what it started."""
_SET_PARENT_DEATH_SIGNAL, _SET_CHILD_SUBREAPER = 1, 36  # PR_… of <linux/prctl.h>


def main(socket_number: int, root: str, *modules: str) -> None:
    """Import the modules, then fork for each request until the builder hangs up.

    Args:
        socket_number: The file descriptor of the socket that requests come from.
        root: The repository's folder.
        modules: What kernels are to find imported already.
    """
    builder = socket.socket(fileno=socket_number)
    _adopt()
    gc.disable()  # an import makes much and throws little away; collecting takes a sixth of it
    with _dying_with(builder):
        for module in modules:
            with contextlib.suppress(ImportError):  # the page that imports it says so better
                importlib.import_module(module)
    forget_modules(Repository(root))
    imported = {name.partition(".")[0] for name in sys.modules.copy()} - sys.stdlib_module_names
    builder.send(json.dumps(sorted(imported)).encode())
    gc.collect()
    gc.freeze()  # no collection in a kernel goes through all this again, and copies its memory
    gc.enable()
    _Zygote(builder, root).serve()


class _Zygote:
    def __init__(self, builder: socket.socket, root: str) -> None:
        self._builder = builder
        self._root = root
        self._children: dict[int, socket.socket] = {}
        self._processes: dict[int, int] = {}
        self._hearing: set[int] = set()  # those that hear of the builder's end themselves
        self._ears = selectors.DefaultSelector()
        self._ears.register(builder, selectors.EVENT_READ, self._hear_builder)

    def serve(self) -> None:
        while True:
            for key, _ in self._ears.select():
                key.data()

    def _hear_builder(self) -> None:
        message, descriptors, _, _ = socket.recv_fds(self._builder, LONGEST_REQUEST, 2)
        if not message:
            for pid, process in self._processes.items():
                if pid not in self._hearing or not select.select([process], [], [], PATIENCE)[0]:
                    _kill_group(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            self._end_strays()
            os._exit(0)
        request = json.loads(message)
        link = socket.socket(fileno=descriptors[0])
        pid = os.fork()
        if pid == 0:
            self._builder.close()
            self._ears.close()
            for other in (link, *self._children.values()):
                other.close()
            if "modules" in request:
                _become(lambda: main(descriptors[1], self._root, *request["modules"]), request)
            _become(lambda: _be_kernel(self._root, request), request)
        for descriptor in descriptors[1:]:
            os.close(descriptor)
        self._children[pid] = link
        self._processes[pid] = process = os.pidfd_open(pid)  # readable when the child has ended
        if "modules" in request:
            self._hearing.add(pid)
        self._ears.register(link, selectors.EVENT_READ, lambda: self._hear_link(pid, link))
        self._ears.register(process, selectors.EVENT_READ, lambda: self._hear_end(pid, process))

    def _hear_link(self, pid: int, link: socket.socket) -> None:
        try:
            message = link.recv(1)
        except OSError:
            message = b""
        if not message:
            self._ears.unregister(link)
        _kill_group(pid, message[0] if message else signal.SIGKILL)

    def _hear_end(self, pid: int, process: int) -> None:
        self._ears.unregister(process)
        os.close(self._processes.pop(pid))
        self._hearing.discard(pid)
        _kill_group(pid, signal.SIGKILL)  # what the page started and left behind
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self._end_strays()
        link = self._children.pop(pid)
        with contextlib.suppress(KeyError):
            self._ears.unregister(link)
        with contextlib.suppress(OSError):  # nobody waits for it
            link.send(str(status).encode())
        link.close()

    def _end_strays(self) -> None:
        """End what a page has put into a group of its own: its kernel gone, it has become ours."""
        while strays := _children() - self._processes.keys():
            for pid in strays:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _adopt() -> None:
    """Become the parent of every descendant whose own parent has ended."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)


def _children() -> set[int]:
    with contextlib.suppress(OSError):  # some systems do without this file
        return set(map(int, Path("/proc/thread-self/children").read_text().split()))
    return set()


def _become(run: Callable[[], None], request: dict[str, Any]) -> NoReturn:
    """Turn this process, a fresh fork, into something else, and end with it."""
    status = 1
    try:
        zygote = os.getppid()
        os.setsid()  # its own group: what the page starts is killed with it
        _adopt()
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != zygote:  # it died before the line above
            os._exit(1)
        log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        run()
        status = 0
    except BaseException:  # it goes to the log, which the builder quotes
        traceback.print_exc()
    finally:
        os._exit(status)


def _be_kernel(root: str, request: dict[str, Any]) -> None:
    os.chdir(request["folder"])
    for name in set(os.environ) - set(request["environment"]):
        del os.environ[name]
    os.environ.update(request["environment"])
    tempfile.tempdir = None  # TMPDIR is another one now
    kernel.run(request["connection"], root, request["record"])


def _kill_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:  # so young that it leads no group yet
        os.kill(pid, number)


@contextlib.contextmanager
def _dying_with(builder: socket.socket) -> Iterator[None]:
    """End this process if the builder does, also in the middle of a long import."""
    stop, stopped = socket.socketpair()

    def watch() -> None:
        ears = select.poll()
        ears.register(builder, select.POLLRDHUP)  # requests may wait for their turn
        ears.register(stopped, select.POLLIN | select.POLLRDHUP)
        if builder.fileno() in (number for number, _ in ears.poll()):
            os._exit(1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        stop.close()
        watcher.join()
        stopped.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
