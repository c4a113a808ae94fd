"""Executes pages side by side."""

import asyncio
import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from nbformat import NotebookNode

from xordocs.site.errors import ExecutionError
from xordocs.site.execution import client
from xordocs.site.execution.forkserver_client import Zygote
from xordocs.site.execution.kernel_manager import kernel_manager
from xordocs.site.execution.zygotes import Modules, Zygotes
from xordocs.site.notebooks.source import Source

__all__ = ["Execution", "Work", "Workers"]


class Work(NamedTuple):
    """A page to execute.

    Attributes:
        source: The page.
        shown: Its path for messages.
        modules: What its kernel should have imported.
        begun: Called when it begins.
        done: Called with what came of it.
        failed: Called with why nothing came of it; what this raises stops the other pages.
    """

    source: Source
    shown: PurePath
    modules: Modules
    begun: Callable[[], None]
    done: Callable[["Execution"], None]
    failed: Callable[[ExecutionError], None]


class Execution(NamedTuple):
    """What came of executing a page.

    Attributes:
        notebook: The executed notebook.
        heard: What its kernel's ``dependencies.Recorder`` wrote; None if that is lost.
        seconds: How long it took.
    """

    notebook: NotebookNode
    heard: dict[str, Any] | None
    seconds: float


class Workers:
    """Kernels for pages, each in a private folder that is gone when it ends.

    Args:
        root: The repository's folder.
        folder: Where the private folders are made.
        zygotes: What kernels are forked from.
        environment: What pages see of the environment.
        timeout: How many seconds a cell may take.
        jobs: How many pages may execute at once.
    """

    def __init__(
        self,
        root: Path,
        folder: Path,
        zygotes: Zygotes,
        environment: Mapping[str, str],
        timeout: int,
        jobs: int,
    ) -> None:
        self._root, self._folder, self._zygotes = root, folder, zygotes
        self._environment, self._timeout, self._jobs = environment, timeout, jobs

    async def run(self, works: Sequence[Work]) -> None:
        """Execute pages, those that come first as early as their modules allow."""
        waiting = list(works)
        levels = {work.modules for work in waiting}
        self._zygotes.refresh()
        warming = {
            modules: asyncio.create_task(self._zygotes.ready(modules))
            for modules in sorted(levels, key=len)
        }
        running: set[asyncio.Task[Any]] = set()
        try:
            while waiting or running:
                cold = {task for task in warming.values() if not task.done()}
                for work in [w for w in waiting if warming[w.modules].done()]:
                    if running and len(running) + len(cold) >= self._jobs:
                        break
                    waiting.remove(work)
                    zygote = warming[work.modules].result()
                    running.add(asyncio.create_task(self._execute(work, zygote)))
                done, _ = await asyncio.wait(running | cold, return_when=asyncio.FIRST_COMPLETED)
                for task in done & running:
                    running.remove(task)
                    task.result()
        finally:
            await _cancel([*running, *warming.values()])

    async def _execute(self, work: Work, zygote: Zygote | None) -> None:
        folder = Path(tempfile.mkdtemp(prefix="", dir=self._folder))  # rounds share what it lies in
        temporary, record = folder / "tmp", folder / "record.json"
        temporary.mkdir()
        private = {"IPYTHONDIR": str(folder / "ipython"), "TMPDIR": str(temporary)}
        manager = kernel_manager(folder, self._root, record, zygote)
        work.begun()
        start = time.perf_counter()
        try:
            with (folder / "log").open("wb") as log:
                notebook = await client.run(
                    work.source,
                    work.shown,
                    manager,
                    environment={**self._environment, **private},
                    log=log,
                    timeout=self._timeout,
                )
            seconds = time.perf_counter() - start
            work.done(Execution(notebook, _read(record), seconds))
        except ExecutionError as error:
            work.failed(error)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _read(record: Path) -> dict[str, Any] | None:
    with contextlib.suppress(OSError, ValueError):
        heard: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
        return heard
    return None


async def _cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
