"""What pages depend on in common: the same in every process, and refused where it is unknown."""

import functools
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files

from xordocs.site.incremental import describe_site

DESCRIBE = """
import sys
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from xordocs.site.incremental import describe_site
config = load_config(sys.argv[1])
print(describe_site(config, Files([])))
"""


def description(folder: Path, text: str, *names: str) -> str | None:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(f"site_name: Described\nplugins: []\n{text}")
    config = load_config(str(folder / "mkdocs.yml"))
    files = [File(name, config.docs_dir, config.site_dir, True) for name in names]
    return describe_site(config, Files(files))


def extension(options: str) -> str:
    return f"markdown_extensions:\n  - toc:\n      {options}\n"


def test_settings_and_files_that_change_renderings_are_told_apart(tmp_path: Path) -> None:
    slugs = "slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: %s}}"
    found = [
        description(tmp_path, ""),
        description(tmp_path, "", "page.md"),
        description(tmp_path, "use_directory_urls: false"),
        description(tmp_path, "validation: {anchors: warn}"),
        description(tmp_path, extension("permalink: true")),
        description(tmp_path, extension(slugs % "lower")),
        description(tmp_path, extension(slugs % "none")),
        description(tmp_path, "markdown_extensions: [attr_list]"),
    ]
    assert None not in found
    assert len(set(found)) == len(found)


def test_settings_that_change_no_rendering_are_not(tmp_path: Path) -> None:
    plain = description(tmp_path, "")
    assert description(tmp_path, "extra: {commit: abc}\ncopyright: mine") == plain
    assert description(tmp_path, "site_dir: elsewhere") == plain


def test_inherited_settings_count(tmp_path: Path) -> None:
    found = []
    for value in ("true", "true", "false"):
        (tmp_path / "base.yml").write_text(extension(f"permalink: {value}"))
        found.append(description(tmp_path, "INHERIT: base.yml"))
    assert found[0] == found[1] != found[2]


def test_two_processes_describe_a_site_alike(tmp_path: Path) -> None:
    description(tmp_path, extension("slugify: !!python/name:markdown.extensions.toc.slugify"))

    def describe(seed: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", DESCRIBE, tmp_path / "mkdocs.yml"],
            env={**os.environ, "PYTHONHASHSEED": seed, "NO_MKDOCS_2_WARNING": "1"},
            check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip

    assert describe("1") == describe("2") != "None"


@pytest.mark.parametrize(
    "text",
    ["markdown_extensions: [clock]", extension("slugify: !!python/name:clock.slugify")],
    ids=["extension", "function"],
)
def test_renderer_of_which_nothing_is_known_is_refused(tmp_path: Path, monkeypatch, text) -> None:
    (tmp_path / "clock.py").write_text(
        "from markdown.extensions import Extension\n"
        "def slugify(text, separator): return text\n"
        "class Clock(Extension):\n"
        "    def extendMarkdown(self, md): pass\n"
        "def makeExtension(**options): return Clock(**options)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    try:
        assert description(tmp_path, text) is None
    finally:
        sys.modules.pop("clock", None)


def test_installed_distributions_count(tmp_path: Path, monkeypatch) -> None:
    packages = tmp_path / "site-packages"
    (packages / "renderer-1.0.dist-info").mkdir(parents=True)
    describe = functools.partial(description, tmp_path, "")
    without = describe()
    monkeypatch.syspath_prepend(packages)
    first = describe()
    (packages / "renderer-1.0.dist-info").rename(packages / "renderer-1.1.dist-info")
    assert len({without, first, describe()}) == 3


def test_interpreter_folder_and_level_of_the_log_count(tmp_path: Path, monkeypatch) -> None:
    describe = functools.partial(description, tmp_path, "")
    found = [describe()]
    monkeypatch.setattr(sys, "version", "another Python")
    found.append(describe())
    monkeypatch.chdir(tmp_path)
    found.append(describe())
    monkeypatch.setattr(logging.getLogger("mkdocs"), "level", logging.ERROR)
    found.append(describe())
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "own",
    ["custom_templates: templates", "handlers: {python: {options: {extensions: [own.py]}}}"],
    ids=["templates", "extensions of griffe"],
)
def test_documentation_by_a_sites_own_code_is_refused(tmp_path: Path, own: str) -> None:
    (tmp_path / "templates").mkdir()
    with_plugin = "plugins: [{mkdocstrings: {%s}}]"
    (tmp_path / "docs").mkdir()
    found = []
    for options in ("enabled: true", own):
        text = f"site_name: Described\n{with_plugin % options}\n"
        (tmp_path / "mkdocs.yml").write_text(text)
        found.append(describe_site(load_config(str(tmp_path / "mkdocs.yml")), Files([])))
    assert found[0] is not None
    assert found[1] is None
