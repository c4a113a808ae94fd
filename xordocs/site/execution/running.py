"""A coroutine beside everything else, which Ctrl-C or a later thought stops."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any

__all__ = ["Running"]


class Running:
    """A coroutine that runs in a thread of its own.

    On the main thread nbclient would take Ctrl-C for itself, and one page alone would end.

    Args:
        main: The coroutine; once it has returned or raised, its tasks should have ended.
    """

    def __init__(self, main: Coroutine[Any, Any, None]) -> None:
        self._begun: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = Future()

        async def run() -> None:
            task = asyncio.ensure_future(main)
            self._begun.set_result((asyncio.get_running_loop(), task))
            await task

        executor = ThreadPoolExecutor(1)
        self._ended = executor.submit(asyncio.run, run())
        self._ended.add_done_callback(self._never_began)
        executor.shutdown(wait=False)

    def wait(self) -> None:
        """Wait for the end, and raise what the coroutine raised; if interrupted, stop it."""
        try:
            self._ended.result()
        except BaseException:
            self.stop()
            raise

    def check(self) -> None:
        """Raise what the coroutine raised, if it has."""
        if self._ended.done() and (error := self._ended.exception()):
            raise error

    def then(self, tell: Callable[[BaseException | None], None]) -> None:
        """Tell what the coroutine raised, once it has ended of its own accord."""

        def ended(future: Future[None]) -> None:
            error = future.exception()
            if not isinstance(error, asyncio.CancelledError):
                tell(error)

        self._ended.add_done_callback(ended)

    def stop(self) -> None:
        """Cancel the coroutine, and wait until it has ended."""
        with contextlib.suppress(Exception, CancelledError, asyncio.CancelledError):
            loop, task = self._begun.result()
            with contextlib.suppress(RuntimeError):  # the loop is closed: it has ended
                loop.call_soon_threadsafe(task.cancel)
            self._ended.result()

    def _never_began(self, ended: "Future[None]") -> None:
        """Let nobody wait for the beginning of what could not begin: an event loop is a file."""
        if not self._begun.done():
            self._begun.set_exception(ended.exception() or RuntimeError("it did not begin"))
