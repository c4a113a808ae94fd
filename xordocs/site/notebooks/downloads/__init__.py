"""What readers can take away: a notebook that runs elsewhere, its package, an archive of all."""

from xordocs.site.notebooks.downloads.archive import Member, archive, notebook_name
from xordocs.site.notebooks.downloads.links import Place
from xordocs.site.notebooks.downloads.notebook import Package, colab_url, download
from xordocs.site.notebooks.downloads.wheel import Wheel, WheelError, wheel

__all__ = [
    "Member",
    "Package",
    "Place",
    "Wheel",
    "WheelError",
    "archive",
    "colab_url",
    "download",
    "notebook_name",
    "wheel",
]
