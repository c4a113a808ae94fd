"""A small site that is not this one, for the tests of `xordocs.site`."""

import json
import os
import subprocess
import sys

import nbformat.v4 as notebook

from xordocs.site.execution.forkserver import pool

CONFIGURATION = """
site_name: Another site
strict: true
validation: {anchors: warn}
theme: {name: material, font: false}
markdown_extensions:
  - admonition
  - attr_list
  - footnotes
  - pymdownx.highlight
  - pymdownx.snippets
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - toc: {permalink: true}
  - xordocs.site.mathematics
plugins:
  - search
  - xordocs
  - mkdocs-jupyter: {ignore: ["*.md"], cache: false}
"""


THEME = "{name: material, font: false}"


def configuration(options="{}", jupyter="", theme=THEME):
    """The site's ``mkdocs.yml`` with options of the plugin, more of mkdocs-jupyter's, a theme."""
    text = CONFIGURATION.replace("- xordocs\n", f"- xordocs: {options}\n").replace(THEME, theme)
    text = text.replace("cache: false}", f"cache: false{jupyter and ', '}{jupyter}}}")
    return with_kernels(text)


def with_kernels(settings):
    """A ``mkdocs.yml`` by which kernels are forked only if these tests are to fork any."""
    if pool.CAN_FORK:
        return settings
    settings = settings.replace("- xordocs\n", "- xordocs: {}\n")
    return settings.replace("xordocs: {", "xordocs: {fork: false, ")


def build(folder, pages, settings="", options="{}", jupyter="", theme=THEME, **environment):
    """Build a site of these pages; returns what MkDocs said and whether it succeeded."""
    (folder / "mkdocs.yml").write_text(configuration(options, jupyter, theme) + settings)
    docs = folder / "docs"
    for name, text in {"index.md": "# Home", "other.md": "# Other\n\n## There", **pages}.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return run(folder, "mkdocs", "build", "--strict", **environment)


def run(folder, module, *arguments, **environment):
    """Run a module in a site's folder; returns whether it succeeded, and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr + done.stdout


def one_output(data, metadata=None):
    """A notebook that is not to be executed, whose second cell shows this."""
    shown = notebook.new_output("display_data", data=data, metadata=metadata or {})
    cells = [
        notebook.new_markdown_cell("# Page"),
        notebook.new_code_cell("draw()", outputs=[shown]),
    ]
    kept = {"xordocs": {"execute": False}}
    return json.dumps(notebook.new_notebook(cells=cells, metadata=kept))
