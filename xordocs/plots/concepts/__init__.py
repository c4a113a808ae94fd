"""Draw what needs no network: an error, a bend, a slope, slopes that multiply, many outcomes."""

from xordocs.plots.concepts.chains import chain
from xordocs.plots.concepts.displays import displays, numbered_lamps
from xordocs.plots.concepts.field import field
from xordocs.plots.concepts.functions import functions
from xordocs.plots.concepts.landscapes import landscape
from xordocs.plots.concepts.pictures import pictures
from xordocs.plots.concepts.slopes import steps, tangent
from xordocs.plots.concepts.sticks import sticks
from xordocs.plots.concepts.windows import windows

__all__ = [
    "chain",
    "displays",
    "field",
    "functions",
    "landscape",
    "numbered_lamps",
    "pictures",
    "steps",
    "sticks",
    "tangent",
    "windows",
]
