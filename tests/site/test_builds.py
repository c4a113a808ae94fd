"""Whole builds of a small site: the same twice, ended cleanly, and taken away by a reader."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import psutil
import pytest
from checkout import contents
from lessons import TUTORIALS
from project import LESSON, Project
from served import SCRIPT

from xordocs.site.execution.environment import INHERITED

pytestmark = pytest.mark.build

CONFIGURATION = """
site_name: Small
site_url: https://example.org/
theme: {name: material, font: false}
markdown_extensions:
  [admonition, attr_list, footnotes, pymdownx.highlight, pymdownx.superfences,
   {pymdownx.tabbed: {alternate_style: true}}, xordocs.site.mathematics]
plugins:
  - search
  - xordocs: {package: small}
  - mkdocs-jupyter: {ignore: ["*.md"], cache: false}
"""

PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "small"
version = "1"
requires-python = ">=3.11"
"""

READER = """
import sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[1])
"""

LOADED = """
import sys
from mkdocs.__main__ import cli
cli(["build", "--quiet"], standalone_mode=False)
print(*[name for name, module in sys.modules.items() if type(module).__name__ != "_LazyModule"])
"""

ENDLESS = """
import os, subprocess, sys
from pathlib import Path
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
Path("pids.tmp").write_text(f"{os.getpid()} {os.getppid()} {child.pid}")
Path("pids.tmp").rename("pids")
while True: pass
"""


def small(folder: Path) -> Project:
    """A site with everything that a page can have, and a package that it offers."""
    project = Project(folder)
    project.write("mkdocs.yml", CONFIGURATION)
    project.write("pyproject.toml", PYPROJECT)
    project.write("small/__init__.py", "value = 42\n")
    project.write("docs/other.md", "# Other\n\n## There\n")
    project.write("docs/lesson.py", LESSON)
    project.write(
        "docs/taken.py",
        "# %% [markdown]\n# # To take away\n\n# %%\nimport sys\nsys.path.append('..')\n"
        "import small\nprint('it says', small.value)\n",
    )
    return project


def mkdocs(project: Project, *options: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", *options],
        cwd=project.root,
        env={
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            "SOURCE_DATE_EPOCH": "86400",  # so that two builds can be compared
            **environment,
        },
        stderr=subprocess.PIPE,
        text=True,
    )


def build(project: Project, *options: str, **environment: str) -> str:
    """Build, and return what MkDocs said."""
    process = mkdocs(project, *options, **environment)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return said


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = small(tmp_path_factory.mktemp("small"))
    build(project, "--strict")
    return project


def test_two_builds_in_two_folders_are_byte_identical(project: Project, tmp_path: Path) -> None:
    other = small(tmp_path / "with another name")
    build(other, TZ="Asia/Tokyo", PYTHONHASHSEED="7")
    first, second = contents(project.root / "site"), contents(other.root / "site")
    assert [name for name in first | second if first.get(name) != second.get(name)] == []
    assert {"lesson/index.html", "lesson/lesson.ipynb", "assets/small-1-py3-none-any.whl"} <= set(
        first
    )


def test_build_takes_its_date_from_source_date_epoch(project: Project) -> None:
    assert "<lastmod>1970-01-02</lastmod>" in (project.root / "site/sitemap.xml").read_text()


def test_rebuild_executes_nothing_and_is_byte_identical(project: Project) -> None:
    before = contents(project.root / "site")
    said = build(project)
    assert "lesson.py: unchanged" in said
    assert "executing" not in said
    assert "pages-" not in said, "temporary files are nobody's business"
    assert contents(project.root / "site") == before


def test_build_says_what_it_does_and_nothing_else(tmp_path: Path) -> None:
    project = small(tmp_path)
    for states in ("executing|executed", "unchanged"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, "build", "--strict"],
            cwd=project.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        work = rf"xordocs: (lesson|taken)\.py: ({states})"
        steps = rf"INFO +-  ({work}|Building documentation|Cleaning site|Documentation built)"
        said = (done.stdout + done.stderr).splitlines()
        assert [line for line in said if not re.match(steps, line)] == []


def test_rebuild_loads_nothing_that_reads_converts_or_executes_notebooks(project: Project) -> None:
    build(project)
    told = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=project.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "86400"},
        capture_output=True,
        check=True,
    )
    loaded = told.stdout.decode().split()
    assert "mkdocs_jupyter.plugin" in loaded
    heavy = {"jupytext", "nbformat", "nbconvert", "nbclient", "jupyter_client", "zmq", "numpy"}
    assert heavy.intersection(loaded) == set()


def test_building_an_edited_page_loads_neither_its_formats_converters_nor_a_server(
    project: Project,
) -> None:
    project.page("edited.py", "print('edited')")
    told = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=project.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        check=True,
    )
    loaded = set(told.stdout.decode().split())
    assert {"jupytext", "nbclient"} <= loaded
    assert loaded.isdisjoint({"nbconvert", "mistune", "tornado.web"})
    assert "edited" in (project.root / "site/edited/index.html").read_text()


def test_edited_module_is_not_shown_stale(project: Project) -> None:
    page = project.root / "site/taken/index.html"
    project.write("small/__init__.py", "value = 43\n")
    said = build(project)
    assert "it says 43" in page.read_text()
    assert "taken.py: executing (small/__init__.py changed)" in said
    project.write("small/__init__.py", "value = 42\n")
    assert "taken.py: unchanged" in build(project), "the state of before is still in the cache"
    assert "it says 42" in page.read_text()


def test_plugin_does_as_it_is_told(tmp_path: Path) -> None:
    project = Project(tmp_path)
    options = "xordocs: {cache: kept, environment: [WORD], timeout: 1}"
    project.write("mkdocs.yml", CONFIGURATION.replace("xordocs: {package: small}", options))
    project.page("page.py", "import os; print(os.environ.get('WORD'), os.environ.get('OTHER'))")
    build(project, WORD="heard", OTHER="not heard")
    assert "heard None" in (project.root / "site/page/index.html").read_text()
    assert contents(project.root / "kept", "page.py/*.executed")
    project.take("hanging.py")
    process = mkdocs(project)
    _, said = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "did not end within 1 s" in said


def test_module_beside_the_sites_folder_is_not_shown_stale(tmp_path: Path) -> None:
    project = Project(tmp_path / "website")
    (tmp_path / ".git").mkdir()
    project.write("mkdocs.yml", CONFIGURATION.replace("xordocs: {package: small}", "xordocs"))
    project.write("../source/beside.py", "word = 'first'\n")
    find = "import sys; sys.path.insert(0, '../../source')"
    project.page("page.py", find, "import beside; print('it says', beside.word)")
    for word in ("first", "second"):
        project.write("../source/beside.py", f"word = {word!r}\n")
        said = build(project)
        assert f"it says {word}" in (project.root / "site/page/index.html").read_text()
    assert "page.py: executing (source/beside.py changed)" in said


def test_build_from_a_damaged_cache_is_the_same(project: Project, tmp_path: Path) -> None:
    copy = Project(shutil.copytree(project.root, tmp_path / "copy"))
    build(copy)
    expected = contents(copy.root / "site")
    for path in (file for file in copy.cache.rglob("*") if file.is_file()):
        content = path.read_bytes()
        path.write_bytes(content.replace(b"e", b"y") + b"!")
    build(copy, "--strict")
    assert contents(copy.root / "site") == expected


def test_two_builds_at_once_share_the_cache(tmp_path: Path) -> None:
    shared = small(tmp_path)
    both = [mkdocs(shared, "-d", f"site-{n}") for n in (1, 2)]
    for process in both:
        _, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
    said = build(shared)
    assert "lesson.py: unchanged" in said
    for n in (1, 2):
        assert contents(shared.root / f"site-{n}") == contents(shared.root / "site")


def test_build_that_cannot_be_cached_says_so_and_passes_strictly(tmp_path: Path) -> None:
    project = small(tmp_path)
    (project.root / ".cache").write_text("a file where the folder should be")
    assert "warning: this build is not cached: " in build(project, "--strict")


def test_downloaded_notebook_runs_in_plain_jupyter_with_the_wheel_that_the_site_carries(
    project: Project, tmp_path: Path
) -> None:
    notebook = project.root / "site/taken/taken.ipynb"
    (wheel,) = (project.root / "site/assets").glob("*.whl")
    taken = json.loads(notebook.read_text())
    install = "".join(taken["cells"][0]["source"])
    address = f"https://example.org/assets/{wheel.name}"
    assert f'%pip install --quiet "small @ {address}"' in install
    read_by = tmp_path / "reader"
    read_by.mkdir()
    # the reader's pip brings the wheel; here it comes from the built site and not from the web
    text = notebook.read_text().replace(address, wheel.as_uri())
    text = text.replace("%pip install", f"%pip install --no-deps --target {read_by}")
    (read_by / "taken.ipynb").write_text(text)
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "PIP_TARGET")
    }
    done = subprocess.run(
        [sys.executable, "-P", "-c", READER, "taken.ipynb"],
        cwd=read_by,
        env={**environment, "PYTHONPATH": str(read_by), "PIP_NO_INDEX": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (read_by / "small/__init__.py").is_file()
    cells = json.loads((read_by / "taken.ipynb").read_text())["cells"]
    said = "".join(text for output in cells[-1]["outputs"] for text in output["text"])
    assert "it says 42\n" in said  # IPython's own stream may come in pieces


def told(notebook: Path) -> list[str]:
    """The lines that a notebook's cells print and say, but for the pictures, for the checks of
    exercises, which a download has not run, and for what libraries log, as TensorFlow does where
    a build does not turn it off."""
    cells = json.loads(notebook.read_text())["cells"]
    told = [cell for cell in cells if "check" not in cell["metadata"].get("tags", [])]
    outputs = [output for cell in told for output in cell.get("outputs", [])]
    outputs = [output for output in outputs if output.get("name") != "stderr"]
    texts = [it.get("text") or it.get("data", {}).get("text/markdown", "") for it in outputs]
    return "".join(line for text in texts for line in text).splitlines()


@pytest.fixture(scope="module")
def installed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has nothing but the package of the wheel that the site carries."""
    (wheel,) = (site / "assets").glob("*.whl")
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def test_the_site_offers_every_lesson_as_a_notebook(site: Path) -> None:
    assert sorted(path.stem for path in site.glob("tutorials/*/*.ipynb")) == sorted(TUTORIALS)


@pytest.mark.audit(sample=3)
@pytest.mark.parametrize("lesson", TUTORIALS)
@pytest.mark.parametrize(
    "processor",
    [{}, {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "X86_V3,X86_V4"}],
    ids=["this processor", "an old one, which rounds otherwise"],
)
def test_lesson_runs_in_plain_jupyter_with_the_wheel_and_says_what_is_so(
    site: Path, installed: Path, tmp_path: Path, processor: dict[str, str], lesson: str
) -> None:
    alone = {name: os.environ[name] for name in INHERITED if name in os.environ}
    alone |= {"PYTHONPATH": str(installed), "MPLBACKEND": "agg"}
    (notebook,) = site.glob(f"tutorials/{lesson}/*.ipynb")
    shutil.copy(notebook, tmp_path)
    done = subprocess.run(
        [sys.executable, "-P", "-c", READER, notebook.name],
        cwd=tmp_path,
        env=alone | processor,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if not processor:  # then the last digits are the same, too
        assert told(tmp_path / notebook.name) == told(notebook)


@pytest.mark.skipif(os.name != "posix", reason="Windows ends processes without asking")
@pytest.mark.parametrize("name", ["SIGINT", "SIGKILL"])
def test_no_process_outlives_a_build_that_is_ended(tmp_path: Path, name: str) -> None:
    project = small(tmp_path)
    project.page("endless.py", ENDLESS)
    process = mkdocs(project)
    deadline = time.monotonic() + 120
    while not (project.root / "docs/pids").exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    pids = map(int, (project.root / "docs/pids").read_text().split())
    processes = [psutil.Process(pid) for pid in pids]
    assert all(one.is_running() for one in processes)
    process.send_signal(signal.Signals[name])
    process.communicate(timeout=120)
    assert process.returncode != 0
    for one in processes:
        assert gone(one, deadline), one


def gone(process: psutil.Process, deadline: float) -> bool:
    """Whether a process ends before the deadline; one that nobody has buried yet has ended."""
    while time.monotonic() < deadline:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def test_clean_cache_forgets_what_was_executed(project: Project, tmp_path: Path) -> None:
    copy = shutil.copytree(project.root / ".cache/pages", tmp_path / "pages")
    assert contents(copy, "*.executed")
    command = [sys.executable, "-m", "xordocs.site.cache", str(copy), "forget"]
    subprocess.run(command, check=True)
    assert not contents(copy)
