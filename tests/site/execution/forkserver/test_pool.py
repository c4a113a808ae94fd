import os
import signal

import psutil
import pytest
from processes import gone, until
from project import Project, printed

from xordocs.site.execution import kernel_manager
from xordocs.site.execution.forkserver import client, pool

needs_fork = pytest.mark.skipif(not pool.CAN_FORK, reason="there is no fork server")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


@needs_fork
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


def test_module_is_preloaded_for_the_pages_that_need_it_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = project.root / "site-packages"
    project.write("site-packages/heavy.py", "")
    monkeypatch.setenv("PYTHONPATH", str(elsewhere), prepend=os.pathsep)
    project.page("with.py", "import sys; print('heavy' in sys.modules)", "import heavy")
    project.page("without.py", "import sys; print('heavy' in sys.modules)")
    executed = project.build("with.py", "without.py", preload=["heavy"])
    assert printed(executed["with.py"]) == f"{pool.CAN_FORK}\n"
    assert printed(executed["without.py"]) == "False\n"


@needs_fork
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


@needs_fork
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


@needs_fork
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


@needs_fork
def test_fork_server_that_is_stopped_costs_only_time(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, usual_import = client.FORK_SECONDS, client.IMPORT_SECONDS
    monkeypatch.setattr(kernel_manager, "EXIT_SECONDS", 1.0)
    project.write("site-packages/heavy.py", "")
    monkeypatch.setenv("PYTHONPATH", str(project.root / "site-packages"), prepend=os.pathsep)
    tell = "import os; print(os.getppid())"
    for name in ("one.py", "two.py", "three.py"):
        project.page(name, tell)
    project.page("heavy.py", "import heavy; print('well')")
    with project.session(preload=["heavy"]) as session:
        server = int(printed(project.execute(session, "one.py")["one.py"]))
        assert server != os.getpid()  # whom the next page is to stop
        project.page("stopping.py", f"import os; os.kill({server}, 19)")
        project.execute(session, "stopping.py")
        monkeypatch.setattr(client, "FORK_SECONDS", 1.0)
        monkeypatch.setattr(client, "IMPORT_SECONDS", 1.0)
        two = project.execute(session, "two.py", "heavy.py")
        assert printed(two["heavy.py"]) == "well\n"
        assert printed(two["two.py"]) == f"{os.getpid()}\n"
        warnings = [line for line in project.lines if line.startswith("warning: ")]
        assert len(warnings) == 2, warnings
        monkeypatch.setattr(client, "FORK_SECONDS", usual)  # a new server may be slow to come
        monkeypatch.setattr(client, "IMPORT_SECONDS", usual_import)
        three = printed(project.execute(session, "three.py")["three.py"])
        assert three not in (f"{server}\n", f"{os.getpid()}\n")
    assert gone(server)


@needs_fork
def test_import_that_hangs_costs_only_time(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "FORK_SECONDS", 1.0)
    monkeypatch.setattr(client, "IMPORT_SECONDS", 2.0)
    project.write("site-packages/hanging.py", "import os; os.kill(os.getpid(), 19)")
    monkeypatch.setenv("PYTHONPATH", str(project.root / "site-packages"), prepend=os.pathsep)
    project.page("page.py", "print('well')", "if False:\n    import hanging")
    assert printed(project.build("page.py", preload=["hanging"])["page.py"]) == "well\n"
    (warning,) = (line for line in project.lines if line.startswith("warning: "))
    assert warning == "warning: importing hanging did not end within 2 s"


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
    assert started or not pool.CAN_FORK
    session.close()  # or this test never ends
    assert all(gone(process.pid) for process in started)
