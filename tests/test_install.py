"""The course without make, and without the checkout: in environments that pip made from nothing."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from checkout import ROOT, contents, copy_checkout
from lessons import TUTORIALS

pytestmark = pytest.mark.audit
LOCKED = re.compile(r"^(\S+==\S+(?: ; .+?)?) \\$", re.MULTILINE)
"""A version in the lock, without its hashes."""


def empty_environment(folder):
    """Make an environment that pip can install into; return its interpreter, and its variables.

    TensorFlow alone is not installed anew, only linked: it is as large as all the rest four times.
    """
    venv.create(folder / "venv", with_pip=True)
    linked = folder / "linked" / "site-packages"
    linked.mkdir(parents=True)
    tensorflow = distribution(packages_distributions()["tensorflow"][0])
    for place in (tensorflow.locate_file("tensorflow"), tensorflow._path):
        (linked / Path(place).name).symlink_to(place)
    (packages,) = (folder / "venv/lib").glob("python*/site-packages")
    (packages / "linked.pth").write_text(str(linked), "utf-8")
    # the versions that the site of the other tests is built by; a release of tomorrow changes none
    locked = LOCKED.findall((ROOT / "requirements.lock").read_text("utf-8"))
    (folder / "versions").write_text("\n".join(locked), "utf-8")
    python = folder / "venv/bin/python"
    ours = {"SITE_URL", "REPO_URL", "EDIT_URI", "PYTHONPATH", "VIRTUAL_ENV", "NO_MKDOCS_2_WARNING"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment["PATH"] = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    return python, environment


def install(python, environment, *what, cwd):
    versions = python.parents[2] / "versions"
    options = ["install", "--quiet", "--no-compile", "--constraint", versions]
    subprocess.run([python, "-m", "pip", *options, *what], cwd=cwd, env=environment, check=True)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A copy of this project, the interpreter that it is installed for, and its environment."""
    folder = tmp_path_factory.mktemp("installed")
    copy_checkout(folder / "copy")
    python, environment = empty_environment(folder)
    install(python, environment, "--editable", "./copy[all]", cwd=folder)
    return folder / "copy", python, environment


def build(project, python, environment):
    """Build a project's site, any warning an error."""
    done = subprocess.run(
        [python, "-m", "mkdocs", "build", "--strict"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return project / "site"


def assert_same_lessons(site, built):
    for pattern in ("tutorials/*/index.html", "tutorials/*/*.ipynb"):
        first, second = contents(site, pattern), contents(built, pattern)
        assert first
        assert [name for name in first | second if first.get(name) != second.get(name)] == []


@pytest.mark.build
def test_course_is_built_elsewhere_from_nothing_with_the_same_lessons(installed, site):
    assert_same_lessons(site, build(*installed))


@pytest.mark.build
@pytest.mark.parametrize("suffix", [".tar.gz", ".whl"])
def test_what_is_published_builds_the_course_without_the_checkouts_package(suffix, site, tmp_path):
    copy_checkout(tmp_path / "copy")
    dist = tmp_path / "dist"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", dist], cwd=tmp_path / "copy", check=True
    )
    (source,) = dist.glob("*.tar.gz")
    (published,) = dist.glob(f"*{suffix}")
    python, environment = empty_environment(tmp_path)
    install(python, environment, f"xordocs[all] @ {published.as_uri()}", cwd=tmp_path)
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    project = tmp_path / source.name.removesuffix(".tar.gz")
    shutil.rmtree(project / "xordocs")
    (project / "xordocs").mkdir()  # `mkdocs serve` would watch it
    assert_same_lessons(site, build(project, python, environment))


def test_plain_pytest_runs_there(installed):
    _, python, environment = installed
    done = subprocess.run(
        [python, "-m", "pytest", "-p", "no:cacheprovider", "tests/test_datasets.py"],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if "PYTEST" not in name},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.build
def test_the_archive_alone_runs_every_lesson(site, tmp_path):
    with zipfile.ZipFile(site / "assets/xor-course.zip") as archive:
        archive.extractall(tmp_path)
    course = tmp_path / "xor-course"
    python, environment = empty_environment(tmp_path)
    install(python, environment, "-r", "requirements.txt", cwd=course)
    notebooks = sorted(path.name for path in course.glob("tutorials/*.ipynb"))
    assert len(notebooks) == len(TUTORIALS)
    done = subprocess.run(
        [python, "-m", "jupyter", "execute", *notebooks],
        cwd=course / "tutorials",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = "import xordocs; print(xordocs.__file__)"
    told = subprocess.run([python, "-c", found], cwd=course, env=environment, capture_output=True)
    assert told.stdout.decode().startswith(str(tmp_path))
    lab = [python, "-m", "jupyter", "lab", "--version"]
    subprocess.run(lab, env=environment, check=True)
