import os
import sys
from pathlib import Path

import pytest

from xordocs.site.cache import memo as memo_module
from xordocs.site.cache.memo import Memo
from xordocs.site.cache.store import Cache


def test_text_comes_back_for_what_it_was_made_from_alone(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "texts")
    assert memo.get("a", "b") is None
    memo.store("made\nof 'a' and 'b', ä", "a", "b")
    assert memo.get("a", "b") == "made\nof 'a' and 'b', ä"
    memo.store("half a character: \ud83d", "\udcff")
    assert memo.get("\udcff") == "half a character: \ud83d"
    assert memo.get("b", "a") is None
    assert memo.get("ab") is None


def test_damaged_text_is_made_again(tmp_path: Path) -> None:
    memo = Memo(tmp_path)
    memo.store("made", "a")
    (file,) = tmp_path.iterdir()
    content = file.read_bytes()
    for damaged in (b"", content[:-1], content + b".", content.replace(b"made", b"fake")):
        file.write_bytes(damaged)
        assert memo.get("a") is None
    memo.store("made", "a")
    assert memo.get("a") == "made"


def test_text_of_a_process_that_may_have_imported_an_edited_engine_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memo = Memo(tmp_path)
    memo.store("made", "a")
    engine = next(path for path in memo_module._engine_files() if path.name == "outputs.py")
    written = engine.stat()
    try:
        os.utime(engine)
        assert memo.get("a") == "made"  # by what this process has long imported
        monkeypatch.setitem(sys.modules, "imported_since", memo_module)
        assert memo.get("a") is None
        memo.store("made by whom?", "b")
    finally:
        os.utime(engine, ns=(written.st_atime_ns, written.st_mtime_ns))
    monkeypatch.setitem(sys.modules, "imported_later", memo_module)
    assert (memo.get("a"), memo.get("b")) == ("made", None)
    another = memo_module._running_engine()._replace(digest="another engine's")
    monkeypatch.setattr(memo_module, "_running_engine", lambda: another)
    assert Memo(tmp_path).get("a") is None


def test_text_of_an_engine_that_has_lost_a_file_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Memo(tmp_path).store("made", "a")
    running = memo_module._running_engine()
    lost = running._replace(modified={**running.modified, str(tmp_path / "lost.py"): 1})
    with monkeypatch.context() as patched:
        patched.setattr(memo_module, "_running_engine", lambda: lost)
        memo = Memo(tmp_path)
        assert memo.get("a") is None
        memo.store("made by whom?", "b")
    assert (Memo(tmp_path).get("a"), Memo(tmp_path).get("b")) == ("made", None)


def test_text_that_cannot_be_kept_costs_nothing_but_time(tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("where the folder should be")
    memo = Memo(tmp_path / "file")
    memo.store("made", "a")
    assert memo.get("a") is None


def test_texts_count_for_the_limit_and_are_cleaned(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "texts")
    for age, origin in enumerate("abc"):
        before = set(tmp_path.rglob("*.made"))
        memo.store("." * 10_000, origin)
        (file,) = set(tmp_path.rglob("*.made")) - before
        os.utime(file, (age + 1, age + 1))
    assert memo.get("a") is not None  # and so it was used last
    Cache(tmp_path, limit=25_000).trim()
    assert [memo.get(origin) is not None for origin in "abc"] == [True, False, True]
    Cache(tmp_path).clean()
    assert memo.get("a") is None
