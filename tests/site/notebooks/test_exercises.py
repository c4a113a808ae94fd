"""Exercises: what the author must write, what a page shows, and what a reader takes away."""

import json
from pathlib import Path

import nbformat
import nbformat.v4 as notebook
import pytest
from bs4 import BeautifulSoup, Tag
from nbclient import NotebookClient
from project import Project
from rendered import MATERIAL, code, page, prose, stream
from small_site import build

from xordocs.site.errors import ExecutionError, PageError
from xordocs.site.notebooks import Page, source
from xordocs.site.notebooks.downloads import download
from xordocs.site.notebooks.exercises import Exercise, label, read_exercises

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")

START = '# %% tags=["exercise"]\ny = ...  # your line\n'
CHECK = (
    '# %% tags=["check"]\nassert y == 2 * x, f"y is {y}, twice x is {2 * x}"\nprint("Well done.")\n'
)
HINT = '# %% [markdown] tags=["hint"]\n# Twice `{python} x`.\n'
SOLUTION = '# %% tags=["solution"]\ny = 2 * x\nprint("solved")\n'
ABOVE = "# %% [markdown]\n# # Doubling\n\n# %%\nx = 21\n"
WHOLE = ABOVE + START + CHECK + HINT + SOLUTION


def read(text: str, name: str = "page.py") -> source.Source:
    return source.parse(text, Path(name))


def refused(text: str, name: str = "page.py") -> tuple[int, str]:
    with pytest.raises(PageError) as caught:
        read_exercises(read(text, name))
    return caught.value.line, str(caught.value)


JUPYTEXT = """\
---
jupyter: {kernelspec: {name: python3, language: python}}
---
# Doubling

```python
x = 21
```

```python tags=["exercise"] name="double"
y = ...
```

```python tags=["check"]
assert y == 42, "no"
```

<!-- #region tags=["hint"] -->
Twice `x`.
<!-- #endregion -->

```python tags=["solution"]
y = 42
```
"""
MYST = """\
---
file_format: mystnb
kernelspec: {name: python3}
---
# Doubling

```{code-cell}
x = 21
```

```{code-cell}
:tags: [exercise]
:name: double
y = ...
```

```{code-cell}
:tags: check
assert y == 42, "no"
```

+++ {"tags": ["hint"]}

Twice `x`.

```{code-cell}
:tags: [solution]
y = 42
```
"""
IPYNB = notebook.new_notebook(
    cells=[
        prose("# Doubling"),
        code("x = 21"),
        code("y = ...", metadata={"tags": ["exercise"], "name": "double"}),
        code("assert y == 42, 'no'", metadata={"tags": ["check"]}),
        prose("Twice `x`.", metadata={"tags": ["hint"]}),
        code("y = 42", metadata={"tags": ["solution"]}),
    ]
)
PERCENT = (
    '# %% [markdown]\n# # Doubling\n# %%\nx = 21\n# %% name="double" tags=["exercise"]\ny = ...\n'
    '# %% tags=["check"]\nassert y == 42, "no"\n# %% [markdown] tags=["hint"]\n# Twice `x`.\n'
    '# %% tags=["solution"]\ny = 42\n'
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("percent.py", PERCENT),
        ("jupytext.md", JUPYTEXT),
        ("myst.md", MYST),
        ("jupyter.ipynb", json.dumps(IPYNB)),
    ],
    ids=["percent", "jupytext", "myst", "jupyter"],  # Jupyter's cells have random ones
)
def test_every_format_can_hold_an_exercise(name: str, text: str) -> None:
    found = read(text, name)
    assert read_exercises(found) == [Exercise(start=2, check=3, solution=5)]
    assert label(found.notebook.cells, 2).id == "double"


@pytest.mark.parametrize(
    ("cells", "line", "told"),
    [
        (CHECK, 7, "has a check without an exercise: expected cells tagged `exercise`, `check`"),
        (HINT, 7, "has a hint without an exercise"),
        (SOLUTION, 7, "has a solution without an exercise"),
        (
            START,
            7,
            "expected the tag `check` right after the exercise of line 7, got the end of the page",
        ),
        (START + SOLUTION, 9, "the tag `check` right after the exercise of line 7, got the tag"),
        (
            START + CHECK + HINT,
            12,
            "the tag `hint` or `solution` right after the hint of line 12, got the end of the page",
        ),
        (START + CHECK + START, 12, "right after the check of line 9, got the tag `exercise`"),
        (START + "# %%\n1\n", 9, "right after the exercise of line 7, got a code cell"),
        (
            START + CHECK + "# %% [markdown]\n# A word\n",
            12,
            "right after the check of line 9, got a Markdown cell",
        ),
        (START + '# %% tags=["live"]\n1\n', 9, "got the tag `live`"),
        ('# %% tags=["hint"]\n1\n', 7, "has the tag `hint` on a code cell, expected a Markdown"),
        (
            '# %% [markdown] tags=["solution"]\n# Words\n',
            7,
            "has the tag `solution` on a Markdown cell, expected a code cell",
        ),
        ('# %% [markdown] tags=["live"]\n# Words\n', 7, "has the tag `live` on a Markdown cell"),
        (START + '# %% tags=["check"]\n\n' + SOLUTION, 8, "has the tag `check` on an empty cell"),
        ('# %% tags=["exercise", "live"]\n1\n', 7, "has the tags `exercise` and `live` on one"),
        (
            START + CHECK + SOLUTION.replace('"]', '", "skip-execution"]'),
            12,
            "has the tag `solution` on a cell that other tags hide or skip",
        ),
        (START + CHECK.replace('"]', '", "remove-input"]'), 9, "that other tags hide or skip"),
        (START.replace('"]', '", "remove_cell"]'), 7, "that other tags hide or skip"),
    ],
)
def test_exercise_must_be_whole_and_in_order(cells: str, line: int, told: str) -> None:
    found_line, message = refused(ABOVE + cells)
    assert told in message
    assert found_line == line


def test_message_names_cells_where_editors_show_cells() -> None:
    cells = [
        prose("# Doubling"),
        code("x = 21"),
        code("y = ...", metadata={"tags": ["exercise"]}),
        prose("Words"),
    ]
    line, message = refused(json.dumps(notebook.new_notebook(cells=cells)), "page.ipynb")
    assert "right after the exercise in code cell 2, got a Markdown cell" in message
    assert line == 1
    cells[2] = prose("A word", metadata={"tags": ["hint"]})
    _, message = refused(json.dumps(notebook.new_notebook(cells=cells)), "page.ipynb")
    assert "has a hint in Markdown cell 2 without an exercise" in message


def test_empty_cell_is_no_exercise() -> None:
    cell = code(" ", metadata={"tags": ["exercise"]})
    _, message = refused(json.dumps(notebook.new_notebook(cells=[cell])), "page.ipynb")
    assert "has the tag `exercise` on an empty cell" in message


def test_exercise_is_in_python() -> None:
    kernel = {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}
    cells = [prose("# Doubling"), code("y <- 1", metadata={"tags": ["exercise"]})]
    made = notebook.new_notebook(cells=cells, metadata=kernel)
    _, message = refused(json.dumps(made), "page.ipynb")
    assert "has an exercise in code cell 1 in R, expected one in Python" in message


@pytest.mark.parametrize(
    ("above", "header", "name"),
    [
        ("# # Doubling *a* `number`: $x$!", "", "exercise-doubling-a-number-x"),
        ("# # Удвоить", "", "exercise-удвоить"),
        ("# # One\n#\n# ```\n# # no heading\n# ```", "", "exercise-one"),
        ("# # `{python} x` steps", 'name="steps" ', "steps"),
        ("# Words", 'id="alone" ', "alone"),
        ("# # One", 'name="mine" id="other" ', "mine"),
    ],
)
def test_exercise_is_named_by_its_cell_or_its_heading(above: str, header: str, name: str) -> None:
    text = f"# %% [markdown]\n{above}\n{START}{CHECK}{SOLUTION}"
    found = read(text.replace("# %% tags", f"# %% {header}tags", 1))
    (exercise,) = read_exercises(found)
    assert label(found.notebook.cells, exercise.start).id == name


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (START + CHECK + SOLUTION, 2, "has an exercise under no heading: give its cell a name"),
        (WHOLE.replace("Doubling", "`{python} 2` times"), 7, "under a computed heading"),
        (WHOLE.replace('tags=["ex', 'name="a b" tags=["ex'), 7, "named 'a b', expected no blanks"),
        (
            WHOLE.replace('tags=["ex', 'name="doubling" tags=["ex'),
            7,
            "with the name `doubling`, which is a heading's: give its cell a name",
        ),
        (
            WHOLE + START + CHECK + SOLUTION,
            17,
            "with the name `exercise-doubling` of the one of line 7",
        ),
    ],
)
def test_name_must_be_there_and_be_ones_own(text: str, line: int, told: str) -> None:
    found_line, message = refused(text)
    assert told in message
    assert found_line == line


def test_two_exercises_under_two_headings_have_two_names() -> None:
    found = read(WHOLE + "# %% [markdown]\n# ## Again\n" + START + CHECK + SOLUTION)
    names = [label(found.notebook.cells, one.start).id for one in read_exercises(found)]
    assert names == ["exercise-doubling", "exercise-again"]


def exercise(*hints: str, title: str = "") -> list[nbformat.NotebookNode]:
    failed = notebook.new_output("error", ename="AssertionError", evalue="no", traceback=["no!"])
    about = {"tags": ["exercise"], **({"title": title} if title else {})}
    return [
        code("y = ...", stream("started\n"), metadata=about),
        code("assert y == 42", failed, metadata={"tags": ["check"]}),
        *(prose(hint, metadata={"tags": ["hint"]}) for hint in hints),
        code("y = 42", stream("solved\n"), metadata={"tags": ["solution"]}),
    ]


def parts(found: Tag) -> list[str]:
    """The parts of an exercise, in order, by element and class."""
    children = found.find_all(recursive=False)
    return [" ".join([child.name, *child.get("class", [])]) for child in children]


@pytest.mark.parametrize("extensions", [["fenced_code"], ["pymdownx.superfences"], MATERIAL])
def test_page_holds_an_exercise_in_its_elements(extensions: list[str]) -> None:
    cells = [prose("# Doubling & more"), *exercise("*One*", "Two"), prose("After"), code("z")]
    soup, notes = page(*cells, extensions=extensions)
    assert notes == []
    found = soup.find("xor-exercise")
    assert parts(found) == [
        "p xd-exercise",
        "xor-code",
        "details xd-fold xd-check",
        "details xd-fold xd-hint",
        "details xd-fold xd-hint",
        "details xd-fold xd-solution",
    ]
    assert found["id"] == "exercise-doubling-more"
    assert (found["role"], found["aria-label"]) == ("group", "Exercise: Doubling & more")
    assert found.p.get_text() == "Exercise"
    summaries = [one.summary.get_text() for one in found.find_all("details")]
    assert summaries == [
        "How it is checked (may give the answer away)",
        "Hint 1",
        "Hint 2",
        "Solution",
    ]
    live = soup.find_all("xor-code")
    assert [one.pre.code.get_text().strip() for one in live] == ["y = ..."]
    assert "started" in live[0].get_text()
    check, hint, _, solution = found.find_all("details")
    assert check.find("code").get_text().strip() == "assert y == 42"
    assert "no!" not in soup.get_text(), "readers see what the check says of their own work"
    assert hint.em.get_text() == "One"
    assert "solved" in solution.get_text()
    assert soup.find("p", string="After").find_parent("xor-exercise") is None
    assert all(one.find_parent("p") is None for one in soup.find_all(["xor-code", "details"]))


def test_title_of_its_cell_is_an_exercises_caption() -> None:
    soup, _ = page(prose("# Doubling"), *exercise("Once", title="Twice <x>"))
    found = soup.find("xor-exercise")
    assert found.p.get_text() == "Exercise: Twice <x>"
    assert found["aria-label"] == "Exercise: Twice <x>"
    assert found.select_one(".xd-hint > summary").get_text() == "Hint", "there is one"


def test_an_exercise_for_the_notebook_is_a_listing_and_says_where_to_do_it() -> None:
    cells = exercise("Once", title="Twice")
    cells[0].metadata.tags.append("notebook-only")
    soup, _ = page(*cells)
    found = soup.find("xor-exercise")
    assert not soup.find("xor-code")
    assert "download" in found.select_one("p.xd-exercise + p.xd-elsewhere").get_text()
    assert found.find("code").get_text().strip() == "y = ..."
    assert len(found.find_all("details")) == 3
    soup, _ = page(*exercise("Once"))
    assert not soup.select(".xd-elsewhere")


def test_one_exercise_can_follow_another() -> None:
    first, second = exercise(title="One"), exercise(title="Two")
    for number, cells in enumerate((first, second)):
        cells[0].metadata.name = f"number-{number}"
    soup, _ = page(*first, *second)
    found = soup.find_all("xor-exercise")
    assert [one["id"] for one in found] == ["number-0", "number-1"]
    assert [one.parent.name for one in found] == ["[document]", "[document]"]


def test_live_cell_is_code_that_readers_can_run_with_its_output() -> None:
    cells = [
        code("x = 21", metadata={"tags": ["live"], "name": 'set "up"'}),
        code("x", stream("21\n"), metadata={"tags": ["live"]}),
        code("hidden", stream("shown\n"), metadata={"tags": ["live", "remove-input"]}),
        code("plain"),
    ]
    soup, _ = page(*cells)
    setup, shown = soup.find_all("xor-code")
    assert setup["name"] == 'set "up"'
    assert not shown.has_attr("name")
    assert [one.get_text().strip() for one in shown.find_all("code")] == ["x", "21"]
    assert "shown" in soup.get_text()


HINTS = {
    "$x^2$": "math",
    "``` python\nx + x\n```": ".highlight code",
    "!!! note\n    Think *twice*.": ".admonition em",
    "| a | b |\n|---|---|\n| 1 | 2 |": "td",
    "- a\n- b": "ul > li",
    "<b>bold": "b",
}


@pytest.mark.parametrize("hint", HINTS)
def test_markdown_is_rendered_in_hints(hint: str) -> None:
    extensions = [*MATERIAL, "xordocs.site.mathematics"]
    soup, _ = page(prose("# Doubling"), *exercise(hint, "The next"), extensions=extensions)
    first, second = soup.select(".xd-hint")
    assert first.select_one(HINTS[hint])
    assert second.get_text().split() == ["Hint", "2", "The", "next"]


@pytest.mark.parametrize("removed", ["exercise", "check", "hint", "solution"])
def test_site_can_remove_parts_of_exercises(removed: str) -> None:
    cells = [prose("# Doubling"), *exercise("Once"), prose("After")]
    for cell in cells:
        if removed in cell.metadata.get("tags", []):
            cell.metadata.tags = [removed, "remove-cell"]
    soup, _ = page(*cells)
    shown = [one["class"][1].removeprefix("xd-") for one in soup.find_all("details")]
    assert shown == [name for name in ("check", "hint", "solution") if name != removed]
    assert bool(soup.find("xor-exercise")) == (removed != "exercise")
    assert soup.find("p", string="After").find_parent("xor-exercise") is None


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_later_cells_see_the_solutions_names_and_keep_their_lines(project: Project) -> None:
    after = "# %%\nprint(y)\n\n# %%\n1 / 0\n"
    project.write("docs/page.py", WHOLE + after)
    line = (WHOLE + after).splitlines().index("1 / 0") + 1
    with pytest.raises(ExecutionError, match=rf"^docs/page\.py:{line}: cell 6 raised ZeroDiv"):
        project.build("page.py")
    project.write("docs/page.py", WHOLE + "# %%\ny\n\n# %% [markdown]\n# It is `{python} y`.\n")
    cells = project.build("page.py")["page.py"].cells
    assert [cell.execution_count for cell in cells if cell.cell_type == "code"] == [1, 2, 3, 4, 5]
    assert cells[4].source == "Twice 21."
    assert cells[6].outputs[0].data["text/plain"] == "42"
    assert cells[7].source == "It is 42."


FAULTS = {
    "a check that starts out passing": (
        WHOLE.replace("assert y == 2 * x", "assert True"),
        "docs/page.py:9: cell 3 passes before the solution: expected an AssertionError",
    ),
    "a check that stumbles over the starter code": (
        WHOLE.replace("y == 2 * x,", "\\\n  y > 2,"),
        "docs/page.py:10: cell 3 raised TypeError: '>' not supported between instances of "
        "'ellipsis' and 'int' before the solution: expected an AssertionError",
    ),
    "a check without words": (
        WHOLE.replace(', f"y is {y}, twice x is {2 * x}"', ""),
        "docs/page.py:9: cell 3 raised an AssertionError without words for the reader",
    ),
    "a check that refuses the solution": (
        WHOLE.replace("y = 2 * x\n", "y = 3 * x\n"),
        "docs/page.py:9: cell 3 raised AssertionError: y is 63, twice x is 42 after the solution "
        "in cell 4, which a check must accept",
    ),
    "a check that stumbles over the solution": (
        WHOLE.replace('print("Well done.")', "\nnowhere"),
        "docs/page.py:11: cell 3 raised NameError: name 'nowhere' is not defined after the",
    ),
    "a solution that fails": (
        WHOLE.replace("y = 2 * x\n", "y = 2 / 0\n"),
        "docs/page.py:14: cell 4 raised ZeroDivisionError: division by zero\n",
    ),
    "a starter that fails": (
        WHOLE.replace("y = ...", "y = z"),
        "docs/page.py:7: cell 2 raised NameError: name 'z' is not defined\n",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_check_must_refuse_the_starter_code_and_accept_the_solution(
    project: Project, fault: str
) -> None:
    text, told = FAULTS[fault]
    project.write("docs/page.py", text)
    with pytest.raises(ExecutionError) as caught:
        project.build("page.py")
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize("fault", FAULTS)
def test_exercise_that_cannot_be_solved_is_not_published_where_cells_may_fail(
    project: Project, fault: str
) -> None:
    project.write("docs/page.py", FAULTS[fault][0])
    with pytest.raises(ExecutionError, match=r"^docs/page\.py:\d+: cell 3 (raised|passes)"):
        project.build("page.py", allow_errors=True)


def test_solution_may_raise_an_exception_if_its_check_accepts_it(project: Project) -> None:
    raising = SOLUTION.replace('"]', '", "raises-exception"]')
    project.write("docs/page.py", WHOLE.replace(SOLUTION, f"{raising}1 / 0\n"))
    cells = project.build("page.py")["page.py"].cells
    assert cells[5].outputs[-1].ename == "ZeroDivisionError"
    project.write("docs/page.py", WHOLE.replace(SOLUTION, raising.replace("y = ", "1 / 0\ny = ")))
    with pytest.raises(ExecutionError, match=r"cell 3 raised AssertionError.* after the solution"):
        project.build("page.py")


@pytest.mark.parametrize(
    ("hang", "how"),
    [
        ("while y is not ...: pass", "did not end within 1 s"),
        ("import os\nif y is not ...: os._exit(3)", r"ended its kernel \(exit status 3\)"),
    ],
)
def test_check_that_does_not_end_after_the_solution_is_told(
    project: Project, hang: str, how: str
) -> None:
    project.write("docs/page.py", WHOLE.replace("assert y ==", f"{hang}\nassert y =="))
    with pytest.raises(ExecutionError, match=rf"^docs/page\.py:\d+: cell 3 {how}"):
        project.build("page.py", timeout=1)


def test_what_the_second_check_reads_counts(project: Project) -> None:
    project.write("docs/right.txt", "42")
    reads = WHOLE.replace(
        "assert y", 'assert y is not ..., "no"\nassert open("right.txt").read()\n\nassert y'
    )
    project.write("docs/page.py", reads)
    project.build("page.py")
    assert project.why("page.py") == ["unchanged"]
    project.write("docs/right.txt", "43")
    assert project.why("page.py") == ["docs/right.txt changed"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("# Twice", "# Two times", "unchanged"),
        (HINT, "", "cell 3 changed"),  # its expression is gone
        ('# %% tags=["exercise"]', '# %% Double it name="it" tags=["exercise"]', "unchanged"),
        ("# %%\nx = 21", '# %% tags=["live"]\nx = 21', "unchanged"),
        ("your line", "your own line", "cell 2 changed"),
        ("Well done", "Very well done", "cell 3 changed"),
        ('"solved"', '"so"', "cell 4 changed"),
    ],
)
def test_edit_executes_what_it_changes(project: Project, old: str, new: str, reason: str) -> None:
    project.write("docs/page.py", WHOLE)
    project.build("page.py")
    assert old in WHOLE
    project.write("docs/page.py", WHOLE.replace(old, new))
    assert project.why("page.py") == [reason]


def test_cells_that_become_an_exercise_are_executed_as_one(project: Project) -> None:
    cells = "# %% [markdown]\n# # Page\n# %%\ny = 1\n# %% tags=[{}]\nassert 0\n# %%{}\ny = 2\n"
    project.write("docs/page.py", cells.format('"raises-exception"', ""))
    project.build("page.py")
    exercise = cells.format('"check"', ' tags=["solution"]')
    project.write("docs/page.py", exercise.replace("# %%\ny = 1", '# %% tags=["exercise"]\ny = 1'))
    with pytest.raises(ExecutionError, match="without words"):
        project.build("page.py")


def test_page_that_is_wrong_is_told_in_every_build(project: Project) -> None:
    project.write("docs/page.py", ABOVE + START)
    for _ in range(2):
        with pytest.raises(PageError, match="not whole"):
            project.pages("page.py")


def taken(project: Project) -> nbformat.NotebookNode:
    """The notebook that a reader of the page can download."""
    (executed,) = project.build("page.py").values()
    return nbformat.reads(download(executed, None), as_version=4)


def run(taken: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Execute all cells in plain Jupyter, as a reader's Run All does; return those of code."""
    NotebookClient(taken, timeout=120, kernel_name="python3").execute()
    return [cell for cell in taken.cells if cell.cell_type == "code"]


def test_download_is_the_exercise_in_plain_jupyter(project: Project) -> None:
    project.write("docs/page.py", WHOLE + "# %%\nprint(y)\n")
    downloaded = taken(project)
    nbformat.validate(downloaded)
    assert len(downloaded.cells) == 7, "the second check is not in it"
    _, _, _, check, hint, solution, _ = downloaded.cells
    assert check.metadata.tags == ["check", "raises-exception"]
    assert (check.outputs, check.execution_count) == ([], None), "the reader has not run it yet"
    assert hint.metadata.jupyter == {"source_hidden": True}
    assert solution.metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
    assert [cell.metadata.get("jupyter") for cell in downloaded.cells[:4]] == [None] * 4
    cells = run(downloaded)
    assert cells[2].outputs[0].evalue == "y is Ellipsis, twice x is 42"
    assert cells[4].outputs[0].text == "42\n"


def test_reader_of_the_download_is_told_of_success(project: Project) -> None:
    project.write("docs/page.py", WHOLE)
    downloaded = taken(project)
    downloaded.cells[2].source = "y = x + x"
    assert run(downloaded)[2].outputs[0].text == "Well done.\n"


def test_what_else_a_notebook_says_of_collapsing_stays() -> None:
    cells = exercise("Once")
    cells[2].metadata["jupyter"] = {"mine": 1}
    made = notebook.new_notebook(cells=cells)
    downloaded = nbformat.reads(download(made, None), as_version=4)
    assert downloaded.cells[2].metadata.jupyter == {"mine": 1, "source_hidden": True}
    assert made.cells[2].metadata["jupyter"] == {"mine": 1}, "the page's own stays as it is"


def test_page_that_is_not_executed_shows_its_exercises(project: Project) -> None:
    project.write("docs/page.py", WHOLE.replace("`{python} x`", "x"))
    (one,) = project.pages("page.py", execute=False).values()
    assert isinstance(one, Page)
    assert len(read_exercises(one.source)) == 1


@pytest.mark.build
@pytest.mark.parametrize("theme", ["{name: material, font: false}", "{name: mkdocs}"])
def test_site_shows_an_exercise_and_material_keeps_its_answers_out_of_search(
    tmp_path: Path, theme: str
) -> None:
    after = "# %% [markdown]\n# ## After\n#\n# [Back](#exercise-doubling) to it. Findable.\n"
    hint = '# %% [markdown] tags=["hint"]\n# $a^2$\n#\n# !!! note\n#     Secretword.\n'
    pages = {"page.py": WHOLE.replace(HINT, HINT + hint) + after}
    for _ in ("executed and rendered", "taken from the cache"):
        code_, said = build(tmp_path, pages, theme=theme)
        assert code_ == 0, said
    soup = BeautifulSoup((tmp_path / "site/page/index.html").read_text(), "html.parser")
    found = soup.find("xor-exercise")
    assert parts(found)[1:] == [
        "xor-code",
        "details xd-fold xd-check",
        "details xd-fold xd-hint",
        "details xd-fold xd-hint",
        "details xd-fold xd-solution",
    ]
    assert found.select_one(".xd-hint math")
    assert found.select_one(".xd-hint .admonition p:not([class])").get_text() == "Secretword."
    assert found.select_one(".xd-hint p").get_text() == "Twice 21."
    style = (tmp_path / "site/assets/_xordocs.css").read_text()
    assert "xor-exercise" in style
    index = (tmp_path / "site/search/search_index.json").read_text()
    assert "Findable" in index
    assert "your line" in index
    assert "material" not in theme or not any(
        word in index for word in ("Secretword", "solved", "2 * x", "Well done")
    )


@pytest.mark.build
def test_exercises_that_are_wrong_fail_a_build_with_their_places(tmp_path: Path) -> None:
    pages = {
        "order.py": ABOVE + START + SOLUTION,
        "starter.py": FAULTS["a check that starts out passing"][0],
    }
    code_, said = build(tmp_path, pages)
    assert code_ == 1
    assert "docs/order.py:9: the page has an exercise that is not whole" in said
    assert "docs/starter.py:9: cell 3 passes before the solution" in said
