"""Work cut into blocks and handed to an executor: whatever happens, what was finished is kept."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import Generic, NamedTuple, TypeVar

from xordocs.nn.parameters import Array

__all__ = ["Outcome", "work_through"]

Result = TypeVar("Result")


class Outcome(NamedTuple, Generic[Result]):
    """What became of the blocks, each in the order in which it was handed out.

    Args:
        finished: The blocks that were worked on, with what came of each.
        lost: Those that were not, with what went wrong.
        stopped: What the listener raised: nothing, or one exception.
    """

    finished: list[tuple[Array, Result]]
    lost: list[tuple[Array, BaseException]]
    stopped: list[BaseException]


def work_through(
    work: Callable[[Array], Result],
    blocks: Sequence[Array],
    executor: Executor,
    on_progress: Callable[[int, int], object] | None = None,
) -> Outcome[Result]:
    """Hand all blocks to an executor, and wait for what comes back.

    An interrupt, and a listener that fails, cancel the blocks that have not begun.

    Args:
        work: What to do with a block.
        blocks: What to do it with, arrays of any length.
        executor: Who does it.
        on_progress: Told how many entries of how many are finished, after each block.

    Returns:
        What was finished and what was lost; only an exit of the interpreter is raised.
    """
    total = sum(map(len, blocks))
    futures: list[Future[Result]] = []
    outcome = Outcome[Result]([], [], [])
    try:
        for number, block in enumerate(blocks):
            try:
                futures.append(executor.submit(work, block))
            except Exception as error:  # shut down or broken: it takes no more
                outcome.lost.extend((rest, error) for rest in blocks[number:])
                break
        for block, future in zip(blocks, futures, strict=False):
            try:
                outcome.finished.append((block, future.result()))
            except Exception as error:  # of the executor, of a worker, or a cancellation
                outcome.lost.append((block, error))
                continue
            except KeyboardInterrupt as interrupt:
                outcome.lost.append((block, interrupt))
                _cancel(futures)
                continue
            try:
                if on_progress and not outcome.stopped:
                    on_progress(sum(len(done) for done, _ in outcome.finished), total)
            except (Exception, KeyboardInterrupt) as error:
                outcome.stopped.append(error)
                _cancel(futures)
    finally:
        _cancel(futures)
    return outcome


def _cancel(futures: Sequence[Future[Result]]) -> None:
    """Cancel what has not begun."""
    for future in futures:
        future.cancel()
