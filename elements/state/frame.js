// What a run has come to at one moment, for all parts that show it.

import { look } from "../runs/run.js";

export class Frame {
  /** Look at a run; isMoving says that the next frame follows soon. */
  constructor(run, isMoving) {
    this.run = run;
    this.isMoving = isMoving;
    this.loss = look(run); // which computes the run's pass and gradient, too
    this.outputs = [...run.pass.a.at(-1)];
  }

  /** The loss before each step, and now. */
  get losses() {
    return this.run.losses.concat(this.loss);
  }
}
