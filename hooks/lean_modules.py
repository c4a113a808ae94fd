"""Minify the playground's ES modules, and name them all in the page.

A browser finds a module's imports when it has the module; a page that names all modules saves a
round trip for each step of the chain.
"""

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from rjsmin import jsmin


def on_env(env: Environment, files: Files, **_: object) -> None:
    """Give the playground's template the addresses of all modules."""
    modules = (file.url for file in files.javascript_files())
    env.globals["modules"] = [url for url in modules if url.startswith("assets/playground/")]


def on_post_build(config: MkDocsConfig) -> None:
    """Remove comments and spaces from the built modules."""
    for module in Path(config.site_dir, "assets", "playground").glob("*.js"):
        module.write_text(jsmin(module.read_text("utf-8")), "utf-8")
