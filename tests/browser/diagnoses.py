"""Random runs, and what Python finds in them, to be compared with what a page finds.

`python tests/browser/diagnoses.py SITE [RUNS]` compares as many, 5,000 by default, in Chromium.
"""

import sys
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from serving import chromium, find_chromium, serve

from xordocs.experiments.census import LAST_STEPS
from xordocs.experiments.diagnosis import ALIKE, FLAT, REST, RISE, SAME
from xordocs.nn import numpy_mlp
from xordocs.nn.activations import ACTIVATIONS
from xordocs.nn.initializers import INITIALIZERS
from xordocs.nn.losses import LOSSES
from xordocs.nn.parameters import Array, Layer, Parameters, flatten

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
TABLES = [list(labels) for labels in product((0, 1), repeat=4)]
XOR = [0, 1, 1, 0]
BY_NAME = {each.name: each for each in (*ACTIVATIONS, *LOSSES, *INITIALIZERS)}
STRAY = 1e4
"""How many times as far as Python's twin a page may stray from Python."""

FIND = """jobs => {
    const {begin, step} = xordocs["runs/run"];
    const {tail} = xordocs["state/report"];
    const {beginTwin, hasParted} = xordocs["runs/twin"];
    const {DEFAULTS} = xordocs["runs/settings"];
    const {diagnose} = xordocs["model/diagnosis"];
    const to = (run, epoch) => {
        while (run.epoch < epoch && !run.diverged) step(run);
        return run;
    };
    return jobs.map(job => {
        const settings = {...DEFAULTS, ...job, epoch: 0};
        const run = to(begin(settings), job.epoch);
        const found = diagnose(run.network, run.y, settings, tail(run));
        return [
            found.cause === "diverged"
                ? [found.cause, [], [], []]
                : [found.cause, found.dead, found.merged, found.saturated],
            found.outputs.map(String),
            hasParted(run, to(beginTwin(settings), job.epoch)),
        ];
    });
}"""
"""What a page finds: as in `Found`, and whether it warns that rounding decides."""


class Found(NamedTuple):
    """What was found in a run.

    Attributes:
        findings: The cause, dead units, merged rows and saturated rows, these three empty if the
            numbers are no longer finite.
        outputs: ŷ of the four rows, from 0 0 to 1 1.
    """

    findings: list[Any]
    outputs: Array


def jobs(count: int) -> Iterator[dict[str, Any]]:
    """Yield settings of random runs: every table, function and start, rates from 0.001 to 1e6."""
    random = np.random.RandomState(12)

    def pick(choices: Any) -> Any:
        return choices[random.randint(len(choices))]

    for _ in range(count):
        depth = pick((1, 1, 1, 2, 3))
        yield {
            "seed": random.randint(10_000),
            "hidden_layers": random.randint(1, 11 if depth == 1 else 5, depth).tolist(),
            "activation": pick(ACTIVATIONS).name,
            "loss": pick(LOSSES).name,
            "initializer": pick(INITIALIZERS).name,
            "learning_rate": float(f"{10 ** random.uniform(-3, 6):.3g}"),
            "targets": XOR if random.randint(3) == 0 else pick(TABLES),
            "epoch": random.randint(150),
        }


def find(job: dict[str, Any], *, is_twin: bool = False) -> Found:
    """Train and diagnose a network as the package does.

    Its twin has its rows reversed and its weights changed in the last digit: it is the same but for
    rounding.
    """
    order = slice(None, None, -1 if is_twin else 1)
    x, y = X[order], np.array(job["targets"], dtype=float)[order, np.newaxis]
    activation, loss = BY_NAME[job["activation"]], BY_NAME[job["loss"]]
    start = BY_NAME[job["initializer"]]
    network = numpy_mlp.initialize(job["hidden_layers"], job["seed"], start)
    if is_twin:
        nudge = 1 + np.finfo(float).eps
        network = [Layer(layer.weights * nudge, layer.bias) for layer in network]
    losses: list[float] = []
    with np.errstate(all="ignore"):
        for _ in range(job["epoch"]):
            z, a = numpy_mlp.forward(network, x, activation)
            value = loss.value(z[-1], y)
            if not np.isfinite(value):
                break
            losses.append(value)
            gradient = numpy_mlp.backward(network, z, a, y, activation, loss)
            network = numpy_mlp.update(network, gradient, job["learning_rate"])
        return diagnose(network, job, losses[-LAST_STEPS:])


def diagnose(network: Parameters, job: dict[str, Any], losses: list[float]) -> Found:
    """Diagnose a network of any depth, for any table, as `xordocs.experiments.diagnosis` does."""
    activation, loss = BY_NAME[job["activation"]], BY_NAME[job["loss"]]
    y = np.array(job["targets"], dtype=float)
    z, a = numpy_mlp.forward(network, X, activation)
    value = loss.value(z[-1], y[:, np.newaxis])
    outputs = a[-1].ravel()
    off = [
        ((activation.derivative(sums) == 0) & (above == 0)).all(axis=0)
        for sums, above in zip(z[:-1], a[1:-1], strict=True)
    ]
    dead = [
        [layer, unit] for layer, units in enumerate(off) for unit in np.flatnonzero(units).tolist()
    ]
    is_saturated = abs(outputs - y) > FLAT
    saturated = np.flatnonzero(is_saturated).tolist()
    mixed = [
        row for row in range(4)
        if any(
            abs(outputs[row] - outputs[other]) <= SAME and y[row] != y[other]
            and not is_saturated[row] and not is_saturated[other]
            for other in range(4)
        )
    ]  # fmt: skip
    merged: list[list[int]] = []
    for row in mixed:
        group = next((g for g in merged if abs(outputs[g[0]] - outputs[row]) <= SAME), None)
        if group is None:
            merged.append([row])
        else:
            group.append(row)
    if losses:
        fall = (losses[0] - value) / len(losses)
    else:
        gradient = numpy_mlp.backward(network, z, a, y[:, np.newaxis], activation, loss)
        fall = np.square(flatten(gradient)).sum()
    tests = {
        "diverged": not np.isfinite([value, *flatten(network)[:-1]]).all(),
        "solved": ((outputs > 0.5) == (y > 0.5)).all(),
        "symmetric": any(are_alike(*layers) for layers in pairwise(network)),
        "dead": any(units.all() for units in off),
        "oscillating": any(b - a > RISE * value for a, b in pairwise([*losses, value])),
        "saturated": bool(saturated) and fall <= REST * value,
        "merged": bool(mixed) and fall <= REST * value,
    }
    cause = next((cause for cause, holds in tests.items() if holds), "still learning")
    if cause == "diverged":
        return Found([cause, [], [], []], outputs)
    return Found([cause, dead, merged, saturated], outputs)


def are_alike(layer: Any, above: Any) -> bool:
    """Return whether all units of a layer hear the same and are heard the same."""
    units = np.concatenate([layer.weights, layer.bias, above.weights.T])
    spread = np.ptp(units, axis=1)
    return units.shape[1] > 1 and bool((spread <= ALIKE * abs(units).max(axis=1)).all())


def compare(job: dict[str, Any], ours: Found, page: list[Any]) -> str:
    """Return how a page's findings and Python's compare: "same", "chaotic" or "wrong".

    A run is chaotic if the package's own twin of it comes to other findings, or strays as far from
    it as the page does.
    """
    findings, texts, _ = page
    if ours.findings == findings:
        return "same"
    with np.errstate(invalid="ignore"):
        twin = find(job, is_twin=True)
        gap = abs(ours.outputs - np.array(texts, dtype=float)).max()
        stray = abs(ours.outputs - twin.outputs).max()
    return "chaotic" if twin.findings != ours.findings or gap <= STRAY * stray else "wrong"


def main(site: str, runs: str = "5000") -> None:
    """Print how many runs compare how, and those that the page does not warn of."""
    asked = list(jobs(int(runs)))
    executable = find_chromium()
    if executable is None:
        sys.exit("no Chromium on the PATH")
    with serve(Path(site)) as address, chromium(executable) as browser:
        tab = browser.new_page()
        tab.goto(f"{address}playground/")
        tab.wait_for_function("!!customElements.get('xor-playground')")
        pages = tab.evaluate(FIND, asked)
    counts = {"same": 0, "chaotic": 0, "wrong": 0}
    for job, page in zip(asked, pages, strict=True):
        ours = find(job)
        verdict = compare(job, ours, page)
        counts[verdict] += 1
        if verdict != "same":
            warned = "warned of" if page[-1] else "not warned of"
            print(verdict, warned, job, page[0], ours.findings)  # noqa: T201 - a script
    print(counts, sum(page[-1] for page in pages), "warned of")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
