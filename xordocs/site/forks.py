"""The builder's end of kernels that are forked; ``zygote`` is the other."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xordocs.site.execution_error import describe_exit
from xordocs.site.manifest import version, versions

__all__ = ["CAN_FORK", "ForkedKernel", "Zygote"]

CAN_FORK = sys.platform == "linux"  # macOS frameworks do not survive a fork; Windows has none


class Zygote:
    """The builder's end of a process that kernels are forked from.

    Args:
        root: The repository's folder.
        modules: What kernels find imported already.
        environment: The environment variables that the modules are imported with.
        log: The file that takes everything that the process and its libraries print.
    """

    def __init__(
        self, root: Path, modules: Sequence[str], environment: Mapping[str, str], log: Path
    ) -> None:
        self.modules = tuple(modules)
        self._log = log
        self.versions: dict[str, str] | None = None
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.setblocking(False)
        command = [sys.executable, "-P", "-m", "xordocs.site.zygote"]
        with theirs, log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
                [*command, str(theirs.fileno()), str(root), *modules],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=log.parent,
                env=dict(environment),
                start_new_session=True,  # Ctrl-C is for the builder, which then hangs up
            )

    async def ready(self) -> None:
        """Wait until the modules are imported, and set ``versions`` of all that came with them.

        Raises:
            RuntimeError: The process ended instead.
        """
        if self.versions is not None:
            return
        message = await asyncio.get_running_loop().sock_recv(self._socket, 1 << 20)
        if not message:
            status = describe_exit(self._process.wait())
            logged = self._log.read_text(errors="replace").strip()
            raise RuntimeError(f"importing {', '.join(self.modules)} ended with {status}: {logged}")
        self.versions = versions(json.loads(message))

    def current(self) -> bool:
        """Whether it lives, and the distributions that it imported have not been replaced."""
        if self._process.poll() is not None:
            return False
        return self.versions is None or all(
            version(name) == imported for name, imported in self.versions.items()
        )

    def fork(self, request: Mapping[str, Any]) -> "ForkedKernel":
        """Start a kernel; ``request`` is what ``zygote._become_kernel`` reads."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            socket.send_fds(self._socket, [json.dumps(request).encode()], [theirs.fileno()])
        return ForkedKernel(ours)

    def close(self) -> None:
        """End the process and every kernel that was forked from it."""
        self._socket.close()
        self._process.wait()


class ForkedKernel:
    """What jupyter_client needs of a ``Popen``, for a kernel that is the zygote's child."""

    stdin = stdout = stderr = None

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status, negative for a signal; None while the kernel lives."""
        if self._returncode is None:
            try:
                status = self._link.recv(16, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return None
            except OSError:
                status = b""
            self._returncode = int(status) if status else -signal.SIGKILL
            self._link.close()
        return self._returncode

    def wait(self) -> int | None:
        """Called once ``poll`` has told the end."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Signal the kernel and what it started."""
        if self.poll() is None:
            self._link.send(bytes([number]))

    def kill(self) -> None:
        """End the kernel and what it started."""
        self.send_signal(signal.SIGKILL)

    terminate = kill
