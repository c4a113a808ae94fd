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
