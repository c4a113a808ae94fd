"""Draw a small network: its names, or the numbers of a row's way on or of its error's way back."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from xordocs.nn.parameters import Array, Forward, Parameters, check_parameters
from xordocs.plots.passes.network_graph import check_passed
from xordocs.plots.style import BLUE, GRID, INK, MUTED, STYLE, VERMILLION, Plot
from xordocs.validation import check_array

__all__ = ["PLATE", "brief", "factor", "named_network", "worked_backward", "worked_forward"]

LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
PLATE: Any = {"boxstyle": "round,pad=0.02", "facecolor": "#ffffff", "edgecolor": "none"}
"""What keeps a line from striking a text through."""
ASIDE = 0.13
"""How far to the right of its unit a number stands, clear of the lines that come from the left."""
OUTSIDE = 0.41
"""How far below its unit a product stands, where the lines above would cross it."""
FROM_INPUT, FROM_UNIT, LEVEL = 0.34, 0.53, 0.46
"""How far up its line a number stands: beyond the box below, before the lines of a layer cross.

A level line crosses none, and shows on both sides of its number.
"""
LETTER, ROW = 0.052, 0.17
"""How wide a letter of a box is, and how high a row of it, where units lie 1 apart."""


@rc_context(STYLE)
def named_network(parameters: Parameters, caption: str = "") -> Plot:
    """Draw a network of one hidden layer with the name of each parameter, sum and output.

    Args:
        parameters: A network of few units.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        TypeError, ValueError: ``parameters`` are no network, or have not one hidden layer.
    """
    parameters = check_parameters(parameters)
    if len(parameters) != 2:
        raise ValueError(
            f"parameters must have one hidden layer, got {len(parameters) - 1} hidden layers"
        )
    inputs, hidden = parameters[0].weights.shape
    figure = Plot("Every name in the network", (4.0, 1.2 * max(inputs, hidden) + 0.2), caption)
    units = [
        ["x" + str(each + 1).translate(LOWERED) for each in range(inputs)],
        [f"z₁[{unit}]\na₁[{unit}]" for unit in range(hidden)],
        ["z₂"],
    ]
    names = [
        [[f"W₁[{source}, {unit}]" for unit in range(hidden)] for source in range(inputs)],
        [[f"W₂[{source}, 0]"] for source in range(hidden)],
    ]
    biases = [[f"b₁[{unit}]" for unit in range(hidden)], ["b₂"]]
    _draw(figure.subplots(), [layer.weights for layer in parameters], names, units, biases)
    figure.description = (
        f"W₁[0, 0] leads from the first of {inputs} inputs to the first of {hidden} hidden units, "
        f"and W₂[0, 0] from that one to the output unit."
    )
    return figure


@rc_context(STYLE)
def worked_forward(
    parameters: Parameters, passed: Forward, caption: str = "", with_sums: bool = True
) -> Plot:
    """Draw each weight on its line, each bias below its unit, and in each unit its sum and output.

    Args:
        parameters: A network of few units.
        passed: Its forward pass for one row, ``(1, 2)``.
        caption: What to notice in it, a sentence or two; without one the description is shown.
        with_sums: Whether sums and outputs are written in; if not, they are left to the reader.

    Raises:
        TypeError, ValueError: An argument is not as above, or ``passed`` of another network.
    """
    parameters = check_passed(parameters, passed)
    size = 4.0, 1.35 * max(a.size for a in passed.a) + 0.2
    title = "One row on its way to the output" if with_sums else "A row at the inputs"
    figure = Plot(title, size, caption)
    axes = figure.subplots()
    units = [[f"{value:g}" for value in passed.a[0][0]]]
    for z, a in zip(passed.z, passed.a[1:], strict=True):
        name = "ŷ" if a is passed.a[-1] else "output"
        pairs = zip(map(brief, z[0]), map(brief, a[0]), strict=True)
        shown = pairs if with_sums else [("?", "?")] * z.size
        units.append([f"sum = {each}\n{name} = {out}" for each, out in shown])
    biases = [[f"bias = {brief(bias)}" for bias in layer.bias[0]] for layer in parameters]
    weights = [layer.weights for layer in parameters]
    _draw(axes, weights, _briefs(weights), units, biases)
    inputs = ", ".join(f"{value:g}" for value in passed.a[0][0])
    if not with_sums:
        figure.description = f"The input is ({inputs}). {_weights_in_words(parameters)}"
        return figure
    hidden = [
        f"hidden unit {unit + 1} has the sum {z[0, unit]:.4g} and passes on {a[0, unit]:.4g}"
        for z, a in zip(passed.z[:-1], passed.a[1:-1], strict=True)
        for unit in range(z.shape[1])
    ]
    figure.description = (
        f"For the input ({inputs}), {', '.join(hidden)}; the output unit has the sum "
        f"{passed.z[-1].item():.4g} and gives {passed.a[-1].item():.4g}."
    )
    return figure


@rc_context(STYLE)
def worked_backward(
    parameters: Parameters,
    passed: Forward,
    deltas: Sequence[Array],
    product: str = "",
    caption: str = "",
) -> Plot:
    """Draw one step of the way back: a layer's deltas, and the slopes that follow from them.

    On each line of the layer stands its weight's slope, and beside the lines to the output unit
    what it is the product of; below each unit stands the slope of its bias. Above a unit, or below
    it in the lower half, stands the product that is its delta. A hidden unit's is what comes back
    through the weights, each of which stands on its line, times ReLU's slope.

    Args:
        parameters: A network of few units.
        passed: Its forward pass for one row, ``(1, 2)``.
        deltas: The loss's slope along each layer's sums, ``(1, units)`` each; of ReLU units. The
            first of them are those of the step that is drawn. If those of the first layers are left
            out, these layers are pale: the way back has not come to them yet.
        product: What the output unit's delta is the product of, for the step that begins there.
        caption: What to notice in it, a sentence or two; without one the description is shown.

    Raises:
        TypeError, ValueError: An argument is not as above, ``passed`` is of another network, or a
            hidden layer's delta is not what the next one hands back.
    """
    parameters = check_passed(parameters, passed)
    if not 1 <= len(deltas) <= len(parameters):
        raise ValueError(
            f"deltas must be of the last layers, of at most {len(parameters)}, got {len(deltas)}"
        )
    ahead = len(parameters) - len(deltas)  # layers that the way back has not come to
    reached = parameters[ahead:]
    deltas = [
        check_array(delta, f"deltas[{depth}]", f"(1, {layer.bias.size})")
        for depth, (delta, layer) in enumerate(zip(deltas, reached, strict=True))
    ]
    for depth, (z, delta) in enumerate(zip(passed.z[ahead:], deltas[:-1], strict=False)):
        back = (deltas[depth + 1] @ reached[depth + 1].weights.T) * (z > 0)
        if not np.allclose(delta, back, rtol=1e-4, atol=1e-6):  # they may be of float32
            raise ValueError(
                f"deltas[{depth}] must be what deltas[{depth + 1}] hands back through ReLU units, "
                f"{back.tolist()}, got {delta.tolist()}"
            )
    below = OUTSIDE + 0.15 if ahead < len(parameters) - 1 else 0.35  # with products there, or none
    size = 4.0, 1.35 * (max(a.size for a in passed.a) - 0.38 + below)
    figure = Plot("One row's error on its way back", size, caption)
    axes = figure.subplots()
    units = [[f"{value:g}" for value in passed.a[0][0]]]
    units += [[f"output = {brief(out)}" for out in a[0]] for a in passed.a[1 : ahead + 1]]
    for delta, a in zip(deltas, passed.a[ahead + 1 :], strict=True):
        name = "ŷ" if a is passed.a[-1] else "output"
        pairs = zip(delta[0], a[0], strict=True)
        units.append([f"δ = {brief(each)}\n{name} = {brief(out)}" for each, out in pairs])
    came_in, first = passed.a[ahead], deltas[0]
    slope = came_in.T @ first
    largest = abs(slope).max()
    lines = [np.zeros_like(layer.weights) for layer in parameters[:ahead]]
    lines += [3 * slope / (largest or 1), *(layer.weights for layer in reached[1:])]
    labels = [np.full(layer.weights.shape, "").tolist() for layer in parameters[:ahead]]
    labels += _briefs([slope])
    labels += [[[f"× {factor(w)}" for w in row] for row in layer.weights] for layer in reached[1:]]
    biases = [[""] * layer.bias.size for layer in parameters]
    biases[ahead] = [f"∂J/∂b = {brief(each)}" for each in first[0]]
    places = _draw(axes, lines, labels, units, biases)
    for depth, numbers in enumerate(lines[ahead:], start=ahead):
        for source, unit in np.ndindex(numbers.shape):
            ends = places[depth][source], places[depth + 1][unit]
            _draw_head(axes, *ends, units[depth][source], float(numbers[source, unit]))
    if ahead == len(parameters) - 1:
        for out, start in zip(came_in[0], places[ahead], strict=True):
            words = f"{brief(out)} · {factor(first.item())}"
            _draw_aside(axes, start, places[-1][0], words)
    products = [(*places[-1][0], product)] if product else []
    if len(deltas) > 1:
        for unit, (across, up) in enumerate(places[ahead + 1]):
            weights = reached[1].weights[unit]
            pairs = zip(deltas[1][0], weights, strict=True)
            terms = [f"{brief(d)} · {factor(w)}" for d, w in pairs]
            came = terms[0] if len(terms) == 1 else f"({' + '.join(terms)})"
            bend = int(passed.z[ahead][0, unit] > 0)
            products.append((across, up, f"{came} · {bend}"))
    for across, up, words in products:
        if up >= 0:
            where, side = (across + ASIDE, up + 0.27), "bottom"
        else:
            where, side = (across, up - OUTSIDE), "top"
        axes.text(*where, words, fontsize=9, ha="center", va=side, color=MUTED)
    axes.set_ylim(bottom=min(spots[-1][1] for spots in places) - below)
    told = [
        f"{'output unit' if depth == len(parameters) else f'hidden unit {unit + 1}'} {value:.4g}"
        for depth, delta in enumerate(deltas, start=ahead + 1)
        for unit, value in enumerate(delta[0])
    ]
    figure.description = (
        f"The deltas: {', '.join(told)}. The steepest slope of a weight is {largest:.4g} in size."
    )
    return figure


def _draw(
    axes: Axes,
    lines: Sequence[Array],
    labels: Sequence[Sequence[Sequence[str]]],
    units: Sequence[Sequence[str]],
    below: Sequence[Sequence[str]],
) -> list[Array]:
    """Draw the graph, and return where the inputs and each layer's units stand.

    Args:
        axes: Where to.
        lines: The number that each line of a layer stands for, ``(inputs, units)``.
        labels: What stands on each of these lines; on pale ones nothing.
        units: What stands in each input, and in each unit of each layer.
        below: What stands below each unit of each layer.
    """
    axes.set_axis_off()
    tallest = max(len(texts) for texts in units)
    places = [
        np.column_stack(
            [np.full(len(texts), float(depth)), (len(texts) - 1) / 2 - np.arange(len(texts))]
        )
        for depth, texts in enumerate(units)
    ]
    for depth, numbers in enumerate(lines):
        for source, unit in np.ndindex(numbers.shape):
            ends = places[depth][source], places[depth + 1][unit]
            along = FROM_UNIT if depth else LEVEL if ends[0][1] == ends[1][1] else FROM_INPUT
            number, label = float(numbers[source, unit]), labels[depth][source][unit]
            _draw_line(axes, *ends, along, number, label)
    for texts, spots in zip(units, places, strict=True):
        for text, spot in zip(texts, spots, strict=True):
            _draw_box(axes, spot, text.split("\n"))
    for texts, spots in zip(below, places[1:], strict=True):
        for text, (across, up) in zip(texts, spots, strict=True):
            aside = ASIDE / 2 if up > 0 and len(text) > 6 else 0
            axes.text(
                across + aside, up - 0.25, text, fontsize=9, ha="center", va="top", color=MUTED
            )
    top = (tallest - 1) / 2 + 0.52
    titles = ["inputs", *["hidden units"] * (len(units) - 2), "output unit"]
    for depth, title in enumerate(titles):
        axes.text(depth, top, title, ha="center", fontsize=9.5, color=MUTED)
    axes.set(xlim=(-0.3, len(units) - 0.6), ylim=(-tallest / 2, top + 0.1))
    return places


def _size(rows: Sequence[str]) -> Array:
    """Return how wide and how high a box with these rows is."""
    return np.array([LETTER * max(map(len, rows)) + 0.08, ROW * len(rows) + 0.1])


def _weights_in_words(parameters: Parameters) -> str:
    """Say the weights and the bias of each unit."""
    names = [*["Hidden"] * (len(parameters) - 1), "Output"]
    return " ".join(
        f"{name} unit {unit + 1} has the weights {', '.join(map(brief, layer.weights[:, unit]))} "
        f"and the bias {brief(bias)}."
        for name, layer in zip(names, parameters, strict=True)
        for unit, bias in enumerate(layer.bias[0])
    )


def _draw_box(axes: Axes, middle: Array, rows: Sequence[str]) -> None:
    """Draw a unit's box with its rows, each a text of its own: a page's font centres only those."""
    size = _size(rows)
    axes.add_patch(
        FancyBboxPatch(
            tuple(middle - size / 2), size[0], size[1], boxstyle="round,pad=0,rounding_size=0.04",
            facecolor="#ffffff", edgecolor=INK, zorder=3,
        )
    )  # fmt: skip
    for row, text in enumerate(rows):
        up = middle[1] + ROW * ((len(rows) - 1) / 2 - row)
        axes.text(middle[0], up, text, fontsize=9.5, ha="center", va="center", color=INK, zorder=4)


def _draw_line(
    axes: Axes, start: Array, end: Array, along: float, number: float, label: str
) -> None:
    """Draw a line with its label in a gap of it, so that nothing strikes the label through.

    One without a label is pale.
    """
    if not label:
        axes.plot(*zip(start, end, strict=True), color=GRID, zorder=0.5)
        return
    axes.plot(
        *zip(start, end, strict=True), color=BLUE if number < 0 else VERMILLION, zorder=1,
        linestyle="--" if number < 0 else "-", linewidth=0.6 + 0.7 * min(abs(number), 4.0),
    )  # fmt: skip
    across, up = start + along * (end - start)
    axes.text(
        across, up, label, fontsize=9.5, ha="center", va="center", zorder=2, color=INK,
        bbox=PLATE,
    )  # fmt: skip


def _draw_head(axes: Axes, start: Array, end: Array, text: str, number: float) -> None:
    """Draw an arrow's head at a line's start, before the box with this text that stands there."""
    way = end - start
    reached = min((_size(text.split("\n")) / 2 / np.maximum(abs(way), 1e-9)).tolist())
    tip, tail = (start + along * way for along in (reached + 0.02, reached + 0.07))
    axes.annotate(
        "", (tip[0], tip[1]), (tail[0], tail[1]),
        arrowprops={
            "arrowstyle": "-|>", "mutation_scale": 12, "shrinkA": 0, "shrinkB": 0,
            "color": BLUE if number < 0 else VERMILLION,
        },
    )  # fmt: skip


def _draw_aside(axes: Axes, start: Array, end: Array, words: str) -> None:
    """Write something beside a line, on its outer side."""
    across, up = start + FROM_UNIT * (end - start)
    outwards = 1 if start[1] >= end[1] else -1
    axes.text(
        across, up + 0.13 * outwards, words, fontsize=9, color=MUTED,
        ha="center", va="bottom" if outwards > 0 else "top",
    )  # fmt: skip


def _briefs(arrays: Sequence[Array]) -> list[list[list[str]]]:
    return [[[brief(float(each)) for each in row] for row in array] for array in arrays]


def factor(value: float) -> str:
    """Write a number so that it can stand behind a multiplication sign."""
    return f"({brief(value)})" if value < 0 else brief(value)


def brief(value: float) -> str:
    """Write a number with at most four digits."""
    return f"{value:.4g}".replace("-", "−")
