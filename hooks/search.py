"""Make the search light, and let it work from a disk.

The index has no listings, no types of arguments and no file names of sources, and no white space
but between words. On a disk, where browsers start no worker from a file, the worker's text comes in
a script; hooks/theme_script.py lets the theme take it from there.
"""

import json
import posixpath
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

WORKER = "assets/javascripts/workers/search.*.min.js"
LISTING = re.compile(r"<pre>.*?</pre>", re.DOTALL)
SOURCE = re.compile(r"Source code in <code>[^<]*</code>")
"""What the reference folds below each function."""
TYPE = re.compile(r"(?<=</code>) \(<code>[^\u2013]*\)(?= \u2013)")
"""What stands behind an argument's name in the reference, with its default value."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the theme's worker as a script."""
    for file in list(files):
        if fnmatchcase(file.src_uri, WORKER):
            path = posixpath.join(posixpath.dirname(file.src_uri), "on_disk.js")
            text = f"var __worker = {json.dumps(file.content_string)};"
            files.append(File.generated(config, path, content=text))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """Write the light index, and write it as a script, too, which can be read from a disk."""
    path = Path(config.site_dir, "search", "search_index.json")
    index = json.dumps(without_listings(json.loads(path.read_text("utf-8"))), ensure_ascii=False)
    path.write_text(index, "utf-8")
    path.with_suffix(".js").write_text(f"var __index = {index};", "utf-8")


def without_listings(index: dict[str, Any]) -> dict[str, Any]:
    """Return a search index without what is code of many lines: its words are in the prose.

    What names the file of a function's source goes, too, and so do the types of its arguments.
    Elsewhere white space is only between words, and one space is enough.
    """
    entries = []
    for entry in index["docs"]:
        text = SOURCE.sub("", LISTING.sub("", entry["text"]))
        entries.append({**entry, "text": TYPE.sub("", " ".join(text.split()))})
    return {**index, "docs": entries}
