"""Leave comments and spaces of the ES modules to those who read the repository."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from rjsmin import jsmin


def on_post_build(config: MkDocsConfig) -> None:
    """Rewrite the modules in the built site."""
    for module in Path(config.site_dir, "assets", "playground").glob("*.js"):
        module.write_text(jsmin(module.read_text("utf-8")), "utf-8")
