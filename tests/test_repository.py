"""What the repository's hosts and its visitors read: true, and the same as everywhere else."""

import json
import re
import subprocess
import tomllib

import pytest
import yaml
from checkout import ROOT
from packaging.specifiers import SpecifierSet

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FILES = {"github-actions": ".github/workflows/*.yml", "devcontainers": ".devcontainer/*.json"}
"""What Dependabot keeps up to date, and where it is. It cannot read the lock, a name of ours."""


def test_who_cites_the_course_cites_this_version_under_its_licence():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert str(citation["version"]) == PROJECT["version"]
    assert citation["license"] == PROJECT["license"]
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest[1] == PROJECT["version"]


@pytest.fixture(scope="module")
def container():
    return json.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))


def test_a_container_is_set_up_by_make(container):
    program, target = container["postCreateCommand"].split()
    assert program == "make"
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_container_has_a_python_that_the_course_runs_on_and_serves_where_the_readme_says(
    container,
):
    (version,) = re.findall(r"python:(\d+\.\d+)-", container["image"])
    assert version in SpecifierSet(PROJECT["requires-python"])
    (port,) = container["forwardPorts"]
    assert f"http://127.0.0.1:{port}" in (ROOT / "README.md").read_text("utf-8")


def test_a_container_has_the_browsers_that_ci_installs(container):
    wanted = set(re.findall(r"missing\+=\(([\w-]+)\)", (ROOT / ".ci/run").read_text("utf-8")))
    assert "chromium-headless-shell" in wanted
    installed = {*container["onCreateCommand"].split()}
    if any("/node:" in feature for feature in container["features"]):
        installed.add("nodejs")
    assert wanted <= installed


def test_dependabot_looks_after_what_there_is():
    settings = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))
    assert settings["version"] == 2
    assert {it["package-ecosystem"] for it in settings["updates"]} == FILES.keys()
    for pattern in FILES.values():
        assert list(ROOT.glob(pattern))
