"""Executes pages behind a server, so that it shows at once what is ready, page by page."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from xordocs.site.execution import Due, Executed, ExecutionError, Session
from xordocs.site.running import Running

__all__ = ["Background"]


class _Round(NamedTuple):
    """What is being executed: pages as they were, for code as it was."""

    running: Running
    cells: dict[str, list[str]]
    code: object


class _Outcome(NamedTuple):
    """What a page's execution came to that no cache holds, and what it held for."""

    cells: list[str]
    files: object
    result: Executed | ExecutionError


class Background:
    """The executions that go on from build to build.

    Args:
        session: Executes the pages.
        wake: Called after each page, from another thread, for the next build to show it.
    """

    def __init__(self, session: Session, wake: Callable[[], None]) -> None:
        self._session, self._wake = session, wake
        self._round: _Round | None = None
        self._outcomes: dict[str, _Outcome] = {}

    def update(
        self, due: Sequence[Due], code: object, files: object
    ) -> dict[str, Executed | ExecutionError]:
        """Execute what is due, beside what is being executed already.

        Args:
            due: The pages to execute, the most urgent first.
            code: The state of what pages are known to import; if it has changed, executions under
                way are begun anew.
            files: The state of everything else that pages may read; if it has changed, a page that
                failed is given another chance.

        Returns:
            What is known of these pages already: a failure, or an execution that is not cached.
        """
        if self._round is not None:
            self._round.running.check()
        for name in self._outcomes.keys() - {one.page.name for one in due}:
            del self._outcomes[name]  # the cache has it
        known = self.known(due, code, files)
        waiting = [one for one in due if one.page.name not in known]
        if any(not self._runs(one, code) for one in waiting):
            self._begin(waiting, code, files)
        return known

    def known(
        self, due: Sequence[Due], code: object, files: object
    ) -> dict[str, Executed | ExecutionError]:
        """Return what `update` returns, and begin nothing."""
        known: dict[str, Executed | ExecutionError] = {}
        for page in (one.page for one in due):
            outcome = self._outcomes.get(page.name)
            if outcome is None or (outcome.cells, outcome.files) != (page.cells, (code, files)):
                continue
            result = outcome.result
            known[page.name] = (
                Executed(page, result.outputs) if isinstance(result, Executed) else result
            )
        return known

    def wait(self) -> None:
        """Wait until all is executed."""
        if self._round is not None:
            self._round.running.wait()

    def stop(self) -> None:
        """End what is being executed."""
        if self._round is not None:
            self._round.running.stop()
            self._round = None

    def _runs(self, due: Due, code: object) -> bool:
        """Whether a page is being executed as it now is."""
        current = self._round
        return (
            current is not None
            and current.code == code
            and current.cells.get(due.page.name) == due.page.cells
        )

    def _begin(self, due: Sequence[Due], code: object, files: object) -> None:
        self.stop()
        cells = {one.page.name: one.page.cells for one in due}

        def ended(name: str, result: Executed | ExecutionError) -> None:
            self._outcomes[name] = _Outcome(cells[name], (code, files), result)
            del cells[name]
            self._wake()

        running = self._session.start(
            due,
            lambda executed: ended(executed.page.name, executed),
            lambda page, error: ended(page.page.name, error),
            urgent=True,
        )
        running.then(lambda error: self._wake() if error else None)
        self._round = _Round(running, cells, code)
