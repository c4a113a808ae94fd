import pytest
from project import Project, install, manifest, printed

from xordocs.site.dependencies import current

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_changed_version_of_a_distribution_executes_the_pages_that_imported_it(
    project: Project,
) -> None:
    install(project, "1.0")
    project.page("page.py", "import faked_module")
    project.page("other.py", "import numpy")
    project.build("page.py", "other.py")
    assert any("numpy" in manifest(entry)["distributions"] for entry in project.entries())
    assert project.why("page.py", "other.py") == ["unchanged"] * 2
    install(project, "2.0")
    assert project.why("page.py", "other.py") == ["faked 1.0 → 2.0", "unchanged"]


def test_preloaded_module_is_imported_anew_when_its_distribution_is_replaced(
    project: Project,
) -> None:
    project.page("page.py", "import faked_module; print(faked_module.version)")
    install(project, "1.0")
    with project.session(preload=["faked_module"]) as session:
        assert printed(project.execute(session, "page.py")["page.py"]) == "1.0\n"
        install(project, "10.0")
        assert printed(project.execute(session, "page.py")["page.py"]) == "10.0\n"


def test_another_python_executes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.page("page.py", "1")
    project.build("page.py")
    old = current.python_version()
    monkeypatch.setattr(current, "python_version", lambda: "Python 4")
    assert project.why("page.py") == [f"{old} → Python 4"]


def test_declared_environment_counts_and_its_values_stay_out_of_the_cache(
    project: Project,
) -> None:
    project.page("page.py", "1")
    project.build("page.py", environment={"TOKEN": "hush", "OTHER": "1"})
    assert b"hush" not in project.entries()[0].read_bytes()
    assert project.why("page.py", environment={"TOKEN": "hush", "OTHER": "1"}) == ["unchanged"]
    assert project.why("page.py", environment={"TOKEN": "hush"}) == ["$OTHER is gone"]
    assert project.why("page.py", environment={"TOKEN": "shout"}) == ["$TOKEN changed"]


def test_module_that_another_path_leads_to_counts(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project.page("page.py", "import helper; print(helper.__file__)")
    for _ in range(2):
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        (elsewhere / "helper.py").touch()
        monkeypatch.setenv("PYTHONPATH", str(elsewhere))
        assert printed(project.build("page.py")["page.py"]) == f"{elsewhere}/helper.py\n"
    assert project.reason("page.py") == "$PYTHONPATH changed"
