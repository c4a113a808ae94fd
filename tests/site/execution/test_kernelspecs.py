"""Notebooks in other languages run in their own kernels, those in Python in this one."""

import json
import sys

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook
from project import Project

from xordocs.site.errors import ExecutionError
from xordocs.site.execution.kernelspecs import find_other_kernel
from xordocs.site.execution.plan import Planner
from xordocs.site.notebooks import is_markdown_notebook

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")

SHOUT = """
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel

class Shouting(Kernel):
    implementation = implementation_version = banner = "shout"
    language_info = {"name": "shout", "mimetype": "text/plain", "file_extension": ".shout"}

    def do_execute(self, code, silent, *_, **__):
        if code.startswith("fail"):
            error = {"ename": "Hoarse", "evalue": code, "traceback": ["line 1", "Hoarse: " + code]}
            self.send_response(self.iopub_socket, "error", error)
            return {"status": "error", "execution_count": self.execution_count, **error}
        for _ in range(3_000 if code == "on and on" else 1):
            data = {"data": {"text/plain": code.upper()}, "metadata": {}}
            self.send_response(self.iopub_socket, "display_data", data)
        text = {"name": "stdout", "text": "x" * 5_000_000 if code == "much" else "well\\n"}
        self.send_response(self.iopub_socket, "stream", text)
        return {"status": "ok", "execution_count": self.execution_count,
                "payload": [], "user_expressions": {}}

IPKernelApp.launch_instance(kernel_class=Shouting)
"""


@pytest.fixture
def shout(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel for the language Shout, installed as users install theirs."""
    program = project.write("jupyter/shout.py", SHOUT)
    argv = [sys.executable, str(program), "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Shout", "language": "shout"}
    project.write("jupyter/kernels/shout1/kernel.json", json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(project.root / "jupyter"))


def notebook(project: Project, kernelspec: dict[str, str], *cells: str) -> None:
    cells_ = [new_code_cell(cell, id=f"cell-{n}") for n, cell in enumerate(cells)]
    page = new_notebook(cells=cells_, metadata={"kernelspec": kernelspec})
    write(page, project.root / "docs/page.ipynb")


SHOUTING = {"name": "shout1", "display_name": "Shout", "language": "shout"}


@pytest.mark.usefixtures("shout")
def test_notebook_in_another_language_runs_in_its_own_kernel(project: Project) -> None:
    notebook(project, SHOUTING, "hello", "on and on", "much")
    page = project.build("page.ipynb")["page.ipynb"]
    assert page.metadata.language_info.name == "shout"
    hello, on_and_on, much = (cell.outputs for cell in page.cells)
    assert hello[0].data == {"text/plain": "HELLO"}
    assert hello[1].text == "well\n"
    assert on_and_on[-1].text.endswith("outputs cut …]\n")
    assert len(much[-1].text) < 3_000_000
    assert "characters cut" in much[-1].text


@pytest.mark.usefixtures("shout")
def test_what_another_language_reads_is_told_to_be_unseen(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[dict] = []
    monkeypatch.setattr(
        Planner, "store", lambda _self, _page, dependencies, *_: bool(stored.append(dependencies))
    )
    notebook(project, SHOUTING, "hello")
    project.build("page.ipynb")
    assert "runs in shout" in stored[0].beginnings[0]["what"]


@pytest.mark.usefixtures("shout")
def test_failing_cell_of_another_language_is_told(project: Project) -> None:
    notebook(project, SHOUTING, "hello", "fail here")
    with pytest.raises(ExecutionError) as caught:
        project.build("page.ipynb")
    assert caught.value.cell == 2
    assert "cell 2 raised Hoarse: fail here" in str(caught.value)
    assert caught.value.traceback[-1] == "Hoarse: fail here"


@pytest.mark.usefixtures("shout")
def test_kernel_that_is_not_installed_is_named_beside_those_that_are(project: Project) -> None:
    notebook(project, {"name": "ir", "display_name": "R", "language": "R"}, "1")
    with pytest.raises(ExecutionError) as caught:
        project.build("page.ipynb")
    message = str(caught.value)
    assert message.startswith(
        "docs/page.ipynb:1: cell 1 found no kernel to run it: the kernel 'ir'"
    )
    assert "shout1 (shout)" in message
    assert "python3 (python)" in message


@pytest.mark.usefixtures("shout")
@pytest.mark.parametrize(
    "header",
    [
        "kernelspec: {name: shout1, language: shout}",
        "kernelspec: {name: shout1}",
        "kernelspec: {name: shout1, display_name: Shout}",
        "jupyter: {kernelspec: {name: shout1, language: shout}}",
        "file_format: mystnb\nkernelspec: {name: shout1}",
    ],
)
def test_markdown_of_another_language_runs_in_the_kernel_of_its_header(
    project: Project, header: str
) -> None:
    text = f"---\n{header}\n---\n\n# Page\n\n```{{code-cell}}\nhello\n```\n"
    assert is_markdown_notebook(text)
    project.write("docs/page.md", text)
    page = project.build("page.md")["page.md"]
    (shown,) = (cell.outputs for cell in page.cells if cell.cell_type == "code")
    assert shown[0].data == {"text/plain": "HELLO"}


@pytest.mark.parametrize("name", ["julia-1.9", "ir", "xcpp17", ".net-csharp", "bash"])
def test_kernel_that_is_known_by_its_name_alone_is_named_where_it_is_not_installed(
    project: Project, name: str
) -> None:
    notebook(project, {"name": name, "display_name": name}, "1")
    project.write("docs/page.md", f"---\nkernelspec: {{name: {name}}}\n---\n```python\n1\n```\n")
    for page in ("page.ipynb", "page.md"):
        metadata = project.pages(page)[page].source.notebook.metadata
        with pytest.raises(RuntimeError, match=f"the kernel '{name}' for .* is not installed"):
            find_other_kernel(metadata)


@pytest.mark.usefixtures("shout")
@pytest.mark.parametrize(
    ("metadata", "kernel"),
    [
        ({}, None),
        ({"kernelspec": {"name": "python3", "language": "python"}}, None),
        ({"kernelspec": {"name": "conda-env", "language": "python"}}, None),
        ({"kernelspec": {"name": "conda-env-py", "display_name": "Python [conda]"}}, None),
        ({"kernelspec": {"name": "x"}, "language_info": {"name": "python"}}, None),
        ({"kernelspec": {"name": "python3"}}, None),
        ({"kernelspec": {"name": "no such name!"}}, None),
        ({"kernelspec": SHOUTING}, "Shout"),
        ({"kernelspec": {"name": "shout1"}}, "Shout"),
        ({"language_info": {"name": "Shout"}}, "Shout"),
    ],
)
def test_language_decides_which_kernel_runs(metadata: dict, kernel: str | None) -> None:
    found = find_other_kernel(metadata)
    assert (found and found.display_name) == kernel


@pytest.mark.usefixtures("shout")
@pytest.mark.parametrize("name", ["page.ipynb", "page.md"])
def test_kernel_named_without_its_language_runs(project: Project, name: str) -> None:
    if name == "page.md":
        header = "---\nkernelspec:\n  display_name: Shout\n  name: shout1\n---\n\n"
        project.write("docs/page.md", f"{header}```{{code-cell}}\nhello\n```\n")
    else:
        notebook(project, {"name": "shout1", "display_name": "Shout"}, "hello")
    page = project.build(name)[name]
    assert page.cells[-1].outputs[0].data == {"text/plain": "HELLO"}


@pytest.mark.usefixtures("shout")
def test_page_that_is_given_another_kernel_is_executed_by_it(project: Project) -> None:
    notebook(project, {"name": "python3", "language": "python", "display_name": "P"}, "hello = 1")
    assert project.why("page.ipynb") == ["new"]
    notebook(project, {"name": "other", "language": "python", "display_name": "O"}, "hello = 1")
    assert project.why("page.ipynb") == ["unchanged"]
    for spec in (SHOUTING, {"name": "shout1", "display_name": "Shout"}):
        notebook(project, spec, "hello = 1")
        page = project.build("page.ipynb")["page.ipynb"]
        assert page.cells[0].outputs[0].data == {"text/plain": "HELLO = 1"}
