import os
import subprocess
import sys

import psutil
import pytest
from processes import until
from project import Project

from xordocs.site.errors import ExecutionError

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_session_leaves_its_cache_within_bounds(project: Project) -> None:
    abandoned = project.write(".cache/page.py/1234.executed.tmp", "half an entry")
    os.utime(abandoned, (0, 0))
    project.page("page.py", "1")
    project.build("page.py")
    assert not abandoned.exists()
    assert project.entries()


def test_engine_does_not_import_mkdocs() -> None:
    code = "import sys, xordocs.site.execution.session; sys.exit('mkdocs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
    code = "import sys, mkdocs, xordocs.site.execution.session; sys.exit('mkdocs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 1


def test_page_is_executed_once_and_then_unchanged(project: Project) -> None:
    project.take("good.py")
    first = project.build("good.py")["good.py"]
    assert project.lines[0] == "good.py: executing (new)"
    assert project.lines[1].startswith("good.py: executed in ")
    assert project.build("good.py")["good.py"] == first
    assert project.lines == ["good.py: unchanged"]


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


def test_failed_run_is_never_stored(project: Project) -> None:
    project.take("failing.py")
    for _ in range(2):
        with pytest.raises(ExecutionError):
            project.build("failing.py")
        assert project.reason("failing.py") == "new"
    assert project.entries() == []


def test_closing_stops_what_nobody_has_waited_for(project: Project) -> None:
    names = ["one.py", "two.py", "three.py"]
    for name in names:
        project.page(name, f"open('{name}.began', 'w').close()\nwhile True: pass")
    failed: list[object] = []
    with project.session(jobs=2) as session:
        _, stale = session.partition(project.pages(*names))
        run = session.start(stale, failed.append, lambda *failure: failed.append(failure))
        until(lambda: len(list(project.root.glob("docs/*.began"))) == 2)
    assert run.has_ended()
    assert not failed
    assert len(list(project.root.glob("docs/*.began"))) == 2


def test_session_leaks_no_file_descriptors(project: Project) -> None:
    with project.session() as session:
        counts = []
        for number in range(3):
            project.page("page.py", str(number))
            session.execute(project.pages("page.py"))
            counts.append(psutil.Process().num_fds())
    assert counts[1] == counts[2]
