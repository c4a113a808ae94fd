// How a run stands, in words.

import { figure } from "../drawing/numbers.js";
import { diagnose, inWords } from "../model/diagnosis.js";

const TAIL = 10; // last losses that a diagnosis looks at, as in xordocs/experiments/census.py
const reports = new WeakMap(); // by frame

/** Return the diagnosis of a frame's run, with a sentence about it and all in words. */
export function reportOf(frame) {
  if (!reports.has(frame)) reports.set(frame, report(frame.run));
  return reports.get(frame);
}

/** Return the losses before the last steps, of those since a number or label was changed: what a change
 * does to the loss, no step has done. */
export function tail({ losses, settings, epoch }) {
  const change = settings.changes.findLast(([at, what]) => at <= epoch && what !== "rate");
  return losses.slice(Math.max(losses.length - TAIL, change ? change[0] : 0));
}

/** Say how a run stands. */
export function report(run) {
  const { network, settings, y, rate, epoch } = run;
  const steps = tail(run);
  const found = diagnose(network, y, settings, steps);
  const isWaiting = !steps.length && found.cause === "still learning"; // no step tells where the loss goes
  const words = isWaiting ? `${epoch ? "Changed at epoch" : "Epoch"} ${epoch}. Press Play.` : inWords(found);
  const loss = figure(found.loss);
  const summary = [
    `Seed ${settings.seed}, 2-${settings.hidden_layers.join("-")}-1, rate ${rate}`,
    `Epoch ${epoch}, loss ${loss}`,
    `Outputs ${found.outputs.map((output) => output.toFixed(3)).join(", ")}`,
    words,
  ].join("\n");
  return { ...found, words, loss, summary };
}
