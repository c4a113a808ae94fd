"""The pictures of what a network makes of the plane."""

from node import needs_node, node

pytestmark = needs_node

PROGRAM = """
import {paint} from "./drawing/raster.js";
const ramp = Uint32Array.from({length: 256}, (_, shade) => 1000 + shade);
const picture = {steps: 2, pixels: new Uint32Array(4)};
paint(picture, 0, [NaN, 0, 1, 0.5], 1, 0, 0, 255, ramp);
console.log(JSON.stringify([...picture.pixels]));
"""


def test_what_is_no_number_has_no_colour():
    """The first row lies at the bottom; a pixel of 0 is transparent."""
    assert node(PROGRAM) == [1255, 1128, 0, 1000]


BESIDE_A_PLATEAU = """
import {contour} from "./drawing/raster.js";
const near = -0.001;
const sums = [near, near, -1, -1, near, near, -1, -1, near, -near, 1, 1, near, near, 1, 1];
const told = [0.004, 0].map((limit) => {
  const ends = [];
  const tell = (x, y) => ends.push([x, y]);
  contour({beginPath() {}, stroke() {}, moveTo: tell, lineTo: tell}, sums, 1, 0, 0, 3, limit);
  return ends.map(([x, y]) => [Math.round(100 * x) / 100, Math.round(100 * y) / 100]).sort();
});
console.log(JSON.stringify(told));
"""


def test_a_line_ends_beside_a_plateau():
    """The output is a hair from one half on the left, and crosses it on the right."""
    careful, careless = node(BESIDE_A_PLATEAU)
    assert careful == [[2, 1.5], [3, 1.5]]
    assert [0.5, 1] in careless, "across it"
