"""Make a built site fit for a server with a policy, for a disk, and for nothing that nobody loads.

Links name ``index.html``, as no server adds it on a disk, and a content security policy lets
nothing in but what is the site's own. `mkdocs serve` has neither: its server adds a script that
loads a page again.
"""

import base64
import hashlib
import re
from fnmatch import fnmatchcase
from html import escape
from typing import Literal

from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

UNUSED = ("*.map", "assets/javascripts/lunr/*", "assets/images/favicon.png")
"""Of the theme: what debuggers read, searches in other languages, and an icon instead of ours."""

LINK = re.compile(r'(<a\b[^>]*?\shref="(?![a-z][a-z\d+.-]*:|[/#?])[^"#?]*?)(?<=[/."])(?=["#?])')
NEXT = re.compile(r'<link rel="next"[^>]*>\s*')
"""Firefox would fetch the next page ahead, and its policy refuse it."""
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
POLICY = (
    "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
    "script-src 'self' 'wasm-unsafe-eval' {}; style-src 'self' 'unsafe-inline'; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'"
)
"""Figures have style elements and attributes; code cells run WebAssembly in a worker."""

_command = ""


def on_startup(command: Literal["build", "gh-deploy", "serve"], **_: object) -> None:
    """Note whether the site is built or served."""
    global _command
    _command = command


def on_files(files: Files, **_: object) -> Files:
    """Leave out what the theme ships and no page loads."""
    for file in list(files):
        if any(fnmatchcase(file.src_uri, glob) for glob in UNUSED):
            files.remove(file)
    return files


@event_priority(-1000)  # after all that changes a page
def on_post_page(output: str, **_: object) -> str:
    """Name files in a page's links, and give it its policy."""
    return output if _command == "serve" else guard(name_files(NEXT.sub("", output)))


@event_priority(-1000)
def on_post_template(output: str, *, template_name: str, **_: object) -> str:
    """Give the page for wrong addresses its policy."""
    is_page = template_name.endswith(".html") and _command != "serve"
    return guard(output) if is_page else output


def name_files(page: str) -> str:
    """Return a page whose links to folders name the file there.

    Args:
        page: Its HTML. Addresses on other hosts, below the server's root, and within the page stay.
    """

    def name(match: re.Match[str]) -> str:
        start = match[1]
        if start.endswith('"'):
            return start
        return f"{start}index.html" if start.endswith("/") else f"{start}/index.html"

    return LINK.sub(name, page)


def guard(page: str) -> str:
    """Return a page with a policy that refuses scripts that are neither the site's nor its own."""
    digests = (hashlib.sha256(script.encode()).digest() for script in SCRIPT.findall(page))
    hashes = (f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    policy = escape(POLICY.format(" ".join(dict.fromkeys(hashes))), quote=False)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return re.sub(r"<meta charset=[^>]*>", lambda match: match[0] + meta, page, count=1)
