"""Start page kernels: forked from a fork server where the platform can, ordinary ones elsewhere."""

import asyncio
import contextlib
import math
import os
import sys
import time
from pathlib import Path
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Instance

from xordocs.site.execution.forkserver.client import ForkServer

__all__ = ["kernel_manager"]


class ForkProvisioner(LocalProvisioner):
    """Gives jupyter_client a kernel forked from a fork server."""

    forkserver = Instance(ForkServer)
    process: Any = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork instead of running ``cmd``, whose last arguments are those of ``kernel.run``."""
        connection, _root, record = cmd[-3:]
        self.process = self.forkserver.fork_kernel(
            {
                "connection": connection,
                "record": record,
                "folder": str(kwargs["cwd"]),
                "environment": kwargs["env"],
                "log": kwargs["stdout"].name,
            }
        )
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the exit status in steps smaller than Jupyter's tenths of a second."""
        while (status := self.process.poll()) is None:
            await asyncio.sleep(0.01)
        self.process = None
        return int(status)


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
    """Knows the one kernel of this project, and none that users have installed."""

    spec = Instance(KernelSpec)

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002
        return self.spec


def kernel_manager(
    folder: Path, root: Path, record: Path, forkserver: ForkServer | None
) -> AsyncKernelManager:
    """Prepare a kernel whose sockets no other user of the machine can open.

    Args:
        folder: An existing folder that only its owner can enter; sockets are made in it.
        root: The repository's folder.
        record: The file that the kernel writes its dependencies to.
        forkserver: What to fork the kernel from; None for an ordinary process.

    Returns:
        A manager whose ``start_kernel`` wants ``cwd``, ``env``, ``stdout`` and ``stderr``.
    """
    command = [sys.executable, "-P", "-m", "xordocs.site.execution.kernel"]
    spec = KernelSpec(
        argv=[*command, "{connection_file}", str(root), str(record)],
        language="python",
        metadata={"supported_encryption": "curve"},
    )
    if os.name == "posix":
        closed = {"transport": "ipc", "ip": str(folder / "s")}
    else:
        closed = {"transport": "tcp", "transport_encryption": "required"}
    manager = AsyncKernelManager(
        connection_file=str(folder / "connection.json"),
        kernel_spec_manager=_SingleKernelSpecManager(spec=spec),
        client_factory=_Client,
        **closed,
    )
    manager.context.setsockopt(zmq.RCVHWM, 0)  # as in the kernel: no output is dropped
    provisioner = {"kernel_id": folder.name, "kernel_spec": spec, "parent": manager}
    if forkserver is None:
        manager.provisioner = LocalProvisioner(**provisioner)
    else:
        manager.provisioner = ForkProvisioner(forkserver=forkserver, **provisioner)
    return manager
