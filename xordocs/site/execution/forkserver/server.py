"""The process that page kernels are forked from: it has imported what is slow to import.

Started as ``python -P -m xordocs.site.execution.forkserver.server SOCKET ROOT MODULE...``, it
imports the modules, reports what is imported, and from then on forks for each request: a kernel,
or another fork server that imports more. It runs no code of any page, holds no module of the
repository, and starts no threads of its own that live across a fork.

Each request brings a control socket, one for each child: signal numbers come in on it, word that
the child is forked and its exit status go out on it, and when the other end closes it the child and
its children are killed.
When the builder ends, however it ends, the operating system closes all its sockets; then all the
processes end.
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
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from xordocs.site.dependencies import Repository, forget_modules
from xordocs.site.execution.forkserver.random_state import RandomState
from xordocs.site.execution.kernel import application

__all__ = ["main"]

MAX_REQUEST_BYTES = 1 << 20  # all of a page's environment is in it
EXIT_SECONDS = 5.0
"""How long a fork server may take to end its children once the builder has ended."""
_FORKED = b"forked"  # the answer to a request, as `client` expects it
_SET_PARENT_DEATH_SIGNAL, _SET_CHILD_SUBREAPER = 1, 36  # PR_… of <linux/prctl.h>


def main(socket_number: int, root: str, *modules: str) -> None:
    """Import the modules, then fork for each request until the builder closes its socket.

    Args:
        socket_number: The file descriptor of the socket that requests come from.
        root: The repository's folder.
        modules: What kernels are to find imported already.
    """
    _become_subreaper()
    _import_and_serve(socket.socket(fileno=socket_number), root, modules, RandomState())


def _import_and_serve(
    builder: socket.socket, root: str, modules: Iterable[str], random_state: RandomState
) -> NoReturn:
    gc.disable()  # an import makes much and throws little away; collecting takes a sixth of it
    with _exiting_with(builder), random_state.watched():
        for module in modules:
            with contextlib.suppress(ImportError):  # the page that imports it says so better
                importlib.import_module(module)
    forget_modules(Repository(root))
    imported = {name.partition(".")[0] for name in sys.modules.copy()} - sys.stdlib_module_names
    builder.send(json.dumps(sorted(imported)).encode())
    gc.freeze()  # no collection in a kernel goes through all this again, and copies its memory
    gc.enable()
    _ForkServer(builder, root, random_state).serve()


class _ForkServer:
    """Forks a child for each request, and passes signals and exit statuses on."""

    def __init__(self, builder: socket.socket, root: str, random_state: RandomState) -> None:
        self._builder, self._root, self._random_state = builder, root, random_state
        self._controls: dict[int, socket.socket] = {}  # by the child's process id, as below
        self._pidfds: dict[int, int] = {}
        self._servers: set[int] = set()  # the children that are fork servers themselves
        self._selector = selectors.DefaultSelector()
        self._selector.register(builder, selectors.EVENT_READ, self._on_request)

    def serve(self) -> NoReturn:
        try:
            while True:
                for key, _ in self._selector.select():
                    if self._selector.get_map().get(key.fd) is key:  # an earlier one may end it
                        key.data()
        except BaseException:  # it goes to the log
            traceback.print_exc()
        self._exit()  # children of kernels would outlive this process

    def _on_request(self) -> None:
        try:
            message, descriptors, _, _ = socket.recv_fds(self._builder, MAX_REQUEST_BYTES, 2)
        except ConnectionResetError:  # the builder has ended without reading all that came
            message = b""
        if not message:
            self._exit()
        request = json.loads(message)
        control = socket.socket(fileno=descriptors[0])
        pid = os.fork()
        if pid == 0:
            _run_child(lambda: self._become_child(request, control, descriptors), request)
        with contextlib.suppress(OSError):  # nobody waits for it
            control.send(_FORKED)
        for descriptor in descriptors[1:]:
            os.close(descriptor)
        self._controls[pid] = control
        self._pidfds[pid] = pidfd = os.pidfd_open(pid)  # readable when the child has ended
        if "modules" in request:
            self._servers.add(pid)
        self._selector.register(
            control, selectors.EVENT_READ, lambda: self._on_control(pid, control)
        )
        self._selector.register(pidfd, selectors.EVENT_READ, lambda: self._on_child_exit(pid))

    def _become_child(
        self, request: dict[str, Any], control: socket.socket, descriptors: list[int]
    ) -> None:
        self._selector.close()
        for ours in (self._builder, control, *self._controls.values()):
            ours.close()
        if "modules" in request:
            self._serve_more(descriptors[1], request["modules"])
        self._run_kernel(request)

    def _serve_more(self, socket_number: int, modules: Iterable[str]) -> None:
        """Become a fork server that imports more."""
        _import_and_serve(
            socket.socket(fileno=socket_number), self._root, modules, self._random_state
        )

    def _run_kernel(self, request: dict[str, Any]) -> None:
        """Become the kernel that a request describes."""
        os.chdir(request["folder"])
        for name in set(os.environ) - set(request["environment"]):
            del os.environ[name]
        os.environ.update(request["environment"])
        time.tzset()
        tempfile.tempdir = None  # TMPDIR is another one now
        self._random_state.renew()
        application.run(request["connection"], self._root, request["record"])

    def _on_control(self, pid: int, control: socket.socket) -> None:
        try:
            message = control.recv(1)
        except OSError:
            message = b""
        if not message:
            self._selector.unregister(control)
        _signal_group(pid, message[0] if message else signal.SIGKILL)

    def _on_child_exit(self, pid: int) -> None:
        pidfd = self._pidfds.pop(pid)
        self._selector.unregister(pidfd)
        os.close(pidfd)
        self._servers.discard(pid)
        _signal_group(pid, signal.SIGKILL)  # what the page started and left behind
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        self._kill_orphans()
        control = self._controls.pop(pid)
        with contextlib.suppress(KeyError):
            self._selector.unregister(control)
        with contextlib.suppress(OSError):  # nobody waits for it
            control.send(str(status).encode())
        control.close()

    def _exit(self) -> NoReturn:
        """End this process and all its children; fork servers among them end theirs first."""
        for pid, pidfd in self._pidfds.items():
            if pid not in self._servers or not select.select([pidfd], [], [], EXIT_SECONDS)[0]:
                _signal_group(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self._kill_orphans()
        os._exit(0)

    def _kill_orphans(self) -> None:
        """Kill what a page has put into a process group of its own.

        Once the page's kernel has ended, such processes have become children of this one.
        """
        while orphans := _children() - self._pidfds.keys():
            for pid in orphans:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _become_subreaper() -> None:
    """Become the parent of every descendant whose own parent has ended."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)


def _children() -> set[int]:
    with contextlib.suppress(OSError):  # some systems do without this file
        return set(map(int, Path("/proc/thread-self/children").read_text().split()))
    return set()


def _run_child(run: Callable[[], None], request: dict[str, Any]) -> NoReturn:
    """Run a function in this process, a fresh fork, and end with it."""
    status = 1
    try:
        server = os.getppid()
        os.setsid()  # its own group: what the page starts is killed with it
        _become_subreaper()
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != server:  # it died before the line above
            os._exit(1)
        for number, file in ((1, request["stdout"]), (2, request["stderr"])):
            os.dup2(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), number)
        run()
        status = 0
    except BaseException:  # it goes to the log, which the builder quotes
        traceback.print_exc()
    finally:
        os._exit(status)


def _signal_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:  # so young that it leads no group yet
        os.kill(pid, number)


@contextlib.contextmanager
def _exiting_with(builder: socket.socket) -> Iterator[None]:
    """End this process if the builder ends, also in the middle of a long import."""
    stop, stopped = socket.socketpair()

    def watch() -> None:
        poll = select.poll()
        poll.register(builder, select.POLLRDHUP)  # requests may wait for their turn
        poll.register(stopped, select.POLLIN | select.POLLRDHUP)
        if builder.fileno() in (number for number, _ in poll.poll()):
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
