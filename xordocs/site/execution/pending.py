"""Wait for pages that are being executed, for each no sooner than something needs it."""

from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING

from xordocs.site.errors import ExecutionError
from xordocs.site.notebooks.pages import Executed

if TYPE_CHECKING:
    from xordocs.site.execution.plan import StalePage
    from xordocs.site.execution.session import Session

__all__ = ["PendingPages"]


class PendingPages:
    """Pages that are being executed, while something else is done with the others.

    Args:
        session: What executes them.
        stale: The pages.
        on_done: Called with each page as executed, on the thread that waits.
        on_failure: Called with each page that failed, on the thread that waits.

    Raises:
        OSError: This process may open too few files.
    """

    def __init__(
        self,
        session: "Session",
        stale: "Sequence[StalePage]",
        on_done: Callable[[Executed], None],
        on_failure: "Callable[[StalePage, ExecutionError], None]",
    ) -> None:
        self._session = session
        self._on_done, self._on_failure = on_done, on_failure
        self._waiting = {one.page.name for one in stale}
        ended: SimpleQueue[Executed | tuple[StalePage, ExecutionError] | None] = SimpleQueue()
        self._ended = ended
        self._run = session.start(stale, ended.put, lambda *failed: ended.put(failed))
        self._run.on_end(lambda: ended.put(None))

    def wait_for(self, page: str) -> None:
        """Wait until a page has ended, if it is one of these; take note of all that end before.

        Args:
            page: The page's name.

        Raises:
            OSError: The system refuses what an execution needs.
        """
        while page in self._waiting:
            self._take()

    def finish(self) -> None:
        """Wait until all pages have ended, and let the session's fork servers end.

        Raises:
            OSError: The system refuses what an execution needs.
        """
        while self._waiting:
            self._take()
        self._run.wait()
        self._session.finish()

    def _take(self) -> None:
        """Wait until one page has ended, and take note of it."""
        match self._ended.get():
            case Executed() as executed:
                self._waiting.discard(executed.page.name)
                self._on_done(executed)
            case (failed, error):
                self._waiting.discard(failed.page.name)
                self._on_failure(failed, error)
            case None:  # no page will follow
                self._run.wait()
                self._waiting.clear()
