import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from xordocs.site.cache import store as cache_module
from xordocs.site.cache.atomic_file import DamagedError
from xordocs.site.cache.store import Cache, Entry
from xordocs.site.dependencies.manifest import Manifest

STORE = """
import os, signal, sys
from pathlib import Path
sys.path += sys.argv[2:]
from test_store import entry
from xordocs.site.cache.store import Cache
cache = Cache(Path(sys.argv[1]))
"""


def entry(code: str = "1", size: int = 0) -> Entry:
    """An execution that depended on its code alone."""
    manifest = Manifest(
        page="docs/page.py",
        cells=[code],
        files={},
        folders={},
        distributions={},
        absent=[],
        allow_errors=False,
        environment={},
        inputs=None,
        unseen=[],
        editables=None,
        place=None,
        python="Python",
        executed=0.0,
        seconds=1.0,
    )
    cell = {"cell_type": "code", "source": code + " " * size, "outputs": []}
    return Entry(manifest, json.dumps({"cells": [cell]}))


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


def test_file_in_place_of_a_pages_folder_is_told(tmp_path: Path) -> None:
    place = tmp_path / "deep"
    place.touch()
    ((found, what),) = Cache(tmp_path).entries("deep/page.py")
    assert isinstance(what, DamagedError)
    assert (found, str(what)) == (place, "a file where a folder should be")


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
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["CACHEDIR.TAG"]


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


def test_entry_that_is_gone_when_it_is_measured_takes_no_room(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.store("page.py", entry())
    ((file, _),) = cache.entries("page.py")
    gone = tmp_path / "gone.executed"
    gone.symlink_to("nowhere")
    Cache(tmp_path, limit=file.stat().st_size).trim()
    assert (kept(cache), gone.is_symlink()) == (["1"], True), "nothing is beyond the limit"


def test_clean_deletes_entries_and_nothing_else(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.store("page.py", entry())
    (tmp_path / "precious.json").write_text("{}")
    cache.clean()
    assert kept(cache) == []
    assert (tmp_path / "precious.json").exists()
