import os
import subprocess
import sys

import pytest
from project import Project, printed

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_what_native_code_prints_stays_out_of_the_page(project: Project) -> None:
    project.page(
        "page.py", "import os; os.write(1, b'noise'); os.write(2, b'noise'); print('mine')"
    )
    notebook = project.build("page.py")["page.py"]
    assert (printed(notebook), printed(notebook, "stderr")) == ("mine\n", "")


def test_page_works_in_its_own_folder_and_does_not_hide_a_module_of_its_name(
    project: Project,
) -> None:
    project.page("yaml.py", "import os, yaml; print(yaml.safe_load('true'), os.getcwd())")
    folder = os.path.realpath(project.root / "docs")
    assert printed(project.build("yaml.py")["yaml.py"]) == f"True {folder}\n"


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
    assert builders.isdisjoint(imported("kernel"))
    assert builders.isdisjoint(imported("forkserver.server"))
    assert builders <= imported("scheduler") | imported("session")
