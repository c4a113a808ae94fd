import errno
import os

import pytest
from project import Project, printed

from xordocs.site.cache import store as cache_module
from xordocs.site.execution import plan
from xordocs.site.notebooks import Page, source

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


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


def test_what_new_code_needs_is_known_before_its_page_is_parsed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed: list[set[tuple[str, ...]]] = []

    def read(text: str) -> list[set[tuple[str, ...]]]:
        path = project.write("docs/page.py", text)
        warmed.clear()
        with project.session(preload=["fractions", "decimal"]) as session:
            monkeypatch.setattr(session._pool, "warm_up", warmed.append)
            Page.read("page.py", path, session.memo, on_new_code=session.expect)
        return warmed

    page = "# %% [markdown]\n# {}\n\n# %%\nimport {}\n"
    monkeypatch.setattr(source, "parse", lambda *_: pytest.fail(str(warmed)))
    with pytest.raises(pytest.fail.Exception, match="fractions"):
        read(page.format("Old", "fractions"))
    monkeypatch.undo()
    assert read(page.format("New", "fractions")) == [], "its code is known by now"
    assert read(page.format("New", "decimal")) == [{("fractions", "decimal")}]
    assert read(page.format("New", "decimal")) == []


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


@pytest.mark.audit(sample=3)
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
    assert [path.name for path in project.cache.rglob("*") if path.is_file()] == ["CACHEDIR.TAG"]


def test_cache_that_cannot_be_written_to_warns_and_leaves_an_uncached_build(
    project: Project,
) -> None:
    project.cache.write_text("a file where the folder should be")
    project.page("page.py", "print('well')")
    assert printed(project.build("page.py")["page.py"]) == "well\n"
    (warning,) = (line for line in project.lines if line.startswith("warning: "))
    assert warning.startswith("warning: this build is not cached: ")
    assert str(project.cache) in warning


def test_several_changes_are_told_as_one_and_more(project: Project) -> None:
    project.write("docs/one.txt", "1")
    project.write("docs/two.txt", "1")
    project.page("page.py", "open('one.txt').read() + open('two.txt').read()")
    project.build("page.py")
    project.write("docs/one.txt", "2")
    project.write("docs/two.txt", "2")
    assert project.why("page.py") == ["docs/one.txt changed and 1 more"]
