"""Browsers, and the site that they look at."""

import os

import pytest
from engines import ENGINES, open_chromium
from serving import chromium, find_chromium, serve


@pytest.fixture(scope="session")
def browser():
    # the shell draws no window of its own around a page, and tests take two thirds of the time
    with chromium(found("Chromium", find_chromium("chromium-headless-shell"))) as running:
        yield running


@pytest.fixture(scope="module")
def context(browser):
    """A browser that has its files in the cache; the playground itself keeps nothing."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context


@pytest.fixture(scope="module", params=["chromium", *ENGINES])
def engine(request, tmp_path_factory):
    """A window of each browser engine."""
    if request.param == "chromium":
        yield from open_chromium(request.getfixturevalue("browser"))
        return
    find, open_window = ENGINES[request.param]
    executable = found(request.param, find())
    with open_window(executable, tmp_path_factory.mktemp("engine")) as window:
        yield window


@pytest.fixture(scope="session")
def address(site):
    with serve(site) as served:
        yield served


def found(name, executable):
    """The browser's path; where there is none, its tests are skipped, and under CI they fail."""
    if executable:
        return executable
    missing = f"no {name} here, and no test in it without one"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    return pytest.skip(missing)
