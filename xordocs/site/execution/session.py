"""Executes the pages that have changed, or that depend on something that has.

What is only looked up imports neither Jupyter nor a notebook's format: most builds execute nothing.
"""

import functools
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from types import TracebackType
from typing import TYPE_CHECKING, Self

from xordocs.site.cache.memo import Memo
from xordocs.site.errors import ExecutionError
from xordocs.site.execution.environment import dependencies, page_environment
from xordocs.site.execution.plan import Due, Freshness
from xordocs.site.execution.private import PrivateFolder
from xordocs.site.execution.running import Running
from xordocs.site.execution.zygotes import CAN_FORK, Zygotes
from xordocs.site.notebooks.pages import Executed

if TYPE_CHECKING:
    from xordocs.site.execution.scheduler import Execution, Work

__all__ = ["Due", "Executed", "ExecutionError", "Session"]


class Session:
    """Executed pages for one build, or for build after build; a context manager.

    Args:
        root: The repository's folder: its files are what pages may depend on.
        cache: The folder that keeps executed pages.
        preload: Modules that are slow to import, from the lightest to the heaviest. Each is
            imported once a session, if a page needs it or one that is listed after it.
        environment: The variables that pages may see and depend on.
        timeout: How many seconds a cell may take.
        jobs: How many pages may execute at once; as many as there are processors if None.
        report: Told in one line what happens to a page.

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
        timeout: int = 120,
        jobs: int | None = None,
        report: Callable[[str], None] = print,
    ) -> None:
        declared = dict(environment or {})
        self._root, self._report = root, report
        self._environment, self._timeout = page_environment(declared), timeout
        self._jobs = jobs or cores()
        self.memo = Memo(cache / "texts")
        self._freshness = Freshness(
            root, cache, self.memo, tuple(preload), dependencies(declared), report
        )
        self._private = PrivateFolder()
        self.folder = self._private.path
        self._zygotes = Zygotes(root, self._environment, self.folder, report)

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
        """Execute nothing more: have the processes end, while something else is done."""
        self._zygotes.hang_up()

    def close(self) -> None:
        """End all processes of the session, and keep the cache within its bounds."""
        self._zygotes.close()
        self._private.close()
        self._freshness.cache.trim()

    def execute(self, pages: Mapping[str, Path]) -> dict[str, Executed]:
        """Bring pages up to date.

        Args:
            pages: The percent-format file of each page, by the page's name.

        Returns:
            Each page as executed, by its name.

        Raises:
            ExecutionError: A cell failed, hung, or ended its kernel.
        """
        executed, due = self.look(pages)

        def failed(_due: Due, error: ExecutionError) -> None:
            raise error

        if due:
            self.start(due, lambda page: executed.update({page.page.name: page}), failed).wait()
        return {name: executed[name] for name in pages}

    def look(self, pages: Mapping[str, Path]) -> tuple[dict[str, Executed], list[Due]]:
        """Tell the pages that are up to date from those to execute, and get ready for these.

        Args:
            pages: As for `execute`.

        Returns:
            The former as executed, by their names, and the latter, the slowest first.
        """
        new = [path for name, path in pages.items() if not self._freshness.cache.knows(name)]
        levels = {self._freshness.modules(path) for path in new}
        self._zygotes.warm(levels - {()})  # before all else: it takes longest
        executed, due = self._freshness.look(pages)
        self._zygotes.warm({page.modules for page in due})
        return executed, due

    def warm(self, pages: Iterable[Path]) -> None:
        """Import what executing these pages would need, most of it beside whatever comes next."""
        self._zygotes.warm({self._freshness.modules(path) for path in pages})
        import xordocs.site.execution.scheduler  # noqa: F401

    def start(
        self,
        due: Sequence[Due],
        done: Callable[[Executed], None],
        failed: Callable[[Due, ExecutionError], None],
    ) -> Running:
        """Begin to execute pages, in their order as far as their modules allow.

        Args:
            due: What `look` returned, all or some of it.
            done: Called with each page as executed.
            failed: Called with each page that cannot be; what this raises ends the others.
        """
        from xordocs.site.execution.scheduler import (
            Workers,  # most builds need none of what it imports
        )

        workers = Workers(
            self._root, self.folder, self._zygotes, self._environment, self._timeout, self._jobs
        )
        return Running(workers.run([self._work(page, done, failed) for page in due]))

    def _work(
        self,
        due: Due,
        done: Callable[[Executed], None],
        failed: Callable[[Due, ExecutionError], None],
    ) -> "Work":
        from xordocs.site.execution.scheduler import Work

        page = due.page

        def begun() -> None:
            self._report(f"{page.name}: executing ({due.reason})")

        def ended(result: "Execution") -> None:
            outputs = json.dumps(result.notebook, sort_keys=True)
            cached = self._freshness.store(page, result.heard, result.seconds, outputs)
            self._report(f"{page.name}: executed in {result.seconds:.1f} s ({due.reason})")
            done(Executed(page, outputs, cached))

        shown = PurePath(os.path.relpath(page.path, self._root))
        return Work(page.source, shown, due.modules, begun, ended, functools.partial(failed, due))


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if CAN_FORK else os.cpu_count() or 1
