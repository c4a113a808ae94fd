"""Join the style sheets of theme, plugins and site into one, and leave out what no page loads."""

import posixpath
import re
from fnmatch import fnmatchcase
from pathlib import Path

import minify
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

TARGET = "assets/site.css"
BEFORE = (
    "assets/stylesheets/main.*.min.css",
    "assets/stylesheets/palette.*.min.css",
    "assets/elements/elements.css",
)
"""Whose rules come before those of ``extra_css``: the theme's, and the live figures'."""
UNUSED = ("*.map", "assets/javascripts/lunr/*")
"""Of the theme: what debuggers read, and searches in other languages."""

ADDRESS = re.compile(r"url\((?P<quote>[\"']?)(?![\"']|[a-z]+:|[/#])(?P<path>[^)\"']+)(?P=quote)\)")
COMMENT = re.compile(r"/\*[#@] sourceMappingURL=.*?\*/")


def on_files(files: Files, **_: object) -> Files:
    """Leave out what the theme ships and no page loads."""
    for file in list(files):
        if any(fnmatchcase(file.src_uri, glob) for glob in UNUSED):
            files.remove(file)
    return files


@event_priority(-1000)  # after plugins that write a style sheet here
def on_env(env: Environment, config: MkDocsConfig, files: Files, **_: object) -> Environment:
    """Put one style sheet into the place of all."""
    paths = [
        *(file.src_uri for glob in BEFORE for file in files if fnmatchcase(file.src_uri, glob)),
        *map(str, config.extra_css),
    ]
    joined = join({path: _take(path, files, config) for path in paths}, TARGET)
    files.append(File.generated(config, TARGET, content=minify.string("text/css", joined)))
    config.extra_css = [TARGET]
    return env


def join(sheets: dict[str, str], target: str) -> str:
    """Return style sheets as one.

    Args:
        sheets: Each by its path within the site, in their order.
        target: The path of the one that they become.
    """
    folder = posixpath.dirname(target)

    def moved(path: str, text: str) -> str:
        def lead(address: re.Match[str]) -> str:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(path), address["path"]))
            return f'url("{get_relative_url(place, f"{folder}/")}")'

        return COMMENT.sub("", ADDRESS.sub(lead, text))

    return "\n".join(moved(path, text) for path, text in sheets.items())


def _take(path: str, files: Files, config: MkDocsConfig) -> str:
    """Return a style sheet, which is not to be published by itself.

    Raises:
        PluginError: There is none.
    """
    file = files.get_file_from_path(path)
    if file is not None:
        files.remove(file)
        return file.content_string
    written = Path(config.site_dir, path)
    if not written.is_file():
        raise PluginError(f"extra_css: there is no style sheet {path!r}")
    text = written.read_text("utf-8")
    written.unlink()
    return text
