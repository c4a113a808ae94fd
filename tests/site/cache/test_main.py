import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from project import Project

from xordocs.site.cache.__main__ import main

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two pages, one of which starts a process, in a repository without Git."""
    project = Project(tmp_path_factory.mktemp("project"))
    project.write("mkdocs.yml", "")
    project.write("docs/data.txt", "one")
    project.page("reading.py", "import numpy\nopen('data.txt').read()", "2")
    project.page("deep/shell.py", "!true")
    project.build("reading.py", "deep/shell.py")
    return project


def said(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str, str]:
    status = main([str(folder), *arguments])
    return status, *capsys.readouterr()


def test_list_names_each_page_with_its_last_execution(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = said(capsys, project.cache, "list")
    head, shell, reading = out.splitlines()
    assert status == 0
    assert head.split() == ["page", "last", "executed", "took", "size", "dependencies"]
    assert shell.startswith("deep/shell.py  20")
    assert shell.endswith(" and what cannot be seen: executed in every build")
    assert reading.startswith("reading.py     20")
    assert " s  " in reading
    assert " kB  " in reading


def test_list_names_a_page_of_which_nothing_is_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "broken.py"
    folder.mkdir()
    folder.joinpath("some.executed").write_bytes(b"." * 2000)
    status, out, _ = said(capsys, tmp_path, "list")
    assert status == 0
    assert [line.split() for line in out.splitlines()[1:]] == [["broken.py", "damaged", "2", "kB"]]


def test_why_tells_what_changed_and_what_was_depended_on(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    status, before, _ = said(capsys, project.cache, "why", "reading.py")
    assert status == 0
    assert before.startswith("reading.py: executed on 20")
    lines = before.splitlines()
    assert lines[1] == "  since then: nothing has changed"
    assert "    docs/data.txt" in lines[lines.index("  files:") :]
    assert any(line.startswith("    numpy ") for line in lines)
    assert "2 code cells" in lines[2]
    project.write("docs/data.txt", "two")
    project.page("reading.py", "import numpy\nopen('data.txt').read()", "3")
    _, after, _ = said(capsys, project.cache, "why", "reading.py", "--root", str(project.root))
    changes = [line for line in after.splitlines() if "since then" in line]
    assert changes == ["  since then: cell 2 changed", "  since then: docs/data.txt changed"]
    (project.root / "docs/deep/shell.py").rename(project.root / "docs/deep/moved.py")
    _, gone, _ = said(capsys, project.cache, "why", "deep/shell.py")
    assert "  since then: docs/deep/shell.py is gone\n" in gone
    assert "  not seen:\n    docs/deep/shell.py:2 starts a process\n" in gone


@pytest.mark.parametrize("command", ["why", "forget"])
def test_unknown_page_is_told_in_one_line(
    project: Project, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    status, out, error = said(capsys, project.cache, command, "readin.py")
    assert (status, out) == (1, "")
    assert error == "error: the cache has no page 'readin.py'; did you mean reading.py?\n"


def test_folder_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "none"
    for command in (["list"], ["why", "page.py"], ["forget", "page.py"]):
        assert said(capsys, folder, *command) == (1, "", f"error: there is no folder {folder}\n")
    assert said(capsys, folder, "forget") == (0, "", ""), "there is nothing to forget"


def test_cache_outside_any_repository_wants_a_root(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path)
    project.page("page.py", "1")
    project.build("page.py")
    status, _, error = said(capsys, project.cache, "why", "page.py")
    assert status == 1
    assert error == f"error: no repository above {project.cache}: name it with --root\n"


def test_forget_deletes_one_page_or_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = Project(tmp_path)
    names = ("one.py", "two.py", "three.py")
    for name in names:
        project.page(name, "1")
    project.build(*names)
    assert said(capsys, project.cache, "forget", "one.py") == (0, "", "")
    assert project.why(*names) == ["new", "unchanged", "unchanged"]
    assert said(capsys, project.cache, "forget") == (0, "", "")
    assert project.entries() == []
    assert said(capsys, project.cache, "list")[1] == ""


def test_help_explains_every_command_and_argument(capsys: pytest.CaptureFixture[str]) -> None:
    explained = {
        "--help": ["folder", "list", "why", "forget"],
        "folder why --help": ["page", "--root ROOT"],
        "folder forget --help": ["page"],
    }
    for arguments, names in explained.items():
        with pytest.raises(SystemExit, match=r"^0$"):
            main(arguments.split())
        told = capsys.readouterr().out
        assert told.startswith("usage: python -m xordocs.site.cache ")
        for name in names:
            assert re.search(rf"^ +{name} +[a-z]+ \w+", told, re.MULTILINE), (name, told)
        assert ("folder COMMAND ..." in told) == (arguments == "--help")


def test_reader_that_has_seen_enough_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # as `head` does
    with monkeypatch.context() as patched:
        cut = os.fdopen(writing, "w")
        patched.setattr(sys, "stdout", cut)
        assert main([str(tmp_path), "list"]) == 0
        with sys.stdout as rest:
            rest.write("Python's own flush at exit")
    with pytest.raises(BrokenPipeError):
        cut.close()


def test_command_is_run_as_a_module(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "xordocs.site.cache", str(tmp_path)]
    done = subprocess.run([*command, "list"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("page")
    reading, writing = os.pipe()
    os.close(reading)  # as `head` does
    cut = subprocess.run([*command, "list"], stdout=writing, stderr=subprocess.PIPE, check=True)
    os.close(writing)
    assert cut.stderr == b""
    failed = subprocess.run([*command, "what"], capture_output=True, text=True, check=False)
    assert failed.returncode == 2
    assert "invalid choice: 'what'" in failed.stderr
