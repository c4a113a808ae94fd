"""Write links into the playground.

The query of a link names arguments of `xordocs.nn.numpy_mlp.initialize` and
`xordocs.nn.numpy_mlp.train` and leaves out those at their defaults.
``elements/runs/address.js`` reads it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from xordocs.nn.activations import ACTIVATIONS, RELU, Activation
from xordocs.nn.initializers import INITIALIZERS, NOTEBOOK, Initializer
from xordocs.nn.losses import LOSSES, MSE, Loss
from xordocs.validation import check_instance, check_int, check_ints, check_real

__all__ = ["DEFAULTS", "EPOCHS", "LIMITS", "link", "settings_text"]

EPOCHS = 500
"""The epoch at which the page stops by default, and at which presets are diagnosed."""

LIMITS = {
    "seed": 2**32 - 1,
    "layers": 4,
    "width": 16,
    "learning_rate": 1_000_000,
    "epoch": 20_000,
    "changes": 100_000,
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
    check_instance(page, "page", str)
    if "?" in page or "#" in page:
        raise ValueError(f"page must be a path without ? and #, got {page!r}")
    texts = settings_text(hidden_layers, seed, learning_rate, activation, loss, initializer, epoch)
    query = "&".join(f"{name}={text}" for name, text in texts.items())
    return f"{page}?{query}" if query else page


def settings_text(
    hidden_layers: Sequence[int],
    seed: int,
    learning_rate: float,
    activation: Activation,
    loss: Loss,
    initializer: Initializer,
    epoch: int,
) -> dict[str, str]:
    """Write a run's settings as an address and the attributes of elements hold them.

    Args:
        hidden_layers: As for `link`, and so are the others.
        seed: The seed.
        learning_rate: The step size.
        activation: The hidden units' activation function.
        loss: The loss.
        initializer: The initializer.
        epoch: The number of steps taken.

    Returns:
        The text of each setting that is not at its default, by its name.

    Raises:
        TypeError, ValueError: The playground would not accept an argument.
    """
    hidden_layers = check_ints(hidden_layers, "hidden_layers", 1, LIMITS["width"])
    seed = check_int(seed, "seed", 0, LIMITS["seed"])
    learning_rate = check_real(learning_rate, "learning_rate", above=0)
    epoch = check_int(epoch, "epoch", 0, LIMITS["epoch"])
    check_instance(activation, "activation", Activation)
    check_instance(loss, "loss", Loss)
    check_instance(initializer, "initializer", Initializer)
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
    settings = {
        "seed": seed,
        "hidden_layers": tuple(hidden_layers),
        "learning_rate": learning_rate,
        "activation": activation.name,
        "loss": loss.name,
        "initializer": initializer.name,
        "epoch": epoch,
    }
    return {name: _text(value) for name, value in settings.items() if value != DEFAULTS[name]}


def _names(functions: Sequence[Activation | Loss | Initializer]) -> str:
    return "the playground's " + ", ".join(function.name for function in functions)


def _text(value: Any) -> str:
    """Write a setting as the page writes it, a float as JavaScript does."""
    if isinstance(value, float) and value < 1e-6:
        return np.format_float_scientific(value, trim="-", exp_digits=1)
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
