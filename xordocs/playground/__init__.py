"""Live figures for pages: links into the playground, and its parts inside lessons.

`link` writes the address of a run, `embed` puts parts of the playground onto a page.
"""

from xordocs.playground.data import MESSAGES, element_data
from xordocs.playground.embedding import Embedding, embed
from xordocs.playground.links import DEFAULTS, EPOCHS, LIMITS, link
from xordocs.playground.presets import PRESETS, Preset

__all__ = [
    "DEFAULTS",
    "EPOCHS",
    "LIMITS",
    "MESSAGES",
    "PRESETS",
    "Embedding",
    "Preset",
    "element_data",
    "embed",
    "link",
]
