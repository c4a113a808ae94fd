"""Change Material's script where it costs readers time, or does not work on a disk.

The search index waits until the search opens. A page's styles are computed once: at its start the
script would say which colour scheme a browser uses, also where it is the one of any browser, and
the browser compute all styles again. The site's small scripts are joined to it: one file less.
"""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import minify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

SCRIPTS = "assets/javascripts/*.min.js"
"""All of the theme's; a star stands for folders, too."""
BUNDLE = "assets/javascripts/bundle.*.min.js"
CHANGES = {
    # the search index
    'location.protocol!=="file:"': "!1",
    'V("search.highlight")?': 'V("search.highlight")&&/[?&]h=/.test(location.search)?',
    "t=new Worker(e)": "t=xordocsSearchWorker(e)",
    "s=new URL(e.location,i.base);": "s=new URL(xordocsSearchPlace(e.location),i.base);",
    # the colour scheme, in a <meta> that it adds
    "document.head.appendChild(o);let n=": "let n=",
    "return o.content=a.colorScheme,": 'return (o.content||a.colorScheme==="dark")'
    "&&(o.content=a.colorScheme,document.head.append(o)),",
}
"""What is changed, each in one place."""
ADDED = Path(__file__).with_name("search.js")
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Change the script, and leave the addresses of source maps out of all of the theme's."""
    joined = "".join(_take(f"{path}", files) for path in config.extra_javascript)
    config.extra_javascript = []
    for file in list(files):
        if fnmatchcase(file.src_uri, SCRIPTS):
            files.remove(file)
            script = SOURCE_MAP.sub("", file.content_string)
            script = change(script) + joined if fnmatchcase(file.src_uri, BUNDLE) else script
            files.append(File.generated(config, file.src_uri, content=script))
    return files


def change(script: str) -> str:
    """Return Material's script as it is here.

    Raises:
        PluginError: It is not the one that these changes are for.
    """
    for old, new in CHANGES.items():
        if script.count(old) != 1:
            raise PluginError(
                f"hooks/theme_script.py: expected {old!r} once in Material's script, "
                f"found it {script.count(old)} times"
            )
        script = script.replace(old, new)
    return shorten(ADDED.read_text("utf-8")) + script


def shorten(script: str) -> str:
    """Return a script without comments and spaces."""
    return str(minify.string("text/javascript", script))


def _take(path: str, files: Files) -> str:
    """Return a script of the site, shortened, and no longer a file of its own."""
    file = files.get_file_from_path(path)
    if not file:
        raise PluginError(f"extra_javascript: expected a file of the site, got {path!r}")
    files.remove(file)
    return "\n" + shorten(file.content_string)
