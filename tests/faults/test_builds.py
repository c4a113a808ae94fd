"""Builds that are killed, whose cache is damaged, or that run beside each other: what comes out in
the end is, byte for byte, what an undisturbed build makes.

A few of each are tried with every run of the tests, and all by ``make faults``.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from checkout import contents
from processes import gone, until
from project import LESSON, Project
from small_site import configuration

pytestmark = pytest.mark.build

MODULE = "import time\n\nvalue = 42\ntime.sleep(0.2)  # long enough to be killed in the middle\n"
PAGES = {"first.py": "import module; module.value", "second.py": "print('e' * 3000)"}


def trials(count: int, tried: int) -> list[object]:
    """The seeds of a fault's trials, of which the first few belong to every run of the tests."""
    return [
        pytest.param(seed, marks=[pytest.mark.audit] if seed >= tried else [])
        for seed in range(count)
    ]


def begin(folder: Path, site: str = "site") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", site],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "86400"},
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str]) -> str:
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    return said


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site that was built in peace."""
    project = Project(tmp_path_factory.mktemp("built"))
    project.write("mkdocs.yml", configuration())
    project.write("docs/module.py", MODULE)
    project.write("docs/lesson.py", LESSON)
    project.write("docs/other.md", "# Other\n\n## There\n")
    for name, code in PAGES.items():
        project.page(name, code)
    end(begin(project.root))
    return project


@pytest.fixture(scope="module")
def seconds(built: Project) -> float:
    """How long a build takes that begins with nothing."""
    shutil.rmtree(built.cache)
    begun = time.monotonic()
    end(begin(built.root))
    return time.monotonic() - begun


@pytest.fixture
def copy(built: Project, tmp_path: Path) -> Project:
    shutil.copytree(built.root, tmp_path / "copy", symlinks=True)
    return Project(tmp_path / "copy")


def assert_whole(project: Project, expected: Project, site: str = "site") -> None:
    found, wanted = contents(project.root / site), contents(expected.root / "site")
    assert [name for name in found | wanted if found.get(name) != wanted.get(name)] == []


@pytest.mark.parametrize("seed", trials(100, tried=2))
def test_build_after_one_that_was_killed_is_whole(
    built: Project, seconds: float, copy: Project, seed: int
) -> None:
    chance = random.Random(seed)
    if chance.random() < 0.7:
        shutil.rmtree(copy.cache)
    else:  # only this page is executed
        copy.page("second.py", f"print({seed})")
    shutil.rmtree(copy.root / "site")
    process = begin(copy.root)
    try:
        process.communicate(timeout=chance.uniform(0.2, seconds))
    except subprocess.TimeoutExpired:
        begun = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.communicate()
        for child in begun:
            until(lambda child=child: gone(child.pid))
    copy.page("second.py", PAGES["second.py"])
    end(begin(copy.root))
    assert_whole(copy, built)


def flip(file: Path, chance: random.Random) -> None:
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def cut(file: Path, chance: random.Random) -> None:
    os.truncate(file, chance.randrange(file.stat().st_size))


def lengthen(file: Path, chance: random.Random) -> None:
    with file.open("ab") as opened:
        opened.write(chance.randbytes(chance.randrange(1, 100)))


def replace_by_folder(file: Path, chance: random.Random) -> None:
    file.unlink()
    file.joinpath("within").mkdir(parents=True)


def replace_by_link(file: Path, chance: random.Random) -> None:
    file.unlink()
    file.symlink_to(file.parent / "nowhere")


def swap(file: Path, chance: random.Random) -> None:
    """Let it change places with another of its kind."""
    folder = file.parents[1] if file.suffix == ".executed" else file.parent
    others = sorted(set(folder.rglob(f"*{file.suffix}")) - {file})
    other, beside = chance.choice(others), file.with_name("beside")
    file.rename(beside)
    other.rename(file)
    beside.rename(other)


DAMAGES: list[Callable[[Path, random.Random], None]] = [
    *(flip, cut, lengthen, replace_by_folder, replace_by_link, swap),
]
KINDS = {"pages": "**/*.executed", "texts": "texts/**/*.made", "templates": "templates/*.made"}
"""What a cache holds."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("seed", trials(17, tried=0))
def test_build_from_a_cache_with_a_damaged_entry_is_whole(
    built: Project,
    copy: Project,
    kind: str,
    damage: Callable[[Path, random.Random], None],
    seed: int,
) -> None:
    (folder,) = (path for path in copy.cache.iterdir() if path.is_dir())
    entries = sorted(folder.glob(KINDS[kind]))
    chance = random.Random(f"{kind} {damage.__name__} {seed}")
    damage(chance.choice(entries), chance)
    end(begin(copy.root))
    assert_whole(copy, built)


@pytest.mark.parametrize("seed", trials(2, tried=1))
def test_build_from_a_cache_with_every_entry_damaged_is_whole(
    built: Project, copy: Project, seed: int
) -> None:
    chance = random.Random(seed)
    for pattern in KINDS.values():
        files = sorted(copy.cache.glob(f"*/{pattern}"))
        assert len(files) > 2
        for file in files:
            chance.choice([flip, cut, lengthen, swap])(file, chance)
    end(begin(copy.root))
    assert_whole(copy, built)


@pytest.mark.parametrize("seed", trials(20, tried=1))
def test_two_builds_at_once_are_whole_though_one_of_them_be_killed(
    built: Project, seconds: float, copy: Project, seed: int
) -> None:
    chance = random.Random(seed)
    shutil.rmtree(copy.cache)
    first = begin(copy.root, "first")
    second = begin(copy.root, "second")
    if seed % 2:
        try:
            first.communicate(timeout=chance.uniform(0.2, seconds))
        except subprocess.TimeoutExpired:
            first.kill()
        first.communicate()
    else:
        end(first)
        assert_whole(copy, built, "first")
    end(second)
    assert_whole(copy, built, "second")
