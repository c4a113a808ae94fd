"""Empty a cache: ``python -m xordocs.site.cache FOLDER``, which ``make clean-cache`` runs."""

import sys
from pathlib import Path

from xordocs.site.cache.store import Cache

if __name__ == "__main__":
    Cache(Path(sys.argv[1])).clean()
