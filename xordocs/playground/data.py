"""What the live elements have from the package: limits, thresholds, messages and presets.

``python -m xordocs.playground`` writes them into ``elements/``.
"""

import json
from collections.abc import Sequence
from typing import Any

from xordocs.experiments import diagnosis
from xordocs.experiments.diagnosis import Cause
from xordocs.nn.activations import ACTIVATIONS, Activation
from xordocs.nn.initializers import INITIALIZERS, Initializer
from xordocs.nn.losses import LOSSES, Loss
from xordocs.playground.links import DEFAULTS, EPOCHS, LIMITS, link
from xordocs.playground.presets import PRESETS

__all__ = ["MESSAGES", "element_data", "modules"]

MESSAGES: dict[Cause, str | tuple[str, str]] = {
    "diverged": "Diverged: the numbers have grown too large. Start again, with smaller steps.",
    "solved": "Learned: all four outputs are on the right side of one half.",
    "symmetric": "Symmetric: the units of a layer are all alike, and stay one unit.",
    "dead": (
        "Dead: a hidden layer's only unit is off on all four rows, so no gradient gets through.",
        "Dead: a whole hidden layer is off on all four rows ({dead} units are), so no gradient "
        "gets through.",
    ),
    "oscillating": "Oscillating: a step has raised the loss. The steps are too long.",
    "saturated": "Saturated: wrong on {saturated}, where the sigmoid is flat and the gradient "
    "vanishes.",
    "merged": "Merged: {merged} share one output, though their labels differ.",
    "still learning": "Still learning: the loss falls.",
}
"""The page's message for each diagnosis: one, or one for a single unit and one for several.

The page replaces what stands in braces by what it has found.
"""


def element_data() -> dict[str, Any]:
    """Return the data that the live elements have from the package.

    Returns:
        ``presets``; ``epochs``, where the page stops by default; ``limits`` and ``defaults`` of
        the settings; ``choices``, the title of each function by its name; ``thresholds`` and
        ``messages`` of the diagnosis.
    """
    functions: dict[str, Sequence[Activation | Loss | Initializer]] = {
        "activation": ACTIVATIONS,
        "loss": LOSSES,
        "initializer": INITIALIZERS,
    }
    return {
        "presets": [
            {"name": name, "cause": cause, "text": text, "query": link(**setting, page="")}
            for name, cause, text, setting in PRESETS
        ],
        "epochs": EPOCHS,
        "limits": LIMITS,
        "defaults": DEFAULTS,
        "choices": {
            setting: {each.name: each.title[0].upper() + each.title[1:] for each in choices}
            for setting, choices in functions.items()
        },
        "thresholds": {
            name: getattr(diagnosis, name) for name in ("ALIKE", "FLAT", "REST", "RISE", "SAME")
        },
        "messages": MESSAGES,
    }


def modules() -> dict[str, str]:
    """Return the JavaScript modules that hold the data, by their paths in ``elements/``."""
    data = element_data()

    def module(*names: str) -> str:
        return _module({name: data[name] for name in names})

    return {
        "model/criteria.js": module("thresholds", "messages"),
        "runs/limits.js": module("defaults", "limits", "epochs"),
        "runs/presets.js": module("choices", "presets"),
    }


def _module(constants: dict[str, Any]) -> str:
    lines = [
        f"export const {name} = {json.dumps(value, indent=2, ensure_ascii=False)};\n"
        for name, value in constants.items()
    ]
    return "\n".join(["// Written by `python -m xordocs.playground`.\n", *lines])
