"""Write a site as Markdown for other generators: ``python -m xordocs.site.export FOLDER``."""

import sys

from xordocs.site.plugin.export import main

sys.exit(main())
