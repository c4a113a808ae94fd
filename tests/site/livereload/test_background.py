"""Pages executed behind a server: each as often as it must be, and no more."""

from pathlib import Path

import pytest
from project import Project

from xordocs.site.livereload.background import BackgroundExecutor

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def gated(gate: Path) -> str:
    return f"import os, time\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.01)"


def test_page_that_ends_while_a_build_begins_is_not_executed_again(project: Project) -> None:
    gate = project.root / "gate"
    project.page("slow.py", gated(gate))
    woken: list[str] = []
    with project.session() as session:
        background = BackgroundExecutor(session, lambda: "state", lambda: woken.append("up"))
        background.update(background.partition(project.pages("slow.py"))[1], "code", lambda _: True)
        _, stale = background.partition(project.pages("slow.py"))
        assert [one.page.name for one in stale] == ["slow.py"]  # it waits at its gate
        gate.touch()
        background.wait()
        assert woken, "there will be another build"
        background.update(stale, "code", lambda _: True)
        background.wait()
        fresh, stale = background.partition(project.pages("slow.py"))
        background.update(stale, "code", lambda _: True)
    assert list(fresh) == ["slow.py"]
    assert stale == []
    assert sum("executing" in line for line in project.lines) == 1


def test_page_whose_cells_change_while_it_runs_is_begun_anew(project: Project) -> None:
    gate = project.root / "gate"
    project.page("slow.py", gated(gate), "print('old')")
    with project.session() as session:
        background = BackgroundExecutor(session, lambda: "state", lambda: None)
        background.update(background.partition(project.pages("slow.py"))[1], "code", lambda _: True)
        project.page("slow.py", "print('new')")
        background.update(background.partition(project.pages("slow.py"))[1], "code", lambda _: True)
        background.wait()  # the gate never opens: what waited there has been stopped
        fresh, _ = background.partition(project.pages("slow.py"))
    assert "new" in fresh["slow.py"].outputs
