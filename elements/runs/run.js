// One run: where it starts, what the reader changes on the way, and how far it has come. The same
// settings give the same run again, so the settings are all that a link has to carry.

import { backward, empty, forward, initialize, lossOf, passing } from "../model/network.js";

const MARKS = 128; // at most so many remembered epochs: a way back recomputes the steps since the last

/** Return the run of these settings at epoch 0.
 *
 * Settings are never changed in place: an edit puts new ones in their stead. Their changes are
 * [epoch, what, value] in order, where what is "rate", "y0" to "y3", or "p" and a number's place in
 * θ. They take effect before that epoch's step.
 */
export function begin(settings) {
  const { hidden_layers: hidden, seed, initializer, weights } = settings;
  const network = initialize(hidden, seed, initializer);
  if (weights) network.theta.set(weights);
  const run = {
    settings,
    network,
    gradient: empty(hidden),
    pass: passing(network),
    y: Float64Array.from(settings.targets),
    rate: settings.learning_rate,
    losses: [], // before each step
    ahead: [], // beyond this epoch, where the reader has come back from
    epoch: 0,
    diverged: false,
    next: 0, // the first change that has not taken effect
    marks: [],
    every: 16, // epochs from mark to mark
  };
  remember(run);
  applyChanges(run);
  return run;
}

const apply = (run, what, value) => {
  if (what === "rate") run.rate = value;
  else if (what[0] === "y") run.y[what.slice(1)] = value;
  else run.network.theta[what.slice(1)] = value;
};

function applyChanges(run) {
  const { changes } = run.settings;
  while (run.next < changes.length && changes[run.next][0] <= run.epoch) {
    const [, what, value] = changes[run.next++];
    apply(run, what, value);
  }
}

/** Remember the run as it is before this epoch's changes. */
function remember(run) {
  const { epoch, network, y, rate, next } = run;
  run.marks.push({ epoch, theta: network.theta.slice(), y: y.slice(), rate, next });
  if (run.marks.length <= MARKS) return;
  run.marks = run.marks.filter((_, i) => i % 2 === 0);
  run.every *= 2;
}

/** Carry the rows up and the error down, without a step; return the loss. */
export function look(run) {
  const { network, pass, y, settings } = run;
  forward(network, pass, settings.activation);
  backward(network, pass, y, settings.activation, settings.loss, run.gradient);
  return lossOf(pass, y, settings.loss);
}

/** Return a run as it would be if one row were all: its pass, labels, gradient and loss, without a step. */
export function alone(run, row) {
  const pass = passing(run.network, run.pass.a[0].slice(2 * row, 2 * row + 2));
  const one = { ...run, pass, y: run.y.slice(row, row + 1), gradient: empty(run.settings.hidden_layers) };
  one.loss = look(one);
  return one;
}

/** Take one step down the gradient, unless the numbers are no longer finite. */
export function step(run) {
  const loss = look(run);
  run.diverged = !Number.isFinite(loss);
  if (run.diverged) return;
  run.losses.push(loss);
  run.ahead.shift();
  const { theta } = run.network;
  for (let i = 0; i < theta.length; i++) theta[i] -= run.rate * run.gradient.theta[i];
  run.epoch += 1;
  if (run.epoch % run.every === 0 && run.epoch > run.marks.at(-1).epoch) remember(run);
  applyChanges(run);
}

/** Go back to an earlier epoch; what lay ahead stays known until something is changed. */
export function rewind(run, epoch) {
  if (epoch >= run.epoch) return;
  const ahead = [...run.losses.slice(epoch), ...run.ahead];
  const mark = run.marks.findLast((each) => each.epoch <= epoch);
  run.network.theta.set(mark.theta);
  run.y.set(mark.y);
  Object.assign(run, { rate: mark.rate, next: mark.next, epoch: mark.epoch, diverged: false });
  run.losses.length = mark.epoch;
  applyChanges(run);
  while (run.epoch < epoch) step(run);
  run.ahead = ahead;
}

/** Change something from this epoch on; of several changes of one thing in one epoch the last counts.
 * Changes that are still to come stay.
 */
export function edit(run, what, value) {
  const changes = run.settings.changes.filter(([epoch, name]) => epoch !== run.epoch || name !== what);
  const place = changes.filter(([epoch]) => epoch <= run.epoch).length;
  changes.splice(place, 0, [run.epoch, what, value]);
  run.settings = { ...run.settings, changes };
  run.next = place + 1;
  run.marks = run.marks.filter((each) => each.epoch <= run.epoch);
  run.ahead = [];
  run.diverged = false;
  apply(run, what, value);
  if (!run.epoch) settleStart(run);
}

/** Make changes of rate and labels before the first step what they are: settings. */
function settleStart(run) {
  const changes = run.settings.changes.filter(([epoch, what]) => epoch || what[0] === "p");
  run.settings = { ...run.settings, learning_rate: run.rate, targets: [...run.y], changes };
  run.next = changes.filter(([epoch]) => !epoch).length;
  run.marks = [];
  remember(run);
  run.marks[0].next = 0;
}

/** Return the settings that start again from the same weights, at today's learning rate. */
export function startAgain(run) {
  const changes = run.settings.changes.filter(([epoch, what]) => epoch === 0 && what[0] === "p");
  return { ...run.settings, learning_rate: run.rate, targets: [...run.y], changes, epoch: 0 };
}

/** Return whether all outputs are on their label's side of one half, after look. */
export const solved = (run) => run.pass.a.at(-1).every((output, i) => output > 0.5 === run.y[i] > 0.5);
