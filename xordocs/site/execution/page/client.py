"""Execute one page in one kernel, and describe its failure by line and cell."""

import asyncio
import copy
import logging
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4.rwbase import rejoin_lines

from xordocs.site.dependencies import Record
from xordocs.site.errors import (
    ExecutionError,
    ExpressionError,
    cell_line,
    describe_exit,
    describe_hosts,
    plain_lines,
)
from xordocs.site.execution.page.checks import wrong_acceptance, wrong_refusal
from xordocs.site.execution.page.outputs import clean_outputs, rename_widgets
from xordocs.site.execution.page.page_client import MessageError, PageClient
from xordocs.site.execution.page.printed_log import PrintedLog
from xordocs.site.execution.page.stack import read_stack
from xordocs.site.notebooks.exercises import read_exercises
from xordocs.site.notebooks.inline import (
    RESULTS,
    Expression,
    Result,
    evaluation,
    expressions,
    result_of,
)
from xordocs.site.notebooks.options import PageOptions
from xordocs.site.notebooks.source import Source, code_cells
from xordocs.site.notebooks.tags import add_jupyter_tags, execution

__all__ = ["run"]

STARTUP_SECONDS = 60
_silent = logging.Logger("jupyter")  # ExecutionError says all that Jupyter would log
_silent.addHandler(logging.NullHandler())


async def run(
    source: Source,
    display_path: PurePath,
    prepare_kernel: Callable[[], AsyncKernelManager],
    *,
    environment: Mapping[str, str],
    folder: Path,
    record: Path,
    options: PageOptions,
) -> NotebookNode:
    """Execute a page's cells in order, in the page's own folder as Jupyter does.

    The check of an exercise is executed a second time after the solution, out of sight.

    Args:
        source: The page.
        display_path: The page's path for messages.
        prepare_kernel: Returns what starts its kernel, which is gone when this returns or raises.
        environment: All of the kernel's environment variables.
        folder: Where the kernel's sockets are, and what it prints past Python.
        record: The file that its `Recorder`, if it has one, writes.
        options: How long a cell may take, and whether it may raise exceptions.

    Returns:
        The executed notebook, with what its inline expressions came to in its metadata; the same
        outputs give the same notebook.

    Raises:
        ExecutionError: A cell raised an exception that it may not raise, hung, ended its kernel, or
            showed what no notebook can hold; or a check did not tell an exercise from its solution.
    """
    notebook = copy.deepcopy(source.notebook)
    add_jupyter_tags(notebook)
    started: list[int] = []  # the position of each cell that has begun
    evaluating: list[tuple[int, Expression]] = []  # the same of each inline expression
    results: list[Result] = []
    log = PrintedLog(folder)
    exercises = read_exercises(source)
    checks = {exercise.check for exercise in exercises}
    solved = {exercise.solution: exercise.check for exercise in exercises}

    def on_cell_start(*, cell_index: int, **_: object) -> None:
        if _is_cancelled():
            raise asyncio.CancelledError  # Python 3.11 loses one that meets the end of a wait
        started.append(cell_index)
        log.begin_cell()

    async def on_cell_end(
        *, cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any], **_: object
    ) -> None:
        client.end_cell(cell)
        reply = execute_reply["content"]
        if cell_index in checks and (wrong := wrong_refusal(reply)):
            raise failure(wrong, _traceback(reply))
        ends_page = reply["status"] != "ok" and not (
            options.allow_errors or "raises-exception" in execution(cell)
        )
        if cell_index in solved and not ends_page:
            await check_again(cell_index)

    async def check_again(solution: int) -> None:
        position = solved[solution]
        started.append(position)
        cell = notebook.cells[position]
        reply = await _request(client, cell, cell.source)
        if wrong := wrong_acceptance(reply, number_of(solution)):
            raise failure(wrong, _traceback(reply))
        started.pop()  # the kernel does not count it

    async def evaluate(*, cell: NotebookNode, cell_index: int, **_: object) -> None:
        if cell.cell_type != "markdown":
            return
        for one in expressions(cell.source):
            evaluating.append((cell_index, one))
            results.append(await _evaluate(client, cell, one.code))
            evaluating.clear()

    def number_of(position: int) -> int:
        return len(code_cells(NotebookNode(cells=notebook.cells[: position + 1])))

    def failure(reason: str, traceback: list[str]) -> ExecutionError:
        if evaluating:
            position, one = evaluating[0]
            line = source.line(position, one.line)
            number = number_of(position)
            told = f"{source.place(position)} {reason}".lstrip()
            return ExpressionError(display_path, line, number, one.code, told, traceback)
        position = started[-1] if started else 0
        code = notebook.cells[position].source
        number = number_of(position) or 1
        line = source.executed_line(position, cell_line(traceback, max(len(started), 1)))
        return ExecutionError(display_path, line, number, code, reason, traceback)

    try:
        manager = prepare_kernel()
    except RuntimeError as error:
        raise failure(f"found no kernel to run it: {error}", []) from None
    manager.log = _silent
    client = PageClient(
        notebook,
        km=manager,
        allow_errors=options.allow_errors,
        timeout=options.timeout,
        iopub_timeout=options.timeout,  # for outputs that are still on their way
        raise_on_iopub_timeout=True,
        record_timing=False,
        on_cell_start=evaluate,
        on_cell_execute=on_cell_start,
        on_cell_executed=on_cell_end,
        log=_silent,
    )
    try:
        await _start(client, manager, cwd=source.path.parent, environment=environment, log=log)
        await client.async_execute()
    except CellExecutionError as error:
        traceback = plain_lines(error.traceback)
        recorded = Record.read(record)
        hosts = recorded.hosts if recorded is not None else []
        told = describe_hosts(hosts, error.ename, error.evalue, traceback)
        raise failure(f"raised {error.ename}: {error.evalue}{told}", traceback) from None
    except CellTimeoutError:
        stack = await read_stack(manager, folder)
        raise failure(f"did not end within {options.timeout} s", stack) from None
    except DeadKernelError:
        if _is_cancelled():
            raise asyncio.CancelledError from None  # nbclient takes it for the kernel's death
        status = await manager.provisioner.poll() if manager.provisioner else None
        raise failure(f"ended its kernel ({describe_exit(status)})", log.lines()) from None
    except MessageError as error:
        raise failure(f"showed what no notebook can hold: {error}", []) from None
    except (OSError, RuntimeError) as error:  # before the first cell
        raise failure(f"found no kernel to run it: {error}", log.lines()) from None
    finally:
        await _end(client, manager)
    rejoin_lines(notebook)  # a display may come as a list of them
    for cell in code_cells(notebook):
        cell.outputs = clean_outputs(cell.outputs)
    rename_widgets(notebook)
    if results:
        notebook.metadata[RESULTS] = results
    return notebook


async def _evaluate(client: NotebookClient, cell: NotebookNode, code: str) -> Result:
    """Evaluate an inline expression in a kernel, and return what the page shows.

    Args:
        client: The kernel's client, between two cells.
        cell: The cell that the expression stands in.
        code: The expression.

    Raises:
        CellExecutionError: It raised an exception, and the client allows none.
        CellTimeoutError: It ran out of time.
        DeadKernelError: It ended its kernel.
    """
    content = await _request(client, cell, "pass", user_expressions={"value": evaluation(code)})
    value = content.get("user_expressions", {}).get("value", content)
    if value["status"] == "ok":
        return result_of(value["data"]["text/plain"])
    name, message = value.get("ename", ""), value.get("evalue", "")
    if client.allow_errors:
        return f"`{name}: {message}`"
    traceback = "\n".join(value.get("traceback", []))
    raise CellExecutionError(traceback, name, message)


async def _request(
    client: NotebookClient, cell: NotebookNode, code: str, **options: Any
) -> dict[str, Any]:
    """Execute code between two cells, uncounted, and return the content of the kernel's reply.

    Args:
        client: The kernel's client.
        cell: The cell that the code belongs to.
        code: The code.
        options: What else is asked for.

    Raises:
        CellTimeoutError: It ran out of time.
        DeadKernelError: It ended its kernel.
    """
    assert client.kc is not None  # noqa: S101 - it executes cells
    uncounted: dict[str, Any] = {"store_history": False, "stop_on_error": False}
    message = client.kc.execute(code, **uncounted, **options)
    reply = await client.async_wait_for_reply(message, cell)
    after = client.kc.execute("pass", **uncounted)
    await client.async_wait_for_reply(after, cell)  # the kernel has written down what it depends on
    return dict(reply["content"] if reply else {})


def _is_cancelled() -> bool:
    """Whether the task was asked to end."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _traceback(reply: Mapping[str, Any]) -> list[str]:
    return plain_lines("\n".join(reply.get("traceback", [])))


async def _start(
    client: NotebookClient,
    manager: AsyncKernelManager,
    *,
    cwd: Path,
    environment: Mapping[str, str],
    log: PrintedLog,
) -> None:
    with log.opened() as streams:
        await manager.start_kernel(cwd=str(cwd), env=dict(environment), **streams)
    client.kc = manager.client()
    client.kc.start_channels()
    await client.kc.wait_for_ready(timeout=STARTUP_SECONDS)
    client.kc.allow_stdin = False


async def _end(client: PageClient, manager: AsyncKernelManager) -> None:
    if manager.provisioner is not None and manager.provisioner.has_process:
        await manager.provisioner.kill()
        await manager.provisioner.wait()
    await client.end()
    await manager.cleanup_resources()
