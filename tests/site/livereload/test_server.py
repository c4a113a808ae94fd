"""A small site under a real ``mkdocs serve``: edits arrive, and nothing else is done again."""

import re
import signal
from pathlib import Path

import psutil
import pytest
from bs4 import BeautifulSoup
from project import Project
from served import SECONDS, Served

from xordocs.site.execution.forkserver import pool

pytestmark = pytest.mark.build

CONFIGURATION = """
site_name: Served
theme: {name: material, font: false}
watch: [package]
markdown_extensions:
  [attr_list, pymdownx.highlight, pymdownx.superfences, {pymdownx.snippets: {base_path: docs}}]
plugins:
  - search
  - xordocs
  - mkdocs-jupyter: {ignore: ["*.md"], cache: false}
  - mkdocstrings:
      handlers: {python: {paths: ["."], options: {show_root_heading: true}}}
"""

LESSON = """\
# %% [markdown]
# # The lesson
#
# Prose {prose}. See [function][package.module.function].

# %%
import sys
sys.path.insert(0, "..")
from package import module
open("runs", "a").write("*")
print("computed", module.function())
"""

MODULE = '''"""A module."""

def function():
    """Documented {word}."""
    return {value}
'''

FAILING = """\
# %% [markdown]
# # The fragile page

# %%
print("so far")
raise ValueError("<on purpose>")
"""
SLOW = """\
# %% [markdown]
# # The slow page

# %%
import time
from pathlib import Path
Path("{{word}}.waiting").touch()
while not Path({gate!r}).exists():
    time.sleep(0.01)
print("the {{word}} one")
"""
MENDED = FAILING.replace("raise ", "")


def site(folder: Path) -> Project:
    project = Project(folder)
    project.write("mkdocs.yml", CONFIGURATION)
    project.write("package/__init__.py", "")
    project.write("package/module.py", MODULE.format(word="first", value=1))
    project.write(
        "package/face.py", '__all__ = ["function"]\nfrom package.module import function\n'
    )
    project.write("docs/reference.md", "# Reference\n\n::: package.module\n")
    project.write("docs/face.md", "# Face\n\n::: package.face\n")
    project.write("docs/lesson.py", LESSON.format(prose="first"))
    project.write("docs/fragile.py", MENDED)
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return site(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def server(project: Project):
    with Served(project.root, project.root / "log") as served:
        served.until("lesson/", lambda text: "computed 1" in text)
        yield served


def runs(project: Project) -> int:
    """How often the lesson has been executed."""
    return len((project.root / "docs/runs").read_text())


def test_prose_edit_arrives_and_executes_nothing(project: Project, server: Served) -> None:
    before, shown = runs(project), re.findall(r"computed \d", server.get("lesson/"))
    project.write("docs/lesson.py", LESSON.format(prose="second"))
    page = server.until("lesson/", lambda text: "Prose second" in text)
    assert shown
    assert re.findall(r"computed \d", page) == shown
    assert runs(project) == before


def test_pages_that_are_not_rendered_again_stay_whole(project: Project, server: Served) -> None:
    style = server.get("assets/_mkdocstrings.css")
    index = {entry["location"]: entry for entry in server.search()}
    project.write("docs/index.md", "# Home, sweet home\n\n[The lesson](lesson.py)")
    home = BeautifulSoup(server.until("", lambda text: "sweet" in text), "html.parser")
    titles = [link.get_text(strip=True) for link in home.select(".md-nav--primary .md-nav__link")]
    assert {"The lesson", "Reference", "The fragile page"} <= set(titles)
    assert style
    assert server.get("assets/_mkdocstrings.css") == style
    assert "Documented" in server.get("reference/")
    assert 'href="../reference/#package.module.function"' in server.get("lesson/")
    assert "lesson.ipynb" in server.get("lesson/")
    assert '"cells"' in server.get("lesson/lesson.ipynb")
    now = {entry["location"]: entry for entry in server.search()}
    assert now.pop("")["title"] == "Home, sweet home"
    assert now == {place: entry for place, entry in index.items() if place}


def test_anchor_that_vanishes_from_another_page_is_told(project: Project, server: Served) -> None:
    project.write("docs/target.md", "# Target\n\n## Part\n")
    project.write("docs/linking.md", "# Linking\n\n[to it](target.md#part)\n")
    server.until("linking/", lambda text: "to it" in text)
    assert "anchor '#part'" not in server.said()
    project.write("docs/target.md", "# Target\n\n## Piece\n")
    server.until("target/", lambda text: "Piece" in text)
    assert "'target.md' does not contain an anchor '#part'" in server.said()


def test_code_edit_executes_and_shows_its_documentation(project: Project, server: Served) -> None:
    project.write("package/module.py", MODULE.format(word="anew", value=2))
    server.until("lesson/", lambda text: "computed 2" in text)
    assert "Documented anew" in server.get("reference/")
    server.until("face/", lambda text: "Documented anew" in text)  # postponed, and not forgotten
    assert "lesson.py: executing (package/module.py changed)" in server.said()
    assert "fragile.py: executing (package" not in server.said()


@pytest.mark.parametrize("mark", ['--8<-- "part.txt"', "--8<--\npart.txt\n--8<--"])
def test_text_that_a_page_takes_from_another_file_is_not_shown_stale(
    project: Project, server: Served, mark: str
) -> None:
    project.write("docs/part.txt", "The old part.\n")
    project.write("docs/whole.md", f"# Whole\n\n{mark}\n")
    server.until("whole/", lambda text: "The old part" in text)
    project.write("docs/part.txt", "The new part.\n")
    server.until("whole/", lambda text: "The new part" in text)
    (project.root / "docs/whole.md").unlink()
    server.until("sitemap.xml", lambda text: "whole" not in text)


def test_page_that_cannot_be_read_leaves_the_others_alone(project: Project, server: Served) -> None:
    broken = project.write("docs/broken.ipynb", "no notebook")
    server.until("broken/", lambda text: "docs/broken.ipynb:1: the page is no notebook" in text)
    project.write("docs/lesson.py", LESSON.format(prose="beside it"))
    server.until("lesson/", lambda text: "Prose beside it" in text)
    broken.unlink()
    server.until("sitemap.xml", lambda text: "broken" not in text)


def test_failure_shows_in_terminal_and_browser_and_the_page_comes_back(
    project: Project, server: Served
) -> None:
    project.write("docs/fragile.py", FAILING)
    page = server.until("fragile/", lambda text: "cell 1 raised" in text)
    said = "docs/fragile.py:6: cell 1 raised ValueError: <on purpose>"
    assert said in server.said()
    assert said in BeautifulSoup(page, "html.parser").article.get_text()
    assert "computed" in server.get("lesson/"), "the other pages do not suffer"
    project.write("docs/fragile.py", MENDED)
    assert "The fragile page" in server.until("fragile/", lambda text: "cell 1" not in text)


EXERCISE = """\
# %% [markdown]
# # The exercise

# %% tags=["exercise"]
y = ...

# %% tags=["check"]
open("checks", "a").write("*")
assert y == 42, "expected 42"

# %% [markdown] tags=["hint"]
# Think {hint}.

# %% tags=["solution"]
y = {solution}
"""


def test_exercise_is_checked_as_it_is_written_and_its_hints_are_prose(
    project: Project, server: Served
) -> None:
    project.write("docs/exercise.py", EXERCISE.format(hint="once", solution=41))
    told = "docs/exercise.py:9: cell 2 raised AssertionError: expected 42 after the solution"
    server.until("exercise/", lambda text: told in text)
    project.write("docs/exercise.py", EXERCISE.format(hint="once", solution=42))
    server.until("exercise/", lambda text: "Think once" in text and "Being executed" not in text)
    checks = (project.root / "docs/checks").read_text()
    project.write("docs/exercise.py", EXERCISE.format(hint="twice", solution=42))
    server.until("exercise/", lambda text: "Think twice" in text)
    assert (project.root / "docs/checks").read_text() == checks
    (project.root / "docs/exercise.py").unlink()
    server.until("sitemap.xml", lambda text: "exercise" not in text)


def test_page_shows_what_it_was_until_it_is_executed_and_says_so(
    project: Project, server: Served
) -> None:
    gate = project.root / "gate"
    slow = SLOW.format(gate=str(gate))
    gate.touch()
    project.write("docs/slow.py", slow.format(word="old"))
    server.until("slow/", lambda text: "the old one" in text and "Being executed" not in text)
    gate.unlink()
    project.write("docs/slow.py", slow.format(word="new"))
    page = server.until("slow/", lambda text: "Being executed" in text)
    assert "the old one" in page
    assert "cell 1 changed" in page
    assert "<title>The slow page - Served</title>" in page
    project.write("docs/lesson.py", LESSON.format(prose="meanwhile"))
    server.until("lesson/", lambda text: "Prose meanwhile" in text)
    assert "Being executed" in server.get("slow/")
    gate.touch()
    page = server.until("slow/", lambda text: "the new one" in text)
    assert "Being executed" not in page
    assert server.said().count("slow.py: executing (cell 1 changed)") == 1, "and once is enough"


def test_edit_while_a_page_is_executed_begins_it_anew(project: Project, server: Served) -> None:
    gate = project.root / "gate"
    gate.unlink(missing_ok=True)
    slow = SLOW.format(gate=str(gate))
    for word in ("first", "second"):
        project.write("docs/begun.py", slow.format(word=word))
        waiting = project.root / f"docs/{word}.waiting"
        server.until("begun/", lambda _: waiting.exists())  # noqa: B023 - used at once
        page = server.until("begun/", lambda text: "Being executed" in text)
        assert "What follows" not in page
    gate.touch()
    server.until("begun/", lambda text: "the second one" in text)
    assert "the first one" not in server.get("begun/")
    assert server.said().count("begun.py: executed in") == 1


def test_failing_page_that_writes_is_given_one_chance_an_edit(
    project: Project, server: Served
) -> None:
    project.write("docs/writing.py", "# %%\nopen('tries', 'a').write('*')\n1 / 0\n")
    server.until("writing/", lambda text: "ZeroDivisionError" in text)
    for prose in ("one", "two"):
        project.write("docs/lesson.py", LESSON.format(prose=prose))
        server.until("lesson/", lambda text: f"Prose {prose}" in text)  # noqa: B023 - at once
        server.until("writing/", lambda text: "ZeroDivisionError" in text)
    assert len((project.root / "docs/tries").read_text()) <= 3
    (project.root / "docs/writing.py").unlink()
    server.until("sitemap.xml", lambda text: "writing" not in text)


def test_file_edited_while_its_page_runs_is_read_again(project: Project, server: Served) -> None:
    gate, data = project.root / "gate", project.root / "elsewhere.txt"
    gate.unlink(missing_ok=True)
    data.write_text("old")
    read = f"from pathlib import Path\nword = Path({str(data)!r}).read_text()\n"
    gated = f"while not Path({str(gate)!r}).exists(): time.sleep(0.01)\n"
    wait = f"import time\nPath('read').touch()\n{gated}"
    project.write("docs/reading.py", f"# %%\n{read}{wait}print('it read', word)\n")
    server.until("reading/", lambda _: (project.root / "docs/read").exists())
    data.write_text("new and longer")
    gate.touch()
    server.until("reading/", lambda text: "it read new and longer" in text)


def test_page_that_is_being_read_is_executed_first(project: Project, server: Served) -> None:
    names = ["ape", "bee", "cat", "dog"]
    page = "# %%\nimport sys\nsys.path.insert(0, '..')\nfrom package import shared\n"
    project.write("package/shared.py", "value = 1\n")
    for name in names:
        project.write(f"docs/{name}.py", page + f"print('{name} says', shared.value)\n")
    for name in names:
        server.until(f"{name}/", lambda text: "says 1" in text)
    server.get("cat/")
    project.write("package/shared.py", "value = 2\n")
    server.until("cat/", lambda text: "says 2" in text)
    begun = re.findall(r"(\w+)\.py: executing \(package/shared.py changed", server.said())
    assert begun[0] == "cat"
    for name in names:
        server.until(f"{name}/", lambda text: "says 2" in text)
    assert sorted(
        re.findall(r"(\w+)\.py: executing \(package/shared.py changed", server.said())
    ) == sorted(names)


def test_edited_option_that_needs_another_start_is_told(project: Project, server: Served) -> None:
    said = "start `mkdocs serve` again for its changed options: environment"
    assert said not in server.said()
    edited = CONFIGURATION.replace("- xordocs\n", "- xordocs: {environment: [X], timeout: 9}\n")
    project.write("mkdocs.yml", edited)
    server.until("lesson/", lambda _: said in server.said())
    project.write("mkdocs.yml", CONFIGURATION)


def test_builds_call_nothing_that_is_deprecated(project: Project, server: Served) -> None:
    project.write("docs/lesson.py", LESSON.format(prose="up to date"))
    server.until("lesson/", lambda text: "Prose up to date" in text)
    assert "DeprecationWarning" not in server.said()


def test_failing_first_build_is_served_and_mended_and_ctrl_c_ends_everything(
    tmp_path: Path,
) -> None:
    project = site(tmp_path)
    project.write("docs/fragile.py", FAILING)
    with Served(project.root, project.root / "log") as server:
        server.until("fragile/", lambda text: "cell 1 raised" in text)
        server.until("lesson/", lambda text: "computed 1" in text)
        project.write("docs/fragile.py", MENDED)
        server.until("fragile/", lambda text: "cell 1 raised" not in text)
        children = psutil.Process(server.process.pid).children(recursive=True)
        assert children or not pool.CAN_FORK, "kernels are forked from a process that waits"
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(SECONDS) == 0
        _, alive = psutil.wait_procs(children, timeout=SECONDS)
        assert alive == []
