"""Execute pages side by side, in a thread beside everything else."""

import asyncio
import contextlib
import functools
import shutil
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode

from xordocs.site.dependencies import Record
from xordocs.site.errors import ExecutionError
from xordocs.site.execution.environment import private_environment
from xordocs.site.execution.forkserver.client import ForkServer
from xordocs.site.execution.forkserver.pool import ForkServerPool, Modules
from xordocs.site.execution.kernel_manager import other_kernel, python_kernel
from xordocs.site.execution.kernelspecs import find_other_kernel
from xordocs.site.execution.page import client
from xordocs.site.notebooks.options import PageOptions
from xordocs.site.notebooks.source import Source

__all__ = ["Execution", "Run", "Scheduler", "WorkItem"]


class WorkItem(NamedTuple):
    """A page to execute.

    Attributes:
        source: The page.
        display_path: Its path for messages.
        options: How it is executed.
        modules: What its kernel should have imported.
        on_start: Called when it begins.
        on_done: Called with the result.
        on_failure: Called with the failure; what this raises stops the other pages.
        environment: The variables that it alone sees.
    """

    source: Source
    display_path: PurePath
    options: PageOptions
    modules: Modules
    on_start: Callable[[], None]
    on_done: Callable[["Execution"], None]
    on_failure: Callable[[ExecutionError], None]
    environment: Mapping[str, str] = {}


class Execution(NamedTuple):
    """The result of executing a page.

    Attributes:
        notebook: The executed notebook.
        dependencies: What its kernel's `Recorder` wrote; None if that is lost. For a kernel of
            another language, which has no recorder: that what it reads is unseen.
        seconds: How long it took.
    """

    notebook: NotebookNode
    dependencies: Record | None
    seconds: float


class Scheduler:
    """Executes each page in a kernel and a private folder that are gone when it ends.

    Args:
        root: The repository's folder.
        folder: Where the private folders are made.
        pool: What kernels are forked from.
        environment: What pages see of the environment.
        jobs: How many pages may execute at once.
        warn: Called with one line about a kernel that could not be started as it should.
    """

    def __init__(
        self,
        root: Path,
        folder: Path,
        pool: ForkServerPool,
        environment: Mapping[str, str],
        jobs: int,
        warn: Callable[[str], None],
    ) -> None:
        self._root, self._folder, self._pool = root, folder, pool
        self._environment, self._jobs, self._warn = environment, jobs, warn

    def start(self, items: Sequence[WorkItem]) -> "Run":
        """Begin to execute pages, those that come first as early as their modules allow."""
        return Run(self._execute_all(items))

    async def _execute_all(self, items: Sequence[WorkItem]) -> None:
        waiting = list(items)
        self._pool.refresh()
        servers = {
            modules: asyncio.create_task(self._pool.ready(modules))
            for modules in sorted({item.modules for item in waiting}, key=len)
        }
        running: set[asyncio.Task[Any]] = set()
        try:
            while waiting or running:
                importing = {task for task in servers.values() if not task.done()}
                for item in [item for item in waiting if servers[item.modules].done()]:
                    if running and len(running) + len(importing) >= self._jobs:
                        break
                    waiting.remove(item)
                    server = servers[item.modules].result()
                    running.add(asyncio.create_task(self._execute(item, server)))
                ended, _ = await asyncio.wait(
                    running | importing, return_when=asyncio.FIRST_COMPLETED
                )
                for task in ended & running:
                    running.remove(task)
                    task.result()
        finally:
            await _cancel([*running, *servers.values()])

    async def _execute(self, item: WorkItem, server: ForkServer | None) -> None:
        folder = Path(tempfile.mkdtemp(prefix="", dir=self._folder))  # runs share what it lies in
        record = folder / "record.json"
        item.on_start()
        start = time.perf_counter()
        try:
            notebook = await client.run(
                item.source,
                item.display_path,
                functools.partial(self._kernel_manager, item, folder, record, server),
                environment={
                    **self._environment,
                    **item.environment,
                    **private_environment(folder),
                },
                folder=folder,
                record=record,
                options=item.options,
            )
            seconds = time.perf_counter() - start
            item.on_done(Execution(notebook, _dependencies(item.source, record), seconds))
        except ExecutionError as error:
            item.on_failure(error)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _kernel_manager(
        self, item: WorkItem, folder: Path, record: Path, server: ForkServer | None
    ) -> AsyncKernelManager:
        """Prepare a page's kernel.

        Raises:
            RuntimeError: It is another language's, and not installed.
        """
        spec = find_other_kernel(item.source.notebook.metadata)
        if spec is None:
            return python_kernel(folder, self._root, record, server, self._warn)
        return other_kernel(folder, spec)


class Run:
    """A coroutine that runs in a thread of its own, until it ends or is stopped.

    On the main thread nbclient would take Ctrl-C for itself, and one page alone would end.

    Args:
        main: The coroutine; once it has returned or raised, its tasks should have ended.
    """

    def __init__(self, main: Coroutine[Any, Any, None]) -> None:
        self._started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = Future()

        async def run() -> None:
            task = asyncio.ensure_future(main)
            self._started.set_result((asyncio.get_running_loop(), task))
            await task

        def run_in_thread() -> None:
            # Windows' own event loop knows no sockets that ZeroMQ could wait for
            with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
                runner.run(run())

        executor = ThreadPoolExecutor(1)
        self._ended = executor.submit(run_in_thread)
        self._ended.add_done_callback(self._fail_start)
        executor.shutdown(wait=False)

    def wait(self) -> None:
        """Wait for the end, and raise what the coroutine raised; if interrupted, stop it."""
        try:
            self._ended.result()
        except BaseException:
            self.stop()
            raise

    def has_ended(self) -> bool:
        """Whether the coroutine has returned or raised."""
        return self._ended.done()

    def raise_failure(self) -> None:
        """Raise what the coroutine raised, if it has ended so."""
        if self._ended.done() and (error := self._ended.exception()):
            raise error

    def on_end(self, callback: Callable[[], None]) -> None:
        """Call back, from another thread, when the coroutine has ended in any way."""
        self._ended.add_done_callback(lambda _: callback())

    def on_failure(self, callback: Callable[[], None]) -> None:
        """Call back, from another thread, when the coroutine raises something."""

        def ended(future: Future[None]) -> None:
            error = future.exception()
            if error is not None and not isinstance(error, asyncio.CancelledError):
                callback()

        self._ended.add_done_callback(ended)

    def stop(self) -> None:
        """Cancel the coroutine, and wait until it has ended."""
        with contextlib.suppress(Exception, CancelledError, asyncio.CancelledError):
            loop, task = self._started.result()
            with contextlib.suppress(RuntimeError):  # the loop is closed: it has ended
                loop.call_soon_threadsafe(task.cancel)
            self._ended.result()

    def _fail_start(self, ended: "Future[None]") -> None:
        """Let nobody wait for a start that failed: an event loop needs a file descriptor."""
        if not self._started.done():
            self._started.set_exception(ended.exception() or RuntimeError("it did not start"))


def _dependencies(source: Source, record: Path) -> Record | None:
    """Return what a page's kernel has recorded; kernels of other languages record nothing."""
    if (other := find_other_kernel(source.notebook.metadata)) is not None:
        return Record.unseen(f"runs in {other.language}, and what it reads is not seen")
    return Record.read(record)


async def _cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
