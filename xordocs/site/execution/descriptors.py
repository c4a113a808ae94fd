"""Wait for file descriptors."""

import asyncio
import os

__all__ = ["wait_until_readable"]


async def wait_until_readable(descriptor: int) -> None:
    """Wait until there is something to read, or the other end is closed; others may wait, too."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    own = os.dup(descriptor)  # an event loop knows one reader of each
    loop.add_reader(own, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(own)
        os.close(own)
