"""Archives on a small site that is not this one: what they hold, and what the page says of them."""

import io
import json
import re
import zipfile

import pytest
from small_site import build

FIRST = """\
# %% [markdown]
# # First
# See [next](a.py#second) and [home](../index.md).

# %%
1 + 1
"""
PAGES = {
    "index.md": '# Home\n\n[All](downloads/all.zip){ download="" }, [also](downloads/all.zip)\n',
    "how/b.py": FIRST,
    "how/a.py": "# %% [markdown]\n# # Second\n\n# %%\nopen('../rows.csv').read()\n",
    "how/c.md": "# A plain page\n",
    "rows.csv": "1,2\n",
    "left.py": "# %%\n1\n",
}
NAV = "nav: [index.md, how/b.py, how/a.py]\nnot_in_nav: '*'\n"
OPTIONS = "{archives: {downloads/all.zip: ['how/*.py', rows.csv]}}"


def unpacked(folder):
    with zipfile.ZipFile(folder / "site/downloads/all.zip") as files:
        return {name.removeprefix("all/"): files.read(name) for name in files.namelist()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archives")
    code, said = build(folder, PAGES, NAV, OPTIONS)
    assert code == 0, said
    return folder


@pytest.mark.build
def test_an_archive_holds_what_its_globs_name_in_the_order_of_the_navigation(built):
    files = unpacked(built)
    assert set(files) == {
        "how/01-b.ipynb", "how/02-a.ipynb", "rows.csv", "README.md", "pyproject.toml",
        "requirements.txt",
    }  # fmt: skip
    assert files["rows.csv"] == b"1,2\n"
    assert files["README.md"].startswith(b"# Another site\n\n- [First](how/01-b.ipynb)\n- [Second]")


@pytest.mark.build
def test_its_notebooks_are_executed_and_link_to_one_another(built):
    files = unpacked(built)
    prose, code = json.loads(files["how/01-b.ipynb"])["cells"]
    assert "[next](02-a.ipynb) and home." in "".join(prose["source"])
    assert code["outputs"][0]["data"]["text/plain"] == ["2"]


@pytest.mark.build
def test_a_link_to_download_tells_the_size_and_any_other_does_not(built):
    size = (built / "site/downloads/all.zip").stat().st_size
    html = (built / "site/index.html").read_text("utf-8")
    told = re.findall(r'<span class="xd-size">\((.+?) kB\)</span>', html)
    assert told == [f"{size / 1000:.1f}"]


@pytest.mark.build
def test_where_the_address_is_known_links_lead_to_the_site(tmp_path):
    settings = f"{NAV}site_url: https://example.org/x/\n"
    code, said = build(tmp_path, PAGES, settings, OPTIONS)
    assert code == 0, said
    prose = json.loads(unpacked(tmp_path)["how/01-b.ipynb"])["cells"][0]
    assert "[home](https://example.org/x/)" in "".join(prose["source"])


PROJECT = """\
[project]
name = "small"
version = "1"
requires-python = ">=3.11"
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[tool.hatch.build]
include = ["small.py"]
"""


@pytest.mark.build
def test_a_notebook_installs_the_package_from_the_wheel_in_the_archive(tmp_path):
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "small.py").write_text("x = 1\n")
    options = OPTIONS.replace("{archives", "{package: 'small[plots]', archives")
    code, said = build(tmp_path, PAGES, NAV, options)
    assert code == 0, said
    files = unpacked(tmp_path)
    (wheel,) = (name for name in files if name.endswith(".whl"))
    first = "".join(json.loads(files["how/01-b.ipynb"])["cells"][0]["source"])
    assert f'%pip install --quiet "../{wheel}[plots]"' in first
    assert files["requirements.txt"].decode().startswith(f"./{wheel}[plots]\n")
    assert zipfile.is_zipfile(io.BytesIO(files[wheel]))


@pytest.mark.build
def test_globs_that_name_nothing_fail_a_strict_build(tmp_path):
    code, said = build(tmp_path, {}, options="{archives: {all.zip: [nosuch/*]}}")
    assert code == 1
    assert "the option `archives`: nosuch/* names no file for all.zip" in said
