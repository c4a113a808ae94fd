"""The builder's end of fork servers and of the processes that are forked from them."""

import asyncio
import contextlib
import json
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from xordocs.site.dependencies import module_versions, version
from xordocs.site.errors import describe_exit
from xordocs.site.execution.descriptors import wait_until_readable

__all__ = ["CAN_FORK", "ForkServer", "ForkedProcess"]

CAN_FORK = sys.platform == "linux"  # macOS frameworks do not survive a fork; Windows has none
IMPORT_SECONDS = 60.0
"""How long an import may take before it counts as hanging."""
FORK_SECONDS = 10.0
"""How long a fork server may take to answer, or to end: one that is stopped never does."""
_FORKED = b"forked"  # as `server` answers


class ForkServer:
    """The builder's end of a process that kernels are forked from; `start` makes the first.

    Args:
        modules: What kernels find imported already.
        process: The process.
        requests: The socket that requests are sent through.
        log: The file that takes everything that the process and its libraries print.
    """

    def __init__(
        self,
        modules: Sequence[str],
        process: "subprocess.Popen[bytes] | ForkedProcess",
        requests: socket.socket,
        log: Path,
    ) -> None:
        self.modules = tuple(modules)
        self.versions: dict[str, str] | None = None
        self._process, self._requests, self._log = process, requests, log
        self._hangs = False
        self._requests.setblocking(False)

    @classmethod
    def start(
        cls, root: Path, modules: Sequence[str], environment: Mapping[str, str], log: Path
    ) -> Self:
        """Begin to import modules in a new process.

        Args:
            root: The repository's folder.
            modules: What kernels are to find imported already.
            environment: The environment variables that the modules are imported with.
            log: The file that takes everything that the process and its libraries print.
        """
        ours, theirs = _socket_pair()
        command = [sys.executable, "-P", "-m", "xordocs.site.execution.forkserver.server"]
        with theirs, log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
                [*command, str(theirs.fileno()), str(root), *modules],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=log.parent,
                env=dict(environment),
                start_new_session=True,  # Ctrl-C is for the builder, which then disconnects
            )
        return cls(modules, process, ours, log)

    def fork_server(self, modules: Sequence[str], log: Path) -> "ForkServer":
        """Begin to import more modules in a fork of this process, once it has imported its own.

        Args:
            modules: All that its kernels are to find imported.
            log: As for `start`.
        """
        log.touch()
        streams = {"stdout": str(log), "stderr": str(log)}
        ours, theirs = _socket_pair()
        with contextlib.ExitStack() as stack, theirs:
            stack.callback(ours.close)  # unless it is forked
            process = self._fork({"modules": list(modules), **streams}, theirs)
            stack.pop_all()
        return ForkServer(modules, process, ours, log)

    async def fork_kernel(self, request: Mapping[str, Any]) -> "ForkedProcess":
        """Start a kernel; ``request`` is what ``server._run_kernel`` reads.

        Raises:
            OSError: The process has ended, or hangs.
        """
        if self._hangs:
            raise OSError("it hangs")
        process = self._fork(request)
        try:
            async with asyncio.timeout(FORK_SECONDS):
                await process.wait_until_forked()
        except TimeoutError:
            self._hangs = True
            process.disconnect()
            raise OSError(f"it did not answer within {FORK_SECONDS:.0f} s") from None
        return process

    def _fork(self, request: Mapping[str, Any], *sockets: socket.socket) -> "ForkedProcess":
        ours, theirs = _socket_pair()
        process = ForkedProcess(ours)
        with theirs:
            numbers = [one.fileno() for one in (theirs, *sockets)]
            try:
                socket.send_fds(self._requests, [json.dumps(request).encode()], numbers)
            except OSError:
                process.disconnect()
                raise
        return process

    async def wait_until_ready(self) -> None:
        """Wait until the modules are imported, and set ``versions`` of all that came with them.

        Any number of event loops may wait, each in a thread of its own.

        Raises:
            RuntimeError: The process ended instead, or hangs.
        """
        if self.versions is not None:
            return
        modules = ", ".join(self.modules)
        module_versions(["ipykernel"])  # looks up what is installed, once: while it imports
        try:
            async with asyncio.timeout(IMPORT_SECONDS):
                await wait_until_readable(self._requests.fileno())
            message = self._requests.recv(1 << 20, socket.MSG_PEEK)  # others wait for it, too
        except TimeoutError:
            self._hangs = True
            took = f"did not end within {IMPORT_SECONDS:.0f} s"
            raise RuntimeError(f"importing {modules} {took}") from None
        except OSError:  # it ended before it read a request
            message = b""
        if not message:
            status = describe_exit(self._process.wait())
            logged = self._log.read_text(errors="replace").strip()
            raise RuntimeError(f"importing {modules} ended with {status}: {logged}")
        self.versions = module_versions(json.loads(message))

    def is_alive(self) -> bool:
        """Whether the process has neither ended nor been found to hang."""
        return not self._hangs and self._process.poll() is None

    def is_current(self) -> bool:
        """Whether it is alive, and the distributions that it imported have not been replaced."""
        if not self.is_alive():
            return False
        return self.versions is None or all(
            version(name) == imported for name, imported in self.versions.items()
        )

    def disconnect(self) -> None:
        """Make the process end, and every kernel that was forked from it, without waiting."""
        with contextlib.suppress(OSError):  # the process has ended
            self._requests.shutdown(socket.SHUT_RDWR)  # for those, too, who wait for it
        self._requests.close()

    def close(self) -> None:
        """Disconnect, and wait until the process has ended; kill it if it hangs."""
        self.disconnect()
        try:
            self._process.wait(0 if self._hangs else FORK_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()  # and with it all that it has forked
            try:
                self._process.wait(FORK_SECONDS)
            except subprocess.TimeoutExpired:  # forked from one that hangs, and ends with it
                if isinstance(self._process, ForkedProcess):
                    self._process.disconnect()


class ForkedProcess:
    """A child of a fork server, with those methods of ``Popen`` that jupyter_client calls.

    Args:
        control: The socket that signals are sent through and the exit status comes back on.
    """

    stdin = stdout = stderr = None

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._returncode: int | None = None

    async def wait_until_forked(self) -> None:
        """Wait for the fork server's answer.

        Raises:
            OSError: The fork server has ended.
        """
        await wait_until_readable(self._control.fileno())
        if self._control.recv(16, socket.MSG_PEEK) != _FORKED:
            raise OSError("it has ended")

    def poll(self) -> int | None:
        """Return the exit status, negative for a signal; None while the process lives."""
        while self._returncode is None and self._receive():
            pass
        return self._returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the exit status, and return it.

        Args:
            timeout: How many seconds to wait at most.

        Raises:
            subprocess.TimeoutExpired: The process still lives.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            left = None if deadline is None else max(deadline - time.monotonic(), 0)
            if not _is_readable(self._control, left):
                raise subprocess.TimeoutExpired("fork", timeout or 0)
        return self._returncode

    async def wait_until_ended(self) -> int | None:
        """Wait for the exit status, as `wait` does, without blocking the event loop."""
        while self.poll() is None:
            await wait_until_readable(self._control.fileno())
        return self._returncode

    def _receive(self) -> bool:
        """Receive a message of the fork server's; returns whether there was one."""
        try:
            message = self._control.recv(16, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            message = b""
        if message != _FORKED:
            self._returncode = int(message) if message else -signal.SIGKILL
            self._control.close()
        return True

    def send_signal(self, number: int) -> None:
        """Signal the process and what it started."""
        if self.poll() is None:
            self._control.send(bytes([number]))

    def kill(self) -> None:
        """Kill the process and what it started."""
        self.send_signal(signal.SIGKILL)

    terminate = kill

    def disconnect(self) -> None:
        """Have the fork server kill the process, as soon as it can."""
        self._control.close()


def _is_readable(one: socket.socket, timeout: float | None) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(one, selectors.EVENT_READ)
        return bool(selector.select(timeout))


def _socket_pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
