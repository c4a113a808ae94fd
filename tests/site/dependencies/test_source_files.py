import os
from pathlib import Path

from xordocs.site.dependencies.digests import folder_digest
from xordocs.site.dependencies.source_files import Repository


def test_installed_packages_are_no_files_of_the_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    assert repository.name(str(tmp_path / "package/module.py")) == "package/module.py"
    assert repository.name(str(tmp_path / ".venv/lib/python3/site-packages/x.py")) is None
    assert repository.name(str(tmp_path / ".git/HEAD")) is None
    assert repository.name(f"{tmp_path}-beside/file") == f"{tmp_path}-beside/file"
    assert repository.name(os.__file__) is None


def test_repository_is_the_same_through_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for root in ("real", "link"):
        for way in ("real", "link"):
            assert Repository(tmp_path / root).name(str(tmp_path / way / "file")) == "file"


def test_folder_digest_tells_names_and_not_what_comes_and_goes(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    before = folder_digest(tmp_path)
    for passing in (".a.swp", "a~", "__pycache__"):
        (tmp_path / passing).touch()
    assert folder_digest(tmp_path) == before
    (tmp_path / "b").touch()
    assert folder_digest(tmp_path) != before
    assert folder_digest(tmp_path / "none") is None
