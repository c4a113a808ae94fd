// A run's twin adds up the rows in the reverse order: the same run but for rounding. Where the two part,
// rounding decides how the run ends.

import { passing } from "../model/network.js";
import { ROWS } from "../model/truth_tables.js";
import { begin, look } from "./run.js";

/** Outputs that differ by more than this differ in what a page shows of them. */
const VISIBLE = 0.001;

const turned = ([what, row]) => (what === "y" ? `y${3 - row}` : null);

/** Begin the twin of the run of these settings. */
export function beginTwin(settings) {
  const targets = [...settings.targets].reverse();
  const changes = settings.changes.map(([epoch, what, value]) => [epoch, turned(what) ?? what, value]);
  const twin = begin({ ...settings, targets, changes });
  twin.pass = passing(twin.network, ROWS.map((x) => 1 - x)); // from 1 1 to 0 0
  return twin;
}

/** Return whether a run and its twin, of the same epoch, have come to different outputs. */
export function hasParted(run, twin) {
  look(run);
  look(twin);
  const theirs = [...twin.pass.a.at(-1)].reverse();
  return run.pass.a.at(-1).some((output, row) => !Object.is(output, theirs[row]) && !(Math.abs(output - theirs[row]) <= VISIBLE));
}
