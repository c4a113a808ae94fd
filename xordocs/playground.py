"""Links into the playground, and what its page has to know of the course.

An address there names what `xordocs.nn.numpy_mlp.initialize` and `xordocs.nn.numpy_mlp.train`
name, and leaves out what they leave at its default; ``docs/assets/playground/address.js`` reads it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from xordocs.experiments import diagnosis
from xordocs.experiments.diagnosis import Cause
from xordocs.nn.activations import LEAKY_RELU, RELU, TANH, Activation
from xordocs.nn.initializers import EQUAL, LARGE, NOTEBOOK, ZEROS, Initializer
from xordocs.nn.losses import CROSS_ENTROPY, MSE, Loss
from xordocs.validation import check_instance, check_int, check_ints, check_real

__all__ = ["EPOCHS", "PRESETS", "Preset", "course", "link"]

EPOCHS = 500
"""Where the playground stops unless it is told otherwise, and where its presets have ended."""

PAGE = "../playground.py"
"""The playground's source, seen from a lesson."""


def link(
    hidden_layers: Sequence[int] = (10,),
    seed: int = 1,
    learning_rate: float = 1.5,
    activation: Activation = RELU,
    loss: Loss = MSE,
    initializer: Initializer = NOTEBOOK,
    epoch: int = 0,
    page: str = PAGE,
) -> str:
    """Return where the playground shows a run, for a lesson's Markdown.

    Args:
        hidden_layers: One to four hidden layers, each of at most 16 units.
        seed: 0 to 2**32 - 1.
        learning_rate: How far to step, positive.
        activation: What the hidden units do with their weighted sums.
        loss: What is to fall.
        initializer: What becomes of the seed's draws.
        epoch: How many steps have been taken when the page opens, at most 20,000.
        page: The playground's page, seen from the one with the link.

    Returns:
        The page's address with the settings that are not at their default; MkDocs makes a link of
        it that works, and checks that the page is there.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    hidden_layers = check_ints(hidden_layers, "hidden_layers")
    seed = check_int(seed, "seed", 0, 2**32 - 1)
    learning_rate = check_real(learning_rate, "learning_rate", above=0)
    check_instance(activation, "activation", Activation)
    check_instance(loss, "loss", Loss)
    check_instance(initializer, "initializer", Initializer)
    epoch = check_int(epoch, "epoch", 0, 20_000)
    check_instance(page, "page", str)
    if len(hidden_layers) > 4 or max(hidden_layers) > 16:
        raise ValueError(
            f"hidden_layers must be at most 4 of at most 16 units, got {tuple(hidden_layers)}"
        )
    settings = {
        "seed": str(seed),
        "hidden_layers": ",".join(map(str, hidden_layers)),
        "learning_rate": np.format_float_positional(learning_rate, trim="-"),
        "activation": activation.name,
        "loss": "cross_entropy" if loss == CROSS_ENTROPY else "mse",
        "initializer": initializer.name,
        "epoch": str(epoch),
    }
    said = [f"{name}={value}" for name, value in settings.items() if value != DEFAULTS[name]]
    return "?".join([page, "&".join(said)] if said else [page])


DEFAULTS = {
    "seed": "1",
    "hidden_layers": "10",
    "learning_rate": "1.5",
    "activation": "relu",
    "loss": "mse",
    "initializer": "notebook",
    "epoch": "0",
}


class Preset(NamedTuple):
    """A run that is worth seeing.

    Args:
        name: What the list of presets calls it.
        cause: The diagnosis that it ends in after `EPOCHS` steps.
        text: What to look at.
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
"""Runs to try: the course's own, and one for each failure of the clinic."""


WORDS: dict[Cause, str] = {
    "diverged": "Diverged: a number has left the finite ones. Reset, and take smaller steps.",
    "solved": "Solved: all four outputs are on the right side of one half.",
    "symmetric": "Symmetric: the units of a layer are all alike, and stay one unit.",
    "dead": "Dead: a whole hidden layer is off on all four rows ({dead} units are), so no gradient "
    "gets through.",
    "oscillating": "Oscillating: a step has raised the loss. The steps are too long.",
    "saturated": "Saturated: wrong on {saturated}, where the sigmoid is flat and the gradient "
    "vanishes.",
    "merged": "Merged: {merged} share one output, though their labels differ.",
    "still learning": "Still learning: the loss falls.",
}
"""What the page says of each diagnosis; it fills in what stands in braces."""


def course() -> dict[str, Any]:
    """Return what the page takes from here: presets, and the diagnosis's limits and words."""
    presets = [
        {"name": name, "cause": cause, "text": text, "query": link(**setting, page="")}
        for name, cause, text, setting in PRESETS
    ]
    limits = {name: getattr(diagnosis, name) for name in ("ALIKE", "FLAT", "REST", "RISE", "SAME")}
    return {"presets": presets, "limits": limits, "words": WORDS}
