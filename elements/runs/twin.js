// A run's twin starts from weights that differ in the last digit, and adds up the rows in the reverse
// order: the same run but for rounding. Where the two part, rounding decides how the run goes.

import { passing } from "../model/network.js";
import { ROWS } from "../model/truth_tables.js";
import { begin, look } from "./run.js";

/** A rounding moves a loss by 1e-16. Where it has grown to more than this, it may grow to anything. */
const GROWN = 1e-9;

const turned = ([what, row]) => (what === "y" ? `y${3 - row}` : null);

/** Begin the twin of the run of these settings. */
export function beginTwin(settings) {
  const targets = [...settings.targets].reverse();
  const changes = settings.changes.map(([epoch, what, value]) => [epoch, turned(what) ?? what, value]);
  const twin = begin({ ...settings, targets, changes });
  twin.pass = passing(twin.network, ROWS.map((x) => 1 - x)); // from 1 1 to 0 0
  for (let i = 0; i < twin.network.theta.length; i++) twin.network.theta[i] *= 1 + Number.EPSILON;
  return twin;
}

/** Return whether a run and its twin, of the same epoch, have come apart on the way. */
export function hasParted(run, twin) {
  const here = [...run.losses, look(run)];
  const there = [...twin.losses, look(twin)];
  return here.some((loss, epoch) => !Object.is(loss, there[epoch]) && !(Math.abs(loss - there[epoch]) <= GROWN));
}
