"""Put live parts of the playground onto a page, with computed stills for where no script runs."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np

from xordocs import datasets, tables
from xordocs.errors import DivergedError
from xordocs.experiments.diagnosis import ladder
from xordocs.nn import numpy_mlp
from xordocs.nn.activations import RELU, Activation
from xordocs.nn.initializers import NOTEBOOK, Initializer
from xordocs.nn.losses import MSE, Loss, accuracy, mse
from xordocs.nn.parameters import Array, Layer, Parameters, check_parameters, flatten
from xordocs.playground.links import EPOCHS, settings_text
from xordocs.validation import check_array, check_instance, check_int

__all__ = ["PARTS", "Embedding", "embed"]

SEEDS = 20
"""How many seeds a strip trains."""
START, STEPS = 1.75, 10
"""Where the ball of ``<xor-descent>`` starts, and how many steps its still shows."""


class _Run(NamedTuple):
    """A run, as stills show it: its settings, where it starts, and the network that they show."""

    x: Array
    y: Array
    start: Parameters
    network: Parameters
    steps: int
    losses: Array
    seed: int
    is_given: bool
    learning_rate: float
    activation: Activation
    loss: Loss
    initializer: Initializer
    epoch: int
    row: int

    @property
    def name(self) -> str:
        return "its own weights" if self.is_given else f"seed {self.seed}"

    @property
    def sizes(self) -> list[int]:
        return [layer.bias.size for layer in self.start[:-1]]

    @property
    def first(self) -> Parameters:
        """The network with which the live parts begin, also where stills show the trained one."""
        return self.network if self.epoch else self.start


def embed(
    *parts: str,
    hidden_layers: Sequence[int] = (10,),
    seed: int = 1,
    learning_rate: float = 1.5,
    activation: Activation = RELU,
    loss: Loss = MSE,
    initializer: Initializer = NOTEBOOK,
    epoch: int = 0,
    targets: Sequence[float] = (0, 1, 1, 0),
    weights: Parameters | None = None,
    run: str = "",
    at: tuple[int, int] = (1, 0),
    alone: bool = False,
) -> "Embedding":
    """Return live parts that share a run, for a notebook to display.

    Where no script runs, as in Jupyter, in print and in a downloaded notebook, stills of the run
    are seen instead, with their descriptions: at ``epoch``. If it is 0, they show ``weights`` where
    these are given, as the live parts do when they appear, and else the run after `EPOCHS` steps.
    The graph of a network, which shows one row on its way, and the hinges are always those of
    ``epoch``. Without ``"space"`` beside them ``"hinges"`` are a puzzle, which shows no sums.

    Args:
        *parts: Names from `PARTS`: ``"map"`` stands for the element ``<xor-map>``.
        hidden_layers: As for `link`, and so are the others but for these:
        seed: The seed.
        learning_rate: The step size.
        activation: The hidden units' activation function.
        loss: The loss.
        initializer: The initializer.
        epoch: The number of steps taken when the parts appear.
        targets: The labels of (0, 0), (0, 1), (1, 0) and (1, 1), each from 0 to 1.
        weights: The network to start from, instead of one that the seed gives.
        run: The name of the run, where several embeddings of a page share it.
        at: The row, and the stop of an epoch, at which ``"unit"`` begins, both counted from 0. The
            stops are the layers upwards, the loss, the layers downwards, and the update.
        alone: Whether ``"unit"``, and ``"network"`` where it shows gradients, are about one row
            alone, as a lesson works it out by hand, and not about the mean of four. It is the row
            of ``at`` until the reader chooses another. The update, made from all four, is no stop.

    Raises:
        TypeError, ValueError: An argument is not as above.
    """
    for place, part in enumerate(parts):
        if part not in PARTS:
            known = ", ".join(map(repr, PARTS))
            raise ValueError(f"parts[{place}] must be one of {known}, got {part!r}")
    if not parts:
        raise ValueError("parts must have at least one name, got none")
    check_instance(run, "run", str)
    check_instance(alone, "alone", bool)
    labels = check_array(targets, "targets", "(4,)")
    if labels.min() < 0 or labels.max() > 1:
        raise ValueError(f"targets must be from 0 to 1, got {targets}")
    if weights is not None:
        weights = check_parameters(weights)
        hidden_layers = [layer.bias.size for layer in weights[:-1]]
    texts = settings_text(hidden_layers, seed, learning_rate, activation, loss, initializer, epoch)
    if not np.array_equal(labels, (0, 1, 1, 0)):
        texts["targets"] = _numbers(labels)
    if weights is not None:
        texts["weights"] = _numbers(flatten(weights))
    row = check_int(at[0], "at[0]", 0, 3)
    stop = check_int(at[1], "at[1]", 0, 2 * len(hidden_layers) + (2 if alone else 3))
    if (row, stop) != (1, 0):
        texts["at"] = f"{row + 1}:{stop + 1}"
    if alone:
        texts["alone"] = ""
    x, _ = datasets.xor()
    y = labels[:, np.newaxis]
    start = weights or numpy_mlp.initialize(hidden_layers, seed, initializer)
    try:
        trained, losses = numpy_mlp.train(
            start, x, y, learning_rate, epoch or EPOCHS, activation, loss
        )
    except DivergedError as error:
        trained, losses = numpy_mlp.train(
            start, x, y, learning_rate, max(1, error.epoch - 1), activation, loss
        )
    attributes = {"run": run, **texts} if run else texts
    network, steps = (trained, len(losses)) if epoch or not weights else (start, 0)
    settings = (seed, weights is not None, learning_rate, activation, loss, initializer, epoch, row)
    return Embedding(parts, attributes, _Run(x, y, start, network, steps, losses, *settings))


class Embedding:
    """Live parts that share a run; a notebook displays their stills, and then the elements.

    Attributes:
        html: The elements.
        stills: What stands for the parts that are pictures or tables.
    """

    def __init__(self, parts: Sequence[str], attributes: Mapping[str, str], run: _Run) -> None:
        drawings = dict.fromkeys(PARTS[part] for part in parts)  # several parts can share a still
        self.stills = [still for draw in drawings if draw and (still := draw(run))]
        given = "".join(f' {name}="{escape(text)}"' for name, text in attributes.items())
        elements = "".join(f"<xor-{part}></xor-{part}>" for part in parts)
        self.html = f'<xor-run{given} stills="{len(self.stills)}">{elements}</xor-run>'

    def _ipython_display_(self) -> None:
        from IPython.display import HTML, display

        for still in self.stills:
            display(still)  # type: ignore[no-untyped-call]
        display(HTML(self.html))  # type: ignore[no-untyped-call]


def _numbers(values: Array) -> str:
    return ",".join(np.format_float_positional(value, trim="-") for value in values)


def _output(run: _Run) -> str:
    return f"Output after {run.steps} epochs" if run.steps else "Output before the first step"


def _map(run: _Run) -> Any:
    from xordocs import plots

    lattice = datasets.grid(25)
    outputs = numpy_mlp.predict(run.network, lattice, run.activation)
    picture = plots.contour(
        lattice, outputs, run.x, run.y,
        caption="The colour is the output; along the thick line it is one half.",
    )  # fmt: skip
    picture.title = _output(run)
    return picture


def _loss(run: _Run) -> Any:
    from xordocs import plots

    return plots.loss(run.losses)


def _network(run: _Run) -> Any:
    from xordocs import plots

    row = run.x[run.row : run.row + 1]
    return plots.network_graph(run.first, numpy_mlp.forward(run.first, row, run.activation))


def _space(run: _Run) -> Any:
    from xordocs import plots

    if run.sizes[-1] != 2:
        return None  # until the reader gives it two
    passed = numpy_mlp.forward(run.network, run.x, run.activation)
    weights, bias = run.network[-1]
    output = Layer(weights, bias + 0.5)  # the sigmoid is one half where the sum is 0, not 1/2
    return plots.folded(
        run.x, passed.a[-2], run.y, output,
        caption="On the right, the points lie where the two hidden units put them. Along the thick "
        "line the output is one half: it should separate the discs from the squares.",
    )  # fmt: skip


def _table(run: _Run) -> Any:
    return tables.predictions(run.x, run.y, numpy_mlp.predict(run.network, run.x, run.activation))


def _plane(run: _Run) -> Any:
    from xordocs import plots

    tilted = run.x.sum(axis=1, keepdims=True) / 2  # as the figure starts
    picture = plots.sticks(
        run.x, run.y, tilted,
        caption="Each stick is an error: it reaches from a label to the sheet of the guesses.",
    )  # fmt: skip
    picture.title = "A plane over the four points"
    return picture


def _hinges(run: _Run) -> Any:
    from xordocs import plots

    lattice = datasets.grid(25)
    bias = run.first[-1].bias.item()
    sums = numpy_mlp.forward(run.first, lattice, run.activation).z[-1]
    picture = plots.contour(
        lattice, (sums - bias).clip(0, 1), run.x, run.y,
        caption="The sum is one half on the thick line, which should separate discs from squares.",
    )  # fmt: skip
    when = f"after {run.steps} epochs" if run.epoch else "at the start"
    picture.title = f"What the hidden units add up to, {when}"
    return picture


def _descent(run: _Run) -> Any:
    from xordocs import plots

    weights = run.y.mean() + np.linspace(-1.5, 1.5, 101)
    path = [START]
    for _ in range(STEPS):
        path.append(path[-1] - run.learning_rate * 2 * (path[-1] - run.y.mean()))
    loss = {weight: mse(weight + 0 * run.y, run.y) for weight in (*weights, *path)}
    return plots.descent(
        weights, [loss[weight] for weight in weights], path, [loss[weight] for weight in path],
        caption="Each dot is the weight before a step: the steps shorten where the curve flattens.",
    )  # fmt: skip


def _player(run: _Run) -> Any:
    from xordocs import plots

    lattice = datasets.grid(25)
    outputs = numpy_mlp.predict(run.network, lattice, run.activation)
    value = run.loss.value(numpy_mlp.forward(run.network, run.x, run.activation).z[-1], run.y)
    text = f"{value:.4f}" if value < 1e4 else f"{value:.2e}"
    rungs = {} if run.is_given or run.loss != MSE else ladder(run.y)
    return plots.map_and_loss(
        _output(run), f"{run.name}\nloss {text}", outputs, lattice, run.x, run.y,
        np.append(run.losses[: run.steps], value), rungs,
        caption="On the left the thick line is where the output is one half: a corner on its wrong "
        "side, or on it, is not learned. On the right is the loss, epoch by epoch.",
    )  # fmt: skip


def _strip(run: _Run) -> Any:
    from xordocs import plots

    lattice = datasets.grid(10)
    panels = {}
    learned = 0
    for seed in range(run.seed + 1, run.seed + 1 + SEEDS):
        start = numpy_mlp.initialize(run.sizes, seed, run.initializer)
        network, _ = numpy_mlp.train(
            start, run.x, run.y, run.learning_rate, len(run.losses), run.activation, run.loss
        )
        outputs = numpy_mlp.predict(network, run.x, run.activation)
        is_right = accuracy(outputs, run.y) == 1
        learned += is_right
        name = f"seed {seed}" + ("\nlearned" if is_right else "\nnot learned")
        panels[name] = numpy_mlp.predict(network, lattice, run.activation)
    title = f"The next {SEEDS} seeds: {learned} learn"
    return plots.mosaic(
        title, panels, lattice, run.x, run.y,
        caption="Each map is what one network answers, trained from a seed of its own. A network "
        "has learned if every mark lies in its own colour.",
    )  # fmt: skip


PARTS: Mapping[str, Callable[[_Run], Any] | None] = {
    "challenge": None,
    "controls": None,
    "descent": _descent,
    "hinges": _hinges,
    "loss": _loss,
    "map": _map,
    "network": _network,
    "numbers": None,
    "pins": None,
    "plane": _plane,
    "player": _player,
    "settings": None,
    "space": _space,
    "strip": _strip,
    "table": _table,
    "unit": _network,
}
"""Each part by its element's name, with the function that draws its still, if it has one."""
