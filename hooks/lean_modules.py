"""Send the playground's ES modules without comments, and all at once.

A browser learns what a module imports when it has the module; a page that names them all saves the
way there and back for each step of the chain.
"""

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from rjsmin import jsmin


def on_env(env: Environment, files: Files, **_: object) -> None:
    """Tell the playground's template which modules there are."""
    modules = (file.url for file in files.javascript_files())
    env.globals["modules"] = [url for url in modules if url.startswith("assets/playground/")]


def on_post_build(config: MkDocsConfig) -> None:
    """Leave comments and spaces to those who read the repository."""
    for module in Path(config.site_dir, "assets", "playground").glob("*.js"):
        module.write_text(jsmin(module.read_text("utf-8")), "utf-8")
