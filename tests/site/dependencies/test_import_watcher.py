import os
import py_compile

import pytest
from project import Project, install, printed, recorded

from xordocs.site.dependencies.digests import file_digest

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_module_edited_within_its_second_and_as_long_as_before_is_not_shown_stale(
    project: Project,
) -> None:
    helper = project.write("helper.py", "value = 1")
    py_compile.compile(str(helper))  # as an author's own tests leave it
    before = helper.stat()
    project.page("page.py", "import helper; print(helper.value)")
    assert printed(project.build("page.py")["page.py"]) == "1\n"
    helper.write_text("value = 2")
    os.utime(helper, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert printed(project.build("page.py")["page.py"]) == "2\n"
    assert recorded(project)["helper.py"] == file_digest(helper)


@pytest.mark.parametrize("appears", ["optional.py", "optional/__init__.py"])
def test_module_that_a_page_did_without_executes_once_it_is_there(
    project: Project, appears: str
) -> None:
    project.page(
        "page.py",
        """
        try:
            import optional
        except ImportError:
            optional = None
        print(optional is not None)
        """,
    )
    assert printed(project.build("page.py")["page.py"]) == "False\n"
    assert project.why("page.py") == ["unchanged"]
    project.write(appears, "")
    assert project.why("page.py") == [f"{appears} appeared"]


def test_module_that_comes_to_stand_before_another_executes(project: Project) -> None:
    project.write("package/__init__.py", "")
    project.write("package/inner.py", "")
    project.page("page.py", "import package.inner, faked_module")
    install(project, "1.0")
    project.build("page.py")
    assert project.why("page.py") == ["unchanged"]
    project.write("package/inner/__init__.py", "")
    assert project.why("page.py") == ["package/inner/__init__.py appeared"]
    project.write("faked_module.py", "")  # its folder stands before the installed one's
    assert project.why("page.py") == ["faked_module.py appeared"]


def test_distribution_that_a_page_did_without_executes_once_it_is_installed(
    project: Project,
) -> None:
    (project.root / "site-packages").mkdir()
    cell = "try: import faked_module\nexcept ImportError: pass"
    project.page("page.py", cell)
    project.build("page.py")
    assert project.why("page.py") == ["unchanged"]
    install(project, "1.0")
    assert project.why("page.py") == ["faked_module is installed now"]
    install(project, "2.0")
    assert project.why("page.py") == ["faked 1.0 → 2.0"]
