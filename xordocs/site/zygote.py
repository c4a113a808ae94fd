"""The process that page kernels are forked from: it has imported what is slow to import.

Started as ``python -P -m xordocs.site.zygote SOCKET ROOT MODULE...``, it imports the modules, says
so, and from then on forks a kernel for each request. It runs no code of any page, holds no module
of the repository, and starts no threads of its own that live across a fork.

Each request brings a link, a socket of the kernel's own: signal numbers come in on it, the exit
status goes out on it, and when the other end closes it the kernel and its children are killed.
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
from collections.abc import Iterator
from typing import Any, NoReturn

from xordocs.site import kernel
from xordocs.site.repository import Repository, forget_modules

__all__ = ["main"]

LONGEST_REQUEST = 65536
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>


def main(socket_number: int, root: str, *modules: str) -> None:
    """Import the modules, then fork a kernel for each request until the builder hangs up.

    Args:
        socket_number: The file descriptor of the socket that requests come from.
        root: The repository's folder.
        modules: What kernels are to find imported already.
    """
    builder = socket.socket(fileno=socket_number)
    with _dying_with(builder):
        for module in modules:
            with contextlib.suppress(ImportError):  # the page that imports it says so better
                importlib.import_module(module)
    forget_modules(Repository(root))
    imported = {name.partition(".")[0] for name in sys.modules.copy()} - sys.stdlib_module_names
    builder.send(json.dumps(sorted(imported)).encode())
    gc.collect()
    gc.freeze()  # no collection in a kernel goes through all this again, and copies its memory
    _Zygote(builder, root).serve()


class _Zygote:
    def __init__(self, builder: socket.socket, root: str) -> None:
        self._builder = builder
        self._root = root
        self._kernels: dict[int, socket.socket] = {}
        self._ears = selectors.DefaultSelector()
        self._ears.register(builder, selectors.EVENT_READ, self._hear_builder)

    def serve(self) -> None:
        while True:
            for key, _ in self._ears.select():
                key.data()

    def _hear_builder(self) -> None:
        request, descriptors, _, _ = socket.recv_fds(self._builder, LONGEST_REQUEST, 1)
        if not request:
            for pid in self._kernels:
                _kill_group(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            os._exit(0)
        link = socket.socket(fileno=descriptors[0])
        pid = os.fork()
        if pid == 0:
            self._builder.close()
            self._ears.close()
            for other in (link, *self._kernels.values()):
                other.close()
            _become_kernel(self._root, json.loads(request))
        self._kernels[pid] = link
        process = os.pidfd_open(pid)  # readable when the kernel has ended
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
        os.close(process)
        _kill_group(pid, signal.SIGKILL)  # what the page started and left behind
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        link = self._kernels.pop(pid)
        with contextlib.suppress(KeyError):
            self._ears.unregister(link)
        with contextlib.suppress(OSError):  # nobody waits for it
            link.send(str(status).encode())
        link.close()


def _become_kernel(root: str, request: dict[str, Any]) -> NoReturn:
    """Turn this process, a fresh fork, into a kernel, and end with it."""
    status = 1
    try:
        zygote = os.getppid()
        os.setsid()  # its own group: what the page starts is killed with it
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != zygote:  # it died before the line above
            os._exit(1)
        log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.chdir(request["folder"])
        for name in set(os.environ) - set(request["environment"]):
            del os.environ[name]
        os.environ.update(request["environment"])
        tempfile.tempdir = None  # TMPDIR is another one now
        kernel.run(request["connection"], root, request["record"])
        status = 0
    except BaseException:  # it goes to the log, which the builder quotes
        traceback.print_exc()
    finally:
        os._exit(status)


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
        ready, _, _ = select.select([builder, stopped], [], [])
        if builder in ready:  # before the first request there is nothing to read but the end
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
