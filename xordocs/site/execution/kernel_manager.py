"""Start page kernels: forked from a fork server where the platform can, ordinary ones elsewhere."""

import asyncio
import contextlib
import math
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Any as AnyTrait
from traitlets import Instance

from xordocs.site.execution.forkserver.client import ForkedProcess, ForkServer

__all__ = ["other_kernel", "python_kernel"]


EXIT_SECONDS = 10.0
"""How long a killed kernel may take to end: the fork server that should kill it may be stopped."""


class OrdinaryProvisioner(LocalProvisioner):
    """Kills with a kernel all that it has started, which no fork server does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel, and remember how to find its children."""
        self._environment = kwargs["env"]
        return await super().launch_kernel(cmd, **kwargs)

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and what it has started."""
        if self.pid is None:  # forked
            await super().kill(restart)
            return
        from xordocs.site.execution.kernel.process_tree import descendants, kill_started  # psutil

        known = descendants(self.pid)
        await super().kill(restart)
        kill_started(self.pid, self._environment, known)


class ForkProvisioner(OrdinaryProvisioner):
    """Gives jupyter_client a kernel forked from a fork server; an ordinary one if that fails."""

    forkserver = Instance(ForkServer)
    warn = AnyTrait()
    process: Any = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork instead of running ``cmd``, whose last arguments are those of `application.run`."""
        connection, _root, record = cmd[-3:]
        try:
            self.process = await self.forkserver.fork_kernel(
                {
                    "connection": connection,
                    "record": record,
                    "folder": str(kwargs["cwd"]),
                    "environment": kwargs["env"],
                    "stdout": kwargs["stdout"].name,
                    "stderr": kwargs["stderr"].name,
                }
            )
        except OSError as error:
            self.warn(f"warning: no kernel can be forked, and an ordinary one is started: {error}")
            return await super().launch_kernel(cmd, **kwargs)
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the exit status by an event, where Jupyter looks each tenth of a second."""
        process = self.process
        if not isinstance(process, ForkedProcess):
            return await super().wait()
        try:
            async with asyncio.timeout(EXIT_SECONDS):
                status = await process.wait_until_ended()
        except TimeoutError:  # it ends with the session
            process.disconnect()
            status = process.poll()
        self.process = None
        return status


class _Client(AsyncKernelClient):
    """A client that is ready as soon as its kernel has replied."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the first reply, as the parent does, but not for a pause after it."""
        deadline = time.monotonic() + (timeout or math.inf)
        while time.monotonic() < deadline and await self.is_alive():
            self.kernel_info()
            with contextlib.suppress(Empty):
                await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=0.2)  # outputs will arrive, too
                return
        raise RuntimeError("it did not answer")


class _SingleKernelSpecManager(KernelSpecManager):
    """Knows the kernel of one page, and no other."""

    spec = Instance(KernelSpec)

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002
        return self.spec


def python_kernel(
    folder: Path,
    root: Path,
    record: Path,
    forkserver: ForkServer | None,
    warn: Callable[[str], None],
) -> AsyncKernelManager:
    """Prepare a kernel for Python whose sockets no other user of the machine can open.

    Args:
        folder: An existing folder that only its owner can enter; sockets are made in it.
        root: The repository's folder.
        record: The file that the kernel writes its dependencies to.
        forkserver: What to fork the kernel from; None for an ordinary process.
        warn: Called with one line if it cannot be forked, and an ordinary process takes its place.

    Returns:
        A manager whose ``start_kernel`` wants ``cwd``, ``env``, ``stdout`` and ``stderr``.
    """
    command = [sys.executable, "-P", "-m", "xordocs.site.execution.kernel.application"]
    spec = KernelSpec(
        argv=[*command, "{connection_file}", str(root), str(record)],
        language="python",
        metadata={"supported_encryption": "curve"},
    )
    if os.name == "posix":
        closed = {"transport": "ipc", "ip": str(folder / "s")}
    else:
        closed = {"transport": "tcp", "transport_encryption": "required"}
    manager = _manager(folder, spec, **closed)
    parts = {"kernel_id": folder.name, "kernel_spec": spec, "parent": manager}
    if forkserver is None:
        manager.provisioner = OrdinaryProvisioner(**parts)
    else:
        manager.provisioner = ForkProvisioner(forkserver=forkserver, warn=warn, **parts)
    return manager


def other_kernel(folder: Path, spec: KernelSpec) -> AsyncKernelManager:
    """Prepare a kernel for another language, which the author has installed.

    Few such kernels know other sockets than TCP's. They listen on this machine alone, and obey
    nobody without the key in the connection file.

    Args:
        folder: An existing folder that only its owner can enter.
        spec: How the kernel is started.

    Returns:
        A manager as for `python_kernel`.
    """
    manager = _manager(folder, spec, transport="tcp")
    parts = {"kernel_id": folder.name, "kernel_spec": spec, "parent": manager}
    manager.provisioner = OrdinaryProvisioner(**parts)
    return manager


def _manager(folder: Path, spec: KernelSpec, **transport: str) -> AsyncKernelManager:
    manager = AsyncKernelManager(
        connection_file=str(folder / "connection.json"),
        kernel_spec_manager=_SingleKernelSpecManager(spec=spec),
        client_factory=_Client,
        **transport,
    )
    manager.context.setsockopt(zmq.RCVHWM, 0)  # as in the kernel: no output is dropped
    return manager
