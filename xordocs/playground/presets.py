"""Runs to begin with: the course's own, and at least one for each diagnosis."""

from typing import Any, NamedTuple

from xordocs.experiments.diagnosis import Cause
from xordocs.nn.activations import LEAKY_RELU, TANH
from xordocs.nn.initializers import EQUAL, LARGE, ZEROS
from xordocs.nn.losses import CROSS_ENTROPY

__all__ = ["PRESETS", "Preset"]


class Preset(NamedTuple):
    """A run in the page's list of presets.

    Args:
        name: The name in the list.
        cause: The diagnosis after `EPOCHS` steps.
        text: What to notice in the run.
        setting: The arguments of `link` that are not at their default.
    """

    name: str
    cause: Cause
    text: str
    setting: dict[str, Any]


PRESETS = [
    Preset("The course's network", "solved", "Ten units, seed 1: the source notebook's run.", {}),
    Preset(
        "Two units that are enough",
        "solved",
        "See in the hidden space how two units fold the square.",
        {"hidden_layers": (2,), "seed": 17},
    ),
    Preset(
        "Dead units",
        "dead",
        "All three units end up off on all four rows; no gradient reaches them.",
        {"hidden_layers": (3,), "seed": 9},
    ),
    Preset(
        "Stuck at 1/4: all four rows merged",
        "merged",
        "What is left of the hidden layer gives all rows the same output.",
        {"hidden_layers": (3,), "seed": 5},
    ),
    Preset(
        "Stuck at 1/6: three rows merged",
        "merged",
        "One row stands alone; the other three share an output.",
        {"hidden_layers": (3,), "seed": 2},
    ),
    Preset(
        "Stuck at 1/8: two rows merged",
        "merged",
        "Two rows with different labels share an output of one half.",
        {"hidden_layers": (3,), "seed": 4},
    ),
    Preset(
        "Saturated: weights too large",
        "saturated",
        "The sums start so far out that the sigmoid is flat there.",
        {"initializer": LARGE},
    ),
    Preset(
        "Thrown out by the learning rate",
        "saturated",
        "A step so long that an output lands on the wrong side, where nothing brings it back.",
        {"learning_rate": 15.0},
    ),
    Preset(
        "Symmetric: all weights zero",
        "symmetric",
        "The gradient is zero from the first epoch on.",
        {"initializer": ZEROS},
    ),
    Preset(
        "Symmetric: all weights equal",
        "symmetric",
        "Ten units that stay one: as good as a single unit, and no better.",
        {"initializer": EQUAL, "seed": 5},
    ),
    Preset(
        "Oscillating",
        "oscillating",
        "Each step jumps across the valley.",
        {"hidden_layers": (3,), "seed": 2, "activation": TANH, "learning_rate": 15.0},
    ),
    Preset(
        "Diverged",
        "diverged",
        "A unit that never dies, a loss that never flattens, a step that is far too long.",
        {
            "hidden_layers": (4, 4),
            "activation": LEAKY_RELU,
            "loss": CROSS_ENTROPY,
            "learning_rate": 100.0,
        },
    ),
    Preset(
        "Still learning: steps too short",
        "still learning",
        "On its way, and far from there.",
        {"learning_rate": 0.01},
    ),
]
"""The course's own run, and at least one run for each diagnosis."""
