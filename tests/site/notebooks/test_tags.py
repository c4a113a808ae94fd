"""A cell tag is one entry of the table: the page, the execution and the cache follow."""

from pathlib import Path

import nbformat
import nbformat.v4 as notebook
import pytest
from project import Project, printed

from xordocs.site.errors import CellError
from xordocs.site.notebooks import publish, tags
from xordocs.site.notebooks.convert import to_markdown
from xordocs.site.notebooks.export import download
from xordocs.site.notebooks.tags import Tag

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")

MADE_UP = {
    "no-cell": Tag(hides="cell"),
    "no-input": Tag(hides="input"),
    "no-output": Tag(hides="output"),
    "may-fail": Tag(execution="raises-exception"),
    "not-now": Tag(execution="skip-execution"),
}


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "TAGS", {**tags.TAGS, **MADE_UP})


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def cell(*names, source="work()", outputs=()):
    metadata = {"tags": list(names)} if names else {}
    return notebook.new_code_cell(source, metadata=metadata, outputs=list(outputs))


def markdown(*names):
    printed = notebook.new_output("stream", name="stdout", text="result\n")
    return to_markdown(notebook.new_notebook(cells=[cell(*names, outputs=[printed])]))


@pytest.mark.parametrize(
    ("name", "code", "output"),
    [
        ("unknown", True, True),
        ("no-cell", False, False),
        ("no-input", False, True),
        ("no-output", True, False),
        ("may-fail", True, True),
    ],
)
def test_page_shows_what_the_table_does_not_hide(name: str, code: bool, output: bool) -> None:
    shown = markdown(name)
    assert ("work()" in shown, "result" in shown) == (code, output)


def test_error_is_shown_only_where_a_tag_allows_it() -> None:
    failed = notebook.new_output("error", ename="E", evalue="v", traceback=["E: v"])
    page = notebook.new_notebook(cells=[cell("may-fail", outputs=[failed])])
    assert "E: v" in to_markdown(page)
    page.cells[0].metadata.tags = ["no-input"]
    with pytest.raises(CellError, match="raised an exception"):
        to_markdown(page)


def write(project, *names):
    header = f"# %% tags={list(names)}".replace("'", '"') if names else "# %%"
    project.write("docs/page.py", f"{header}\nprint('once')\n1 / 1\n")


@pytest.mark.parametrize("name", ["may-fail", "not-now", "raises-exception", "skip-execution"])
def test_tag_that_changes_execution_makes_its_page_stale(project: Project, name: str) -> None:
    write(project)
    project.build("page.py")
    write(project, name)
    assert project.why("page.py") == ["cell 1 changed"]


@pytest.mark.parametrize("name", ["no-cell", "no-input", "no-output", "remove-cell", "unknown"])
def test_tag_that_only_hides_executes_nothing(project: Project, name: str) -> None:
    write(project)
    project.build("page.py")
    write(project, name)
    assert project.why("page.py") == ["unchanged"]


def test_execution_does_as_the_table_says(project: Project) -> None:
    project.write(
        "docs/page.py",
        '# %% tags=["may-fail"]\n1 / 0\n\n# %% tags=["not-now"]\nprint("skipped")\n\n'
        '# %%\nprint("executed")\n',
    )
    with project.session() as session:
        executed = session.execute(project.pages("page.py"))["page.py"]
        page = publish(executed, None, session.memo).markdown
    assert printed(executed.notebook()) == "executed\n"
    assert executed.notebook().cells[0].metadata.tags == ["may-fail"]
    assert "ZeroDivisionError" in page


def test_download_runs_in_jupyter_as_it_ran_here() -> None:
    page = notebook.new_notebook(cells=[cell("may-fail"), cell("no-input"), cell()])
    taken = nbformat.reads(download(page, None), as_version=4)
    assert [one.metadata.get("tags") for one in taken.cells] == [
        ["may-fail", "raises-exception"],
        ["no-input"],
        None,
    ]
    assert page.cells[0].metadata.tags == ["may-fail"], "the page's own notebook stays as it is"
