from pathlib import Path

import pytest
from project import Project, manifest, printed

from xordocs.site.dependencies.declared import input_digests, missing_inputs

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def touch(folder: Path, *names: str) -> None:
    for name in names:
        folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(name).touch()


@pytest.mark.parametrize(
    ("declared", "change"),
    [
        ("data.txt", "data.txt"),
        ("data/*.csv", "data/a.csv"),
        ("data/*.csv", "data/new.csv"),
        ("**/*.csv", "data/deep/c.csv"),
        ("**/*.csv", "data/deep/deeper/new.csv"),
        ("data", "data/deep/c.csv"),
        ("data/", "data/new.txt"),
        ("da*", "data/deep/new.csv"),
        ("../beside.txt", "../beside.txt"),
        ("with[brackets].txt", "with[brackets].txt"),
        ("later.txt", "later.txt"),
        ("empty", "empty/new.txt"),
        ("{root}/docs/data.txt", "data.txt"),
    ],
)
def test_declared_files_count_by_name_and_content(
    tmp_path: Path, declared: str, change: str
) -> None:
    folder = tmp_path / "docs"
    files = ("data.txt", "data/a.csv", "data/deep/c.csv", "../beside.txt", "with[brackets].txt")
    touch(folder, *files, "data/.hidden", "other/x.txt")
    folder.joinpath("empty").mkdir()
    declared = declared.format(root=tmp_path)
    before = input_digests([declared], folder, {})
    assert input_digests([declared], folder, {}) == before
    folder.joinpath("other/x.txt").write_text("another matter")
    folder.joinpath("data/.hidden.swp").write_text("an editor at work")
    assert input_digests([declared], folder, {}) == before
    touch(folder, change)
    folder.joinpath(change).write_text("changed")
    after = input_digests([declared], folder, {})
    assert after != before
    folder.joinpath(change).unlink()
    assert input_digests([declared], folder, {}) != after


@pytest.mark.parametrize("declared", ["data", "d*"])
def test_files_behind_symbolic_links_in_a_declared_folder_count(
    tmp_path: Path, declared: str
) -> None:
    touch(tmp_path, "docs/data/own.csv", "far/x.csv", "far/deep/y.csv", "other/x.csv")
    folder, link = tmp_path / "docs", tmp_path / "docs/data/link"
    link.symlink_to(tmp_path / "far")
    (tmp_path / "far/back").symlink_to(folder / "data")  # and round again
    (tmp_path / "far/self").symlink_to(tmp_path / "far")
    seen = [input_digests([declared], folder, {})]
    for name in ("far/x.csv", "far/deep/y.csv", "docs/data/own.csv"):
        tmp_path.joinpath(name).write_text(name)
        seen.append(input_digests([declared], folder, {}))
    link.unlink()
    link.symlink_to(tmp_path / "other")
    seen.append(input_digests([declared], folder, {}))
    assert len({digest[declared] for digest in seen}) == len(seen)


def test_variables_count_by_whether_they_are_set_and_their_values_are_not_shown() -> None:
    unset, empty, full = (
        input_digests(["$KEY"], Path(), environment)
        for environment in ({}, {"KEY": ""}, {"KEY": "x"})
    )
    assert len({unset["$KEY"], empty["$KEY"], full["$KEY"]}) == 3
    assert missing_inputs(unset) == []


def test_files_that_are_not_there_are_told(tmp_path: Path) -> None:
    touch(tmp_path, "there.txt")
    tmp_path.joinpath("empty").mkdir()
    gone = ["gone.txt", "gone/*.csv", f"{tmp_path}/gone", "$", "", "$not a name"]
    found = ["there.txt", "*.txt", "empty", "always", "$UNSET"]
    assert missing_inputs(input_digests([*gone, *found], tmp_path, {})) == gone


def test_digests_are_the_same_in_another_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        touch(tmp_path / name, "data/a.csv")
    one, two = (input_digests(["data/**"], tmp_path / name, {}) for name in ("one", "two"))
    assert one == two != {"data/**": None}


def test_page_that_declares_its_inputs_is_executed_when_they_change(
    project: Project, declare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DECLARED", "1")
    project.write("docs/data.txt", "one\n")
    project.page("page.py", "!cat data.txt\n!echo $DECLARED $HIDDEN")
    declare("data.txt", "$DECLARED")
    assert project.why("page.py") == ["new"]
    assert not [line for line in project.lines if "every build" in line]
    assert project.why("page.py") == ["unchanged"]
    project.write("docs/data.txt", "two\n")
    assert project.why("page.py") == ["data.txt changed"]
    monkeypatch.setenv("DECLARED", "2")
    page = project.build("page.py")["page.py"]
    assert project.reason("page.py") == "$DECLARED changed"
    assert "two" in printed(page)
    declare("data.txt")
    assert project.why("page.py") == ["other inputs are declared"]
    declare()
    assert project.why("page.py") == ["other inputs are declared"]
    assert project.why("page.py") == ["unchanged"]
    declare("always")
    assert project.why("page.py")[0] == "other inputs are declared"
    assert project.why("page.py") == ["executed in every build, as declared"]
    declare("gone/*.csv")
    project.build("page.py")
    assert project.why("page.py") == ["unchanged"]
    (line,) = (line for line in project.lines if "gone" in line)
    assert line == "page.py: depends: there is no 'gone/*.csv' in the page's folder"
    project.write("docs/gone/new.csv", "")
    assert project.why("page.py") == ["gone/*.csv appeared"]


def test_declared_variable_is_seen_by_its_page_alone(
    project: Project, declare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DECLARED", "secret")
    project.page("page.py", "import os\nprint(os.environ.get('DECLARED'))")
    assert printed(project.build("page.py")["page.py"]) == "None\n"
    declare("$DECLARED")
    assert printed(project.build("page.py")["page.py"]) == "secret\n"
    assert not [entry for entry in project.entries() if "secret" in str(manifest(entry))]
