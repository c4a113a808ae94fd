import os
import py_compile
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from project import Project, manifest, printed

from xordocs.site.cache import manifest as manifest_module
from xordocs.site.cache.import_scan import find_imports
from xordocs.site.cache.source_files import Repository, file_digest, folder_digest
from xordocs.site.execution import environment

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose root and ``site-packages`` its pages can import from."""
    folders = [str(tmp_path), str(tmp_path / "site-packages")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(folders), prepend=os.pathsep)
    for folder in folders:
        monkeypatch.syspath_prepend(folder)
    return Project(tmp_path)


def recorded(project: Project, kind: str = "files") -> dict[str, str | None]:
    """What the newest execution depended on."""
    newest = max(project.entries(), key=lambda entry: entry.stat().st_mtime_ns)
    return dict(manifest(newest)[kind])


def install(project: Project, version: str) -> None:
    """Put a distribution in the place of its other version, as pip does."""
    packages = project.root / "site-packages"
    for old in packages.glob("faked-*"):
        shutil.rmtree(old)
    name = f"site-packages/faked-{version}.dist-info"
    project.write(f"{name}/METADATA", f"Metadata-Version: 2.1\nName: faked\nVersion: {version}\n")
    project.write(f"{name}/RECORD", "faked_module.py,,\n")
    project.write("site-packages/faked_module.py", f"version = {version!r} # {version}")


def test_edited_module_executes_the_pages_that_imported_it_and_no_others(
    project: Project,
) -> None:
    project.write("package/__init__.py", "")
    project.write("package/deep.py", "value = 1")
    project.write("package/shallow.py", "from package.deep import value")
    project.write("package/other.py", "value = 1")
    project.page("behind.py", "import package.shallow")
    project.page("direct.py", "import package.deep")
    project.page("other.py", "import package.other")
    pages = ("behind.py", "direct.py", "other.py")
    assert project.why(*pages) == ["new"] * 3
    assert project.why(*pages) == ["unchanged"] * 3
    project.write("package/deep.py", "value = 2 # edited")
    reason = "package/deep.py changed"
    assert project.why(*pages) == [reason, reason, "unchanged"]
    project.write("package/__init__.py", "# edited")
    assert project.why(*pages) == ["package/__init__.py changed"] * 3


def test_module_edited_within_its_second_and_as_long_as_before_is_not_shown_stale(
    project: Project,
) -> None:
    helper = project.write("helper.py", "value = 1")
    py_compile.compile(str(helper))  # as an author's own tests leave it
    before = helper.stat()
    project.page("page.py", "import helper; print(helper.value)")
    assert printed(project.build("page.py")["page.py"]) == "1\n"
    helper.write_text("value = 2")
    os.utime(helper, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert printed(project.build("page.py")["page.py"]) == "2\n"
    assert recorded(project)["helper.py"] == file_digest(helper)


@pytest.mark.parametrize("appears", ["optional.py", "optional/__init__.py"])
def test_module_that_a_page_did_without_executes_once_it_is_there(
    project: Project, appears: str
) -> None:
    project.page(
        "page.py",
        """
        try:
            import optional
        except ImportError:
            optional = None
        print(optional is not None)
        """,
    )
    assert printed(project.build("page.py")["page.py"]) == "False\n"
    assert project.why("page.py") == ["unchanged"]
    project.write(appears, "")
    assert project.why("page.py") == [f"{appears} appeared"]


def test_module_that_comes_to_stand_before_another_executes(project: Project) -> None:
    project.write("package/__init__.py", "")
    project.write("package/inner.py", "")
    project.page("page.py", "import package.inner, faked_module")
    install(project, "1.0")
    project.build("page.py")
    assert project.why("page.py") == ["unchanged"]
    project.write("package/inner/__init__.py", "")
    assert project.why("page.py") == ["package/inner/__init__.py appeared"]
    project.write("faked_module.py", "")  # its folder stands before the installed one's
    assert project.why("page.py") == ["faked_module.py appeared"]


def test_distribution_that_a_page_did_without_executes_once_it_is_installed(
    project: Project,
) -> None:
    (project.root / "site-packages").mkdir()
    cell = "try: import faked_module\nexcept ImportError: pass"
    project.page("page.py", cell)
    project.build("page.py")
    assert project.why("page.py") == ["unchanged"]
    install(project, "1.0")
    assert project.why("page.py") == ["faked_module is installed now"]
    install(project, "2.0")
    assert project.why("page.py") == ["faked 1.0 → 2.0"]


def test_version_that_a_page_asks_for_counts(project: Project) -> None:
    install(project, "1.0")
    project.page("page.py", "from importlib.metadata import version; print(version('faked'))")
    project.build("page.py")
    assert project.why("page.py") == ["unchanged"]
    install(project, "2.0")
    assert project.why("page.py") == ["faked 1.0 → 2.0"]


def test_database_counts_unless_the_page_makes_it(project: Project) -> None:
    connect = "import sqlite3; sqlite3.connect('{}').execute('select 1')"
    project.write("data.db", "")
    project.page("reading.py", connect.format("../data.db"))
    project.page("making.py", connect.format("../made.db"))
    project.build("reading.py", "making.py")
    assert project.why("reading.py", "making.py") == ["unchanged"] * 2
    with sqlite3.connect(project.root / "data.db") as database:
        database.execute("create table rows (number)")
    assert project.why("reading.py", "making.py") == ["data.db changed", "unchanged"]


def test_what_the_engine_fixes_for_all_pages_counts(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.page("page.py", "1")
    project.build("page.py")
    monkeypatch.setitem(environment.FIXED, "PYTHONHASHSEED", "1")
    assert project.why("page.py") == ["$PYTHONHASHSEED changed"]


def test_module_imported_within_a_function_counts_once_it_is_called(project: Project) -> None:
    project.write("lazy.py", "def load():\n    import helper\n")
    project.write("helper.py", "")
    project.page("page.py", "import lazy")
    project.page("calling.py", "import lazy; lazy.load()")
    project.build("page.py", "calling.py")
    project.write("helper.py", "# edited")
    assert project.why("page.py", "calling.py") == ["unchanged", "helper.py changed"]


@pytest.mark.parametrize(
    "read",
    [
        "open('../data/numbers.csv').read()",
        "from pathlib import Path; Path('../data/numbers.csv').read_bytes()",
        "import numpy; numpy.loadtxt('../data/numbers.csv')",
        "import os; os.read(os.open('../data/numbers.csv', os.O_RDONLY), 9)",
        "import linecache; linecache.getline('../data/numbers.csv', 1)",
    ],
)
def test_data_file_counts_however_it_is_read(project: Project, read: str) -> None:
    project.write("data/numbers.csv", "1\n")
    project.page("page.py", read)
    project.build("page.py")
    assert project.why("page.py") == ["unchanged"]
    project.write("data/numbers.csv", "2\n")
    assert project.why("page.py") == ["data/numbers.csv changed"]


def test_source_that_a_page_shows_counts(project: Project) -> None:
    project.write("shown.py", "def function():\n    return 1\n")
    project.page("page.py", "import inspect, shown; print(inspect.getsource(shown.function))")
    project.build("page.py")
    project.write("shown.py", "def function():\n    return 2 # edited\n")
    page = project.build("page.py")["page.py"]
    assert project.reason("page.py") == "shown.py changed"
    assert "edited" in printed(page)


def test_file_that_was_looked_for_and_appears_executes(project: Project) -> None:
    project.page(
        "page.py",
        """
        try:
            print(open("optional.txt").read())
        except FileNotFoundError:
            print("none")
        """,
    )
    project.build("page.py")
    assert recorded(project) == {"docs/optional.txt": None}
    project.write("docs/optional.txt", "some")
    assert printed(project.build("page.py")["page.py"]) == "some\n"
    assert project.reason("page.py") == "docs/optional.txt appeared"
    (project.root / "docs/optional.txt").unlink()
    assert project.why("page.py") == ["unchanged"], "as it was executed first"


def test_deleted_file_executes(project: Project) -> None:
    project.write("docs/data.txt", "some")
    project.page("page.py", "try: open('data.txt')\nexcept OSError: pass")
    project.build("page.py")
    (project.root / "docs/data.txt").unlink()
    assert project.why("page.py") == ["docs/data.txt is gone"]


def test_file_that_appears_in_a_listed_folder_executes(project: Project) -> None:
    project.write("docs/data/a.csv", "")
    project.page(
        "page.py", "from pathlib import Path; print(len(list(Path('data').glob('*.csv'))))"
    )
    project.build("page.py")
    project.write("docs/data/.a.csv.swp", "an editor at work")
    assert project.why("page.py") == ["unchanged"]
    project.write("docs/data/b.csv", "")
    assert printed(project.build("page.py")["page.py"]) == "2\n"
    assert project.reason("page.py") == "docs/data/ changed"


def test_importing_does_not_count_as_listing(project: Project) -> None:
    project.write("package/__init__.py", "")
    project.write("package/used.py", "")
    project.page(
        "page.py",
        "import package.used, importlib.metadata",
        "importlib.metadata.packages_distributions(); print('read')",
    )
    project.build("page.py")
    assert recorded(project, "folders") == {}
    project.write("package/unused.py", "")
    assert project.why("page.py") == ["unchanged"]


def test_what_a_page_writes_itself_is_no_dependency(project: Project) -> None:
    project.page(
        "page.py",
        "import os",
        "with open('made.txt', 'w') as file: file.write(str(os.getpid()))",
        "print(len(open('made.txt').read()) > 0)",
    )
    project.build("page.py")
    assert recorded(project) == {}
    assert project.why("page.py") == ["unchanged"]


@pytest.mark.parametrize(
    ("use", "file"),
    [("open('data.txt').read()", "docs/data.txt"), ("import helper", "helper.py")],
)
def test_file_edited_while_its_page_runs_executes_again(
    project: Project, use: str, file: str
) -> None:
    project.write(file, "# before")
    author = f"import subprocess; subprocess.run(['sh', '-c', 'echo \\# after > ../{file}'])"
    project.page("page.py", use, author)
    project.build("page.py")
    assert (project.root / file).read_text() == "# after\n"
    assert project.why("page.py") == [f"{file} changed"]
    assert project.why("page.py") == ["unchanged"]


def test_changed_version_of_a_distribution_executes_the_pages_that_imported_it(
    project: Project,
) -> None:
    install(project, "1.0")
    project.page("page.py", "import faked_module")
    project.page("other.py", "import numpy")
    project.build("page.py", "other.py")
    assert any("numpy" in manifest(entry)["distributions"] for entry in project.entries())
    assert project.why("page.py", "other.py") == ["unchanged"] * 2
    install(project, "2.0")
    assert project.why("page.py", "other.py") == ["faked 1.0 → 2.0", "unchanged"]


def test_preloaded_module_is_imported_anew_when_its_distribution_is_replaced(
    project: Project,
) -> None:
    project.page("page.py", "import faked_module; print(faked_module.version)")
    install(project, "1.0")
    with project.session(preload=["faked_module"]) as session:
        assert printed(project.execute(session, "page.py")["page.py"]) == "1.0\n"
        install(project, "10.0")
        assert printed(project.execute(session, "page.py")["page.py"]) == "10.0\n"


def test_another_python_executes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.page("page.py", "1")
    project.build("page.py")
    old = manifest_module.python_version()
    monkeypatch.setattr(manifest_module, "python_version", lambda: "Python 4")
    assert project.why("page.py") == [f"{old} → Python 4"]


def test_declared_environment_counts_and_its_values_stay_out_of_the_cache(
    project: Project,
) -> None:
    project.page("page.py", "1")
    project.build("page.py", environment={"TOKEN": "hush", "OTHER": "1"})
    assert b"hush" not in project.entries()[0].read_bytes()
    assert project.why("page.py", environment={"TOKEN": "hush", "OTHER": "1"}) == ["unchanged"]
    assert project.why("page.py", environment={"TOKEN": "hush"}) == ["$OTHER is gone"]
    assert project.why("page.py", environment={"TOKEN": "shout"}) == ["$TOKEN changed"]


def test_module_that_another_path_leads_to_counts(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project.page("page.py", "import helper; print(helper.__file__)")
    for _ in range(2):
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        (elsewhere / "helper.py").touch()
        monkeypatch.setenv("PYTHONPATH", str(elsewhere))
        assert printed(project.build("page.py")["page.py"]) == f"{elsewhere}/helper.py\n"
    assert project.reason("page.py") == "$PYTHONPATH changed"


def test_several_changes_are_told_as_one_and_more(project: Project) -> None:
    project.write("docs/one.txt", "1")
    project.write("docs/two.txt", "1")
    project.page("page.py", "open('one.txt').read() + open('two.txt').read()")
    project.build("page.py")
    project.write("docs/one.txt", "2")
    project.write("docs/two.txt", "2")
    assert project.why("page.py") == ["docs/one.txt changed and 1 more"]


def test_installed_packages_are_no_files_of_the_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    assert repository.name(str(tmp_path / "package/module.py")) == "package/module.py"
    assert repository.name(str(tmp_path / ".venv/lib/python3/site-packages/x.py")) is None
    assert repository.name(str(tmp_path / ".git/HEAD")) is None
    assert repository.name(str(tmp_path.parent / "elsewhere.py")) is None
    assert repository.name(f"{tmp_path}-beside/file") is None
    assert repository.name(os.__file__) is None


def test_repository_is_the_same_through_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for root in ("real", "link"):
        for way in ("real", "link"):
            assert Repository(tmp_path / root).name(str(tmp_path / way / "file")) == "file"


def test_folder_digest_tells_names_and_not_what_comes_and_goes(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    before = folder_digest(tmp_path)
    for passing in (".a.swp", "a~", "__pycache__"):
        (tmp_path / passing).touch()
    assert folder_digest(tmp_path) == before
    (tmp_path / "b").touch()
    assert folder_digest(tmp_path) != before
    assert folder_digest(tmp_path / "none") is None


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("import heavy", {"heavy"}),
        ("import heavy.inside as h", {"heavy"}),
        ("from heavy import something", {"heavy"}),
        ("def f():\n    import heavy", {"heavy"}),
        ("import heavyweight", set()),
        ("from plots import pyplot", {"plots.pyplot"}),
        ("import plots", set()),
        ("import package.direct", {"heavy"}),
        ("from package import direct", {"heavy"}),
        ("from package import relative", {"heavy"}),
        ("from package.nested import up", {"heavy"}),
        ("import package", set()),
        ("from package import missing", set()),
        ("import package.circular", set()),
        ("not python", set()),
    ],
)
def test_imports_are_told_from_the_source(
    project: Project, statement: str, found: set[str]
) -> None:
    project.write("package/__init__.py", "")
    project.write("package/direct.py", "import heavy")
    project.write("package/relative.py", "from .direct import x")
    project.write("package/nested/__init__.py", "")
    project.write("package/nested/up.py", "from ..relative import x")
    project.write("package/circular.py", "import package.circular")
    page = project.write("docs/page.py", statement)
    assert find_imports(page, ["heavy", "plots.pyplot"], Repository(project.root)) == found


def test_looking_for_imports_runs_none_of_the_code(project: Project) -> None:
    project.write("package/__init__.py", "raise SystemExit('it ran')")
    project.write("package/direct.py", "import heavy")
    page = project.write("docs/page.py", "import package.direct")
    assert find_imports(page, ["heavy"], Repository(project.root)) == {"heavy"}
    assert "package" not in sys.modules


def test_engine_does_not_import_mkdocs() -> None:
    code = "import sys, xordocs.site.execution.session; sys.exit('mkdocs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
    code = "import sys, mkdocs, xordocs.site.execution.session; sys.exit('mkdocs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 1
