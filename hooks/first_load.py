"""Make the first load of a page small: one style sheet, and a search index only for who searches.

Material's script fetches the search index with every page. Here it waits until the search opens, and
on a disk, where browsers start no worker from a file, the worker's text comes in a script.
"""

import json
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

BUNDLE = "assets/javascripts/bundle.*.min.js"
WORKER = "assets/javascripts/workers/search.*.min.js"
CHANGES = {
    'location.protocol!=="file:"': "!1",  # the index waits until the search opens
    'V("search.highlight")?': 'V("search.highlight")&&/[?&]h=/.test(location.search)?',
    "t=new Worker(e)": "t=xordocsSearchWorker(e)",
    "s=new URL(e.location,i.base);": "s=new URL(xordocsSearchPlace(e.location),i.base);",
}
"""What is changed in Material's script, each in one place."""
ON_DISK = Path(__file__).with_name("search_on_disk.js")

ADDRESS = re.compile(r"url\((?P<quote>[\"']?)(?![\"']|[a-z]+:|[/#])(?P<path>[^)\"']+)(?P=quote)\)")
COMMENT = re.compile(r"/\*[#@] sourceMappingURL=.*?\*/")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Change the theme's script, and leave out what the theme ships and no page loads."""
    for file in list(files):
        if any(fnmatchcase(file.src_uri, glob) for glob in UNUSED):
            files.remove(file)
        elif fnmatchcase(file.src_uri, BUNDLE):
            files.remove(file)
            script = change_search(file.content_string)
            files.append(File.generated(config, file.src_uri, content=script))
        elif fnmatchcase(file.src_uri, WORKER):
            text = f"var __worker = {json.dumps(_bare(file.content_string))};"
            path = posixpath.join(posixpath.dirname(file.src_uri), "on_disk.js")
            files.append(File.generated(config, path, content=text))
    return files


def change_search(script: str) -> str:
    """Return Material's script as it searches here.

    Raises:
        PluginError: It is not the one that these changes are for.
    """
    for old, new in CHANGES.items():
        if script.count(old) != 1:
            raise PluginError(
                f"hooks/first_load.py: expected {old!r} once in Material's script, "
                f"found it {script.count(old)} times"
            )
        script = script.replace(old, new)
    return str(minify.string("text/javascript", ON_DISK.read_text("utf-8"))) + _bare(script)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the search index as a script, too, which can be read from a disk."""
    folder = Path(config.site_dir, "search")
    index = folder.joinpath("search_index.json").read_text("utf-8")
    folder.joinpath("search_index.js").write_text(f"var __index = {index};", "utf-8")


def _bare(script: str) -> str:
    """Return a script without the address of its source map."""
    return re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)


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
