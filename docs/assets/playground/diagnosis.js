// Why a network has not learned, as in xordocs/experiments/examination.py: the same causes, in the same order,
// by the same limits, which the page brings from there.

import { ACTIVATIONS, backward, empty, forward, lossOf, passing } from "./network.js";

/** Return { cause, loss, outputs, dead, resting, merged, saturated }.
 *
 * dead and resting list hidden units as [layer, unit]: those without a slope on any row, and
 * sigmoid or tanh units that are flat on all of them. merged groups rows; saturated lists them.
 * losses are those before the last steps.
 */
export function diagnose(network, y, { activation, loss }, losses, limits) {
  const pass = passing(network);
  const outputs = forward(network, pass, activation);
  const value = lossOf(pass, y, loss);
  const hidden = network.layers.slice(0, -1);
  const rows = [...y.keys()];
  const near = (a, b) => Math.abs(outputs[a] - outputs[b]) <= limits.SAME;
  const mixed = rows.filter((a) => rows.some((b) => near(a, b) && y[a] !== y[b]));
  const saturated = rows.filter((row) => Math.abs(outputs[row] - y[row]) > limits.FLAT);
  const { slope } = ACTIVATIONS[activation];
  const unitsWhere = (holds) =>
    hidden.flatMap(({ units }, layer) =>
      Array.from({ length: units }, (_, unit) => [layer, unit]).filter(([, unit]) =>
        rows.every((row) => holds(layer, row * units + unit)),
      ),
    );
  const dead = unitsWhere((layer, at) => slope(pass.z[layer][at]) === 0);
  const flat = { sigmoid: (a) => Math.abs(a - 0.5) > limits.FLAT - 0.5, tanh: (a) => Math.abs(a) > limits.FLAT };
  const resting = unitsWhere((layer, at) => flat[activation]?.(pass.a[layer + 1][at]));
  const history = [...losses, value];
  const fall = () => {
    if (losses.length) return (losses[0] - value) / losses.length;
    const gradient = backward(network, pass, y, activation, loss, empty(hidden.map((l) => l.units)));
    return gradient.theta.reduce((sum, g) => sum + g * g, 0);
  };
  const atRest = () => fall() <= limits.REST * value;
  const tests = [
    ["diverged", () => !Number.isFinite(value) || !network.theta.every(Number.isFinite)],
    ["solved", () => rows.every((row) => outputs[row] > 0.5 === y[row] > 0.5)],
    ["symmetric", () => hidden.some((_, layer) => alike(network.layers, layer, limits.ALIKE))],
    ["dead", () => hidden.some(({ units }, l) => dead.filter(([layer]) => layer === l).length === units)],
    ["oscillating", () => history.some((l, i) => i && l - history[i - 1] > limits.RISE * value)],
    ["saturated", () => saturated.length > 0 && atRest()],
    ["merged", () => mixed.length > 0 && atRest()],
    ["still learning", () => true],
  ];
  const merged = [];
  for (const row of mixed) {
    const group = merged.find(([first]) => near(first, row));
    group ? group.push(row) : merged.push([row]);
  }
  const cause = tests.find(([, holds]) => holds())[0];
  return { cause, loss: value, outputs: [...outputs], dead, resting, merged, saturated };
}

/** Whether all units of a hidden layer hear the same and are heard the same. */
function alike(layers, layer, share) {
  const { inputs, units, weights, bias } = layers[layer];
  const above = layers[layer + 1];
  const numbers = [bias];
  for (let i = 0; i < inputs; i++) numbers.push(weights.subarray(i * units, (i + 1) * units));
  for (let k = 0; k < above.units; k++)
    numbers.push(bias.map((_, unit) => above.weights[unit * above.units + k]));
  return (
    units > 1 &&
    numbers.every((row) => {
      const largest = Math.max(...row.map(Math.abs));
      return Math.max(...row) - Math.min(...row) <= share * largest;
    })
  );
}

const CASES = ["0 0", "0 1", "1 0", "1 1"];
const cases = (rows) => rows.map((row) => CASES[row]).join(", ").replace(/, (?=[^,]*$)/, " and ");

/** Say what was found, in the course's words: {what} in them stands for what was found. */
export function inWords({ cause, merged, saturated, dead }, words) {
  const found = {
    dead: dead.length,
    merged: merged.map(cases).join(", and "),
    saturated: cases(saturated),
  };
  return words[cause].replace(/{(\w+)}/g, (_, what) => found[what]);
}
