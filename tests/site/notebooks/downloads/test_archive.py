"""An archive of notebooks, as a reader finds it."""

import io
import tomllib
import zipfile

from packaging.requirements import Requirement

from xordocs.site.notebooks.downloads import Member, Wheel, archive, notebook_name


def a_wheel():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as files:
        files.writestr("small-1.dist-info/METADATA", "Name: small\nRequires-Python: >=3.11,<3.14\n")
    return Wheel("small-1-py3-none-any.whl", content.getvalue())


def contents(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        assert files.testzip() is None
        return {name: files.read(name) for name in files.namelist()}


MEMBERS = [Member("a/01-x.ipynb", "1. The first", "{}"), Member("a/02-y z.ipynb", "The next", "{}")]


def test_a_folder_lists_its_notebooks_in_their_order():
    assert notebook_name("a/b.py", 3, 14) == "a/03-b.ipynb"
    assert notebook_name("index.ipynb", 7, 120) == "007-index.ipynb"


def test_the_archive_holds_one_folder_with_notebooks_wheel_and_what_to_install():
    packed = contents(
        archive("course", "All of it", MEMBERS, {"data/a.csv": b"1"}, a_wheel(), "small[plots, x]")
    )
    assert sorted(packed) == list(packed)
    assert set(packed) == {
        "course/README.md", "course/a/01-x.ipynb", "course/a/02-y z.ipynb", "course/data/a.csv",
        "course/pyproject.toml", "course/requirements.txt", "course/small-1-py3-none-any.whl",
    }  # fmt: skip
    assert packed["course/requirements.txt"] == (
        b"./small-1-py3-none-any.whl[plots,x]\njupyterlab\n"
    )
    project = tomllib.loads(packed["course/pyproject.toml"].decode())
    assert project["project"]["requires-python"] == ">=3.11,<3.14"
    needed = {it.name: it.extras for it in map(Requirement, project["project"]["dependencies"])}
    assert needed == {"jupyterlab": set(), "small": {"plots", "x"}}
    assert project["tool"]["uv"]["sources"] == {"small": {"path": "small-1-py3-none-any.whl"}}
    readme = packed["course/README.md"].decode()
    assert readme.startswith("# All of it\n\n- [1. The first](a/01-x.ipynb)\n")
    assert "(a/02-y%20z.ipynb)" in readme
    assert "Python >=3.11,<3.14" in readme


def test_without_a_package_the_notebooks_need_jupyter_alone():
    packed = contents(archive("course", "All", MEMBERS, {}, None, ""))
    assert packed["course/requirements.txt"] == b"jupyterlab\n"
    project = tomllib.loads(packed["course/pyproject.toml"].decode())
    assert project["project"]["dependencies"] == ["jupyterlab"]
    assert "sources" not in project["tool"]["uv"]


def test_an_author_may_write_the_readme():
    packed = contents(archive("course", "All", MEMBERS, {"README.md": b"Mine"}, None, ""))
    assert packed["course/README.md"] == b"Mine"


def test_the_same_contents_give_the_same_bytes_whenever_and_in_whatever_order(monkeypatch):
    others, wheel = {"b": b"1", "a": b"2"}, a_wheel()
    first = archive("course", "All", MEMBERS, others, wheel, "small")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    again = archive("course", "All", MEMBERS, dict(reversed(others.items())), wheel, "small")
    assert again == first
    with zipfile.ZipFile(io.BytesIO(first)) as files:
        assert {entry.date_time for entry in files.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in files.infolist()} == {0o100644}
