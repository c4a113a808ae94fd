"""The factors that the playground shows of each number, against the package's own passes."""

import json

import numpy as np
import pytest
from node import needs_node, node

from xordocs import datasets
from xordocs.nn import activations, losses, numpy_mlp
from xordocs.nn.parameters import flatten

pytestmark = needs_node
SHAPES = [(2,), (10,), (3, 4), (1, 2, 5)]
EPOCHS = 12

PROGRAM = """
import {begin, look, step} from "./runs/run.js";
import {parse} from "./runs/links.js";
import {hiddenDeltaOf, outputDeltaOf, shares, stops, sumOf} from "./model/factors.js";
const add = terms => terms.reduce((sum, [a, b]) => sum + a * b, 0);
const told = QUERIES.map(query => {
    const run = begin(parse(query).settings);
    for (let epoch = 0; epoch < EPOCHS; epoch++) step(run);
    look(run);
    const {network, pass, y, settings: {activation, loss}} = run;
    const last = network.layers.length - 1;
    const units = network.layers.map(({units}) => [...Array(units).keys()]);
    const perUnit = value => units.map((each, layer) =>
        [0, 1, 2, 3].map(row => each.map(unit => value(row, layer, unit))));
    const sum = (...place) => sumOf(network, pass, ...place);
    const delta = (row, layer, unit) => {
        const {factors} = outputDeltaOf(pass, y, loss, row);
        if (layer === last) return factors.reduce((a, b) => a * b);
        const {terms, slope} = hiddenDeltaOf(network, pass, activation, row, layer, unit);
        return add(terms) * slope;
    };
    return {
        z: perUnit((...place) => add(sum(...place).terms) + sum(...place).bias),
        a: perUnit((...place) => sum(...place).a),
        delta: perUnit(delta),
        gradient: network.layers.flatMap(({inputs}, layer) =>
            [...Array(inputs + 1).keys()].flatMap(input =>
                units[layer].map(unit => add(shares(network, pass, layer, unit, input))))),
        stops: stops(network).map(({phase, layer}) => `${phase} ${layer}`),
    };
});
console.log(JSON.stringify(told));
"""


def factors(queries):
    """Run the modules for each query; return what the factors multiply and add up to."""
    program = PROGRAM.replace("QUERIES", json.dumps(queries)).replace("EPOCHS", str(EPOCHS))
    return node(program)


def deltas(network, z, a, y, activation, loss):
    """Each δ by its definition: how the loss changes with a unit's sum on a row.

    The gradient of a bias that only one row has is that row's δ: the package's backward is asked
    for one row at a time, and the mean over four rows divides by four.
    """
    rows = []
    for row in range(len(y)):
        z_row, a_row = ([each[row : row + 1] for each in values] for values in (z, a))
        gradient = numpy_mlp.backward(network, z_row, a_row, y[row : row + 1], activation, loss)
        rows.append([layer.bias / len(y) for layer in gradient])
    return [np.concatenate(layer) for layer in zip(*rows, strict=True)]


@pytest.mark.parametrize("loss", losses.LOSSES, ids=lambda loss: loss.name)
@pytest.mark.parametrize("activation", activations.ACTIVATIONS, ids=lambda each: each.name)
def test_factors_multiply_and_add_up_to_the_packages_numbers(activation, loss):
    """Rounding alone parts them: a sum of four rows in another order, after twelve equal epochs."""
    x, y = datasets.xor()
    setting = f"activation={activation.name}&loss={loss.name}&seed=5&learning_rate=0.4"
    told = factors([f"?{setting}&hidden_layers={','.join(map(str, shape))}" for shape in SHAPES])
    for shape, found in zip(SHAPES, told, strict=True):
        network, _ = numpy_mlp.train(
            numpy_mlp.initialize(shape, 5), x, y, 0.4, EPOCHS, activation, loss
        )
        z, a = numpy_mlp.forward(network, x, activation)
        expected = {
            "z": z,
            "a": a[1:],
            "delta": deltas(network, z, a, y, activation, loss),
        }
        for name, layers in expected.items():
            for got, layer in zip(found[name], layers, strict=True):
                np.testing.assert_allclose(got, layer, rtol=0, atol=1e-12)
        gradient = numpy_mlp.backward(network, z, a, y, activation, loss)
        np.testing.assert_allclose(found["gradient"], flatten(gradient), rtol=0, atol=1e-12)


def test_an_epoch_goes_up_to_the_loss_and_down_again():
    (found,) = factors(["?hidden_layers=3,2"])
    assert found["stops"] == [
        "forward 0", "forward 1", "forward 2", "loss 2",
        "backward 2", "backward 1", "backward 0", "update null",
    ]  # fmt: skip
