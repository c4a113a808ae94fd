"""Execute stale pages while the site is served, and request a build for each that is done."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from xordocs.site.errors import ExecutionError
from xordocs.site.execution import Session, StalePage
from xordocs.site.notebooks.pages import Executed, Page

if TYPE_CHECKING:
    from xordocs.site.execution import Run

__all__ = ["BackgroundExecutor"]

MAX_ATTEMPTS = 2
"""How often a page is executed whose dependencies change meanwhile, while nothing else does."""


class _Batch(NamedTuple):
    """Pages that are executed together.

    Attributes:
        run: Their execution.
        cells: The code cells of each page that is still awaited: until the next `partition` after
            its end, which finds it in the cache.
        ended: The names of those that have been executed.
        code: The state of the code that they may import, at their beginning.
        urgent: Whether somebody is waiting for them.
    """

    run: "Run"
    cells: dict[str, list[str]]
    ended: set[str]
    code: object
    urgent: bool


class _Outcome(NamedTuple):
    """The outcome of a page's execution, with the cells and the files that it holds for."""

    cells: list[str]
    files: object
    result: Executed | ExecutionError
    attempts: int


class BackgroundExecutor:
    """Executions that go on from build to build.

    Args:
        session: Executes the pages.
        file_states: Returns the state of all files that pages may read.
        request_build: Called after each page, from another thread, for the next build to show it.
    """

    def __init__(
        self,
        session: Session,
        file_states: Callable[[], object],
        request_build: Callable[[], None],
    ) -> None:
        self._session = session
        self._file_states, self._request_build = file_states, request_build
        self._batches: list[_Batch] = []
        self._outcomes: dict[str, _Outcome] = {}
        self._rest: tuple[Sequence[StalePage], object] = [], None

    def partition(self, pages: Mapping[str, Page]) -> tuple[dict[str, Executed], list[StalePage]]:
        """Split pages into fresh and stale, as `Session.partition` does.

        A page that has been executed by now is awaited no longer: it is among the fresh ones.
        """
        for batch in self._batches:
            for name in batch.ended.copy():
                batch.cells.pop(name, None)
        return self._session.partition(pages)

    def update(
        self, stale: Sequence[StalePage], code: object, is_urgent: Callable[[StalePage], bool]
    ) -> dict[str, Executed | ExecutionError]:
        """Begin to execute what is urgent, and remember the rest for `execute_rest`.

        Args:
            stale: The pages to execute, as `partition` has just returned them.
            code: The state of what pages are known to import; executions that were begun before
                it changed are begun anew.
            is_urgent: Whether to begin a page at once.

        Returns:
            What is known of these pages already: a failure, or an execution that is not cached.
        """
        batches, self._batches = self._batches, []
        try:
            for batch in batches:
                batch.run.raise_failure()
        except BaseException:  # raised once, and then all is begun anew
            for batch in batches:
                batch.run.stop()
            raise
        for name in self._outcomes.keys() - {one.page.name for one in stale}:
            del self._outcomes[name]  # the cache has it
        known = self._known(stale)
        waiting = {one.page.name: one for one in stale if one.page.name not in known}
        for batch in batches:
            overtaken = {name for name in batch.cells if name not in waiting}
            changed = {
                name for name in batch.cells.keys() - overtaken
                if batch.code != code or batch.cells[name] != waiting[name].page.cells
            }  # fmt: skip
            if changed:
                batch.run.stop()
            elif batch.cells:
                self._batches.append(batch)
        executing = {name for batch in self._batches for name in batch.cells}
        waiting = {name: one for name, one in waiting.items() if name not in executing}
        self._begin([one for one in waiting.values() if is_urgent(one)], code, urgent=True)
        self._rest = [one for one in waiting.values() if not is_urgent(one)], code
        return known

    def execute_rest(self) -> None:
        """Begin to execute the pages that are not urgent, unless an urgent one is still under way.

        The build that shows what was urgent will then come here again.
        """
        if not self.is_urgent():
            (stale, code), self._rest = self._rest, ([], None)
            self._begin(stale, code, urgent=False)

    def is_urgent(self) -> bool:
        """Whether a page that somebody is waiting for is being executed."""
        return any(batch.urgent and batch.cells for batch in self._batches)

    def _known(self, stale: Iterable[StalePage]) -> dict[str, Executed | ExecutionError]:
        """Return the outcomes that still hold of pages that the cache knows nothing of."""
        known: dict[str, Executed | ExecutionError] = {}
        files = self._file_states()
        for page in (one.page for one in stale):
            outcome = self._outcomes.get(page.name)
            if outcome is None or (outcome.cells, outcome.files) != (page.cells, files):
                continue
            if isinstance(outcome.result, ExecutionError):
                known[page.name] = outcome.result
            elif outcome.attempts >= MAX_ATTEMPTS or not outcome.result.cached:
                known[page.name] = Executed(page, outcome.result.outputs)
        return known

    def wait(self) -> dict[str, Executed | ExecutionError]:
        """Wait until all pages are executed, and return the outcome of each."""
        for batch in self._batches:
            batch.run.wait()
        return {name: outcome.result for name, outcome in self._outcomes.items()}

    def stop(self) -> None:
        """Stop what is being executed."""
        while self._batches:
            self._batches.pop().run.stop()

    def _begin(self, stale: Sequence[StalePage], code: object, *, urgent: bool) -> None:
        if not stale:
            return
        cells = {one.page.name: one.page.cells for one in stale}
        names: set[str] = set()

        def on_end(name: str, result: Executed | ExecutionError) -> None:
            files, before = self._file_states(), self._outcomes.get(name)
            again = before is not None and (before.cells, before.files) == (cells[name], files)
            attempts = 1 + (before.attempts if before is not None and again else 0)
            self._outcomes[name] = _Outcome(cells[name], files, result, attempts)
            names.add(name)
            self._request_build()

        run = self._session.start(
            stale,
            lambda executed: on_end(executed.page.name, executed),
            lambda page, error: on_end(page.page.name, error),
        )
        run.on_failure(self._request_build)
        self._batches.append(_Batch(run, cells, names, code, urgent))
