"""What is wrong with a cache's files is told in a line, and made good."""

import itertools
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from project import Project, printed

from xordocs.site.cache import atomic_file, memo
from xordocs.site.cache.memo import Memo
from xordocs.site.cache.store import KIND

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    for name in ("one.py", "two.py"):
        project.page(name, f"print('{name}')")
    project.build("one.py", "two.py")
    return project


def entry(project: Project, name: str) -> Path:
    (file,) = project.cache.joinpath(name).iterdir()
    return file


def swap(one: Path, two: Path) -> None:
    beside = one.with_name("beside")
    one.rename(beside)
    two.rename(one)
    beside.rename(two)


def swap_entries(project: Project) -> None:
    swap(entry(project, "one.py"), entry(project, "two.py"))


def copy_entry(project: Project) -> None:
    """Put a copy of one page's entry in the place of another's, under the name it had."""
    own, other = entry(project, "one.py"), entry(project, "two.py")
    shutil.copy(other, own.with_name(other.name))
    own.unlink()


def rename_entry(project: Project) -> None:
    file = entry(project, "one.py")
    file.rename(file.with_name("0" * 16 + ".executed"))


def replace_by(content: Callable[[list[bytes]], bytes]) -> Callable[[Project], None]:
    def replace(project: Project) -> None:
        file = entry(project, "one.py")
        file.write_bytes(content(file.read_bytes().split(b"\n")))

    return replace


def forge(manifest: object, notebook: object) -> Callable[[Project], None]:
    """Write another content with the right checksum."""

    def write(project: Project) -> None:
        file = entry(project, "one.py")
        content = f"{json.dumps(manifest)}\n{json.dumps(notebook)}\n".encode()
        atomic_file.write(file, KIND, f"one.py/{file.stem}", content)

    return write


def forge_manifest(**fields: object) -> Callable[[Project], None]:
    def write(project: Project) -> None:
        lines = entry(project, "one.py").read_bytes().split(b"\n")
        forge({**json.loads(lines[1]), **fields}, json.loads(lines[2]))(project)

    return write


def forge_notebook(notebook: object) -> Callable[[Project], None]:
    def write(project: Project) -> None:
        lines = entry(project, "one.py").read_bytes().split(b"\n")
        forge(json.loads(lines[1]), notebook)(project)

    return write


def replace_entry_by_folder(project: Project) -> None:
    file = entry(project, "one.py")
    file.unlink()
    (file / "inner").mkdir(parents=True)


def replace_entry_by_pipe(project: Project) -> None:
    file = entry(project, "one.py")
    file.unlink()
    os.mkfifo(file)


def replace_folder_by(make: Callable[[Path], object]) -> Callable[[Project], None]:
    def replace(project: Project) -> None:
        shutil.rmtree(project.cache / "one.py")
        make(project.cache / "one.py")

    return replace


OBSTACLES: dict[str, Callable[[Path], object]] = {
    "a file": lambda place: place.write_text("a file"),
    "a pipe": lambda place: os.mkfifo(place),
    "a link to nothing": lambda place: place.symlink_to("nowhere"),
    "a link to itself": lambda place: place.symlink_to(place.name),
}


FAULTS = {
    "swapped": swap_entries,
    "copied": copy_entry,
    "renamed": rename_entry,
    "empty": replace_by(lambda _: b""),
    "cut": replace_by(lambda lines: b"\n".join(lines)[:-9]),
    "binary": replace_by(lambda _: bytes(range(256)) * 9),
    "of another version": replace_by(lambda lines: b"\n".join([b"xordocs 0", *lines[1:]])),
    "without an end": replace_by(lambda lines: lines[0]),
    "a list": forge([], {}),
    "null": forge(None, None),
    "a manifest of too little": forge({"cells": []}, {"cells": []}),
    "files in a list": forge_manifest(files=[]),
    "a number for a digest": forge_manifest(files={"a": 1}),
    "cells that are numbers": forge_manifest(cells=[1]),
    "time in words": forge_manifest(seconds="long"),
    "a field too many": forge_manifest(more=1),
    "a notebook in a list": forge_notebook([]),
    "a notebook of text": forge_notebook("notebook"),
    "cells of text": forge_notebook({"cells": ["one"]}),
    "outputs that are none": forge_notebook({"cells": [{"cell_type": "code", "outputs": 1}]}),
    "no code cell": forge_notebook({"cells": [], "metadata": {}}),
    "a folder": replace_entry_by_folder,
    "a pipe": replace_entry_by_pipe,
    **{f"{name} for the folder": replace_folder_by(make) for name, make in OBSTACLES.items()},
}


@pytest.mark.audit(sample=9)
@pytest.mark.parametrize("fault", FAULTS)
def test_entry_that_is_not_the_pages_own_is_dropped_with_a_word(
    project: Project, fault: str
) -> None:
    FAULTS[fault](project)
    pages = project.build("one.py", "two.py")
    assert [printed(pages[name]) for name in pages] == ["one.py\n", "two.py\n"]
    assert any(line.startswith("one.py: dropped ") for line in project.lines)
    assert not [line for line in project.lines if "warning" in line]
    assert project.why("one.py", "two.py") == ["unchanged"] * 2, "healed"
    assert not [line for line in project.lines if "dropped" in line]


def test_texts_that_change_places_are_never_believed(tmp_path: Path) -> None:
    lines: list[str] = []
    texts = Memo(tmp_path, lines.append)
    for name in "abc":
        texts.store(f"made of {name}", name)
    for one, two in itertools.combinations(sorted(tmp_path.iterdir()), 2):
        lines.clear()
        swap(one, two)
        assert {texts.get(name) for name in "abc"} <= {None, "made of a", "made of b", "made of c"}
        for name in "abc":
            assert texts.get(name) in (None, f"made of {name}")
        assert len(lines) == 2
        for name in "abc":
            texts.store(f"made of {name}", name)
            assert texts.get(name) == f"made of {name}"


def test_text_of_another_version_or_in_a_folder_is_made_again(tmp_path: Path) -> None:
    lines: list[str] = []
    texts = Memo(tmp_path, lines.append)
    texts.store("made", "a")
    (file,) = tmp_path.iterdir()
    content = file.read_bytes()
    file.write_bytes(content.replace(memo.KIND.encode(), b"xordocs text 1"))
    assert texts.get("a") is None
    file.mkdir()
    assert texts.get("a") is None
    assert len(lines) == 2
    assert all("is dropped from the cache" in line for line in lines)
    texts.store("made", "a")
    assert texts.get("a") == "made"
    file.unlink()
    file.mkdir()
    texts.store("made", "a")
    assert texts.get("a") == "made"


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_what_is_in_place_of_the_caches_folders_is_replaced(
    project: Project, obstacle: str
) -> None:
    for name in ("texts", "one.py"):
        shutil.rmtree(project.cache / name)
        OBSTACLES[obstacle](project.cache / name)
    project.build("one.py", "two.py")
    assert project.why("one.py", "two.py") == ["unchanged"] * 2
    assert (project.cache / "texts").is_dir()
    assert (project.cache / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172")


def test_file_of_the_authors_in_place_of_a_pages_folder_stays(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.cache = project.root / "docs"  # where no author should keep a cache
    project.page("page.py", "print('mine')")
    source = (project.root / "docs/page.py").read_text()
    for _ in range(2):
        assert printed(project.build("page.py")["page.py"]) == "mine\n"
        (line,) = (line for line in project.lines if line.startswith("warning: "))
        assert line.startswith("warning: this build is not cached: ")
    assert (project.root / "docs/page.py").read_text() == source


def test_cache_that_cannot_be_read_is_told_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object) -> None:
        if str(path).startswith(f"{project.cache}{os.sep}"):
            raise PermissionError(13, "Permission denied", str(path))

    for name in ("listdir", "mkdir", "open", "scandir", "stat", "unlink", "utime"):
        system_call = getattr(os, name)

        def call(path: Any, *arguments: Any, _call: Any = system_call, **options: Any) -> Any:
            refuse(path)
            return _call(path, *arguments, **options)

        monkeypatch.setattr(os, name, call)
    pages = project.build("one.py", "two.py")
    assert printed(pages["one.py"]) == "one.py\n"
    (line,) = (line for line in project.lines if line.startswith("warning: "))
    assert line.startswith("warning: the cache cannot be read: [Errno 13] Permission denied: ")
