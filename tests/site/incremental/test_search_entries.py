"""Search entries that are kept are those that the index would make."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from material.plugins.search.plugin import SearchIndex

from xordocs.site.cache import Memo
from xordocs.site.incremental import keep_search_entries


def page(**changes):
    values = {"content": '<h1 id="a">A</h1><p>Text.</p>', "title": "A", "url": "a/", "meta": {}}
    return SimpleNamespace(toc=[], **{**values, **changes})


def entries(folder: Path | None, *pages):
    index = SearchIndex(lang=["en"])
    if folder is not None:
        keep_search_entries(index, Memo(folder))
    for one in pages:
        index.add_entry_from_context(one)
    return index.entries


@pytest.mark.parametrize(
    "other",
    [
        page(content='<h1 id="a">A</h1><p>Other text.</p>'),
        page(title="B", content="<p>Text without a heading.</p>"),
        page(url="b/"),
        page(meta={"tags": ["one"]}),
        page(meta={"search": {"boost": 2}}),
        page(meta={"search": {"exclude": True}}),
        page(meta={"title": "From the metadata"}, content="<p>Text.</p>"),
    ],
    ids=["content", "title", "url", "tags", "boost", "exclude", "meta title"],
)
def test_entries_depend_on_all_that_the_index_reads(tmp_path: Path, other) -> None:
    entries(tmp_path, page())
    for _ in range(2):  # the second time they are kept
        assert entries(tmp_path, page(), other) == entries(None, page(), other)


def test_known_page_is_not_read_again(tmp_path: Path, monkeypatch) -> None:
    first = entries(tmp_path, page())
    monkeypatch.delattr("material.plugins.search.plugin.Parser")
    assert entries(tmp_path, page()) == first != []


def test_another_version_of_the_theme_makes_entries_of_its_own(tmp_path: Path, monkeypatch) -> None:
    entries(tmp_path, page())
    monkeypatch.setattr("material.plugins.search.plugin.Section.is_excluded", lambda _: True)
    monkeypatch.setattr("xordocs.site.incremental.search_entries.version", lambda _: "another")
    assert entries(tmp_path, page()) == entries(None, page())


def test_index_of_another_theme_is_left_alone(tmp_path: Path) -> None:
    index = SimpleNamespace(entries=[], add_entry_from_context=print)
    keep_search_entries(index, Memo(tmp_path))
    assert index.add_entry_from_context is print
