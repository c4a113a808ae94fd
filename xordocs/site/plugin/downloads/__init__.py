"""What the site's readers can take away, and how large it is."""

from xordocs.site.plugin.downloads.archives import add_archives, fill_archives
from xordocs.site.plugin.downloads.notebooks import add_wheel, link_download, write_download
from xordocs.site.plugin.downloads.sizes import tell_sizes

__all__ = [
    "add_archives",
    "add_wheel",
    "fill_archives",
    "link_download",
    "tell_sizes",
    "write_download",
]
