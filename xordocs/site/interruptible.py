"""Runs a coroutine so that Ctrl-C stops all of it."""

import asyncio
import contextlib
from collections.abc import Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

__all__ = ["run_interruptibly"]


def run_interruptibly(main: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in a thread of its own, and cancel it on Ctrl-C.

    On the main thread nbclient would take the signal for itself, and one page alone would end.

    Args:
        main: The coroutine; when this returns or raises, it and its tasks have ended.
    """
    begun: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = Future()

    async def run() -> None:
        task = asyncio.ensure_future(main)
        begun.set_result((asyncio.get_running_loop(), task))
        await task

    with ThreadPoolExecutor(1) as executor:
        future = executor.submit(asyncio.run, run())
        try:
            future.result()
        except BaseException:
            loop, task = begun.result()
            with contextlib.suppress(RuntimeError):  # the loop is closed: the coroutine has ended
                loop.call_soon_threadsafe(task.cancel)
            raise
