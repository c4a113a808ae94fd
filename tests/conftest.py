"""What several tests share: shapes that are checked, and the real site, built once."""

import os
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import hypothesis
import jaxtyping
import pytest
from filelock import FileLock

jaxtyping.install_import_hook(
    "xordocs", "shapes.check_shapes"
)  # before anything imports the package

hypothesis.settings.register_profile("untimed", deadline=None)  # speed is `make bench`'s
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
MARKS = {"browser": "browser", "site": "build", "built": "build"}
"""What a test is marked by whose fixtures, directly or not, include one of these."""


def pytest_addoption(parser):
    told = "execute pages in ordinary kernels, as where a platform cannot fork"
    parser.addoption("--no-fork", action="store_true", help=told)


def pytest_configure(config):
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    if config.getoption("--no-fork"):
        from xordocs.site.execution.forkserver import client, pool

        client.CAN_FORK = pool.CAN_FORK = False


@pytest.fixture
def unchecked_shapes():
    """Leave shapes unchecked in a test that trains hundreds of networks, and would take minutes."""
    jaxtyping.config.update("jaxtyping_disable", True)
    yield
    jaxtyping.config.update("jaxtyping_disable", False)


@pytest.hookimpl(tryfirst=True)  # before `-m` looks at the marks
def pytest_collection_modifyitems(items):
    for item in items:
        for fixture, mark in MARKS.items():
            if fixture in item.fixturenames:
                item.add_marker(mark)
    take_samples(items)
    # one process builds the site for a file that needs it; meanwhile the others do without
    on_site = {item.path: None for item in items if "site" in item.fixturenames}
    first = next(iter(on_site), None)
    items.sort(key=lambda item: (item.path != first, item.path in on_site))


def take_samples(items):
    """Take the mark `audit` from as many cases of each survey as its sample asks for."""
    surveys = defaultdict(list)
    for item in items:
        if mark := item.get_closest_marker("audit"):
            surveys[item.nodeid.partition("[")[0]].append((item, mark))
    for cases in surveys.values():
        sample = cases[0][1].kwargs.get("sample", 0)
        for place, (item, mark) in enumerate(cases):
            if place * sample % len(cases) < sample:
                item.own_markers.remove(mark)


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    """The folder of this project's own site, built strictly, and once for all processes."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    target = shared / "site"
    with FileLock(shared / "site.lock"):
        if not target.exists():
            build(shared / "site.begun").rename(target)
    return target


def build(target):
    """Build the site into a folder, and return it."""
    addresses = {"SITE_URL", "REPO_URL", "EDIT_URI"}  # it is looked at here, not where it goes
    environment = {name: value for name, value in os.environ.items() if name not in addresses}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", target],
        cwd=ROOT,
        env={**environment, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target
