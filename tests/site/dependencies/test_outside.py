"""What lies outside the repository counts as what lies in it."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from project import Project, manifest, printed, recorded
from small_site import build

from xordocs.site.dependencies import current
from xordocs.site.dependencies.source_files import Repository
from xordocs.site.notebooks import Page

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")

FINDER = """
import sys
from importlib.util import spec_from_file_location
MAPPING = {{"edited": {folder!r}}}

class _EditableFinder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name in MAPPING:
            return spec_from_file_location(name, MAPPING[name] + "/edited.py")

def install():
    sys.meta_path.append(_EditableFinder)
"""
"""An editable package's finder, as setuptools writes it."""


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


def edit_unnoticed(file: Path, text: str) -> None:
    """Edit a file as fast as Python's own cache cannot see: of equal size, in the same second."""
    before = file.stat()
    file.write_text(text)
    assert file.stat().st_size == before.st_size
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_data_and_modules_beside_the_repository_count(
    project: Project, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(elsewhere), prepend=os.pathsep)
    (elsewhere / "data.txt").write_text("one")
    (elsewhere / "helper.py").write_text("value = 1")
    (elsewhere / "folder").mkdir()
    project.page(
        "page.py",
        "import helper, os",
        "print(helper.value, open(helper.__file__[:-9] + 'data.txt').read())",
        f"os.listdir('{elsewhere}/folder'), os.path.exists('/etc/passwd'), open('/etc/passwd')",
    )
    for preload in ([], ["helper"]):
        with project.session(preload=preload) as session:
            assert printed(project.execute(session, "page.py")["page.py"]) == "1 one\n"
            project.execute(session, "page.py")
            assert project.reason("page.py") == "unchanged"
            edit_unnoticed(elsewhere / "helper.py", "value = 2")
            assert printed(project.execute(session, "page.py")["page.py"]) == "2 one\n"
            assert project.reason("page.py") == f"{elsewhere}/helper.py changed"
            (elsewhere / "data.txt").write_text("two")
            assert printed(project.execute(session, "page.py")["page.py"]) == "2 two\n"
            (elsewhere / "folder/new").touch()
            project.execute(session, "page.py")
            assert project.reason("page.py") == f"{elsewhere}/folder/ changed"
        (elsewhere / "helper.py").write_text("value = 1")
        (elsewhere / "data.txt").write_text("one")
        (elsewhere / "folder/new").unlink()
        names = recorded(project)
        shutil.rmtree(project.cache)
    assert f"{elsewhere}/data.txt" in names
    assert not [name for name in names if name.startswith(("/etc", "/usr", sys.prefix))]


def test_pages_folder_may_be_elsewhere_or_a_link_that_leads_there(
    project: Project, elsewhere: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    for folder in (elsewhere, other):
        (folder / "page.py").write_text("# %%\nprint(open('data.txt').read())")
        (folder / "data.txt").write_text(f"in {folder.name}")
    link = project.root / "linked"
    link.symlink_to(elsewhere)
    for docs in (elsewhere, link):
        (elsewhere / "data.txt").write_text("one")
        with project.session() as session:
            pages = {"page.py": Page.read("page.py", docs / "page.py", session.memo)}
            assert printed(session.execute(pages)["page.py"].notebook()) == "one\n"
            (elsewhere / "data.txt").write_text("two")
            assert printed(session.execute(pages)["page.py"].notebook()) == "two\n"
            project.lines.clear()
            session.execute(pages)
            assert project.reason("page.py") == "unchanged"
    link.unlink()
    link.symlink_to(other)
    with project.session() as session:
        page = Page.read("page.py", link / "page.py", session.memo)
        executed = session.execute({"page.py": page})
    assert printed(executed["page.py"].notebook()) == f"in {other.name}\n"


@pytest.mark.parametrize("way", ["path", "finder"])
def test_editable_package_elsewhere_counts_and_so_does_where_it_lies(
    project: Project,
    elsewhere: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    packages, hook = project.root / "site-packages", "__editable___edited_finder"
    packages.mkdir()

    def install(folder: Path) -> None:
        (folder / "edited.py").write_text("value = 1")
        if way == "finder":
            packages.joinpath(f"{hook}.py").write_text(FINDER.format(folder=str(folder)))
        line = str(folder) if way == "path" else f"import {hook}; {hook}.install()"
        packages.joinpath("edited.pth").write_text(line)

    install(elsewhere)
    project.page(
        "page.py",
        "import site; site.addsitedir('../site-packages')",  # as Python does where it starts
        "import edited; print(edited.value, edited.__file__)",
    )
    page = project.build("page.py")["page.py"]
    assert printed(page) == f"1 {elsewhere}/edited.py\n"
    assert project.why("page.py") == ["unchanged"]
    edit_unnoticed(elsewhere / "edited.py", "value = 2")
    assert printed(project.build("page.py")["page.py"]) == f"2 {elsewhere}/edited.py\n"
    assert project.reason("page.py") == f"{elsewhere}/edited.py changed"
    other = tmp_path_factory.mktemp("other")
    install(other)
    assert printed(project.build("page.py")["page.py"]) == f"1 {other}/edited.py\n"


def test_repository_that_moves_keeps_its_executions_and_absolute_paths_do_not_travel(
    project: Project, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "data.txt").write_text("one")
    project.write("docs/data.txt", "one")
    project.page("inside.py", "open('data.txt').read()")
    project.page("outside.py", f"open('{elsewhere}/data.txt').read()")
    pages = ("inside.py", "outside.py")
    project.build(*pages)
    assert project.why(*pages) == ["unchanged"] * 2
    moved = Project(elsewhere / "moved")
    shutil.rmtree(moved.root)
    shutil.copytree(project.root, moved.root)
    monkeypatch.syspath_prepend(str(moved.root))
    assert moved.why("inside.py") == ["unchanged"]
    monkeypatch.setattr(current.platform, "node", lambda: "another")
    reason = "files outside the repository, on another machine or from another folder"
    assert project.why(*pages) == ["unchanged", reason]


def test_temporary_files_and_what_programs_keep_at_home_do_not_count(
    project: Project, monkeypatch: pytest.MonkeyPatch, elsewhere: Path
) -> None:
    monkeypatch.setenv("HOME", str(elsewhere))
    for name in (".cache/fonts", ".keras/keras.json", "data.txt"):
        elsewhere.joinpath(name).parent.mkdir(exist_ok=True)
        elsewhere.joinpath(name).write_text("one")
    project.page(
        "page.py",
        """
        import os, tempfile
        from pathlib import Path
        for name in (".cache/fonts", ".keras/keras.json", "data.txt"):
            Path.home().joinpath(name).read_text()
        with tempfile.NamedTemporaryFile("w") as file:
            file.write("x")
            file.flush()
            open(file.name).read()
        os.listdir(tempfile.gettempdir())
        """,
    )
    project.build("page.py")
    assert list(recorded(project)) == [f"{elsewhere}/data.txt"]
    assert recorded(project, "folders") == {}


def test_names_of_the_authors_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    root, private = home / ".worktrees/project", home / "private"
    repository = Repository(root, private=private)
    counts = {
        root / "docs/a.py": "docs/a.py",
        home / "data/a.csv": f"{home}/data/a.csv",
        home: str(home),
        Path("/data/a.csv"): "/data/a.csv",
        root / ".venv/lib/python3/site-packages/x.py": None,
        root / ".git/HEAD": None,
        home / ".cache/x": None,
        home / "Library/Fonts/x.ttf": None,
        private / "tmp/x": None,
        Path(os.__file__): None,
        Path(sys.executable): None,
        Path("/usr/share/fonts/x.ttf"): None,
        Path("/proc/self/status"): None,
        Path("/dev/urandom"): None,
        Path("/etc/localtime"): None,
        Path("/usrx/y"): "/usrx/y",
    }
    assert {path: repository.name(str(path)) for path in counts} == counts
    assert Repository("/usr/src/app").name("/usr/src/app/docs/a.py") == "docs/a.py"
    assert Repository(root, "/usr/docs").name("/usr/docs/a.py") == "/usr/docs/a.py"


def test_manifest_tells_nothing_of_its_machine(project: Project) -> None:
    project.write("docs/data.txt", "one")
    project.page("page.py", "open('data.txt').read()")
    project.build("page.py")
    (entry,) = project.entries()
    assert str(project.root) not in str(manifest(entry))
    assert manifest(entry)["place"] is None


@pytest.mark.build
def test_strict_build_of_a_linked_folder_sees_data_and_shells(
    tmp_path: Path, elsewhere: Path
) -> None:
    (tmp_path / "docs").symlink_to(elsewhere)
    reading, shell = "# %%\nprint(open('data.txt').read())\n", "# %%\n!cat data.txt\n"
    pages = {"reading.py": reading, "shell.py": shell}
    for text in ("first", "second"):
        code, said = build(tmp_path, {**pages, "data.txt": text})
        assert code == 0, said
        for name in ("reading", "shell"):
            assert text in (tmp_path / "site" / name / "index.html").read_text()
    assert f"reading.py: executing ({elsewhere}/data.txt changed)" in said
    assert said.count("shell.py: executed in every build: docs/shell.py:2 starts a process; ") == 1
