import asyncio
import contextlib
import sys
import threading
from concurrent.futures import CancelledError
from typing import Any

import pytest
from nbformat import NotebookNode
from processes import TELL_PROCESSES, gone, until
from project import Project, printed

from xordocs.site.errors import ExecutionError
from xordocs.site.execution import StalePage
from xordocs.site.execution.page.page_client import PageClient
from xordocs.site.notebooks.pages import Executed

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_failing_page_keeps_no_other_from_being_executed_and_cached(project: Project) -> None:
    project.page("failing.py", "1 / 0")
    project.page("hopeless.py", "[][1]")
    for name in ("one.py", "two.py"):
        project.page(name, f"print({name!r})")
    with pytest.raises(ExceptionGroup, match="2 pages failed") as caught:
        project.build("failing.py", "one.py", "hopeless.py", "two.py", jobs=1)
    assert caught.group_contains(ExecutionError, match="ZeroDivisionError")
    assert caught.group_contains(ExecutionError, match="IndexError")
    with pytest.raises(ExecutionError, match="ZeroDivisionError"):
        project.build("failing.py", "one.py", "two.py")
    assert [project.reason(name) for name in ("one.py", "two.py")] == ["unchanged", "unchanged"]


def test_thread_that_executes_pages_makes_no_syntax_trees(project: Project) -> None:
    """In Python 3.11 two threads that do so disturb each other, and the main one may document."""
    made: list[str] = []

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        thread = threading.current_thread()
        if event == "compile" and arguments[1] == "<unknown>":  # as `ast` calls what it is given
            made.append(thread.name)

    project.write("docs/page.py", "# %% [markdown]\n# It is `{python} 6 * 7`.\n\n# %%\nprint(1)\n")
    sys.addaudithook(note)
    executed = project.build("page.py")["page.py"]
    assert "42" in str(executed)
    assert set(made) == {"MainThread"}


def test_failure_that_is_raised_stops_the_pages_beside_it(project: Project) -> None:
    def raise_it(_page: StalePage, error: ExecutionError) -> None:
        raise error

    project.page("beside.py", TELL_PROCESSES, "while True: pass")
    project.page(
        "failing.py",
        """
        import time
        from pathlib import Path
        while not Path("pids").exists():
            time.sleep(0.01)
        1 / 0
        """,
    )
    with project.session(jobs=2) as session:
        _, stale = session.partition(project.pages("beside.py", "failing.py"))
        run = session.start(stale, lambda _: None, raise_it)
        with pytest.raises(ExecutionError, match="ZeroDivisionError"):
            run.wait()
        kernel, _server, child = map(int, (project.root / "docs/pids").read_text().split())
        until(lambda: gone(kernel) and gone(child))
        project.page("failing.py", "print('mended')")  # and the session lives on
        assert printed(project.execute(session, "failing.py")["failing.py"]) == "mended\n"


def test_page_that_is_stopped_has_not_failed(project: Project) -> None:
    project.page("page.py", TELL_PROCESSES, "while True: pass")
    failures: list[ExecutionError] = []
    with project.session() as session:
        _, stale = session.partition(project.pages("page.py"))
        run = session.start(stale, lambda _: None, lambda _, error: failures.append(error))
        until((project.root / "docs/pids").exists)
        run.stop()
    assert failures == []


def test_stop_that_a_wait_has_lost_ends_the_page_before_its_next_cell(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.11's `asyncio.wait_for` loses one that meets the end of what it waits for."""
    execute = PageClient.async_execute_cell

    async def losing(self: PageClient, *arguments: Any, **options: Any) -> NotebookNode:
        cell = await execute(self, *arguments, **options)
        asyncio.current_task().cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0)
        return cell

    monkeypatch.setattr(PageClient, "async_execute_cell", losing)
    project.page("page.py", "1", "from pathlib import Path\nPath('second').touch()")
    with project.session() as session:
        _, stale = session.partition(project.pages("page.py"))
        run = session.start(stale, lambda _: None, lambda *_: None)
        with pytest.raises((CancelledError, asyncio.CancelledError)):
            run.wait()
    assert not (project.root / "docs/second").exists()


def test_pages_execute_side_by_side(project: Project) -> None:
    meet = """
    import time
    from pathlib import Path
    Path("{}").touch()
    while not Path("{}").exists():
        time.sleep(0.01)
    """
    project.page("one.py", meet.format("one", "other"))
    project.page("other.py", meet.format("other", "one"))
    project.build("one.py", "other.py", jobs=2, timeout=60)
    assert len(project.entries()) == 2


def test_slowest_page_goes_first(project: Project) -> None:
    project.page("fast.py", "import helper")
    project.page("slow.py", "import helper", "import time; time.sleep(0.5)")
    project.write("docs/helper.py", "")
    cells = "import sys; sys.path.insert(0, '.')"
    for name in ("fast.py", "slow.py"):
        text = (project.root / "docs" / name).read_text()
        project.write(f"docs/{name}", f"# %%\n{cells}\n\n{text}")
    project.build("fast.py", "slow.py", jobs=1)
    project.write("docs/helper.py", "changed = True")
    project.build("fast.py", "slow.py", jobs=1)
    begun = [line.partition(":")[0] for line in project.lines if "executing" in line]
    assert begun == ["slow.py", "fast.py"]


def test_page_whose_cells_may_take_longest_goes_first_where_none_has_been_executed(
    project: Project,
) -> None:
    project.page("as-usual.py", "1")
    header = "# ---\n# xordocs:\n#   timeout: {}\n# ---\n"
    for seconds in (90, 300):
        project.write(f"docs/{seconds}.py", header.format(seconds) + "\n# %%\n1\n")
    project.build("90.py", "as-usual.py", "300.py", jobs=1)
    begun = [line.partition(":")[0] for line in project.lines if "executing" in line]
    assert begun == ["300.py", "as-usual.py", "90.py"]


def test_two_rounds_at_once_keep_out_of_each_others_way(project: Project) -> None:
    gate = project.root / "gate"
    wait = f"import os, time\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.01)"
    told: dict[str, str] = {}

    def done(executed: Executed) -> None:
        told[executed.page.name] = printed(executed.notebook())
        gate.touch()

    def failed(_page: StalePage, error: ExecutionError) -> None:
        raise error

    project.page("waiting.py", wait, "print('well')")
    project.page("quick.py", "print('well')")
    with project.session() as session:
        rounds = []
        for name in ("waiting.py", "quick.py"):
            _, stale = session.partition(project.pages(name))
            rounds.append(session.start(stale, done, failed))
        try:
            rounds[1].wait()
            rounds[0].wait()
        finally:
            rounds[0].stop()
    assert told == {"waiting.py": "well\n", "quick.py": "well\n"}
