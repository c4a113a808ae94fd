// What a run has come to at one moment, computed when a part first asks and shared by all parts.

import { diagnose, inWords } from "../model/diagnosis.js";
import { look, tail } from "../runs/run.js";
import { palette } from "../drawing/canvas.js";
import { figure } from "../drawing/numbers.js";
import { COARSE, FINE, survey } from "../drawing/raster.js";

export class Frame {
  #run;
  #isMoving;
  #lattice;
  #isSurveyed = false;
  #found;

  /** Look at a run; before is the frame before it, whose room is used again. */
  constructor(run, isMoving, before) {
    this.#run = run;
    this.#isMoving = isMoving;
    this.#lattice = before?.networkOf === run.network ? before.#lattice : undefined;
    this.networkOf = run.network;
    this.loss = look(run);
  }

  /** The loss before each step, and now. */
  get losses() {
    return this.#run.losses.concat(this.loss);
  }

  /** A forward pass over the plane, with a picture of each unit. */
  get lattice() {
    if (!this.#isSurveyed) {
      const { network, settings } = this.#run;
      this.#lattice = survey(network, settings.activation, palette(), this.#isMoving ? COARSE : FINE, this.#lattice);
      this.#isSurveyed = true;
    }
    return this.#lattice;
  }

  /** The diagnosis, with a sentence about it and the settings and outputs in words. */
  get found() {
    return (this.#found ??= report(this.#run));
  }
}

/** Say how a run stands. */
export function report(run) {
  const { network, settings, y, rate, epoch } = run;
  const found = diagnose(network, y, settings, tail(run));
  const isUntrained = !epoch && found.cause === "still learning";
  const words = isUntrained ? "Untrained. Press Play." : inWords(found);
  const loss = figure(found.loss);
  const summary = [
    `Seed ${settings.seed}, 2-${settings.hidden_layers.join("-")}-1, rate ${rate}`,
    `Epoch ${epoch}, loss ${loss}`,
    `Outputs ${found.outputs.map((output) => output.toFixed(3)).join(", ")}`,
    words,
  ].join("\n");
  return { ...found, words, loss, summary };
}
