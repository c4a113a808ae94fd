"""Executes pages behind a server, so that it shows at once what is ready, page by page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from xordocs.site.execution.running import Running
from xordocs.site.execution.session import Due, Executed, ExecutionError, Session

__all__ = ["Background"]

ATTEMPTS = 2
"""How often a page is executed whose dependencies change while it is, and nothing else does."""


class _Round(NamedTuple):
    """Pages that are executed together, for code as it is: the code cells of those still awaited.

    ``ended`` are the names of those that have been executed. A page is awaited until the next look
    at it, which finds it in the cache.
    """

    running: Running
    cells: dict[str, list[str]]
    ended: set[str]
    code: object
    urgent: bool


class _Outcome(NamedTuple):
    """What a page's execution came to, and what it holds for."""

    cells: list[str]
    state: object
    result: Executed | ExecutionError
    attempts: int


class Background:
    """The executions that go on from build to build.

    Args:
        session: Executes the pages.
        state: Tells the state of all files that pages may read.
        wake: Called after each page, from another thread, for the next build to show it.
    """

    def __init__(
        self, session: Session, state: Callable[[], object], wake: Callable[[], None]
    ) -> None:
        self._session, self._state, self._wake = session, state, wake
        self._rounds: list[_Round] = []
        self._outcomes: dict[str, _Outcome] = {}
        self._rest: tuple[Sequence[Due], object] = [], None

    def look(self, pages: Mapping[str, Path]) -> tuple[dict[str, Executed], list[Due]]:
        """Tell the pages that are up to date from those to execute, as `Session.look` does.

        What is executed from now on is not waited for any more after the next look.
        """
        for one in self._rounds:
            for name in one.ended.copy():
                one.cells.pop(name, None)
        return self._session.look(pages)

    def update(
        self, due: Sequence[Due], code: object, urgent: Callable[[Due], bool]
    ) -> dict[str, Executed | ExecutionError]:
        """Begin to execute what is urgent, and note the rest for `proceed`.

        Args:
            due: The pages to execute, as `look` has just told them.
            code: The state of what pages are known to import; executions that were begun before
                it changed are begun anew.
            urgent: Whether to begin a page at once.

        Returns:
            What is known of these pages already: a failure, or an execution that is not cached.
        """
        rounds, self._rounds = self._rounds, []
        try:
            for one in rounds:
                one.running.check()
        except BaseException:  # told once, and then all is begun anew
            for one in rounds:
                one.running.stop()
            raise
        for name in self._outcomes.keys() - {one.page.name for one in due}:
            del self._outcomes[name]  # the cache has it
        known = self._known(due)
        waiting = {one.page.name: one for one in due if one.page.name not in known}
        for one in rounds:
            overtaken = {name for name in one.cells if name not in waiting}
            changed = {
                name for name in one.cells.keys() - overtaken
                if one.code != code or one.cells[name] != waiting[name].page.cells
            }  # fmt: skip
            if changed:
                one.running.stop()
            elif one.cells:
                self._rounds.append(one)
        executing = {name for one in self._rounds for name in one.cells}
        waiting = {name: one for name, one in waiting.items() if name not in executing}
        self._begin([one for one in waiting.values() if urgent(one)], code, urgent=True)
        self._rest = [one for one in waiting.values() if not urgent(one)], code
        return known

    def proceed(self) -> None:
        """Begin to execute the rest of what was due, unless something urgent is still under way.

        The build that shows what was urgent will then come here again.
        """
        if not any(one.urgent and one.cells for one in self._rounds):
            (due, code), self._rest = self._rest, ([], None)
            self._begin(due, code, urgent=False)

    def _known(self, due: Iterable[Due]) -> dict[str, Executed | ExecutionError]:
        known: dict[str, Executed | ExecutionError] = {}
        state = self._state()
        for page in (one.page for one in due):
            outcome = self._outcomes.get(page.name)
            if outcome is None or (outcome.cells, outcome.state) != (page.cells, state):
                continue
            if isinstance(outcome.result, ExecutionError):
                known[page.name] = outcome.result
            elif outcome.attempts >= ATTEMPTS or not outcome.result.cached:
                known[page.name] = Executed(page, outcome.result.outputs)
        return known

    def wait(self) -> dict[str, Executed | ExecutionError]:
        """Wait until all is executed, and return what came of each page."""
        for one in self._rounds:
            one.running.wait()
        return {name: outcome.result for name, outcome in self._outcomes.items()}

    def stop(self) -> None:
        """End what is being executed."""
        while self._rounds:
            self._rounds.pop().running.stop()

    def _begin(self, due: Sequence[Due], code: object, *, urgent: bool) -> None:
        if not due:
            return
        cells = {one.page.name: one.page.cells for one in due}
        names: set[str] = set()

        def ended(name: str, result: Executed | ExecutionError) -> None:
            state, before = self._state(), self._outcomes.get(name)
            again = before is not None and (before.cells, before.state) == (cells[name], state)
            attempts = 1 + (before.attempts if before is not None and again else 0)
            self._outcomes[name] = _Outcome(cells[name], state, result, attempts)
            names.add(name)
            self._wake()

        running = self._session.start(
            due,
            lambda executed: ended(executed.page.name, executed),
            lambda page, error: ended(page.page.name, error),
        )
        running.then(lambda error: self._wake() if error else None)
        self._rounds.append(_Round(running, cells, names, code, urgent))
