"""A browser, and the site that it looks at."""

import os

import pytest
from engines import ENGINES
from serving import chromium, find_chromium, serve


@pytest.fixture(scope="session")
def browser():
    executable = find_chromium()
    if executable is None:
        missing = "no Chromium on the PATH, and no browser test without one"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with chromium(executable) as running:
        yield running


@pytest.fixture(scope="session")
def address(site):
    with serve(site) as served:
        yield served


@pytest.fixture(scope="module", params=ENGINES)
def engine(request, tmp_path_factory):
    find, open_window = ENGINES[request.param]
    executable = find()
    if not executable:
        missing = f"no {request.param} here, and no test in it without one"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with open_window(executable, tmp_path_factory.mktemp("engine")) as window:
        yield window
