"""What a rendering reads is recorded, and nothing else; what cannot be recorded is noticed."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from xordocs.site.incremental.read_recorder import ReadRecorder, state_of


def recorded(action, output=""):
    recorder = ReadRecorder(output)
    with recorder.recording():
        action()
    return recorder


def test_files_that_are_read_looked_for_and_listed_are_recorded(tmp_path: Path) -> None:
    read, missing, folder = tmp_path / "read", tmp_path / "missing", tmp_path / "folder"
    read.write_text("first")
    folder.mkdir()

    def render() -> None:
        read.read_text()
        assert not os.path.exists(missing)
        assert os.listdir(folder) == []

    before = recorded(render)
    assert before.is_complete
    assert before.states.keys() == {str(read), str(missing), f"{folder}/"}
    assert before.states == {path: state_of(path, "") for path in before.states}
    read.write_text("other")
    missing.touch()
    (folder / "new").touch()
    changed = {path for path, state in before.states.items() if state_of(path, "") != state}
    assert changed == before.states.keys()


def test_listing_leaves_out_the_built_site_and_what_editors_leave(tmp_path: Path) -> None:
    before = recorded(lambda: os.listdir(tmp_path), str(tmp_path / "site"))
    for name in ("site", "__pycache__", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "page~").touch()
    assert state_of(f"{tmp_path}/", str(tmp_path / "site")) == before.states[f"{tmp_path}/"]
    assert state_of(f"{tmp_path}/", "") != before.states[f"{tmp_path}/"]


@pytest.mark.parametrize(
    "action",
    [
        lambda folder: (folder / "written").write_text("x"),
        lambda folder: subprocess.run([sys.executable, "-c", ""], check=True),
        lambda folder: socket.socket().close(),
    ],
    ids=["writes", "starts a process", "opens a socket"],
)
def test_what_no_file_shows_is_noticed(tmp_path: Path, action) -> None:
    assert not recorded(lambda: action(tmp_path)).is_complete


def test_installed_files_other_threads_and_later_reads_do_not_count(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("text")

    def render() -> None:
        Path(pytest.__file__).read_text()
        thread = threading.Thread(target=file.read_text)
        thread.start()
        thread.join()

    recorder = recorded(render)
    file.read_text()
    assert recorder.states == {}
    assert recorder.is_complete
    assert os.path.exists.__module__ == "genericpath", "what was replaced is put back"
