"""Where a session's kernels live: one owner, and nothing left behind."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from project import Project, printed

from xordocs.site.execution import environment
from xordocs.site.execution.environment import PrivateFolder
from xordocs.site.execution.forkserver import pool

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_what_the_engine_fixes_for_all_pages_counts(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.page("page.py", "1")
    project.build("page.py")
    monkeypatch.setitem(environment.FIXED, "PYTHONHASHSEED", "1")
    assert project.why("page.py") == ["$PYTHONHASHSEED changed"]


def test_large_environment_arrives(project: Project) -> None:
    project.page("page.py", "import os; print(len(os.environ['LARGE']))")
    large = {"LARGE": "x" * 100_000}
    assert printed(project.build("page.py", environment=large)["page.py"]) == "100000\n"


def test_pages_are_in_the_same_time_zone_everywhere(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    project.page("page.py", "import time; print(time.localtime(0).tm_hour, time.tzname[0])")
    assert printed(project.build("page.py")["page.py"]) == "0 UTC\n"
    declared = {"TZ": "Pacific/Auckland"}
    assert printed(project.build("page.py", environment=declared)["page.py"]) == "12 NZST\n"


def test_page_sees_who_builds_and_how_the_network_is_reached_and_does_not_depend_on_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.page("page.py", "import os; print(os.environ['USER'], os.environ['https_proxy'])")
    for name in ("one", "two"):
        monkeypatch.setenv("USER", name)
        monkeypatch.setenv("https_proxy", f"proxy-of-{name}.test:8080")
        page = project.build("page.py")["page.py"]
        assert printed(page) == "one proxy-of-one.test:8080\n"


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


@pytest.mark.skipif(os.name != "posix", reason="Windows does not count files")
@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("-n 40", "96 open files are needed, but 40 are allowed (ulimit -n)"),
        ("-Sn 40", "well"),  # may be raised
        ("-n 130", "well"),
    ],
)
def test_limit_of_open_files_is_obeyed_or_told(project: Project, limit: str, said: str) -> None:
    for number in range(8):
        project.page(f"page{number}.py", "print('well')")
    code = f"""
from pathlib import Path
from xordocs.site.execution import Session
from xordocs.site.notebooks.pages import Page
root = Path({str(project.root)!r})
names = [f"page{{n}}.py" for n in range(8)]
fork = {pool.CAN_FORK}
with Session(root, root / ".cache", report=lambda _: None, jobs=8, fork=fork) as session:
    pages = {{name: Page.read(name, root / "docs" / name, session.memo) for name in names}}
    try:
        print("well" if len(session.execute(pages)) == 8 else "not all")
    except OSError as error:
        print(error)
"""
    command = ["sh", "-c", f'ulimit {limit}; exec "$0" -c "$1"', sys.executable, code]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == (f"{said}\n", 0), done.stderr


KILLED = """
import os, signal
from xordocs.site.execution.environment import PrivateFolder
folder = PrivateFolder()
print(folder.name, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:  # its name is short enough for a socket's
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr("tempfile.tempdir", None)
        yield Path(folder)


def test_folder_is_its_owners_alone_and_gone_when_closed(temporary: Path) -> None:
    folder = PrivateFolder()
    path = Path(folder.name)
    assert path.parent == temporary
    assert path.stat().st_mode & 0o777 == 0o700
    (path / "file").touch()
    folder.cleanup()
    assert list(temporary.iterdir()) == []


def test_folder_of_a_killed_session_is_swept_up_and_that_of_a_living_one_is_not(
    temporary: Path,
) -> None:
    living = PrivateFolder()
    killed = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True)
    left = Path(killed.stdout.strip())
    assert left.is_dir()
    fresh = PrivateFolder()
    assert left.is_dir(), "it may be about to be held"
    for folder in (left, living.name):
        os.utime(folder, (0, 0))
    third = PrivateFolder()
    held = [living, fresh, third]
    assert sorted(temporary.iterdir()) == sorted(Path(folder.name) for folder in held)
    for folder in held:
        folder.cleanup()
