import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from project import Project, printed

from xordocs.site.execution import StalePage, forkserver_pool
from xordocs.site.execution_error import ExecutionError
from xordocs.site.notebooks.pages import Executed

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")

BUILDER = """
import sys
from pathlib import Path
from xordocs.site.execution import Session
root = Path(sys.argv[1])
with Session(root, root / ".cache", preload=sys.argv[3:]) as session:
    session.execute({sys.argv[2]: root / "docs" / sys.argv[2]})
"""

TELL_PROCESSES = """
import os, subprocess, sys
from pathlib import Path
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
Path("pids.tmp").write_text(f"{os.getpid()} {os.getppid()} {child.pid}")
Path("pids.tmp").rename("pids")
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def until(condition: Callable[[], object]) -> None:
    """Wait for something to become so."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it never came to pass"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.fixture
def builder(project: Project) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts builds in processes of their own."""
    started = []

    def start(page: str, *preload: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(project.root), page, *preload],
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_page_is_executed_once_and_then_unchanged(project: Project) -> None:
    project.take("good.py")
    first = project.build("good.py")["good.py"]
    assert project.lines[0] == "good.py: executing (new)"
    assert project.lines[1].startswith("good.py: executed in ")
    assert project.build("good.py")["good.py"] == first
    assert project.lines == ["good.py: unchanged"]


def test_no_output_is_lost_however_fast_it_comes(project: Project) -> None:
    lines = [str(line) for line in range(15_000)]  # ZeroMQ would hold a few thousand
    project.page("page.py", f"for line in range({len(lines)}): print(line, flush=True)")
    assert printed(project.build("page.py")["page.py"]).split() == lines


def test_outputs_keep_their_order_and_streams_are_joined(project: Project) -> None:
    project.take("good.py")
    cells = project.build("good.py")["good.py"].cells
    streams = [(output.name, output.text) for output in cells[2].outputs]
    assert streams[0] == ("stdout", "out 0\nout 1\nout 2\n")
    assert streams[1][0] == "stderr"
    assert streams[1][1].startswith("err 0\nerr 1\nerr 2\n<cell 2>:4: UserWarning: careful\n")
    assert [output.output_type for output in cells[4].outputs] == [
        "stream",
        "display_data",
        "stream",
    ]
    assert cells[3].outputs[0].ename == "ZeroDivisionError"
    assert "image/png" in cells[-1].outputs[-1].data


def test_two_cold_builds_are_byte_identical(project: Project) -> None:
    project.take("good.py")
    contents = []
    for _ in range(2):
        for entry in project.entries():
            entry.unlink()
        with project.session() as session:
            contents.append(session.execute(project.pages("good.py"))["good.py"].outputs)
        assert project.reason("good.py") == "new"
    assert contents[0] == contents[1]


def test_failing_cell_is_told_with_its_place_its_code_and_its_traceback(project: Project) -> None:
    project.take("failing.py")
    with pytest.raises(ExecutionError) as caught:
        project.build("failing.py")
    message = str(caught.value)
    assert message.startswith(
        "docs/failing.py:12: cell 2 raised ZeroDivisionError: division by zero\n"
    )
    assert '    print("so far so good")\n    \n    share(1, 0)\n' in message
    assert message.endswith("ZeroDivisionError: division by zero")
    assert "\x1b" not in message
    assert (caught.value.line, caught.value.cell) == (12, 2)


def test_syntax_error_is_told_with_its_line(project: Project) -> None:
    project.page("page.py", "1", "x = 1\ny = = 2")
    with pytest.raises(ExecutionError, match=r"^docs/page\.py:6: cell 2 raised SyntaxError"):
        project.build("page.py")


def test_blank_line_at_a_cells_beginning_does_not_move_its_lines(project: Project) -> None:
    project.write("docs/page.py", "# %%\n\n\nx = 1\n1 / 0\n")
    with pytest.raises(ExecutionError, match=r"^docs/page\.py:5: cell 1 raised"):
        project.build("page.py")


def test_cell_that_is_skipped_counts(project: Project) -> None:
    skipped = '# %% tags=["skip-execution"]\nundefined\n\n# %%\nfine = 1\n1 / 0\n'
    project.write("docs/page.py", skipped)
    with pytest.raises(ExecutionError, match=r"^docs/page\.py:6: cell 2 raised"):
        project.build("page.py")


def test_failed_run_is_never_stored(project: Project) -> None:
    project.take("failing.py")
    for _ in range(2):
        with pytest.raises(ExecutionError):
            project.build("failing.py")
        assert project.reason("failing.py") == "new"
    assert project.entries() == []


def test_hanging_cell_ends_at_its_timeout_and_is_told_where_it_hangs(project: Project) -> None:
    project.take("hanging.py")
    with pytest.raises(ExecutionError) as caught:
        project.build("hanging.py", timeout=1)
    message = str(caught.value)
    assert message.startswith("docs/hanging.py:13: cell 2 did not end within 1 s\n")
    assert re.search(r'File "<cell 1>", line [23] in wait$', message)


@pytest.mark.parametrize(
    ("cell", "how"),
    [
        ("import os; os._exit(3)", "exit status 3"),
        ("import os; os.kill(os.getpid(), 11)", "killed by SIGSEGV"),
        ("import os; os.kill(os.getpid(), 9)", "killed by SIGKILL, perhaps for lack of memory"),
    ],
)
def test_cell_that_ends_its_kernel_is_told(project: Project, cell: str, how: str) -> None:
    project.page("page.py", "1", cell)
    with pytest.raises(ExecutionError) as caught:
        project.build("page.py")
    assert str(caught.value).startswith(f"docs/page.py:5: cell 2 ended its kernel ({how})\n")


def test_first_failure_stops_the_pages_beside_it(project: Project) -> None:
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
        with pytest.raises(ExecutionError, match="ZeroDivisionError"):
            session.execute(project.pages("beside.py", "failing.py"))
        kernel, _server, child = map(int, (project.root / "docs/pids").read_text().split())
        until(lambda: gone(kernel) and gone(child))
        project.page("failing.py", "print('mended')")  # and the session lives on
        assert printed(project.execute(session, "failing.py")["failing.py"]) == "mended\n"


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


@pytest.mark.skipif(not forkserver_pool.CAN_FORK, reason="kernels are forked on Linux only")
def test_session_forks_all_its_kernels_from_one_process(project: Project) -> None:
    cell = "import os; print(os.getppid())"
    project.page("one.py", cell)
    project.page("two.py", cell)
    with project.session() as session:
        first = project.execute(session, "one.py", "two.py")
        project.page("one.py", cell, "'edited'")
        again = project.execute(session, "one.py")
        assert project.reason("one.py") == "1 code cells → 2"
    parents = {printed(first["one.py"]), printed(first["two.py"]), printed(again["one.py"])}
    assert len(parents) == 1
    assert parents != {printed(project.build("two.py", environment={"A": "1"})["two.py"])}


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


def test_module_is_preloaded_for_the_pages_that_need_it_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = project.root / "site-packages"
    project.write("site-packages/heavy.py", "")
    monkeypatch.setenv("PYTHONPATH", str(elsewhere), prepend=os.pathsep)
    project.page("with.py", "import sys; print('heavy' in sys.modules)", "import heavy")
    project.page("without.py", "import sys; print('heavy' in sys.modules)")
    executed = project.build("with.py", "without.py", preload=["heavy"])
    assert printed(executed["with.py"]) == "True\n"
    assert printed(executed["without.py"]) == "False\n"


@pytest.mark.skipif(not forkserver_pool.CAN_FORK, reason="kernels are forked on Linux only")
def test_what_imports_more_is_forked_from_what_imports_less(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = "import os; open({!r}, 'a').write(f'{{os.getpid()}}\\n')"
    for name in ("light", "heavy"):
        project.write(f"site-packages/{name}.py", tell.format(str(project.root / name)))
    monkeypatch.setenv("PYTHONPATH", str(project.root / "site-packages"), prepend=os.pathsep)
    project.page("light.py", "import light, os; print(os.getppid())")
    project.page("heavy.py", "import heavy, os; print(os.getppid())")
    with project.session(preload=["light", "heavy"]) as session:
        executed = project.execute(session, "light.py", "heavy.py")
        light, heavy = (int(printed(executed[f"{name}.py"])) for name in ("light", "heavy"))
        assert psutil.Process(heavy).ppid() == light
    imported = {name: (project.root / name).read_text().split() for name in ("light", "heavy")}
    assert imported == {"light": [str(light)], "heavy": [str(heavy)]}
    until(lambda: gone(light) and gone(heavy))


def test_preloading_that_crashes_costs_only_time(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("site-packages/crashing.py", "import os; os._exit(5)")
    monkeypatch.setenv("PYTHONPATH", str(project.root / "site-packages"), prepend=os.pathsep)
    project.page("page.py", "print('well')", "if False:\n    import crashing")
    assert printed(project.build("page.py", preload=["crashing"])["page.py"]) == "well\n"
    assert any("crashing ended with exit status 5" in line for line in project.lines)


def test_preloading_that_crashes_costs_only_time_also_what_builds_on_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("site-packages/crashing.py", "import os; os._exit(5)")
    project.write("site-packages/heavy.py", "")
    monkeypatch.setenv("PYTHONPATH", str(project.root / "site-packages"), prepend=os.pathsep)
    project.page("light.py", "print('well')", "if False:\n    import crashing")
    project.page("heavy.py", "import heavy; print('well')")
    executed = project.build("light.py", "heavy.py", preload=["crashing", "heavy"])
    assert [printed(page) for page in executed.values()] == ["well\n", "well\n"]


@pytest.mark.skipif(not forkserver_pool.CAN_FORK, reason="kernels are forked on Linux only")
def test_process_that_has_died_is_no_beginning_for_another(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("light", "heavy"):
        project.write(f"site-packages/{name}.py", "")
    monkeypatch.setenv("PYTHONPATH", str(project.root / "site-packages"), prepend=os.pathsep)
    project.page("light.py", "import light, os; print(os.getppid())")
    project.page("heavy.py", "import heavy; print('well')")
    with project.session(preload=["light", "heavy"]) as session:
        light = int(printed(project.execute(session, "light.py")["light.py"]))
        os.kill(light, signal.SIGKILL)
        until(lambda: gone(light))
        assert printed(project.execute(session, "heavy.py")["heavy.py"]) == "well\n"


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


def test_closing_does_not_wait_for_an_import(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("site-packages/endless.py", "import time; time.sleep(600)")
    monkeypatch.setenv("PYTHONPATH", str(project.root / "site-packages"), prepend=os.pathsep)
    project.page("light.py", "import endless")
    project.page("heavy.py", "import heavy")
    before = psutil.Process().children()
    session = project.session(preload=["endless", "heavy"])
    session.partition(project.pages("light.py", "heavy.py"))
    started = [process for process in psutil.Process().children() if process not in before]
    assert started or not forkserver_pool.CAN_FORK
    session.close()  # or this test never ends
    assert all(gone(process.pid) for process in started)


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
    assert printed(notebook) == f"{forkserver_pool.CAN_FORK}\n9.0\n"
    assert printed(notebook, "stderr") == ""


def test_ordinary_kernel_where_the_platform_cannot_fork(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forkserver_pool, "CAN_FORK", False)
    project.page("page.py", "import os; print(os.getppid())")
    assert printed(project.build("page.py")["page.py"]) == f"{os.getpid()}\n"


def test_what_native_code_prints_stays_out_of_the_page(project: Project) -> None:
    project.page(
        "page.py", "import os; os.write(1, b'noise'); os.write(2, b'noise'); print('mine')"
    )
    notebook = project.build("page.py")["page.py"]
    assert (printed(notebook), printed(notebook, "stderr")) == ("mine\n", "")


def test_page_works_in_its_own_folder_and_does_not_hide_a_module_of_its_name(
    project: Project,
) -> None:
    project.page("yaml.py", "import os, yaml; print(yaml.safe_load('true'), os.getcwd())")
    folder = os.path.realpath(project.root / "docs")
    assert printed(project.build("yaml.py")["yaml.py"]) == f"True {folder}\n"


def test_large_environment_arrives(project: Project) -> None:
    project.page("page.py", "import os; print(len(os.environ['LARGE']))")
    large = {"LARGE": "x" * 100_000}
    assert printed(project.build("page.py", environment=large)["page.py"]) == "100000\n"


def test_page_sees_the_declared_environment_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDECLARED", "secret")
    project.page(
        "page.py", "import os; print(os.environ.get('UNDECLARED'), os.environ['DECLARED'])"
    )
    assert printed(project.build("page.py", environment={"DECLARED": "yes"})["page.py"]) == (
        "None yes\n"
    )


def test_configuration_of_the_user_is_ignored(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil = "c = get_config(); c.InteractiveShellApp.exec_lines = ['spoilt = True']"
    for folder in ("docs", "home/.ipython/profile_default", "own"):
        project.write(f"{folder}/ipython_config.py", spoil)
    project.write("home/.ipython/profile_default/startup/00.py", "spoilt = True")
    project.write("startup.py", "spoilt = True")
    project.write("data/kernels/python3/kernel.json", '{"argv": ["false"], "display_name": "No"}')
    project.write("own/jupyter_config.json", '{"NotebookClient": {"allow_errors": true}}')
    monkeypatch.setenv("HOME", str(project.root / "home"))
    monkeypatch.setenv("IPYTHONDIR", str(project.root / "home/.ipython"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(project.root / "own"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(project.root / "data"))
    monkeypatch.setenv("PYTHONSTARTUP", str(project.root / "startup.py"))
    project.page("page.py", "print('spoilt' in globals())")
    assert printed(project.build("page.py")["page.py"]) == "False\n"


def test_kernel_listens_in_a_folder_that_other_users_cannot_enter(project: Project) -> None:
    project.page(
        "page.py",
        """
        import os, psutil
        mine = psutil.Process()
        sockets = [c.laddr for c in mine.net_connections("unix") if c.laddr.startswith("/")]
        ports = {c.laddr.port for c in mine.net_connections("inet")}
        print(ports <= {get_ipython().kernel.iopub_thread._pipe_port})
        print(*sorted({os.path.dirname(os.path.dirname(name)) for name in sockets}))
        """,
    )
    with project.session() as session:
        page = project.execute(session, "page.py")["page.py"]
        # ipykernel's pipe for the output of forked children asks for a secret of 16 bytes
        no_other_port, folder = printed(page).splitlines()
        assert no_other_port == "True"
        assert Path(folder).stat().st_mode & 0o777 == 0o700
        assert Path(folder).stat().st_uid == os.getuid()
    assert not Path(folder).exists()


def test_what_a_page_starts_and_leaves_ends_with_it(project: Project) -> None:
    project.page("page.py", TELL_PROCESSES)
    with project.session() as session:
        session.execute(project.pages("page.py"))
        kernel, server, child = map(int, (project.root / "docs/pids").read_text().split())
        until(lambda: gone(kernel) and gone(child))
        assert not gone(server)
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


def test_session_leaks_no_file_descriptors(project: Project) -> None:
    with project.session() as session:
        counts = []
        for number in range(3):
            project.page("page.py", str(number))
            session.execute(project.pages("page.py"))
            counts.append(psutil.Process().num_fds())
    assert counts[1] == counts[2]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_its_builder(
    project: Project, builder: Callable[..., subprocess.Popen[str]], number: signal.Signals
) -> None:
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
