import sys

import pytest
from project import Project

from xordocs.site.dependencies.import_scan import find_imports
from xordocs.site.dependencies.source_files import Repository

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("import heavy", {"heavy"}),
        ("import heavy.inside as h", {"heavy"}),
        ("from heavy import something", {"heavy"}),
        ("def f():\n    import heavy", {"heavy"}),
        ("import heavyweight", set()),
        ("from plots import pyplot", {"plots.pyplot"}),
        ("import plots", set()),
        ("import package.direct", {"heavy"}),
        ("from package import direct", {"heavy"}),
        ("from package import relative", {"heavy"}),
        ("from package.nested import up", {"heavy"}),
        ("import package", set()),
        ("from package import missing", set()),
        ("import package.circular", set()),
        ("not python", set()),
    ],
)
def test_imports_are_told_from_the_source(
    project: Project, statement: str, found: set[str]
) -> None:
    project.write("package/__init__.py", "")
    project.write("package/direct.py", "import heavy")
    project.write("package/relative.py", "from .direct import x")
    project.write("package/nested/__init__.py", "")
    project.write("package/nested/up.py", "from ..relative import x")
    project.write("package/circular.py", "import package.circular")
    page = project.write("docs/page.py", statement)
    assert find_imports(page, ["heavy", "plots.pyplot"], Repository(project.root)) == found


def test_looking_for_imports_runs_none_of_the_code(project: Project) -> None:
    project.write("package/__init__.py", "raise SystemExit('it ran')")
    project.write("package/direct.py", "import heavy")
    page = project.write("docs/page.py", "import package.direct")
    assert find_imports(page, ["heavy"], Repository(project.root)) == {"heavy"}
    assert "package" not in sys.modules
