"""Map a function over blocks of work in an executor, and keep what was finished if it fails."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import Generic, NamedTuple, TypeVar

from xordocs.nn.parameters import Array

__all__ = ["BlockResults", "map_blocks"]

Result = TypeVar("Result")


class BlockResults(NamedTuple, Generic[Result]):
    """The results of all blocks, in the order in which they were submitted.

    Args:
        finished: The blocks that were worked on, each with its result.
        lost: Those that were not, each with its error.
        listener_errors: What ``on_progress`` raised: nothing, or one exception.
    """

    finished: list[tuple[Array, Result]]
    lost: list[tuple[Array, BaseException]]
    listener_errors: list[BaseException]


def map_blocks(
    work: Callable[[Array], Result],
    blocks: Sequence[Array],
    executor: Executor,
    on_progress: Callable[[int, int], object] | None = None,
) -> BlockResults[Result]:
    """Submit all blocks to an executor, and collect their results.

    An interrupt, and a listener that fails, cancel the blocks that have not begun.

    Args:
        work: The function of a block.
        blocks: Arrays of any length.
        executor: Runs the function.
        on_progress: Called after each block with the number of finished entries and of all.

    Returns:
        What was finished and what was lost; only an exit of the interpreter is raised.
    """
    total = sum(map(len, blocks))
    futures: list[Future[Result]] = []
    results = BlockResults[Result]([], [], [])
    try:
        for number, block in enumerate(blocks):
            try:
                futures.append(executor.submit(work, block))
            except Exception as error:  # shut down or broken: it takes no more
                results.lost.extend((rest, error) for rest in blocks[number:])
                break
        for block, future in zip(blocks, futures, strict=False):
            try:
                results.finished.append((block, future.result()))
            except Exception as error:  # of the executor, of a worker, or a cancellation
                results.lost.append((block, error))
                continue
            except KeyboardInterrupt as interrupt:
                results.lost.append((block, interrupt))
                _cancel(futures)
                continue
            try:
                if on_progress and not results.listener_errors:
                    on_progress(sum(len(done) for done, _ in results.finished), total)
            except (Exception, KeyboardInterrupt) as error:
                results.listener_errors.append(error)
                _cancel(futures)
    finally:
        _cancel(futures)
    return results


def _cancel(futures: Sequence[Future[Result]]) -> None:
    """Cancel the blocks that have not begun."""
    for future in futures:
        future.cancel()
