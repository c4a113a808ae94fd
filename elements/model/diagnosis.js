// Why a network has not learned its truth table, as in xordocs/experiments/diagnosis.py: the same
// causes, in the same order, by the same thresholds. The package looks at one hidden layer and XOR;
// this at any number of layers and any four labels.

import { messages, thresholds } from "./criteria.js";
import { ACTIVATIONS, backward, empty, forward, lossOf, passing } from "./network.js";
import { CASES } from "./truth_tables.js";

/** Return { cause, loss, outputs, dead, resting, merged, saturated }.
 *
 * dead and resting list hidden units as [layer, unit]: those that are off and without a slope on all
 * rows, and those that are near a limit of their activation on all of them. merged groups rows that
 * share an output though their labels differ; saturated lists rows that are wrong where the sigmoid
 * is flat.
 * losses are those before the last steps.
 */
export function diagnose(network, y, { activation, loss }, losses) {
  const pass = passing(network);
  const outputs = forward(network, pass, activation);
  const value = lossOf(pass, y, loss);
  const hidden = network.layers.slice(0, -1);
  const rows = [...y.keys()];
  const near = (a, b) => Math.abs(outputs[a] - outputs[b]) <= thresholds.SAME;
  const isSaturated = (row) => Math.abs(outputs[row] - y[row]) > thresholds.FLAT;
  const saturated = rows.filter(isSaturated);
  const unsaturated = rows.filter((row) => !isSaturated(row));
  const mixed = unsaturated.filter((a) => unsaturated.some((b) => near(a, b) && y[a] !== y[b]));
  const { slope, limits = [] } = ACTIVATIONS[activation];
  const unitsWhere = (holds) =>
    hidden.flatMap(({ units, bias }, layer) =>
      [...bias.keys()]
        .filter((unit) => rows.every((row) => holds(layer, row * units + unit)))
        .map((unit) => [layer, unit]),
    );
  const dead = unitsWhere((layer, at) => slope(pass.z[layer][at]) === 0 && pass.a[layer + 1][at] === 0);
  const resting = unitsWhere((layer, at) =>
    limits.some((limit) => Math.abs(pass.a[layer + 1][at] - limit) < 1 - thresholds.FLAT),
  );
  const history = [...losses, value];
  const fall = () => {
    if (losses.length) return (losses[0] - value) / losses.length;
    const gradient = backward(network, pass, y, activation, loss, empty(hidden.map((l) => l.units)));
    return gradient.theta.reduce((sum, g) => sum + g * g, 0);
  };
  const atRest = () => fall() <= thresholds.REST * value;
  const causes = {
    diverged: () => ![value, ...network.theta.subarray(0, -1)].every(Number.isFinite), // but for the last bias
    solved: () => rows.every((row) => outputs[row] > 0.5 === y[row] > 0.5),
    symmetric: () => hidden.some((_, layer) => alike(network.layers, layer, thresholds.ALIKE)),
    dead: () => hidden.some(({ units }, l) => dead.filter(([layer]) => layer === l).length === units),
    oscillating: () => history.some((l, i) => i && l - history[i - 1] > thresholds.RISE * value),
    saturated: () => saturated.length && atRest(),
    merged: () => mixed.length && atRest(),
    "still learning": () => true,
  };
  const merged = [];
  for (const row of mixed) {
    const group = merged.find(([first]) => near(first, row));
    group ? group.push(row) : merged.push([row]);
  }
  const cause = Object.keys(causes).find((name) => causes[name]());
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

const cases = (rows) => rows.map((row) => `(${CASES[row].replace(" ", ", ")})`).join(", ").replace(/, (?=\([^(]*$)/, " and ");

/** Say what a diagnosis found. The first of two messages is about one unit; {what} stands for findings. */
export function inWords({ cause, merged, saturated, dead }) {
  const found = {
    dead: dead.length,
    merged: merged.map(cases).join(", and "),
    saturated: cases(saturated),
  };
  const [one, several = one] = [messages[cause]].flat();
  return (dead.length === 1 ? one : several).replace(/{(\w+)}/g, (_, what) => found[what]);
}
