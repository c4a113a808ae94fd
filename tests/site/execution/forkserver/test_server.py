import asyncio
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from processes import TELL_PROCESSES, gone, until
from project import Project, printed

from xordocs.site.execution.forkserver import client, pool

needs_fork = pytest.mark.skipif(not pool.CAN_FORK, reason="there is no fork server")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_edited_module_is_read_again_even_if_it_was_asked_to_be_preloaded(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(project.root), prepend=os.pathsep)
    monkeypatch.syspath_prepend(project.root)
    project.write("helper.py", "value = 'old'")
    project.page("page.py", "import helper; print(helper.value)")
    with project.session(preload=["helper"]) as session:
        assert printed(project.execute(session, "page.py")["page.py"]) == "old\n"
        project.write("helper.py", "value = 'new, and longer'")
        assert printed(project.execute(session, "page.py")["page.py"]) == "new, and longer\n"
        assert project.reason("page.py") == "helper.py changed"


def test_tensorflow_runs_in_a_fork_and_its_log_stays_out_of_the_page(project: Project) -> None:
    project.page(
        "page.py",
        "import sys; print('tensorflow' in sys.modules)",
        "import tensorflow as tf",
        """
        @tf.function
        def square(x):
            return x @ x
        print(float(square(tf.eye(64) * 3.0)[0, 0]))
        """,
    )
    notebook = project.build("page.py", preload=["tensorflow"])["page.py"]
    assert printed(notebook) == f"{pool.CAN_FORK}\n9.0\n"
    assert printed(notebook, "stderr") == ""


def test_what_a_page_starts_and_leaves_ends_with_it(project: Project) -> None:
    project.page("page.py", TELL_PROCESSES)
    with project.session() as session:
        session.execute(project.pages("page.py"))
        kernel, server, child = map(int, (project.root / "docs/pids").read_text().split())
        until(lambda: gone(kernel) and gone(child))
        assert not gone(server)
    if pool.CAN_FORK:
        until(lambda: gone(server))


def test_what_a_page_starts_in_a_group_of_its_own_ends_with_it(project: Project) -> None:
    project.page(
        "page.py",
        """
        import subprocess, sys
        sleep = "subprocess.Popen(['sleep', '600'], start_new_session=True, stdout=-3).pid"
        print(eval(sleep))
        orphan = [sys.executable, "-c", f"import subprocess; print({sleep})"]
        print(subprocess.check_output(orphan, text=True))
        """,
    )
    with project.session() as session:
        pids = list(map(int, printed(project.execute(session, "page.py")["page.py"]).split()))
        assert len(pids) == 2
        until(lambda: all(map(gone, pids)))


@needs_fork
def test_kernel_ends_with_the_process_that_it_was_forked_from(
    project: Project, builder: Callable[..., subprocess.Popen[str]]
) -> None:
    project.page("page.py", TELL_PROCESSES, "while True: pass")
    process = builder("page.py")
    until((project.root / "docs/pids").exists)
    kernel, server, child = map(int, (project.root / "docs/pids").read_text().split())
    os.kill(server, signal.SIGKILL)
    until(lambda: gone(kernel))
    _, errors = process.communicate(timeout=60)
    assert re.search(r"cell \d ended its kernel \(killed by SIGKILL", errors)
    os.kill(child, signal.SIGKILL)  # nobody was left to do it


@pytest.mark.skipif(os.name != "posix", reason="Windows ends processes without asking")
@pytest.mark.parametrize("name", ["SIGINT", "SIGKILL"])
def test_no_process_outlives_its_builder(
    project: Project, builder: Callable[..., subprocess.Popen[str]], name: str
) -> None:
    number = signal.Signals[name]
    project.page("page.py", TELL_PROCESSES, "while True: pass")
    process = builder("page.py")
    until((project.root / "docs/pids").exists)
    processes = list(map(int, (project.root / "docs/pids").read_text().split()))
    assert not any(map(gone, processes))
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == -number
    assert number == signal.SIGKILL or errors.rstrip().endswith("KeyboardInterrupt")
    until(lambda: all(map(gone, processes)))


def wait_until_ready(server: client.ForkServer) -> None:
    """Wait in a thread: the browser's tests may have left an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, server.wait_until_ready()).result()


@pytest.fixture
def fork_server(tmp_path: Path) -> Iterator[client.ForkServer]:
    """One that has imported nothing, and all that it prints is in the file ``log``."""
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    server = client.ForkServer.start(tmp_path, (), environment, tmp_path / "log")
    try:
        wait_until_ready(server)
        yield server
    finally:
        server.close()


def process_of(server: client.ForkServer) -> psutil.Process:
    assert isinstance(server._process, subprocess.Popen)
    return psutil.Process(server._process.pid)


@needs_fork
def test_all_ends_with_a_builder_that_has_not_read_what_it_was_told(
    fork_server: client.ForkServer, tmp_path: Path
) -> None:
    process = process_of(fork_server)
    (tmp_path / "sleeping.py").write_text("import subprocess; subprocess.Popen(['sleep', '600'])")
    sleeping = fork_server.fork_server(("sleeping",), tmp_path / "log")
    wait_until_ready(sleeping)
    descendants = process.children(recursive=True)
    assert len(descendants) == 2
    process.suspend()
    fork_server.disconnect()  # that its modules are imported was looked at, and never read
    process.resume()
    until(lambda: all(gone(one.pid) for one in (process, *descendants)))
    sleeping.close()
    assert (tmp_path / "log").read_text() == ""


@needs_fork
def test_fork_server_outlives_a_child_that_ends_while_its_builder_gives_it_up(
    fork_server: client.ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process, log = process_of(fork_server), tmp_path / "log"
    first = fork_server.fork_server(("a_module",), log)
    wait_until_ready(first)
    (child,) = process.children()
    process.suspend()
    child.kill()  # of both events, the fork server is told of this one first
    until(lambda: gone(child.pid))
    monkeypatch.setattr(client, "FORK_SECONDS", 0.1)
    first.close()
    monkeypatch.undo()
    process.resume()
    second = fork_server.fork_server(("a_module",), log)
    wait_until_ready(second)
    second.close()
    assert log.read_text() == ""


@needs_fork
def test_no_process_outlives_its_builder_in_the_middle_of_an_import(
    project: Project,
    builder: Callable[..., subprocess.Popen[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project.write(
        "site-packages/endless.py",
        f"""
        import os, time
        from pathlib import Path
        Path({str(project.root)!r}, "pid.tmp").write_text(str(os.getpid()))
        Path({str(project.root)!r}, "pid.tmp").rename({str(project.root / "pid")!r})
        time.sleep(600)
        """,
    )
    monkeypatch.setenv("PYTHONPATH", str(project.root / "site-packages"), prepend=os.pathsep)
    project.page("page.py", "import endless")
    process = builder("page.py", "endless")
    until((project.root / "pid").exists)
    server = int((project.root / "pid").read_text())
    assert not gone(server)
    process.kill()
    until(lambda: gone(server))
