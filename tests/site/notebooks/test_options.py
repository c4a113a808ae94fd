"""What is said of a page's execution: in its header, by globs, by default, in this order."""

import json
from pathlib import Path

import nbformat.v4 as notebook
import pytest
from bs4 import BeautifulSoup
from project import Project
from small_site import build

from xordocs.site.errors import PageError
from xordocs.site.notebooks import PageOptions, options_for, source

OPTIONS = "xordocs:\n  execute: false\n  timeout: 7\n  allow_errors: true\n  depends: [a/*.csv, $B]"
SAID = {"execute": False, "timeout": 7, "allow_errors": True, "depends": ["a/*.csv", "$B"]}
KERNEL = "kernelspec: {name: python3, display_name: P, language: python}"


def commented(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())


def indented(text: str) -> str:
    return text.replace("\n", "\n  ")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", commented(f"---\ntitle: A\n{OPTIONS}\n---")),
        ("a.py", commented(f"---\njupyter:\n  {indented(OPTIONS)}\n---")),
        ("a.md", f"---\njupyter:\n  {KERNEL}\n  {indented(OPTIONS)}\n---\n"),
        ("a.md", f"---\n{OPTIONS}\njupyter:\n  {KERNEL}\n---\n"),
        ("a.md", f"---\n{KERNEL}\n{OPTIONS}\n---\n\n```{{code-cell}}\n1\n```\n"),
        ("a.ipynb", json.dumps(notebook.new_notebook(metadata={"xordocs": SAID}))),
        ("a.ipynb", json.dumps(notebook.new_notebook(
            cells=[notebook.new_raw_cell(f"---\n{OPTIONS}\n---", id="a")]
        ))),
    ],
)  # fmt: skip
def test_header_of_every_format_may_say_it(name: str, text: str) -> None:
    assert source.parse(text, Path(name)).options == SAID


def test_page_wins_over_later_globs_and_they_over_earlier_ones(project: Project) -> None:
    globs = {
        "*.py": {"timeout": 3, "execute": False},
        "how-to/*.py": {"timeout": 5, "depends": ["b"]},
        "how-to/": {"allow_errors": True},
    }
    options = options_for("how-to/page.py", PageOptions(timeout=2), globs)
    assert options == PageOptions(execute=False, timeout=5, allow_errors=True, depends=("b",))
    assert options_for("x/page.md", PageOptions(), globs) == PageOptions()
    project.write("docs/page.py", commented("---\nxordocs: {execute: true, depends: []}\n---"))
    (page,) = project.pages("page.py", **options._asdict()).values()
    assert page.options == PageOptions(timeout=5, allow_errors=True, depends=())
    assert project.pages("page.py", execute=False)["page.py"].options.execute


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("mystnb: {execution_mode: off}", {"execute": False}),
        ("mystnb: {execution_mode: 'off'}", {"execute": False}),
        ("mystnb: {execution_mode: force}", {}),
        ("mystnb:\n  execution_timeout: 9\n  execution_allow_errors: true",
         {"timeout": 9, "allow_errors": True}),
        ("mystnb: {execution_timeout: -1}", {}),
        ("mystnb: {execution_timeout: 9}\nxordocs: {timeout: 3}", {"timeout": 3}),
    ],
)  # fmt: skip
def test_options_of_myst_nb_count(header: str, expected: dict[str, object]) -> None:
    for text in (f"---\n{KERNEL}\n{header}\n---\n\n```{{code-cell}}\n1\n```\n",
                 f"---\n{header}\njupyter:\n  {KERNEL}\n---\n"):  # fmt: skip
        assert source.parse(text, Path("a.md")).options == expected


@pytest.mark.parametrize(
    ("options", "line", "reason"),
    [
        ("xordocs:\n  timeout: -3", 4, "timeout: expected a positive integer, got -3"),
        ("xordocs:\n  execute: true\n  timeout: 1.5", 5, "timeout: .* got 1.5"),
        ("xordocs:\n  execute: never", 4, "execute: expected true or false, got 'never'"),
        ("xordocs:\n  exec: false", 4, "expected one of execute, .* got 'exec'"),
        ("xordocs:\n  depends: a.csv", 4, "depends: expected a list of texts, got 'a.csv'"),
        ("xordocs:\n  depends: [3]", 4, r"depends: expected a list of texts, got \[3\]"),
        ("xordocs: {timeout: x}", 3, "timeout: .* got 'x'"),
        ("xordocs: false", 3, "expected a mapping, got False"),
        ("xordocs:\n  3: x", 4, "expected one of .* got 3"),
    ],
)
def test_wrong_option_is_told_with_its_line(options: str, line: int, reason: str) -> None:
    text = commented(f"---\ntitle: timeout\n{options}\n---")
    with pytest.raises(PageError, match=f"`xordocs` in its header: {reason}") as caught:
        source.parse(text, Path("a.py"))
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("execution_mode: never", "execution_mode: expected one of off, .* got 'never'"),
        ("execution_mode: true", "execution_mode: expected one of off, .* got True"),
        ("execution_timeout: 1m", "execution_timeout: expected a number .* got '1m'"),
        ("execution_timeout: true", "execution_timeout: expected a number .* got True"),
        (
            "execution_allow_errors: maybe",
            "execution_allow_errors: expected true or false, got 'maybe'",
        ),
        ("execution_time: 3", "expected one of execution_mode, .* got 'execution_time'"),
    ],
)
def test_wrong_option_of_myst_nb_is_told(options: str, reason: str) -> None:
    text = f"---\n{KERNEL}\nmystnb:\n  {options}\n---\n"
    with pytest.raises(PageError, match=f"`mystnb` in its header: {reason}") as caught:
        source.parse(text, Path("a.md"))
    assert text.splitlines()[caught.value.line - 1] == "mystnb:"


def test_page_whose_errors_are_no_longer_allowed_is_executed_again(project: Project) -> None:
    project.page("page.py", "x = 1")
    before = project.pages("page.py", allow_errors=True)["page.py"]
    assert before.cells != project.pages("page.py")["page.py"].cells
    assert before.cells == project.pages("page.py", allow_errors=True, timeout=9)["page.py"].cells


@pytest.mark.build
def test_options_that_concern_nothing_are_told(tmp_path: Path) -> None:
    modules = "[json, numpyy, json.decoder, json.decoders, numpy.linalg]"
    pages = "{'b*.py': {}, 'a.py': {}, '*.ipynb': {timeout: 3}}"
    options = f"{{preload: {modules}, pages: {pages}}}"
    code, said = build(tmp_path, {"a.py": "1\n"}, options=options)
    assert code == 0, said
    told = [line.rpartition("xordocs: ")[2] for line in said.splitlines() if "the option" in line]
    assert told == [
        "the option `preload`: there is no module numpyy, json.decoders",
        "the option `pages`: 'b*.py' names no notebook of the site",
        "the option `pages`: '*.ipynb' names no notebook of the site",
    ]


@pytest.mark.build
def test_site_obeys_globs_and_headers(tmp_path: Path) -> None:
    stored = notebook.new_output("stream", name="stdout", text="stored")
    cell = notebook.new_code_cell("print('executed')", outputs=[stored])
    page = json.dumps(notebook.new_notebook(cells=[cell]))
    script = "# %% [markdown]\n# # Page\n\n# %%\nprint('executed')\n"
    pages = {
        "kept/a.ipynb": page,
        "kept/b.py": script,
        "kept/c.py": commented("---\ntitle: C\nxordocs: {execute: true}\n---") + "\n" + script,
        "run.ipynb": page,
        "light.py": "# # Page\n\nprint('executed')\n",
        "md.md": f"---\njupyter:\n  {KERNEL}\n---\n\n# P\n\n```python\nprint('executed')\n```\n",
        "myst.md": "---\nkernelspec: {name: python3, display_name: P}\ntitle: T\n---\n\n# P\n\n"
                   "```{code-cell}\nprint('executed')\n```\n",
        "plain.md": "# P\n\n```{code-cell}\nprint('executed')\n```\n",
    }  # fmt: skip
    options = "{pages: {kept/: {execute: false}}}"
    code, said = build(tmp_path, pages, options=options, jupyter="ignore: [], include: ['*.*']")
    assert code == 0, said
    shown = {
        name.partition(".")[0]: [
            block.get_text().strip()
            for block in BeautifulSoup(
                (tmp_path / f"site/{name.partition('.')[0]}/index.html").read_text(), "html.parser"
            ).select(".xd-output code")
        ]
        for name in pages
    }
    executed = ["executed"]
    assert shown == {
        "kept/a": ["stored"], "kept/b": [], "kept/c": executed, "run": executed,
        "light": executed, "md": executed, "myst": executed, "plain": [],
    }  # fmt: skip
    assert said.count("kept/a.ipynb: shows the outputs in its file") == 1
    assert said.count("shows the outputs in its file") == 1
