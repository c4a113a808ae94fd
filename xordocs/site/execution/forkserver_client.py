"""The builder's end of processes that are forked; ``zygote`` is the other."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from xordocs.site.cache.manifest import version, versions
from xordocs.site.errors import describe_exit

__all__ = ["CAN_FORK", "Forked", "Zygote"]

POLL_SECONDS = 0.005
"""How often a process that is importing is asked whether it is done."""
CAN_FORK = sys.platform == "linux"  # macOS frameworks do not survive a fork; Windows has none


class Zygote:
    """The builder's end of a process that kernels are forked from; `start` makes the first.

    Args:
        modules: What kernels find imported already.
        process: The process.
        requests: What it is asked through.
        log: The file that takes everything that the process and its libraries print.
    """

    def __init__(
        self,
        modules: Sequence[str],
        process: "subprocess.Popen[bytes] | Forked",
        requests: socket.socket,
        log: Path,
    ) -> None:
        self.modules = tuple(modules)
        self.versions: dict[str, str] | None = None
        self._process, self._socket, self._log = process, requests, log
        self._socket.setblocking(False)

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
        ours, theirs = _pair()
        command = [sys.executable, "-P", "-m", "xordocs.site.execution.forkserver"]
        with theirs, log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
                [*command, str(theirs.fileno()), str(root), *modules],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=log.parent,
                env=dict(environment),
                start_new_session=True,  # Ctrl-C is for the builder, which then hangs up
            )
        return cls(modules, process, ours, log)

    def extend(self, modules: Sequence[str], log: Path) -> "Zygote":
        """Begin to import more modules in a fork of this process, once it has imported its own.

        Args:
            modules: All that its kernels are to find imported.
            log: As for `start`.
        """
        log.touch()
        ours, theirs = _pair()
        with theirs:
            process = self._fork({"modules": list(modules), "log": str(log)}, theirs)
        return Zygote(modules, process, ours, log)

    async def ready(self) -> None:
        """Wait until the modules are imported, and set ``versions`` of all that came with them.

        Any number of event loops may wait, each in a thread of its own.

        Raises:
            RuntimeError: The process ended instead.
        """
        while self.versions is None:
            try:
                message = self._socket.recv(1 << 20)
            except BlockingIOError:  # not yet, or another round has just read it and is at work
                await asyncio.sleep(POLL_SECONDS)
                continue
            except OSError:  # it ended before it heard of a request
                message = b""
            if not message:
                status = describe_exit(self._process.wait())
                logged = self._log.read_text(errors="replace").strip()
                modules = ", ".join(self.modules)
                raise RuntimeError(f"importing {modules} ended with {status}: {logged}")
            self.versions = versions(json.loads(message))

    def lives(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def current(self) -> bool:
        """Whether it lives, and the distributions that it imported have not been replaced."""
        if not self.lives():
            return False
        return self.versions is None or all(
            version(name) == imported for name, imported in self.versions.items()
        )

    def fork(self, request: Mapping[str, Any]) -> "Forked":
        """Start a kernel; ``request`` is what ``zygote._be_kernel`` reads."""
        return self._fork(request)

    def _fork(self, request: Mapping[str, Any], *sockets: socket.socket) -> "Forked":
        ours, theirs = _pair()
        with theirs:
            numbers = [one.fileno() for one in (theirs, *sockets)]
            socket.send_fds(self._socket, [json.dumps(request).encode()], numbers)
        return Forked(ours)

    def hang_up(self) -> None:
        """Have the process end, and every kernel that was forked from it."""
        self._socket.close()

    def close(self) -> None:
        """Hang up, and wait for the end."""
        self.hang_up()
        self._process.wait()


class Forked:
    """A zygote's child, with what is needed of a ``Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status, negative for a signal; None while it lives."""
        if self._returncode is None:
            self._hear(socket.MSG_DONTWAIT)
        return self._returncode

    def wait(self) -> int | None:
        """Wait for the exit status."""
        if self._returncode is None:
            self._hear(0)
        return self._returncode

    def _hear(self, flags: int) -> None:
        try:
            status = self._link.recv(16, flags)
        except BlockingIOError:
            return
        except OSError:
            status = b""
        self._returncode = int(status) if status else -signal.SIGKILL
        self._link.close()

    def send_signal(self, number: int) -> None:
        """Signal it and what it started."""
        if self.poll() is None:
            self._link.send(bytes([number]))

    def kill(self) -> None:
        """End it and what it started."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


def _pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
