import sqlite3

import pytest
from project import Project, install, manifest, printed, recorded

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


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


def test_module_imported_within_a_function_counts_once_it_is_called(project: Project) -> None:
    project.write("lazy.py", "def load():\n    import helper\n")
    project.write("helper.py", "")
    project.page("page.py", "import lazy")
    project.page("calling.py", "import lazy; lazy.load()")
    project.build("page.py", "calling.py")
    project.write("helper.py", "# edited")
    assert project.why("page.py", "calling.py") == ["unchanged", "helper.py changed"]


def test_module_that_takes_the_name_of_one_of_the_authors_counts(project: Project) -> None:
    install(project, "1.0")
    project.write("faked_module.py", "version = 'own'")
    project.page(
        "page.py",
        "import faked_module",
        """
        import importlib, sys
        sys.path.reverse()
        del sys.modules["faked_module"]
        print(importlib.import_module("faked_module").version)
        """,
    )
    assert printed(project.build("page.py")["page.py"]) == "1.0\n"
    install(project, "2.0")
    assert project.why("page.py") == ["faked 1.0 → 2.0"]


def test_module_that_came_in_past_open_counts_in_whichever_cell(project: Project) -> None:
    bring = """
    import os, sys, types
    sys.modules["given"] = types.ModuleType("given")
    sys.modules["given"].__file__ = os.path.abspath("../{}.py")
    """
    project.write("first.py", "")
    project.write("second.py", "")
    cells = (bring.format("first"), bring.format("second"), "del sys.modules['given']")
    project.page("page.py", *cells)
    project.build("page.py")
    assert recorded(project).keys() == {"first.py", "second.py"}


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
    author = f"__import__('ctypes').CDLL(None).system(b'echo \\# after > ../{file}')"
    project.page("page.py", use, author)
    project.build("page.py")
    assert (project.root / file).read_text() == "# after\n"
    assert project.why("page.py") == [f"{file} changed"]
    assert project.why("page.py") == ["unchanged"]


@pytest.mark.parametrize(
    "read",
    [
        "file = open('data.txt', 'a+'); file.seek(0); print(file.read())",
        "open('data.txt', 'a').write('mine'); print(open('data.txt').read())",
        "file = open('data.txt', 'r+'); print(file.read()); file.write('mine')",
        "import os; os.write(os.open('data.txt', os.O_WRONLY), b'm'); open('data.txt').read()",
    ],
)
def test_content_that_a_page_leaves_and_reads_counts(project: Project, read: str) -> None:
    project.write("docs/data.txt", "before")
    project.page("page.py", read)
    project.build("page.py")
    assert project.why("page.py") == ["unchanged"]
    project.write("docs/data.txt", "edited")
    assert project.why("page.py") == ["docs/data.txt changed"]
    assert project.why("page.py") == ["unchanged"]


@pytest.mark.parametrize(
    "make", ["open('made.txt', 'a+').write('mine')", "open('made.txt', 'x').write('mine')"]
)
def test_file_that_a_page_makes_is_no_dependency(project: Project, make: str) -> None:
    project.page("page.py", f"import os\n{make}\nopen('made.txt').read()\nos.remove('made.txt')")
    project.build("page.py")
    assert recorded(project) == {}


def test_file_that_is_opened_from_a_folders_descriptor_counts(project: Project) -> None:
    project.write("data/numbers.csv", "1\n")
    project.page(
        "page.py",
        "import os\nfolder = os.open('../data', os.O_RDONLY)\nprint(os.listdir(folder))",
        "os.read(os.open('numbers.csv', os.O_RDONLY, dir_fd=folder), 9)",
        "open('numbers.csv', opener=lambda *it: os.open(*it, dir_fd=folder)).read()",
    )
    project.build("page.py")
    assert project.why("page.py") == ["unchanged"]
    project.write("data/numbers.csv", "2\n")
    assert project.why("page.py") == ["data/numbers.csv changed"]
    project.write("data/more.csv", "2\n")
    assert project.why("page.py") == ["data/ changed"]


def test_library_that_a_page_loads_counts(project: Project) -> None:
    project.write("docs/library.so", "no library")
    cell = "import ctypes\ntry: ctypes.CDLL('./library.so')\nexcept OSError: pass"
    project.page("page.py", cell, "ctypes.CDLL(None)")
    project.build("page.py")
    assert list(recorded(project)) == ["docs/library.so"]


def test_scan_of_all_distributions_asks_for_no_version(project: Project) -> None:
    install(project, "1.0")
    project.page(
        "page.py",
        "from importlib.metadata import entry_points, packages_distributions",
        "packages_distributions(); entry_points(group='console_scripts'); None",
    )
    project.page("asking.py", "from importlib.metadata import version; version('faked')")
    project.build("page.py", "asking.py")
    install(project, "2.0")
    assert project.why("page.py", "asking.py") == ["unchanged", "faked 1.0 → 2.0"]
    used = [manifest(entry)["distributions"] for entry in project.entries()]
    assert not [names for names in used if "setuptools" in names], "it is not imported"


def test_waiting_for_a_pipe_does_not_end_the_build(project: Project) -> None:
    project.page(
        "page.py",
        "import os, threading",
        "os.mkfifo('pipe')\n"
        "threading.Thread(target=lambda: open('pipe', 'w').write('through')).start()\n"
        "print(open('pipe').read()); os.remove('pipe')",
    )
    assert printed(project.build("page.py")["page.py"]) == "through\n"
    assert project.why("page.py") == ["unchanged"]
