import os
import subprocess
import sys

import pytest
from project import Project, printed

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_page_works_in_its_own_folder_and_does_not_hide_a_module_of_its_name(
    project: Project,
) -> None:
    project.page("yaml.py", "import os, yaml; print(yaml.safe_load('true'), os.getcwd())")
    folder = os.path.realpath(project.root / "docs")
    assert printed(project.build("yaml.py")["yaml.py"]) == f"True {folder}\n"


def test_module_beside_the_page_is_found_after_all_others(project: Project) -> None:
    project.write("docs/part/helper.py", "value = 'beside'")
    project.write("docs/part/yaml.py", "raise SystemExit('the page hid a module')")
    project.page("part/page.py", "import helper, yaml; print(helper.value, yaml.safe_load('true'))")
    assert printed(project.build("part/page.py")["part/page.py"]) == "beside True\n"
    project.write("docs/part/helper.py", "value = 'edited'")
    assert project.why("part/page.py") == ["docs/part/helper.py changed"]


def test_no_kernel_loads_a_debugger_but_the_page_that_imports_one(project: Project) -> None:
    project.page("page.py", "import sys; print('debugpy' in sys.modules)", "import debugpy.common")
    assert printed(project.build("page.py")["page.py"]) == "False\n"


def test_half_a_surrogate_pair_is_spelt_wherever_it_is(project: Project) -> None:
    project.page(
        "page.py",
        r"""
        print("\ud800", "\udcff", "whole: \U0001f600")
        display({"text/plain": "\udfff", "text/html": "<b>\udfff</b>"}, raw=True)
        "\ud83d"
        """,
        r"raise ValueError('\ud800')",
    )
    text = (project.root / "docs/page.py").read_text()
    project.write(
        "docs/page.py", text.replace("# %%\nraise", '# %% tags=["raises-exception"]\nraise')
    )
    first, second = project.build("page.py")["page.py"].cells
    stream, display, result = first.outputs
    assert stream.text == "\\ud800 \\udcff whole: \U0001f600\n"
    assert display.data == {"text/plain": "\\udfff", "text/html": "<b>\\udfff</b>"}
    assert result.data == {"text/plain": "'\\ud83d'"}
    assert second.outputs[-1].evalue == "\\ud800"
    assert "Traceback" in second.outputs[-1].traceback[1]
    assert len(first.outputs + second.outputs) == 4


def test_traceback_is_plain_and_shows_lines_as_they_stand(project: Project) -> None:
    line = "1 / 0  # what nobody can share"
    project.write("docs/page.py", f'# %% tags=["raises-exception"]\n{line}\n')
    (error,) = project.build("page.py")["page.py"].cells[0].outputs
    traceback = "\n".join(error.traceback)
    assert "\x1b" not in traceback
    assert f"1 {line}\n" in traceback


def test_configuration_of_the_user_is_ignored(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil = "c = get_config(); c.InteractiveShellApp.exec_lines = ['spoilt = True']"
    for folder in ("docs", "home/.ipython/profile_default", "own"):
        project.write(f"{folder}/ipython_config.py", spoil)
    project.write("home/.ipython/profile_default/startup/00.py", "spoilt = True")
    project.write("startup.py", "spoilt = True")
    project.write("data/kernels/python3/kernel.json", '{"argv": ["false"], "display_name": "No"}')
    project.write("own/jupyter_config.json", '{"NotebookClient": {"allow_errors": true}}')
    monkeypatch.setenv("HOME", str(project.root / "home"))
    monkeypatch.setenv("IPYTHONDIR", str(project.root / "home/.ipython"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(project.root / "own"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(project.root / "data"))
    monkeypatch.setenv("PYTHONSTARTUP", str(project.root / "startup.py"))
    project.page("page.py", "print('spoilt' in globals())")
    assert printed(project.build("page.py")["page.py"]) == "False\n"


def test_kernel_imports_nothing_that_only_builders_need() -> None:
    code = "import sys, xordocs.site.execution.{}; print(*sys.modules)"

    def imported(module: str) -> set[str]:
        command = [sys.executable, "-c", code.format(module)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return set(done.stdout.split())

    builders = {"xordocs.site.execution.session", "xordocs.site.notebooks", "nbclient"}
    assert builders.isdisjoint(imported("kernel.application"))
    assert builders.isdisjoint(imported("forkserver.server"))
    assert builders <= imported("scheduler") | imported("session")


def test_figures_are_displayed_with_what_stands_on_them(project: Project) -> None:
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.xlabel('epoch')\n"
    project.page(
        "page.py",
        "from IPython.display import display\ndisplay('text')",
        draw + "plt.show()",
        draw + "display(plt.gcf(), metadata={'image/png': {'alt': 'mine'}})\nplt.close()",
        "%config InlineBackend.figure_formats = ['svg', 'retina']\n" + draw,
    )
    cells = project.build("page.py")["page.py"].cells
    metadata = [output.metadata for cell in cells for output in cell.outputs if output.metadata]
    assert metadata[0]["image/png"] == {"figure_text": "epoch"}
    assert metadata[1]["image/png"] == {"figure_text": "epoch", "alt": "mine"}
    assert metadata[2]["image/svg+xml"]["figure_text"] == "epoch"
    assert {"figure_text", "height", "width"} <= metadata[2]["image/png"].keys()
