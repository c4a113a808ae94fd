// One run: where it starts, what the reader changed on the way, and how far it has come. The same
// settings give the same run again, so the settings are all that a link has to carry.

import { backward, empty, forward, initialize, lossOf, passing } from "./network.js";

const TAIL = 10; // last losses that a diagnosis looks at, as in xordocs/experiments/census.py

/** Return the run of these settings at epoch 0.
 *
 * Settings are { seed, hidden_layers, learning_rate, activation, loss, initializer, targets,
 * changes, epoch }; changes are [epoch, what, value] in order, where what is learning_rate, y0 to
 * y3, or p and a number's place in θ. They take effect before that epoch's step.
 */
export function begin(settings) {
  const { hidden_layers: hidden, seed, initializer, targets } = settings;
  const network = initialize(hidden, seed, initializer);
  const run = {
    settings,
    network,
    gradient: empty(hidden),
    pass: passing(network),
    y: Float64Array.from(targets),
    rate: settings.learning_rate,
    losses: [],
    epoch: 0,
    diverged: false,
    next: 0,
  };
  applyChanges(run);
  return run;
}

function applyChanges(run) {
  const { changes } = run.settings;
  while (run.next < changes.length && changes[run.next][0] <= run.epoch) {
    const [, what, value] = changes[run.next++];
    if (what === "learning_rate") run.rate = value;
    else if (what[0] === "y") run.y[what.slice(1)] = value;
    else run.network.theta[what.slice(1)] = value;
  }
}

/** Carry the rows up and the error down, without a step; return the loss. */
export function look(run) {
  const { network, pass, y, settings } = run;
  forward(network, pass, settings.activation);
  backward(network, pass, y, settings.activation, settings.loss, run.gradient);
  return lossOf(pass, y, settings.loss);
}

/** Take one step down the gradient, unless the numbers are no longer finite. */
export function step(run) {
  const loss = look(run);
  run.diverged = !Number.isFinite(loss);
  if (run.diverged) return;
  run.losses.push(loss);
  const { theta } = run.network;
  for (let i = 0; i < theta.length; i++) theta[i] -= run.rate * run.gradient.theta[i];
  run.epoch += 1;
  applyChanges(run);
}

/** Change something from this epoch on, and remember it for the link. */
export function change(run, what, value) {
  const { changes } = run.settings;
  const last = changes.findIndex(([epoch, name]) => epoch === run.epoch && name === what);
  if (last >= 0) changes.splice(last, 1);
  changes.push([run.epoch, what, value]);
  run.next = changes.length - 1;
  applyChanges(run);
  if (run.epoch) return;
  run.settings = startAgain(run); // from the start on, it is a setting
  run.next = run.settings.changes.length;
}

/** Return the settings that start again from the same weights, at today's learning rate. */
export function startAgain(run) {
  const changes = run.settings.changes.filter(([epoch, what]) => epoch === 0 && what[0] === "p");
  return { ...run.settings, learning_rate: run.rate, targets: [...run.y], changes, epoch: 0 };
}

/** Return whether all outputs are on their label's side of one half, after look. */
export const solved = (run) => run.pass.a.at(-1).every((output, i) => output > 0.5 === run.y[i] > 0.5);

/** Return the losses before the last steps. */
export const tail = (run) => run.losses.slice(-TAIL);
