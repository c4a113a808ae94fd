"""Make the search light, and let it work from a disk.

Material's script fetches the index with every page; here it waits until the search opens. The index
has no listings. On a disk, where browsers start no worker from a file, the worker's text comes in a
script.
"""

import json
import posixpath
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import minify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

BUNDLE = "assets/javascripts/bundle.*.min.js"
WORKER = "assets/javascripts/workers/search.*.min.js"
CHANGES = {
    'location.protocol!=="file:"': "!1",  # the index waits until the search opens
    'V("search.highlight")?': 'V("search.highlight")&&/[?&]h=/.test(location.search)?',
    "t=new Worker(e)": "t=xordocsSearchWorker(e)",
    "s=new URL(e.location,i.base);": "s=new URL(xordocsSearchPlace(e.location),i.base);",
}
"""What is changed in Material's script, each in one place."""
ADDED = Path(__file__).with_name("search.js")
LISTING = re.compile(r"<pre>.*?</pre>", re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Change the theme's script, and add its worker as a script."""
    for file in list(files):
        if fnmatchcase(file.src_uri, BUNDLE):
            files.remove(file)
            script = change(file.content_string)
            files.append(File.generated(config, file.src_uri, content=script))
        elif fnmatchcase(file.src_uri, WORKER):
            files.remove(file)
            script = _bare(file.content_string)
            files.append(File.generated(config, file.src_uri, content=script))
            path = posixpath.join(posixpath.dirname(file.src_uri), "on_disk.js")
            text = f"var __worker = {json.dumps(script)};"
            files.append(File.generated(config, path, content=text))
    return files


def change(script: str) -> str:
    """Return Material's script as it searches here.

    Raises:
        PluginError: It is not the one that these changes are for.
    """
    for old, new in CHANGES.items():
        if script.count(old) != 1:
            raise PluginError(
                f"hooks/search.py: expected {old!r} once in Material's script, "
                f"found it {script.count(old)} times"
            )
        script = script.replace(old, new)
    return str(minify.string("text/javascript", ADDED.read_text("utf-8"))) + _bare(script)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the index without listings, and as a script, too, which can be read from a disk."""
    path = Path(config.site_dir, "search", "search_index.json")
    index = json.dumps(without_listings(json.loads(path.read_text("utf-8"))), ensure_ascii=False)
    path.write_text(index, "utf-8")
    path.with_suffix(".js").write_text(f"var __index = {index};", "utf-8")


def without_listings(index: dict[str, Any]) -> dict[str, Any]:
    """Return a search index without what is code of many lines: its words are in the prose."""
    entries = [{**entry, "text": LISTING.sub("", entry["text"])} for entry in index["docs"]]
    return {**index, "docs": entries}


def _bare(script: str) -> str:
    """Return a script without the address of its source map."""
    return re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)
