from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from xordocs.site.cache.template_cache import TemplateCache


def rendered(
    folder: Path,
    report: Callable[[str], None] = print,
    compilation: str | None = "filters of today",
) -> str:
    """What a template gives in a process that has not compiled it yet."""
    source = "{% for item in items %}{{ item.name | upper }}{% endfor %}{{ element }}"
    environment = Environment(
        loader=DictLoader({"page": source}),
        bytecode_cache=TemplateCache(folder, lambda _: compilation, report),
        autoescape=True,
    )
    return environment.get_template("page").render(items=[{"name": "n"}], element=3)


def test_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(tmp_path / "new") == "N3"
    monkeypatch.setattr(Environment, "compile", None)
    assert rendered(tmp_path / "new") == "N3"


@pytest.mark.parametrize("every", [13, pytest.param(1, marks=pytest.mark.audit)])
def test_damaged_template_is_compiled_again(tmp_path: Path, every: int) -> None:
    rendered(tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for position in range(0, len(whole), every):
        file.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        assert rendered(tmp_path) == "N3"
    assert file.read_bytes() == whole


def test_folder_that_cannot_be_written_to_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert rendered(tmp_path / "file") == "N3"


def test_template_that_is_compiled_by_something_else_is_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered(tmp_path)
    monkeypatch.setattr(Environment, "compile", None)
    with pytest.raises(TypeError):
        rendered(tmp_path, compilation="filters of tomorrow")


def test_template_that_may_be_compiled_otherwise_tomorrow_is_not_kept(tmp_path: Path) -> None:
    assert rendered(tmp_path, compilation=None) == "N3"
    assert list(tmp_path.iterdir()) == []
