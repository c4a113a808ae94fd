"""A format is one entry of the table: pages, messages and the cache follow."""

import json
from pathlib import Path

import nbformat.v4 as notebook
import pytest
from project import Project, printed

from xordocs.site.errors import ExecutionError, PageError
from xordocs.site.notebooks import PreExecuted, locate, publish, source
from xordocs.site.notebooks.formats import readers

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")

TOY = "#!toy\nIt *is* a toy\n> print('it plays')\n> 1 + 1\n"


def read_toy(text):
    """Each line is a cell: code after ``> ``, or prose."""
    cells, lines = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if number > 1:
            is_code = line.startswith("> ")
            new = notebook.new_code_cell if is_code else notebook.new_markdown_cell
            cells.append(new(line.removeprefix("> "), id=f"cell-{number}"))
            lines.append(number)
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return notebook.new_notebook(cells=cells, metadata=spec), lines


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project in which the first line of a page says whether it is a toy."""
    toy = readers.Reader(
        name="toy",
        suffixes=(".py", ".toy"),
        recognizes=lambda text: text.startswith("#!toy"),
        read=read_toy,
        unit="line",
        holds_outputs=False,
    )
    monkeypatch.setattr(readers, "READERS", (toy, *readers.READERS))
    return Project(tmp_path)


def built(project, name):
    with project.session() as session:
        executed = session.execute(project.pages(name))[name]
        made = publish(executed, None, session.memo)
        return "\n".join([made.markdown, *(part.text for part in made.parts.values())])


@pytest.mark.parametrize("name", ["page.toy", "page.py"])
def test_page_of_a_new_format_is_executed_converted_and_cached(project: Project, name: str) -> None:
    project.write(f"docs/{name}", TOY)
    markdown = built(project, name)
    assert "It *is* a toy" in markdown
    assert "\nit plays\n" in markdown
    assert project.reason(name) == "new"
    assert built(project, name) == markdown
    assert project.reason(name) == "unchanged"


def test_page_of_a_known_format_is_read_as_before(project: Project) -> None:
    project.page("page.py", "print('not a toy')")
    assert printed(project.build("page.py")["page.py"]) == "not a toy\n"


def test_failing_cell_of_a_new_format_is_named_by_its_line(project: Project) -> None:
    project.write("docs/page.toy", TOY + "prose\n> 1 / 0\n")
    with pytest.raises(ExecutionError, match=r"^docs/page.toy:6: cell 3 raised ZeroDivisionError"):
        project.build("page.toy")
    path = project.root / "docs/page.toy"
    assert locate(source.parse(source.read_text(path), path), 3) == 6


def test_message_names_no_line_where_editors_show_cells(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy, *others = readers.READERS
    monkeypatch.setattr(readers, "READERS", (toy._replace(unit="cell"), *others))
    project.write("docs/page.toy", TOY + "> 1 / 0\n")
    with pytest.raises(ExecutionError, match=r"^docs/page.toy:1: cell 3 raised"):
        project.build("page.toy")


def test_page_that_is_not_executed_comes_with_its_outputs(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.write("docs/page.ipynb", json.dumps(notebook.new_notebook(cells=[])))
    (page,) = project.pages("page.ipynb", execute=False).values()
    assert readers.reader_of(path, page.text).holds_outputs
    assert PreExecuted(page).notebook().cells == []


def test_page_of_no_known_format_is_refused(project: Project) -> None:
    path = project.write("docs/page.toy", "no toy\n")
    with pytest.raises(PageError, match=r"formats: toy \(.py .toy\), Python with cells"):
        source.parse(source.read_text(path), path)


def test_page_is_parsed_once_in_a_build(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    toy, *others = readers.READERS
    calls = []

    def counted(text):
        calls.append(text)
        return read_toy(text)

    monkeypatch.setattr(readers, "READERS", (toy._replace(read=counted), *others))
    project.write("docs/page.toy", TOY)
    built(project, "page.toy")
    assert calls == [TOY]


def test_cell_is_located_where_its_text_begins() -> None:
    text = "# %% [markdown]\n# a\n\n# %%\n\n# %%\na = 1\n\n# %% [markdown]\n# b\n# %%\n%time a\nb\n"
    cells = source.parse(text, Path("page.py"))
    assert [locate(cells, number) for number in (1, 2)] == [7, 12]
    assert [cells.lines[position] for position in (0, 2, 3, 4)] == [2, 7, 10, 12]
    assert cells.line(4, 2) == 13
