"""Leave comments and indentation of the ES modules to those who read the repository."""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

COMMENT = re.compile(r"^ *//[^\n]*\n|^/\*\*.*?\*/\n", re.MULTILINE | re.DOTALL)
TEMPLATE = re.compile(r"(`[^`]*`)")


def lean(source: str) -> str:
    """Return a module without its comments and indentation; text in backticks stays as it is."""
    parts = TEMPLATE.split(COMMENT.sub("", source))
    parts[::2] = (re.sub(r"\n[\n ]+", "\n", part) for part in parts[::2])
    return "".join(parts).lstrip()


def on_post_build(config: MkDocsConfig) -> None:
    """Rewrite the modules in the built site."""
    for module in Path(config.site_dir, "assets", "playground").glob("*.js"):
        module.write_text(lean(module.read_text("utf-8")), "utf-8")
