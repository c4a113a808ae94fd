// The cells of a page as one notebook: they share one Python, run one at a time, and know what they need
// of each other.
//
// A cell is an object { name, source, isOpen } of the page; isOpen while it is an exercise still to be done.

import { explain } from "./faults.js";
import { Interpreter } from "./interpreter.js";

export class Notebook {
  #interpreter = new Interpreter();
  #turn = Promise.resolve();
  #ran = new Map(); // by cell, the source that ran

  /** Begin a notebook; `cells` returns those of the page, in its order. */
  constructor(cells) {
    this.cells = cells;
  }

  /** Run a cell in its turn, or a check of it; `begun` is called when it is, and `told` as by the
   * interpreter. Resolves to null, or to what has gone wrong: see faults.js.
   */
  run(cell, check, begun, told) {
    const name = check ? `check of ${cell.name}` : cell.name;
    const source = check || cell.source;
    const run = async () => {
      await this.#interpreter.start();
      begun();
      const { error, isLost } = await this.#interpreter.run(source, name, told);
      if (isLost) this.#ran.clear();
      else if (!error && !check) this.#ran.set(cell, source);
      if (!error) return null;
      const fault = explain(error, name, source, this.cells(), this.#open(cell));
      return { ...fault, isLost, isStale: this.#ran.has(fault.needs) };
    };
    const result = this.#turn.then(run);
    this.#turn = result.catch(() => {});
    return result;
  }

  /** Whether Python has started. */
  get isReady() {
    return this.#interpreter.isReady;
  }

  stop() {
    this.#interpreter.stop();
  }

  /** Return the cells above one, the nearest first, that have not run as they are now. */
  #open(cell) {
    const cells = this.cells();
    const above = cells.slice(0, cells.indexOf(cell)).reverse();
    return above.filter((each) => this.#ran.get(each) !== each.source);
  }
}
