import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from project import Project, printed

from xordocs.site.cache import memo as memo_module
from xordocs.site.cache import store as cache_module
from xordocs.site.cache.atomic_file import DamagedError
from xordocs.site.cache.manifest import Manifest
from xordocs.site.cache.memo import Memo
from xordocs.site.cache.store import Cache, Entry
from xordocs.site.execution import plan
from xordocs.site.notebooks import source

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")

STORE = """
import os, signal, sys
from pathlib import Path
sys.path += sys.argv[2:]
from test_store import entry
from xordocs.site.cache.store import Cache
cache = Cache(Path(sys.argv[1]))
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def entry(code: str = "1", size: int = 0) -> Entry:
    """An execution that depended on its code alone."""
    manifest = Manifest([code], {}, {}, {}, [], {}, "Python", 1.0)
    return Entry(manifest, json.dumps({"cells": [code + " " * size]}))


def kept(cache: Cache, page: str = "page.py") -> list[str]:
    """The code of each whole execution that is kept of a page, the last used first."""
    entries = [found for _, found in cache.entries(page) if isinstance(found, Entry)]
    return [found.manifest.cells[0] for found in entries]


def store_elsewhere(folder: Path, code: str) -> subprocess.Popen[bytes]:
    """Run code in another process that has a cache on the same folder."""
    here = Path(__file__).parent
    paths = str(here), str(here.parents[1])
    return subprocess.Popen([sys.executable, "-c", STORE + code, str(folder), *paths])


def test_entry_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.store("page.py", entry())
    assert [found for _, found in cache.entries("page.py")] == [entry()]
    assert list(cache.entries("other.py")) == []


def test_prose_edit_executes_nothing_and_shows_the_new_prose(project: Project) -> None:
    project.write("docs/page.py", "# %% [markdown]\n# Old\n\n# %%\nprint('once')\n")
    project.build("page.py")
    project.write(
        "docs/page.py",
        "# %% [markdown]\n# New\n\n# %% [markdown]\n# Prose\n\n"
        "# %% tags=[\"hide-input\"]\nprint('once')\n",
    )
    page = project.build("page.py")["page.py"]
    assert project.lines == ["page.py: unchanged"]
    assert [cell.source for cell in page.cells] == ["New", "Prose", "print('once')"]
    assert printed(page) == "once\n"
    assert page.cells[2].metadata.tags == ["hide-input"]


def test_unchanged_page_is_neither_parsed_nor_searched_for_imports(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.page("page.py", "print('once')")
    project.build("page.py")
    for module, name in ((plan, "find_imports"), (source, "parse")):
        monkeypatch.delattr(module, name)
    with project.session() as session:
        fresh, stale = session.partition(project.pages("page.py"))
    assert (list(fresh), stale) == (["page.py"], [])


def test_code_edit_tells_the_cell_that_changed(project: Project) -> None:
    project.page("page.py", "1", "2")
    project.build("page.py")
    project.page("page.py", "1", "3")
    assert project.why("page.py") == ["cell 2 changed"]


def test_tag_that_changes_execution_counts_as_code(project: Project) -> None:
    project.write("docs/page.py", "# %%\n1\n")
    project.build("page.py")
    project.write("docs/page.py", '# %% tags=["raises-exception"]\n1\n')
    assert project.why("page.py") == ["cell 1 changed"]


def test_page_without_code_is_not_executed(project: Project) -> None:
    project.write("docs/page.py", "# %% [markdown]\n# Prose\n")
    assert project.why("page.py") == ["unchanged"]


def test_going_back_to_another_branch_executes_nothing(project: Project) -> None:
    for code in ("1", "2"):
        project.page("page.py", code)
        assert project.why("page.py") != ["unchanged"]
    project.page("page.py", "1")
    assert project.why("page.py") == ["unchanged"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"mine", b"your"),
        lambda content: content.replace(b'"files": {}', b'"files": []'),
        lambda content: b'{"cells": []}',
        lambda content: b"\xff\xfe\x00",
        lambda content: content + b"{}\n",
    ],
)
def test_damaged_entry_is_dropped_and_its_page_executed(project: Project, damage) -> None:
    project.page("page.py", "print('mine')")
    project.build("page.py")
    (file,) = project.entries()
    content = file.read_bytes()
    assert damage(content) != content
    file.write_bytes(damage(content))
    assert printed(project.build("page.py")["page.py"]) == "mine\n"
    assert project.lines[0] == (
        f"page.py: dropped {file.name} from the cache (not a whole entry of this format)"
    )
    assert project.reason("page.py") == "new"
    assert project.why("page.py") == ["unchanged"]


def test_flipping_any_bit_of_an_entry_is_noticed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.store("page.py", entry())
    ((file, _),) = cache.entries("page.py")
    content = file.read_bytes()
    for position in range(len(content)):
        file.write_bytes(
            content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]
        )
        ((_, found),) = cache.entries("page.py")
        assert isinstance(found, DamagedError), position


def test_kill_in_the_middle_of_a_store_leaves_the_old_state(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.store("page.py", entry("old"))
    die = "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    process = store_elsewhere(tmp_path, die + "cache.store('page.py', entry('new'))")
    assert process.wait(60) == -signal.SIGKILL
    (leavings,) = tmp_path.rglob("*.tmp")
    assert kept(cache) == ["old"]
    cache.trim()
    assert leavings.exists(), "another build may be writing it at this moment"
    os.utime(leavings, (0, 0))
    cache.trim()
    assert not leavings.exists()
    assert kept(cache) == ["old"]


def test_builders_at_once_never_show_each_other_half_an_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    store = "for _ in range(40): cache.store('page.py', entry('same', size=100_000))"
    builders = [store_elsewhere(tmp_path, store) for _ in range(2)]
    while any(builder.poll() is None for builder in builders):
        assert all(isinstance(found, Entry) for _, found in cache.entries("page.py"))
    assert [builder.wait() for builder in builders] == [0, 0]
    assert kept(cache) == ["same"]
    assert list(tmp_path.rglob("*.tmp")) == []


def test_entry_that_another_builder_evicts_is_passed_over(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.store("page.py", entry("one"))
    cache.store("page.py", entry("two"))
    found = cache.entries("page.py")
    next(found)
    cache.clean()
    assert list(found) == []


def test_full_disk_warns_once_and_leaves_an_uncached_build(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(cache_module.os, "fsync", full)
    for name in ("one.py", "two.py"):
        project.page(name, "print('well')")
    assert printed(project.build("one.py", "two.py")["one.py"]) == "well\n"
    warnings = [line for line in project.lines if line.startswith("warning: ")]
    assert warnings == [
        "warning: this build is not cached: [Errno 28] No space left on device",
    ]
    assert [path for path in project.cache.rglob("*") if path.is_file()] == []


def test_limit_of_the_system_is_met_like_a_full_disk(tmp_path: Path) -> None:
    code = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    cache.store("page.py", entry(size=2000))
except OSError:
    sys.exit(7)
"""
    assert store_elsewhere(tmp_path, code).wait(60) == 7
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_cache_that_cannot_be_written_to_warns_and_leaves_an_uncached_build(
    project: Project,
) -> None:
    project.cache.write_text("a file where the folder should be")
    project.page("page.py", "print('well')")
    assert printed(project.build("page.py")["page.py"]) == "well\n"
    (warning,) = (line for line in project.lines if line.startswith("warning: "))
    assert warning.startswith("warning: this build is not cached: ")
    assert str(project.cache) in warning


def test_session_leaves_its_cache_within_bounds(project: Project) -> None:
    abandoned = project.write(".cache/page.py/1234.executed.tmp", "half an entry")
    os.utime(abandoned, (0, 0))
    project.page("page.py", "1")
    project.build("page.py")
    assert not abandoned.exists()
    assert project.entries()


def test_store_keeps_the_last_few_executions_of_a_page(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(cache_module.MAX_EXECUTIONS + 2):
        cache.store("page.py", entry(str(number)))
        for age, (file, _) in enumerate(cache.entries("page.py")):
            os.utime(file, (1000 - age, 1000 - age))
    assert sorted(kept(cache)) == ["2", "3", "4", "5"]


def test_trim_evicts_what_was_not_used_for_longest(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=25_000)
    for age, page in enumerate(["a.py", "b.py", "c.py"]):
        cache.store(page, entry(page, size=10_000))
        ((file, _),) = cache.entries(page)
        os.utime(file, (age + 1, age + 1))
    ((oldest, _),) = cache.entries("a.py")
    cache.mark_used(oldest)
    cache.trim()
    assert [kept(cache, page) for page in ("a.py", "b.py", "c.py")] == [["a.py"], [], ["c.py"]]


def test_clean_deletes_entries_and_nothing_else(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.store("page.py", entry())
    (tmp_path / "precious.json").write_text("{}")
    cache.clean()
    assert kept(cache) == []
    assert (tmp_path / "precious.json").exists()


def test_text_comes_back_for_what_it_was_made_from_alone(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "texts")
    assert memo.get("a", "b") is None
    memo.store("made\nof 'a' and 'b', ä", "a", "b")
    assert memo.get("a", "b") == "made\nof 'a' and 'b', ä"
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


def test_text_of_an_engine_that_has_been_edited_since_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memo = Memo(tmp_path)
    memo.store("made", "a")
    engine = next(path for path in memo_module._engine_files() if path.name == "outputs.py")
    written = engine.stat()
    try:
        os.utime(engine)
        assert memo.get("a") is None
        memo.store("made by whom?", "b")
    finally:
        os.utime(engine, ns=(written.st_atime_ns, written.st_mtime_ns))
    assert (memo.get("a"), memo.get("b")) == ("made", None)
    another = memo_module._running_engine()._replace(digest="another engine's")
    monkeypatch.setattr(memo_module, "_running_engine", lambda: another)
    assert Memo(tmp_path).get("a") is None


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
