"""What several tests share: the site of one lesson, built once."""

import json

import pytest
from bs4 import BeautifulSoup
from project import LESSON
from small_site import build


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The lesson's site, built where the user's own configuration would stop it."""
    folder = tmp_path_factory.mktemp("another")
    startup = folder / "ipython/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "00-mine.py").write_text("print = display = None")
    code, said = build(folder, {"lesson.py": LESSON}, IPYTHONDIR=str(folder / "ipython"))
    assert code == 0, said
    return folder / "site"


@pytest.fixture(scope="session")
def lesson(built):
    html = (built / "lesson/index.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser").article


@pytest.fixture(scope="session")
def index(built):
    return json.loads((built / "search/search_index.json").read_text())["docs"]
