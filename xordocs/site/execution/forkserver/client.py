"""The builder's end of fork servers and of the processes that are forked from them."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from xordocs.site.cache import module_versions, version
from xordocs.site.errors import describe_exit

__all__ = ["CAN_FORK", "ForkServer", "ForkedProcess"]

POLL_SECONDS = 0.005
"""How often a fork server that is importing is asked whether it is done."""
CAN_FORK = sys.platform == "linux"  # macOS frameworks do not survive a fork; Windows has none


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
        ours, theirs = _socket_pair()
        with theirs:
            process = self._fork({"modules": list(modules), "log": str(log)}, theirs)
        return ForkServer(modules, process, ours, log)

    def fork_kernel(self, request: Mapping[str, Any]) -> "ForkedProcess":
        """Start a kernel; ``request`` is what ``server._run_kernel`` reads."""
        return self._fork(request)

    def _fork(self, request: Mapping[str, Any], *sockets: socket.socket) -> "ForkedProcess":
        ours, theirs = _socket_pair()
        with theirs:
            numbers = [one.fileno() for one in (theirs, *sockets)]
            socket.send_fds(self._requests, [json.dumps(request).encode()], numbers)
        return ForkedProcess(ours)

    async def wait_until_ready(self) -> None:
        """Wait until the modules are imported, and set ``versions`` of all that came with them.

        Any number of event loops may wait, each in a thread of its own.

        Raises:
            RuntimeError: The process ended instead.
        """
        while self.versions is None:
            try:
                message = self._requests.recv(1 << 20)
            except BlockingIOError:  # not yet, or another event loop has just read it
                await asyncio.sleep(POLL_SECONDS)
                continue
            except OSError:  # it ended before it read a request
                message = b""
            if not message:
                status = describe_exit(self._process.wait())
                logged = self._log.read_text(errors="replace").strip()
                modules = ", ".join(self.modules)
                raise RuntimeError(f"importing {modules} ended with {status}: {logged}")
            self.versions = module_versions(json.loads(message))

    def is_alive(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def is_current(self) -> bool:
        """Whether it is alive, and the distributions that it imported have not been replaced."""
        if not self.is_alive():
            return False
        return self.versions is None or all(
            version(name) == imported for name, imported in self.versions.items()
        )

    def disconnect(self) -> None:
        """Make the process end, and every kernel that was forked from it, without waiting."""
        self._requests.close()

    def close(self) -> None:
        """Disconnect, and wait until the process has ended."""
        self.disconnect()
        self._process.wait()


class ForkedProcess:
    """A child of a fork server, with those methods of ``Popen`` that jupyter_client calls.

    Args:
        control: The socket that signals are sent through and the exit status comes back on.
    """

    stdin = stdout = stderr = None

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit status, negative for a signal; None while the process lives."""
        if self._returncode is None:
            self._receive_status(socket.MSG_DONTWAIT)
        return self._returncode

    def wait(self) -> int | None:
        """Wait for the exit status, and return it."""
        if self._returncode is None:
            self._receive_status(0)
        return self._returncode

    def _receive_status(self, flags: int) -> None:
        try:
            status = self._control.recv(16, flags)
        except BlockingIOError:
            return
        except OSError:
            status = b""
        self._returncode = int(status) if status else -signal.SIGKILL
        self._control.close()

    def send_signal(self, number: int) -> None:
        """Signal the process and what it started."""
        if self.poll() is None:
            self._control.send(bytes([number]))

    def kill(self) -> None:
        """Kill the process and what it started."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


def _socket_pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
