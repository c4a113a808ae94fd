"""Execute one page in one kernel, and describe its failure by line and cell."""

import asyncio
import atexit
import copy
import itertools
import logging
import re
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import IO, Any

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output

from xordocs.site.errors import (
    ExecutionError,
    ExpressionError,
    cell_line,
    describe_exit,
    plain_lines,
)
from xordocs.site.notebooks.inline import RESULTS, Expression, evaluation, expressions, result_of
from xordocs.site.notebooks.source import Source, code_cells
from xordocs.site.notebooks.tags import add_jupyter_tags

__all__ = ["run"]

STARTUP_SECONDS = 60
STACK_POLLS = 40

_CELL_MODULE = re.compile(r'"<cell \d+>", line \d+ in <')

_silent = logging.Logger("jupyter")  # ExecutionError says all that Jupyter would log
_silent.addHandler(logging.NullHandler())


async def run(
    source: Source,
    display_path: PurePath,
    manager: AsyncKernelManager,
    *,
    environment: Mapping[str, str],
    log: IO[bytes],
    timeout: int,
) -> NotebookNode:
    """Execute a page's cells in order, in the page's own folder as Jupyter does.

    Args:
        source: The page.
        display_path: The page's path for messages.
        manager: Starts its kernel, which is gone when this returns or raises.
        environment: All of the kernel's environment variables.
        log: The file that takes what the kernel prints past Python.
        timeout: How many seconds a cell may take.

    Returns:
        The executed notebook, with what its inline expressions came to in its metadata; the same
        outputs give the same notebook.

    Raises:
        ExecutionError: A cell raised without the tag ``raises-exception``, hung, or ended its
            kernel.
    """
    notebook = copy.deepcopy(source.notebook)
    add_jupyter_tags(notebook)
    started: list[int] = []  # the position of each cell that has begun
    evaluating: list[tuple[int, Expression]] = []  # the same of each inline expression
    results: list[str] = []

    def on_cell_start(*, cell_index: int, **_: object) -> None:
        started.append(cell_index)

    async def evaluate(*, cell: NotebookNode, cell_index: int, **_: object) -> None:
        if cell.cell_type != "markdown":
            return
        for one in expressions(cell.source):
            evaluating.append((cell_index, one))
            results.append(await _evaluate(client, cell, one.code))
            evaluating.clear()

    def failure(reason: str, traceback: list[str]) -> ExecutionError:
        if evaluating:
            position, one = evaluating[0]
            line = source.line(position, one.line)
            number = len(code_cells(NotebookNode(cells=notebook.cells[:position])))
            return ExpressionError(display_path, line, number, one.code, reason, traceback)
        position = started[-1] if started else 0
        code = notebook.cells[position].source
        number = len(code_cells(NotebookNode(cells=notebook.cells[: position + 1]))) or 1
        blank = code[: len(code) - len(code.lstrip())].count("\n")  # IPython cuts these lines off
        line = source.line(position, blank + cell_line(traceback, max(len(started), 1)))
        return ExecutionError(display_path, line, number, code, reason, traceback)

    def logged_lines() -> list[str]:
        return plain_lines(Path(log.name).read_text(encoding="utf-8", errors="replace"))

    client = NotebookClient(
        notebook,
        km=manager,
        timeout=timeout,
        iopub_timeout=timeout,  # for the outputs that are still on their way when a cell has ended
        raise_on_iopub_timeout=True,
        startup_timeout=STARTUP_SECONDS,
        shutdown_kernel="immediate",
        record_timing=False,
        on_cell_start=evaluate,
        on_cell_execute=on_cell_start,
        log=_silent,
    )
    manager.log = _silent
    try:
        await manager.start_kernel(
            cwd=str(source.path.parent), env=dict(environment), stdout=log, stderr=log
        )
        await client.async_execute()
    except CellExecutionError as error:
        traceback = plain_lines(error.traceback)
        raise failure(f"raised {error.ename}: {error.evalue}", traceback) from None
    except CellTimeoutError:
        stack = await _stack(manager, logged_lines)
        raise failure(f"did not end within {timeout} s", stack) from None
    except DeadKernelError:
        status = await manager.provisioner.poll() if manager.provisioner else None
        raise failure(f"ended its kernel ({describe_exit(status)})", logged_lines()) from None
    except (OSError, RuntimeError) as error:  # before the first cell
        raise failure(f"found no kernel to run it: {error}", logged_lines()) from None
    finally:
        await _end(client, manager)
    for cell in code_cells(notebook):
        cell.outputs = _join_streams(cell.outputs)
    if results:
        notebook.metadata[RESULTS] = results
    return notebook


async def _evaluate(client: NotebookClient, cell: NotebookNode, code: str) -> str:
    """Evaluate an inline expression in a kernel, and return the text that the page shows.

    Args:
        client: The kernel's client, between two cells.
        cell: The cell that the expression stands in.
        code: The expression.

    Raises:
        CellExecutionError: It raised an exception, and the client allows none.
        CellTimeoutError: It ran out of time.
        DeadKernelError: It ended its kernel.
    """

    async def run(**options: Any) -> dict[str, Any]:
        assert client.kc is not None  # noqa: S101 - it executes cells
        message = client.kc.execute("pass", store_history=False, **options)
        reply = await client.async_wait_for_reply(message, cell)
        return dict(reply["content"] if reply else {})

    content = await run(user_expressions={"value": evaluation(code)})
    await run()  # after which the kernel writes down what it depends on by now
    value = content.get("user_expressions", {}).get("value", content)
    if value["status"] == "ok":
        return result_of(value["data"]["text/plain"])
    name, message = value.get("ename", ""), value.get("evalue", "")
    if client.allow_errors:
        return f"`{name}: {message}`"
    traceback = "\n".join(value.get("traceback", []))
    raise CellExecutionError(traceback, name, message)


async def _stack(manager: AsyncKernelManager, logged_lines: Callable[[], list[str]]) -> list[str]:
    """Ask a kernel for its stack: the frames from the cell inwards, the innermost last."""
    if not hasattr(signal, "SIGUSR1"):
        return []
    before = len(logged_lines())
    await manager.signal_kernel(signal.SIGUSR1)
    for _ in range(STACK_POLLS):
        frames = [line for line in logged_lines()[before:] if line.startswith("  File ")]
        outer = next((i for i, frame in enumerate(frames) if _CELL_MODULE.search(frame)), None)
        if outer is not None:
            return frames[outer::-1]
        await asyncio.sleep(0.05)
    return []  # it is stopped, or deep in the system


async def _end(client: NotebookClient, manager: AsyncKernelManager) -> None:
    if manager.provisioner is not None and manager.provisioner.has_process:
        await manager.provisioner.kill()
        await manager.provisioner.wait()
    if client.kc is not None:
        client.kc.stop_channels()
    _unregister_exit_handler(client)
    await manager.cleanup_resources()


def _unregister_exit_handler(client: NotebookClient) -> None:
    """Have nbclient not shut the kernel down again when the builder exits.

    Its handler is registered while a kernel starts, and raises if that kernel never ran. nbclient
    has no option that leaves it out.
    """
    atexit.unregister(client._cleanup_kernel)


def _join_streams(outputs: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Join all that was printed between two displays, standard output first.

    How many pieces a text arrives in, and which of the two streams comes first, varies from run to
    run.
    """
    joined: list[NotebookNode] = []
    for kind, group in itertools.groupby(outputs, key=lambda output: output.output_type):
        if kind != "stream":
            joined.extend(group)
            continue
        texts: dict[str, str] = {}
        for output in group:
            texts[output.name] = texts.get(output.name, "") + output.text
        for name in sorted(texts, reverse=True):
            joined.append(new_output("stream", name=name, text=texts[name]))
    return joined
