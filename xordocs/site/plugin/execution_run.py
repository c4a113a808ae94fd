"""Wait for pages that are being executed, each no sooner than something needs it."""

from collections.abc import Callable, Sequence
from queue import SimpleQueue

from mkdocs.exceptions import PluginError

from xordocs.site.errors import ExecutionError
from xordocs.site.execution import Session, StalePage
from xordocs.site.notebooks import Executed

__all__ = ["ExecutionRun"]


class ExecutionRun:
    """Pages that are executed while MkDocs reads and renders others.

    Args:
        session: What executes them.
        stale: The pages.
        on_done: Called with each page as executed, on the thread that waits.
        on_failure: Called with each page that failed, on the thread that waits.

    Raises:
        PluginError: Pages cannot be executed at all.
    """

    def __init__(
        self,
        session: Session,
        stale: Sequence[StalePage],
        on_done: Callable[[Executed], None],
        on_failure: Callable[[StalePage, ExecutionError], None],
    ) -> None:
        self._session = session
        self._on_done, self._on_failure = on_done, on_failure
        self._waiting = {one.page.name for one in stale}
        ended: SimpleQueue[Executed | tuple[StalePage, ExecutionError] | None] = SimpleQueue()
        self._ended = ended
        try:
            self._run = session.start(stale, ended.put, lambda *failed: ended.put(failed))
        except OSError as error:
            raise _refused(error) from error
        self._run.on_end(lambda: ended.put(None))

    def wait_for(self, page: str) -> None:
        """Wait until a page has ended, if it is one of these; take note of all that end before.

        Args:
            page: The page's name.

        Raises:
            PluginError: Pages cannot be executed at all.
        """
        while page in self._waiting:
            self._take()

    def finish(self) -> None:
        """Wait until all pages have ended, and let the session's fork servers end.

        Raises:
            PluginError: Pages cannot be executed at all.
        """
        while self._waiting:
            self._take()
        self._wait()
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
                self._wait()
                self._waiting.clear()

    def _wait(self) -> None:
        try:
            self._run.wait()
        except OSError as error:
            raise _refused(error) from error


def _refused(error: OSError) -> PluginError:
    return PluginError(f"pages cannot be executed: {error}")
