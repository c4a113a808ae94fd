"""The course without make: in an environment that pip alone has made from nothing."""

import os
import re
import subprocess
import venv
from importlib.metadata import distribution
from pathlib import Path

import pytest
from checkout import ROOT, contents, copy_checkout

LOCKED = re.compile(r"^(\S+==\S+(?: ; .+?)?) \\$", re.MULTILINE)
"""A version in the lock, without its hashes."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A copy of this project, the interpreter that it is installed for, and its environment.

    TensorFlow alone is not installed anew, only linked: it is as large as all the rest four times.
    """
    folder = tmp_path_factory.mktemp("installed")
    copy_checkout(folder / "copy")
    venv.create(folder / "venv", with_pip=True)
    linked = folder / "linked" / "site-packages"
    linked.mkdir(parents=True)
    tensorflow = distribution("tensorflow")
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
    install = ["install", "--quiet", "--no-compile", "--constraint", "versions", "--editable"]
    subprocess.run(
        [python, "-m", "pip", *install, "./copy[all]"], cwd=folder, env=environment, check=True
    )
    return folder / "copy", python, environment


@pytest.mark.build
def test_course_is_built_elsewhere_from_nothing_with_the_same_lessons(installed, site):
    copy, python, environment = installed
    done = subprocess.run(
        [python, "-m", "mkdocs", "build", "--strict"],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    for pattern in ("tutorials/*/index.html", "tutorials/*/*.ipynb"):
        first, second = contents(site, pattern), contents(copy / "site", pattern)
        assert first
        assert [name for name in first | second if first.get(name) != second.get(name)] == []


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
