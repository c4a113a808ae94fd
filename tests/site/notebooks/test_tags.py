"""A cell tag is one entry of the table: the page, the execution and the cache follow."""

import io
import re
from pathlib import Path

import nbformat
import nbformat.v4 as notebook
import pytest
from matplotlib.figure import Figure
from project import Project, printed
from rendered import MATERIAL, page

from xordocs.site.errors import CellError
from xordocs.site.notebooks import publish, tags
from xordocs.site.notebooks.downloads import download
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


def test_page_on_the_engine_tells_of_every_tag() -> None:
    text = Path(__file__, "../../../../docs/engine.md").resolve().read_text("utf-8")
    table = text.partition("### Cell tags")[2].partition("###")[0]
    told = set(re.findall(r"`([a-z-]+)`(?=.*\|.*\|)", table))
    assert told == {name for name in tags.TAGS if "_" not in name} - MADE_UP.keys()


def html(*names):
    printed = notebook.new_output("stream", name="stdout", text="result\n")
    warned = notebook.new_output("stream", name="stderr", text="warning\n")
    parsed, _ = page(cell(*names, outputs=[printed, warned]))
    return parsed


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("unknown", "code stdout stderr"),
        ("no-cell", ""),
        ("no-input", "stdout stderr"),
        ("no-output", "code"),
        ("may-fail", "code stdout stderr"),
        ("remove-cell", ""),
        ("remove_cell", ""),
        ("remove-input", "stdout stderr"),
        ("remove_input", "stdout stderr"),
        ("remove-output", "code"),
        ("remove_output", "code"),
        ("remove-stdout", "code stderr"),
        ("remove_stderr", "code stdout"),
        *((name, "code stdout stderr") for name in ("live", "exercise", "solution")),
        ("check", "code"),
    ],
)
def test_page_shows_what_the_table_does_not_hide(name: str, shown: str) -> None:
    text = html(name).get_text()
    words = {"code": "work()", "stdout": "result", "stderr": "warning"}
    assert [word for word, said in words.items() if said in text] == shown.split()


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("hide-input", [["work()"]]),
        ("hide_input", [["work()"]]),
        ("hide-output", [["result"]]),
        ("hide_cell", [["work()", "result"]]),
        ("remove-input", []),
    ],
)
@pytest.mark.parametrize("extensions", [["pymdownx.superfences"], MATERIAL])
def test_reader_opens_what_a_tag_folds(name: str, folded: list[str], extensions: list[str]) -> None:
    printed = notebook.new_output("stream", name="stdout", text="result\n")
    after = notebook.new_markdown_cell("## After")
    parsed, _ = page(cell(name, outputs=[printed]), after, extensions=extensions)
    found = [
        [word for word in ("work()", "result") if word in block.get_text()]
        for block in parsed.find_all("details")
    ]
    assert found == folded
    assert parsed.find("h2").find_parent("details") is None
    assert all(block.find("summary", recursive=False) for block in parsed.find_all("details"))


def drawn() -> str:
    """Return a figure with a title, as Matplotlib writes it."""
    stream = io.StringIO()
    Figure().savefig(stream, format="svg", metadata={"Title": "A", "Description": "B"})
    return stream.getvalue()


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ({"image/svg+xml": "<svg><title>A</title><desc>B</desc></svg>"}, "Show the figure"),
        ({"image/svg+xml": drawn()}, "Show the figure: A"),
        ({"text/html": "<table><tr><td>1</td></tr></table>"}, "Show the table"),
        (
            {"text/html": "<table><caption>Two &amp; two.</caption></table>"},
            "Show the table: Two & two",
        ),
        ({"text/plain": "1"}, "Show the output"),
    ],
)
def test_a_folded_output_is_named_for_what_it_is(shown: dict[str, str], words: str) -> None:
    output = notebook.new_output("display_data", shown)
    assert page(cell("hide-output", outputs=[output]))[0].summary.get_text() == words
    printed = notebook.new_output("stream", name="stdout", text="result\n")
    both = page(cell("hide-output", outputs=[printed, output]))[0]
    assert both.summary.get_text() == "Show the output"


def test_prose_is_folded_as_prose() -> None:
    folded = notebook.new_markdown_cell("A *word*", metadata={"tags": ["hide-cell"]})
    parsed, _ = page(folded, notebook.new_markdown_cell("After"))
    assert parsed.details.em.get_text() == "word"
    assert "After" not in parsed.details.get_text()


def test_error_is_shown_only_where_a_tag_allows_it() -> None:
    failed = notebook.new_output("error", ename="E", evalue="v", traceback=["E: v"])
    parsed, _ = page(cell("may-fail", outputs=[failed]))
    assert "E: v" in parsed.get_text()
    with pytest.raises(CellError, match="raised an exception"):
        page(cell("no-input", outputs=[failed]))


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
        made = publish(executed, None, session.memo)
    assert printed(executed.notebook()) == "executed\n"
    assert executed.notebook().cells[0].metadata.tags == ["may-fail"]
    assert any("ZeroDivisionError" in part.text for part in made.parts.values())


def test_download_runs_in_jupyter_as_it_ran_here() -> None:
    made = notebook.new_notebook(cells=[cell("may-fail"), cell("no-input"), cell()])
    taken = nbformat.reads(download(made, None), as_version=4)
    assert [one.metadata.get("tags") for one in taken.cells] == [
        ["may-fail", "raises-exception"],
        ["no-input"],
        None,
    ]
    assert made.cells[0].metadata.tags == ["may-fail"], "the page's own notebook stays as it is"
