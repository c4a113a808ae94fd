"""Execute the pages that have changed, or that depend on something that has.

Looking pages up in the cache imports neither Jupyter nor a notebook's format: most builds execute
nothing.
"""

import functools
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from types import TracebackType
from typing import TYPE_CHECKING, Self

from xordocs.site.cache import Memo
from xordocs.site.dependencies import declared_environment
from xordocs.site.errors import ExecutionError
from xordocs.site.execution.environment import (
    PrivateFolder,
    allow_files,
    kernel_environment,
    possible_jobs,
    tracked_environment,
)
from xordocs.site.execution.forkserver.pool import ForkServerPool
from xordocs.site.execution.plan import Planner, StalePage
from xordocs.site.notebooks.pages import Executed, Page

if TYPE_CHECKING:
    from xordocs.site.execution.scheduler import Execution, Run, WorkItem

__all__ = ["Session"]


class Session:
    """Executes pages for one build, or for build after build; a context manager.

    Args:
        root: The repository's folder, which the names of what pages depend on start from.
        cache: The folder that keeps executed pages.
        preload: Modules that are slow to import, from the lightest to the heaviest. Each is
            imported once a session, if a page needs it or one that is listed after it.
        environment: The variables that pages may see and depend on.
        jobs: How many pages may execute at once; as many as there are processors if None.
        fork: Whether to fork kernels from processes that have imported modules, where that can be.
        report: Called with one line about what happens to a page.

    Attributes:
        memo: The texts that were made of pages, in the cache's folder.
        folder: A private one, until the session is closed.
    """

    def __init__(
        self,
        root: Path,
        cache: Path,
        *,
        preload: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        jobs: int | None = None,
        fork: bool = True,
        report: Callable[[str], None] = print,
    ) -> None:
        declared = dict(environment or {})
        self._root, self._report = root, report
        self._environment = kernel_environment(declared)
        self._jobs = jobs or _processors()
        allow_files(self._jobs)
        self.memo = Memo(cache / "texts", report)
        self._planner = Planner(root, cache, tuple(preload), tracked_environment(declared), report)
        self._temporary = PrivateFolder()
        self.folder = Path(self._temporary.name)
        self._pool = ForkServerPool(root, self._environment, self.folder, report, fork=fork)
        self._runs: list[Run] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def finish(self) -> None:
        """Make the fork servers end, without waiting: nothing more is to be executed."""
        self._pool.disconnect()

    def close(self) -> None:
        """End all processes of the session, and keep the cache within its bounds."""
        while self._runs:  # what began one may have been interrupted before it could wait for it
            self._runs.pop().stop()
        self._pool.close()
        self._temporary.cleanup()
        self._planner.cache.trim()

    def execute(self, pages: Mapping[str, Page]) -> dict[str, Executed]:
        """Return each page as executed, by its name, and execute those that are stale.

        Args:
            pages: Each page, by its name.

        Raises:
            ExecutionError: A cell failed, hung, or ended its kernel. The other pages have been
                executed all the same.
            ExceptionGroup: Several pages failed so.
        """
        executed, stale = self.partition(pages)
        failures: list[ExecutionError] = []

        def on_done(page: Executed) -> None:
            executed[page.page.name] = page

        def on_failure(_page: StalePage, error: ExecutionError) -> None:
            failures.append(error)

        if stale:
            self.start(stale, on_done, on_failure).wait()
        if len(failures) > 1:
            raise ExceptionGroup(f"{len(failures)} pages failed", failures)
        if failures:
            raise failures[0]
        return {name: executed[name] for name in pages}

    def expect(self, path: Path, code: str) -> None:
        """Begin to import what a page's code needs, for it is likely to be executed.

        Args:
            path: The page's file.
            code: Its code.
        """
        self._pool.warm_up({self._planner.modules_for(path, code)} - {()})

    def partition(self, pages: Mapping[str, Page]) -> tuple[dict[str, Executed], list[StalePage]]:
        """Split pages into fresh and stale, and begin to import what the stale ones need.

        Args:
            pages: As for `execute`.

        Returns:
            The fresh pages as they were executed, by name, and the stale ones, the slowest first.
        """
        new = [page for name, page in pages.items() if not self._planner.cache.has_entries(name)]
        module_sets = {self._planner.modules(page) for page in new}
        self._pool.warm_up(module_sets - {()})  # before all else: it takes longest
        fresh, stale = self._planner.partition(pages)
        self._pool.warm_up({page.modules for page in stale})
        return fresh, stale

    def warm_up(self, pages: Iterable[Page]) -> None:
        """Import what executing these pages would need, most of it in other processes."""
        self._pool.warm_up({self._planner.modules(page) for page in pages})
        import xordocs.site.execution.scheduler  # noqa: F401

    def start(
        self,
        stale: Sequence[StalePage],
        on_done: Callable[[Executed], None],
        on_failure: Callable[[StalePage, ExecutionError], None],
    ) -> "Run":
        """Begin to execute pages, in their order as far as their modules allow.

        Args:
            stale: What `partition` returned, all or some of it.
            on_done: Called with each page as executed.
            on_failure: Called with each page that failed; what this raises stops the others.

        Raises:
            OSError: This process may open too few files.
        """
        from xordocs.site.execution.scheduler import Scheduler  # it imports Jupyter

        jobs = possible_jobs(self._jobs)
        scheduler = Scheduler(
            self._root, self.folder, self._pool, self._environment, jobs, self._report
        )
        run = scheduler.start([self._work_item(page, on_done, on_failure) for page in stale])
        self._runs = [run, *(one for one in self._runs if not one.has_ended())]
        return run

    def _work_item(
        self,
        stale: StalePage,
        on_done: Callable[[Executed], None],
        on_failure: Callable[[StalePage, ExecutionError], None],
    ) -> "WorkItem":
        from xordocs.site.execution.scheduler import WorkItem

        page = stale.page

        def report_start() -> None:
            self._report(f"{page.name}: executing ({stale.reason})")

        def store(result: "Execution") -> None:
            outputs = json.dumps(result.notebook, sort_keys=True)
            cached = self._planner.store(stale, result.dependencies, result.seconds, outputs)
            self._report(f"{page.name}: executed in {result.seconds:.1f} s ({stale.reason})")
            on_done(Executed(page, outputs, cached))

        path = PurePath(os.path.relpath(page.path, self._root))
        return WorkItem(
            page.source,
            path,
            page.options,
            stale.modules,
            report_start,
            store,
            functools.partial(on_failure, stale),
            declared_environment(page.options.depends, os.environ),
        )


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
