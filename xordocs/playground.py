"""Links into the playground, and the data that its page reads.

The query of a link names arguments of `xordocs.nn.numpy_mlp.initialize` and
`xordocs.nn.numpy_mlp.train` and leaves out those at their defaults.
``docs/assets/playground/address.js`` reads it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from xordocs.experiments import diagnosis
from xordocs.experiments.diagnosis import Cause
from xordocs.nn.activations import ACTIVATIONS, LEAKY_RELU, RELU, TANH, Activation
from xordocs.nn.initializers import EQUAL, INITIALIZERS, LARGE, NOTEBOOK, ZEROS, Initializer
from xordocs.nn.losses import CROSS_ENTROPY, LOSSES, MSE, Loss
from xordocs.validation import check_instance, check_int, check_ints, check_real

__all__ = ["EPOCHS", "LIMITS", "PRESETS", "Preset", "link", "page_data"]

EPOCHS = 500
"""The epoch at which the page stops by default, and at which presets are diagnosed."""

LIMITS = {
    "seed": 2**32 - 1,
    "layers": 4,
    "width": 16,
    "learning_rate": 1_000_000,
    "epoch": 20_000,
    "changes": 1000,
}
"""The largest values that the page accepts; changes are those that a reader makes during a run."""

DEFAULTS = {
    "seed": 1,
    "hidden_layers": (10,),
    "learning_rate": 1.5,
    "activation": RELU.name,
    "loss": MSE.name,
    "initializer": NOTEBOOK.name,
    "epoch": 0,
}
"""The settings of a link without a query."""

PAGE = "../playground.py"
"""The path of the playground's source, relative to a lesson."""


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
    """Return a link that opens a run in the playground, for a lesson's Markdown.

    Args:
        hidden_layers: The units of each hidden layer: one to four layers of at most 16 units.
        seed: 0 to 2**32 - 1.
        learning_rate: The step size, positive and at most 1,000,000.
        activation: The hidden units' activation function, one of
            `xordocs.nn.activations.ACTIVATIONS`.
        loss: The loss that training lowers, one of `xordocs.nn.losses.LOSSES`.
        initializer: The initializer of the weights, one of
            `xordocs.nn.initializers.INITIALIZERS`.
        epoch: The number of steps taken when the page opens, at most 20,000.
        page: The path of the playground's source, relative to the page with the link.

    Returns:
        The path with a query of the settings that are not at their default. MkDocs turns it into
        the address of the built page and checks that the source exists.

    Raises:
        TypeError: An argument is of another type.
        ValueError: The playground would not accept an argument.
    """
    hidden_layers = check_ints(hidden_layers, "hidden_layers", 1, LIMITS["width"])
    seed = check_int(seed, "seed", 0, LIMITS["seed"])
    learning_rate = check_real(learning_rate, "learning_rate", above=0)
    epoch = check_int(epoch, "epoch", 0, LIMITS["epoch"])
    check_instance(activation, "activation", Activation)
    check_instance(loss, "loss", Loss)
    check_instance(initializer, "initializer", Initializer)
    check_instance(page, "page", str)
    if len(hidden_layers) > LIMITS["layers"]:
        raise ValueError(
            f"hidden_layers must have at most {LIMITS['layers']} entries, got {hidden_layers}"
        )
    if learning_rate > LIMITS["learning_rate"]:
        raise ValueError(
            f"learning_rate must be at most {LIMITS['learning_rate']:,}, got {learning_rate!r}"
        )
    if activation not in ACTIVATIONS:
        raise ValueError(f"activation must be one of {_names(ACTIVATIONS)}, got {activation!r}")
    if loss not in LOSSES:
        raise ValueError(f"loss must be one of {_names(LOSSES)}, got {loss!r}")
    if initializer not in INITIALIZERS:
        raise ValueError(f"initializer must be one of {_names(INITIALIZERS)}, got {initializer!r}")
    if "?" in page or "#" in page:
        raise ValueError(f"page must be a path without ? and #, got {page!r}")
    settings = {
        "seed": seed,
        "hidden_layers": tuple(hidden_layers),
        "learning_rate": learning_rate,
        "activation": activation.name,
        "loss": loss.name,
        "initializer": initializer.name,
        "epoch": epoch,
    }
    query = "&".join(
        f"{name}={_text(value)}" for name, value in settings.items() if value != DEFAULTS[name]
    )
    return f"{page}?{query}" if query else page


def _names(functions: Sequence[Activation | Loss | Initializer]) -> str:
    return "the playground's " + ", ".join(function.name for function in functions)


def _text(value: Any) -> str:
    """Write a setting as the page writes it, a float as JavaScript does."""
    if isinstance(value, float) and value < 1e-6:
        return np.format_float_scientific(value, trim="-", exp_digits=1)
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


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


MESSAGES: dict[Cause, str | tuple[str, str]] = {
    "diverged": "Diverged: a number has left the finite ones. Reset, and take smaller steps.",
    "solved": "Solved: all four outputs are on the right side of one half.",
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


def page_data() -> dict[str, Any]:
    """Return the data that the playground's page embeds as JSON.

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
