"""Keep what rendering made of pages, in memory and on disk, for the builds that follow.

Every build is a whole one: every plugin's events run, and navigation, links and search are of this
build. What is kept is what only a page's own text determines.
"""

from xordocs.site.incremental.render_cache import RenderCache
from xordocs.site.incremental.search_entries import keep_search_entries
from xordocs.site.incremental.settings import describe_site
from xordocs.site.incremental.templates import describe_compilation

__all__ = ["RenderCache", "describe_compilation", "describe_site", "keep_search_entries"]
