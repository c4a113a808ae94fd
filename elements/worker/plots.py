"""Stand for `xordocs.plots` in a page: the plots that the playground's parts can draw."""

import json

import page

ABSENT = "download the notebook to see it"


class Plot:
    """What a page draws where a cell ends with it."""

    def __init__(self, **told):
        self._told = told

    def _draw(self):
        page.draw(json.dumps(self._told))


def numbers(name, values):
    """Return finite numbers as one list, of an array or list of one or two dimensions."""
    values = values.tolist() if hasattr(values, "tolist") else values
    flat = []
    for value in values:
        flat.extend(value if isinstance(value, (list, tuple)) else [value])
    for value in flat:
        if not -1e308 < value < 1e308:
            raise ValueError(f"{name} must be finite, got {value}")
    if not flat:
        raise ValueError(f"{name} must not be empty")
    return [float(value) for value in flat]


def loss(losses, log=False, caption=""):
    """Draw the loss of one run, or of two with their names, over the epochs.

    Names come as pairs ``(name, run)``, or as a dict, which keeps no order here.
    A caption speaks of what the lesson has drawn, so it is not shown.
    """
    runs = [("", losses)]
    if isinstance(losses, dict):
        runs = list(losses.items())
    elif isinstance(losses, list) and losses and isinstance(losses[0], tuple):
        runs = losses
    if len(runs) > 2:
        raise ValueError(f"the page draws two runs at most, got {len(runs)}: {ABSENT}")
    named = [(name, numbers("losses", run)) for name, run in runs]
    if log and min(min(run) for _, run in named) <= 0:
        raise ValueError("losses must be positive on a logarithmic scale")
    return Plot(kind="loss", runs=named, log=bool(log))


def contour(points, y_hat, x, y, caption=""):
    """Draw the output over a lattice from above, with the labelled points on it.

    A caption speaks of what the lesson has drawn, so it is not shown.
    """
    lattice, outputs = numbers("points", points), numbers("y_hat", y_hat)
    if len(lattice) != 2 * len(outputs) or round(len(outputs) ** 0.5) ** 2 != len(outputs):
        raise ValueError(
            "points must be a lattice as of xordocs.datasets.grid with an output each, got "
            f"{len(lattice)} numbers and {len(outputs)} outputs"
        )
    return Plot(
        kind="map",
        low=lattice[0],
        high=lattice[-1],
        outputs=outputs,
        rows=numbers("x", x),
        labels=numbers("y", y),
    )


def film(points, frames, x, y, caption=""):
    """Draw the output over a lattice at each moment of a training, to be played.

    A caption speaks of what the lesson has drawn, so it is not shown.
    """
    if not frames:
        raise ValueError("frames must be at least one, got none")
    moments = []
    for epoch, y_hat in frames:
        told = contour(points, y_hat, x, y)._told
        moments.append([int(epoch), [round(value, 3) for value in told["outputs"]]])
    return Plot(**dict(told, kind="film", moments=moments))


def __getattr__(name):
    raise AttributeError(f"the page cannot draw xordocs.plots.{name}: {ABSENT}")
