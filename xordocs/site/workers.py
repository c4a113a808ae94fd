"""Executes pages side by side, and forgets none of the processes that it starts."""

import asyncio
import contextlib
import itertools
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from nbformat import NotebookNode

from xordocs.site import runner
from xordocs.site.environment import page_environment
from xordocs.site.forks import CAN_FORK, Zygote
from xordocs.site.interruptible import run_interruptibly
from xordocs.site.kernels import kernel_manager
from xordocs.site.notebook import Source

__all__ = ["Execution", "Work", "Workers", "cores"]


class Work(NamedTuple):
    """A page to execute.

    Attributes:
        source: The page.
        shown: Its path for messages.
        modules: What its kernel should have imported.
        begun: Called when it begins.
        done: Called with what came of it.
    """

    source: Source
    shown: PurePath
    modules: tuple[str, ...]
    begun: Callable[[], None]
    done: Callable[["Execution"], None]


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


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if CAN_FORK else os.cpu_count() or 1


class Workers:
    """Processes for pages, warm from one build to the next; `close` ends them.

    Args:
        root: The repository's folder.
        environment: The declared environment variables.
        timeout: How many seconds a cell may take.
        jobs: How many pages may execute at once.
        warn: Told in one line what is not as it should be.
    """

    def __init__(
        self,
        root: Path,
        environment: Mapping[str, str],
        timeout: int,
        jobs: int,
        warn: Callable[[str], None],
    ) -> None:
        self._environment = page_environment(environment)
        self._root, self._timeout, self._jobs, self._warn = root, timeout, jobs, warn
        self._zygotes: dict[tuple[str, ...], Zygote] = {}
        self._numbers = itertools.count(1)
        self.folder = Path(tempfile.mkdtemp(prefix="pages-", dir=_short_folder()))

    def close(self) -> None:
        """End every process, and delete the private folder."""
        while self._zygotes:
            self._zygotes.popitem()[1].close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, works: Sequence[Work]) -> None:
        """Execute pages, those that come first as early as their modules allow.

        Raises:
            ExecutionError: The first failure; what else was running is stopped.
        """
        for modules, zygote in list(self._zygotes.items()):
            if not zygote.current():
                self._zygotes.pop(modules).close()
        run_interruptibly(self._run(list(works)))

    async def _run(self, waiting: list[Work]) -> None:
        levels = dict.fromkeys(sorted({work.modules for work in waiting}, key=len))
        warming = {modules: asyncio.create_task(self._warm(modules)) for modules in levels}
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

    def warm(self, levels: Iterable[tuple[str, ...]]) -> None:
        """Begin to import modules for kernels to come, without waiting for it."""
        if CAN_FORK:
            for modules in levels:
                self._zygote(modules)

    def _zygote(self, modules: tuple[str, ...]) -> Zygote:
        if modules not in self._zygotes:
            log = self.folder / f"zygote-{next(self._numbers)}.log"
            self._zygotes[modules] = Zygote(self._root, modules, self._environment, log)
        return self._zygotes[modules]

    async def _warm(self, modules: tuple[str, ...]) -> Zygote | None:
        """The zygote that has imported some modules; None where ordinary kernels must do."""
        if not CAN_FORK:
            return None
        zygote = self._zygote(modules)
        try:
            await zygote.ready()
        except RuntimeError as error:  # a page that imports the same will say more
            self._warn(f"warning: {error}")
            self._zygotes.pop(modules).close()
            return None
        return zygote

    async def _execute(self, work: Work, zygote: Zygote | None) -> None:
        folder = self.folder / str(next(self._numbers))
        temporary, record = folder / "tmp", folder / "record.json"
        temporary.mkdir(parents=True)
        private = {"IPYTHONDIR": str(folder / "ipython"), "TMPDIR": str(temporary)}
        manager = kernel_manager(folder, self._root, record, zygote)
        work.begun()
        start = time.perf_counter()
        try:
            with (folder / "log").open("wb") as log:
                notebook = await runner.run(
                    work.source,
                    work.shown,
                    manager,
                    environment={**self._environment, **private},
                    log=log,
                    timeout=self._timeout,
                )
            seconds = time.perf_counter() - start
            work.done(Execution(notebook, _read(record), seconds))
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _short_folder() -> str:
    """A folder for temporary ones, whose name leaves room for a socket's: 107 bytes in all."""
    usual = tempfile.gettempdir()
    return "/tmp" if len(os.fsencode(usual)) > 60 and Path("/tmp").is_dir() else usual  # noqa: S108


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
