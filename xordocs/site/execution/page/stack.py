"""Where a cell that does not end is at the moment."""

import asyncio
import os
import re
import signal
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager

from xordocs.site.errors import plain_lines
from xordocs.site.execution.descriptors import wait_until_readable

__all__ = ["read_stack"]

SECONDS = 2
"""How long a kernel may take to answer."""
PIPE = "stack"  # as `kernel.application` names it
PIPE_BYTES = 1 << 16

_CELL_MODULE = re.compile(r'"<cell \d+>", line \d+ in <module>')
_EXPRESSION_MODULE = re.compile(r'"<string>", line \d+ in <module>')


async def read_stack(manager: AsyncKernelManager, folder: Path) -> list[str]:
    """Ask a kernel for its stack: the frames from the cell inwards, the innermost last.

    Args:
        manager: The kernel's.
        folder: Where the kernel has made its named pipe; other languages' kernels make none.
    """
    pipe = folder / PIPE
    if not pipe.exists():
        return []
    written = b""
    descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        await manager.signal_kernel(signal.SIGUSR1)
        async with asyncio.timeout(SECONDS):  # it may be stopped, or deep in the system
            while not _CELL_MODULE.search(written.decode(errors="replace")):
                await wait_until_readable(descriptor)
                written += os.read(descriptor, PIPE_BYTES)
    except TimeoutError:
        pass
    finally:
        os.close(descriptor)
    lines = plain_lines(written.decode(errors="replace"))
    frames = [line for line in lines if line.startswith("  File ")][::-1]
    for outermost in (_CELL_MODULE, _EXPRESSION_MODULE):
        begin = next((i for i, frame in enumerate(frames) if outermost.search(frame)), None)
        if begin is not None:  # outside of it is Jupyter's
            return frames[begin:]
    return frames
