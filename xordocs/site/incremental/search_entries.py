"""Keep the search entries of pages whose HTML has not changed."""

import hashlib
import json
import sys
from typing import Any

from xordocs.site.cache import Memo
from xordocs.site.dependencies import version

__all__ = ["keep_search_entries"]


def keep_search_entries(search: Any, memo: Memo) -> None:
    """Make Material's search index take the entries of known pages from a memo.

    The index reads the HTML of every page anew, which takes longer than all else of a build in
    which one page has changed, and has no hook: its method is replaced, in this index alone.

    Args:
        search: The index of this build; any other than Material's is left as it is.
        memo: Keeps the entries from build to build.
    """
    kind = type(search)
    if not kind.__module__.startswith("material.") or "jieba" in sys.modules:  # it has dictionaries
        return
    add = search.add_entry_from_context

    def add_or_repeat(page: Any) -> None:
        about = [page.url, page.content, str(page.title), *map(page.meta.get, META)]
        determining = [version(DISTRIBUTION), *about]
        key = json.dumps(determining, default=repr).encode()
        origin = "search entries", hashlib.sha256(key).hexdigest()
        known = memo.get(*origin)
        if known is not None:
            search.entries.extend(json.loads(known))
            return
        before = len(search.entries)
        add(page)
        entries = search.entries[before:]
        text = json.dumps(entries, default=repr)
        if json.loads(text) == entries:
            memo.store(text, *origin)

    search.add_entry_from_context = add_or_repeat


DISTRIBUTION = "mkdocs-material"
"""Whose version decides what an entry is, too."""
META = ("title", "search", "tags")
"""What a page's entries take from its metadata."""
