"""Builds of one site after another: nothing is rendered twice, and nothing is ever stale."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from project import Project

pytestmark = pytest.mark.build

CONFIGURATION = """
site_name: Kept
theme: {name: material, font: false}
hooks: [count.py]
markdown_extensions:
  - attr_list
  - footnotes
  - toc:
      permalink: true
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
  - pymdownx.b64: {base_path: docs/picture, restrict_path: false} # as the page sees it
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
      options: {custom_icons: [icons]}
  - pymdownx.highlight
  - pymdownx.snippets: {base_path: [parts/first, parts]}
  - pymdownx.superfences
plugins:
  - search
  - autorefs
  - xordocs
  - mkdocs-jupyter: {ignore: ["*.md"], cache: false}
  - mkdocstrings:
      handlers:
        python: {paths: ["."], options: {show_root_heading: true, separate_signature: true}}
"""

COUNT = """
import sys
from mkdocs.structure.pages import Page

def count(page, config, files, render=Page.render):
    sys.stderr.write(f"\\nrendered: {page.file.src_uri}\\n")  # others write there, too
    render(page, config, files)

Page.render = count
"""

MODULE = '''"""A module."""

from package.other import inherited

def function(first_argument: int = {value}, second_argument: int = 1000, third: int = 1000):
    """Documented {word}."""
'''

PAGES = {
    "index.md": "# Home\n\n## A heading\n\nText.\n",
    "page.py": "# %% [markdown]\n# # Notebook\n#\n# [Up](index.md#a-heading)\n#\n"
    "# [function][package.module.function]\n\n# %%\nprint(6 * 7)\n",
    "snippet.md": '# Snippet\n\n--8<-- "part.txt"\n',
    "nested.md": '# Nested\n\n--8<-- "outer.txt"\n',
    "shadowed.md": '# Shadowed\n\n--8<-- "shadowed.txt"\n',
    "absent.md": '# Absent\n\n--8<-- "absent.txt"\n\nThe end.\n',
    "fence.md": '# Fence\n\n```python\n--8<-- "code.txt"\n```\n',
    "picture.md": "# Picture\n\n![red](dot.png)\n",
    "icon.md": "# Icon\n\n:mine-shape:\n",
    "second_icon.md": "# The same icon\n\n:mine-shape:\n",
    "new_icon.md": "# New icon\n\n:mine-new:\n",
    "reference.md": "# Reference\n\n::: package.module\n",
    "second_reference.md": "# More\n\n::: package.other\n",
    "note.md": "# Footnote\n\nText[^1].\n\n[^1]: A note.\n",
    "tagged.md": "---\ntags: [old]\n---\n# Tagged\n\nText.\n",
    "titled.md": "---\ntitle: Old title\n---\nText without a heading.\n",
    "linking.md": "# Linking\n\n[there](target.md#part) [later](appears.md)\n",
    "target.md": "# Target\n\n## Part\n",
}  # fmt: skip
FILES = {
    "parts/part.txt": "The old part.\n",
    "parts/outer.txt": '--8<-- "inner.txt"\n',
    "parts/inner.txt": "The old inner part.\n",
    "parts/shadowed.txt": "From the second folder.\n",
    "parts/code.txt": "old_name = 1\n",
    "docs/dot.png": "not really a picture, old",
    "icons/mine/shape.svg": '<svg><path d="old"/></svg>',
    "package/__init__.py": "",
    "package/module.py": MODULE.format(word="first", value=1),
    "package/other.py": 'def inherited():\n    """Inherited, old."""\n',
}
EDITS = {
    "parts/part.txt": "The new part.\n",
    "parts/inner.txt": "The new inner part.\n",
    "parts/first/shadowed.txt": "From the first folder.\n",
    "parts/absent.txt": "No longer absent.\n",
    "parts/code.txt": "new_name = 2\n",
    "docs/dot.png": "not really a picture, new",
    "docs/tagged.md": PAGES["tagged.md"].replace("old", "new"),
    "docs/titled.md": PAGES["titled.md"].replace("Old", "New"),
    "package/module.py": MODULE.format(word="anew", value=2000),
    "package/other.py": 'def inherited():\n    """Inherited, new."""\n',
}
RENDERED = [
    "absent.md", "fence.md", "linking.md", "nested.md", "picture.md", "reference.md",
    "second_reference.md", "shadowed.md", "snippet.md",
]  # fmt: skip
"""The pages that these edits, and a warning, concern; metadata are no part of a rendering."""
EDITS_OF_THE_SITE = {
    "docs/appears.md": "# It appears\n",
    "icons/mine/shape.svg": '<svg><path d="new"/></svg>',
    "icons/mine/new.svg": '<svg><path d="appears"/></svg>',
}


def site(folder: Path) -> Project:
    project = Project(folder)
    project.write("mkdocs.yml", CONFIGURATION)
    project.write("count.py", COUNT)
    (project.root / "parts/first").mkdir(parents=True)
    for name, text in FILES.items():
        project.write(name, text)
    for name, text in PAGES.items():
        project.write(f"docs/{name}", text)
    return project


def build(project: Project, *options: str) -> tuple[dict[str, bytes], list[str], str]:
    """Build a site; return its files, the pages that were rendered, and what MkDocs said."""
    process = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *options],
        cwd=project.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = process.stdout + process.stderr
    assert process.returncode == 0 or "--strict" in options, said
    place = project.root / "site"
    files = {
        str(path.relative_to(place)): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and path.suffix != ".gz"  # it holds the time
    }
    return files, sorted(re.findall(r"^rendered: (.+)$", said, re.MULTILINE)), said


def from_scratch(project: Project) -> dict[str, bytes]:
    """Build a site of which no rendering is kept."""
    shutil.rmtree(project.root / ".cache/pages/texts")
    return build(project)[0]


def test_renderings_are_kept_and_none_is_stale(tmp_path: Path) -> None:
    project = site(tmp_path)
    cold, pages, said = build(project)
    assert pages == sorted(PAGES)
    assert "link 'appears.md'" in said
    again, pages, said = build(project)
    assert again == cold
    assert pages == ["linking.md"], "its warning is to be repeated"
    assert "link 'appears.md'" in said

    for name, text in EDITS.items():
        project.write(name, text)
    edited, pages, _ = build(project)
    assert pages == RENDERED
    for page, old, new in [
        ("snippet", b"old part", b"new part"),
        ("nested", b"old inner", b"new inner"),
        ("shadowed", b"second folder", b"first folder"),
        ("fence", b"old_name", b"new_name"),
        ("reference", b"Documented first", b"Documented anew"),
        ("second_reference", b"Inherited, old", b"Inherited, new"),
    ]:
        html = edited[f"{page}/index.html"]
        assert new in html, page
        assert old not in html, page
    assert b"No longer absent" in edited["absent/index.html"]
    assert edited["picture/index.html"] != cold["picture/index.html"]
    assert edited == from_scratch(project)

    for name, text in EDITS_OF_THE_SITE.items():
        project.write(name, text)
    edited, _, said = build(project)
    assert "link 'appears.md'" not in said
    assert b'd="new"' in edited["icon/index.html"]
    assert b'd="new"' in edited["second_icon/index.html"]
    assert b'd="appears"' in edited["new_icon/index.html"]
    assert edited == from_scratch(project)


def test_another_environment_or_configuration_renders_everything_again(tmp_path: Path) -> None:
    project = site(tmp_path)
    build(project)
    other = CONFIGURATION.replace("permalink: true", 'permalink: "§"').replace("lower", "none")
    project.write("mkdocs.yml", other)
    changed, pages, _ = build(project)
    assert pages == sorted(PAGES)
    assert b'id="A-heading"' in changed["index.html"]
    assert changed == from_scratch(project)
    _, pages, _ = build(project, "--no-directory-urls")
    assert pages == sorted(PAGES)


def test_edited_page_alone_is_rendered_and_search_and_links_are_right(tmp_path: Path) -> None:
    project = site(tmp_path)
    build(project)
    project.write("docs/target.md", "# Target\n\n## Piece\n")
    project.write("docs/note.md", PAGES["note.md"].replace("A note", "Another note"))
    edited, pages, said = build(project)
    assert set(pages) == {"linking.md", "note.md", "target.md"}
    assert "does not contain an anchor '#part'" in said
    entries = json.loads(edited["search/search_index.json"])["docs"]
    assert "target/#piece" in {entry["location"] for entry in entries}
    assert "target/#part" not in {entry["location"] for entry in entries}
    assert edited == from_scratch(project)


def test_removed_documentation_leaves_the_inventory_as_a_new_build_makes_it(tmp_path: Path) -> None:
    project = site(tmp_path)
    build(project)
    project.write("docs/reference.md", "# Reference\n\n::: package.other\n")
    edited, _, _ = build(project)
    assert edited == from_scratch(project)


def test_references_across_pages_find_headings_that_are_not_rendered_again(tmp_path: Path) -> None:
    project = Project(tmp_path)
    settings, _, _ = CONFIGURATION.partition("  - mkdocstrings")
    project.write("mkdocs.yml", settings)
    project.write("count.py", COUNT)
    project.write("docs/index.md", "# Home\n\n[Far heading][]\n")
    project.write("docs/page.md", "# Page\n\n## Far heading\n")
    built = [build(project, "--strict") for _ in range(2)]
    assert [pages for _, pages, _ in built] == [["index.md", "page.md"], []]
    assert built[0][0] == built[1][0]
    assert b'href="page/#far-heading"' in built[1][0]["index.html"]
    project.write("docs/index.md", "# Home, edited\n\n[Far heading][]\n")
    edited, pages, said = build(project, "--strict")
    assert pages == ["index.md"]
    assert b'href="page/#far-heading"' in edited["index.html"], said


def test_extension_that_may_do_anything_renders_every_page_in_every_build(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("mkdocs.yml", CONFIGURATION.replace("- attr_list", "- attr_list\n  - counting"))
    project.write("count.py", COUNT)
    project.write("docs/index.md", "# Home\n\nCOUNT\n")
    project.write("docs/page.py", "# %% [markdown]\n# # Page\n#\n# COUNT\n")
    project.write(
        "counting.py",
        "import os\nfrom markdown.extensions import Extension\n"
        "from markdown.preprocessors import Preprocessor\n"
        "class Count(Preprocessor):\n    def run(self, lines):\n"
        "        return [it.replace('COUNT', os.environ['COUNT']) for it in lines]\n"
        "class Counting(Extension):\n    def extendMarkdown(self, md):\n"
        "        md.preprocessors.register(Count(md), 'count', 100)\n"
        "def makeExtension(**options):\n    return Counting(**options)\n",
    )
    for word in ("first", "second"):
        os.environ["COUNT"] = word
        built, pages, _ = build(project)
        assert pages == ["index.md", "page.py"]
        assert word.encode() in built["index.html"]
        assert word.encode() in built["page/index.html"]
