"""The course's lessons, found in its navigation."""

import re
from pathlib import Path

CONFIGURATION = Path(__file__).parents[1] / "mkdocs.yml"


def tutorials(configuration: str) -> list[str]:
    """Return the names of the tutorials that a text of ``mkdocs.yml`` lists, in their order."""
    _, _, after = configuration.partition("\nnav:\n")
    nav, _, _ = after.partition("\n\n")
    return re.findall(r"\btutorials/([\w-]+)\.(?:py|ipynb|md)$", nav, re.MULTILINE)


NAVIGATION = CONFIGURATION.read_text("utf-8")
TUTORIALS = tutorials(NAVIGATION)
LESSONS = [name for name in TUTORIALS if re.search(rf"- \d+\. .*tutorials/{name}\.", NAVIGATION)]
"""Those with a number; encores follow."""
