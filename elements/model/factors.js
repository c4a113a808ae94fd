// What the numbers of one epoch are made of: the terms and factors of each sum, each δ and each slope,
// for readers who follow the chain rule from the loss down to one weight.
//
// All are read from a pass that network.js has carried forward and backward.

import { ACTIVATIONS } from "./network.js";

const ERRORS = {
  mse: (out, y, rows) => [2 / rows, out - y, out * (1 - out)],
  cross_entropy: (out, y, rows) => [1 / rows, out - y],
};

/** Return a unit's weighted sum z on a row with its terms [input, weight], its bias, and its output a. */
export function sumOf({ layers }, pass, row, layer, unit) {
  const { inputs, units, weights, bias } = layers[layer];
  const at = row * units + unit;
  const terms = Array.from({ length: inputs }, (_, i) => [pass.a[layer][row * inputs + i], weights[i * units + unit]]);
  return { terms, bias: bias[unit], z: pass.z[layer][at], a: pass.a[layer + 1][at] };
}

/** Return the output unit's δ on a row with its factors: the share of a row in the mean, the error,
 * and for the squared error the sigmoid's slope.
 */
export function outputDeltaOf(pass, y, loss, row) {
  return { factors: ERRORS[loss](pass.a.at(-1)[row], y[row], pass.rows), delta: pass.delta.at(-1)[row] };
}

/** Return a hidden unit's δ on a row: its slope times the sum of terms [weight, δ], one from each unit
 * of the layer above.
 */
export function hiddenDeltaOf({ layers }, pass, activation, row, layer, unit) {
  const above = layers[layer + 1];
  const at = row * layers[layer].units + unit;
  const terms = Array.from({ length: above.units }, (_, k) => [
    above.weights[unit * above.units + k],
    pass.delta[layer + 1][row * above.units + k],
  ]);
  return { terms, slope: ACTIVATIONS[activation].slope(pass.z[layer][at]), delta: pass.delta[layer][at] };
}

/** Return for each row the factors [input, δ] whose products add up to ∂J/∂w; the bias's input is 1. */
export function shares({ layers }, pass, layer, unit, input) {
  const { inputs, units } = layers[layer];
  return Array.from({ length: pass.rows }, (_, row) => [
    input === inputs ? 1 : pass.a[layer][row * inputs + input],
    pass.delta[layer][row * units + unit],
  ]);
}

/** Return the stops on the way through one epoch, each with the layer that it is about: forward, the
 * loss, backward, and the update, which is about all.
 */
export function stops({ layers }) {
  const up = [...layers.keys()];
  const stop = (phase) => (layer) => ({ phase, layer });
  return [
    ...up.map(stop("forward")),
    stop("loss")(layers.length - 1),
    ...up.reverse().map(stop("backward")),
    stop("update")(null),
  ];
}
