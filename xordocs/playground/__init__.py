"""Live figures for pages: links into the playground, and its parts inside lessons.

`link` writes the address of a run, `embed` puts parts of the playground onto a page, `ask` a
question whose answer is checked.
"""

from xordocs.playground.data import MESSAGES, element_data
from xordocs.playground.embedding import Embedding, embed
from xordocs.playground.links import DEFAULTS, EPOCHS, LIMITS, link
from xordocs.playground.presets import PRESETS, Preset
from xordocs.playground.questions import Question, ask

__all__ = [
    "DEFAULTS",
    "EPOCHS",
    "LIMITS",
    "MESSAGES",
    "PRESETS",
    "Embedding",
    "Preset",
    "Question",
    "ask",
    "element_data",
    "embed",
    "link",
]
