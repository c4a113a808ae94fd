// Whether rounding decides how a run ends, found out while the reader looks at it.

import { beginTwin, hasParted } from "../runs/twin.js";
import { step } from "../runs/run.js";

const SLICE = 12; // milliseconds of computing before the page gets a turn

export class Doubt {
  #settings = null;
  #twin = null;
  #question = 0; // counts questions, so that a new one ends the last

  /** Follow a run that rests with its twin, and tell whether the two have parted. */
  ask(run, tell) {
    const mine = ++this.#question;
    if (this.#settings !== run.settings || this.#twin.epoch > run.epoch) {
      this.#settings = run.settings;
      this.#twin = beginTwin(run.settings);
      tell(false);
    }
    const twin = this.#twin;
    const isOnItsWay = () => twin.epoch < run.epoch && !twin.diverged;
    const go = () => {
      if (mine !== this.#question) return;
      const until = performance.now() + SLICE;
      while (isOnItsWay() && performance.now() < until) step(twin);
      isOnItsWay() ? setTimeout(go) : tell(hasParted(run, twin));
    };
    go();
  }

  /** Drop the last question. */
  drop() {
    this.#question += 1;
  }
}
