// The course's network, as in xordocs/nn/numpy_mlp.py: pure functions on float64 arrays, no page.
//
// A network is { theta, layers }: all its numbers in one vector, layer by layer, weights before
// bias, and the layers { inputs, units, weights, bias } as views of it. Row i of weights is what
// input i sends to each unit.

import { normal } from "./random.js";
import { ROWS } from "./truth_tables.js";

export const LEAK = 0.01;

export const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** Everything that depends on the activation, under its name in xordocs/nn/activations.py: the unit's
 * output f and its slope at a weighted sum z, and the limits of an f that saturates.
 */
export const ACTIVATIONS = {
  relu: {
    f: (z) => Math.max(z, 0),
    slope: (z) => (z > 0 ? 1 : 0),
  },
  leaky_relu: {
    f: (z) => Math.max(z, LEAK * z),
    slope: (z) => (z > 0 ? 1 : LEAK),
  },
  tanh: {
    f: Math.tanh,
    slope: (z) => 1 / Math.cosh(z) ** 2, // keeps its digits far from 0
    limits: [-1, 1],
  },
  sigmoid: {
    f: sigmoid,
    slope: (z) => sigmoid(z) * sigmoid(-z),
    limits: [0, 1],
  },
};

/** Everything that depends on the loss, under its name in xordocs/nn/losses.py: a row's loss from its
 * logit z and label y; and δ, its slope, from the output ŷ.
 */
export const LOSSES = {
  mse: {
    row: (z, y) => (sigmoid(z) - y) ** 2,
    delta: (out, y, rows) => (2 / rows) * (out - y) * out * (1 - out),
  },
  cross_entropy: {
    row: (z, y) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z,
    delta: (out, y, rows) => (out - y) / rows,
  },
};

/** From a layer's normal draws to its weights, under the names in xordocs/nn/initializers.py. */
export const INITIALIZERS = {
  notebook: (draws) => draws,
  zeros: (draws) => draws.fill(0),
  equal: (draws) => draws.fill(draws[0]),
  he: (draws, inputs) => draws.map((draw) => draw * Math.sqrt(2 / inputs)),
  glorot: (draws, inputs, units) => draws.map((draw) => draw * Math.sqrt(2 / (inputs + units))),
  large: (draws) => draws.map((draw) => draw * 10),
};

/** Return a network of zeros. */
export function empty(hidden) {
  const widths = [2, ...hidden, 1];
  const sizes = hidden.concat(1).map((units, i) => (widths[i] + 1) * units);
  const theta = new Float64Array(sizes.reduce((a, b) => a + b));
  let start = 0;
  const layers = sizes.map((size, i) => {
    const [inputs, units] = [widths[i], widths[i + 1]];
    const middle = start + inputs * units;
    const layer = {
      inputs,
      units,
      start,
      weights: theta.subarray(start, middle),
      bias: theta.subarray(middle, start + size),
    };
    start += size;
    return layer;
  });
  return { theta, layers };
}

/** Return the network that numpy_mlp.initialize draws from the same seed. */
export function initialize(hidden, seed, initializer) {
  const network = empty(hidden);
  const draw = normal(seed);
  for (const { inputs, units, weights } of network.layers) {
    const draws = weights.map(draw);
    weights.set(INITIALIZERS[initializer](draws, inputs, units));
  }
  return network;
}

/** Return room for a forward pass over these inputs: sums z and outputs a of each layer. */
export function passing(network, x = ROWS) {
  const rows = x.length / 2;
  const room = () => network.layers.map(({ units }) => new Float64Array(rows * units));
  return { rows, z: room(), a: [x, ...room()], delta: room() };
}

/** Carry the inputs up through the layers; the outputs are pass.a.at(-1). */
export function forward({ layers }, pass, activation) {
  const { f } = ACTIVATIONS[activation];
  layers.forEach(({ inputs, units, weights, bias }, depth) => {
    const below = pass.a[depth];
    const z = pass.z[depth];
    const a = pass.a[depth + 1];
    const bend = depth === layers.length - 1 ? sigmoid : f;
    for (let row = 0; row < pass.rows; row++) {
      for (let unit = 0; unit < units; unit++) {
        let sum = 0;
        for (let i = 0; i < inputs; i++) sum += below[row * inputs + i] * weights[i * units + unit];
        const at = row * units + unit;
        z[at] = sum + bias[unit];
        a[at] = bend(z[at]);
      }
    }
  });
  return pass.a.at(-1);
}

/** Carry the error back down: the chain rule, a layer at a time, into another network's numbers. */
export function backward({ layers }, pass, y, activation, loss, gradient) {
  const { slope } = ACTIVATIONS[activation];
  const { delta } = LOSSES[loss];
  const outputs = pass.a.at(-1);
  outputs.forEach((output, row) => (pass.delta.at(-1)[row] = delta(output, y[row], pass.rows)));
  gradient.theta.fill(0);
  for (let depth = layers.length - 1; depth >= 0; depth--) {
    const { inputs, units, weights } = layers[depth];
    const { weights: intoWeights, bias: intoBias } = gradient.layers[depth];
    const below = pass.a[depth];
    const here = pass.delta[depth];
    for (let row = 0; row < pass.rows; row++) {
      for (let unit = 0; unit < units; unit++) {
        const d = here[row * units + unit];
        intoBias[unit] += d;
        for (let i = 0; i < inputs; i++) intoWeights[i * units + unit] += below[row * inputs + i] * d;
      }
      for (let i = 0; depth > 0 && i < inputs; i++) {
        let sum = 0;
        for (let unit = 0; unit < units; unit++)
          sum += here[row * units + unit] * weights[i * units + unit];
        const at = row * inputs + i;
        pass.delta[depth - 1][at] = sum * slope(pass.z[depth - 1][at]);
      }
    }
  }
  return gradient;
}

/** Return the mean loss of a forward pass. */
export function lossOf(pass, y, loss) {
  const { row } = LOSSES[loss];
  let sum = 0;
  for (let i = 0; i < pass.rows; i++) sum += row(pass.z.at(-1)[i], y[i]);
  return sum / pass.rows;
}
