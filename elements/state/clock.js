// The way of a session's run through the epochs: a step, a journey to a later epoch, or playing, at a
// chosen speed or slowly at first, as most happens in the first epochs, and then ever faster.

import { LIMITS } from "../runs/settings.js";
import { look, solved, step } from "../runs/run.js";

const CHUNK = 1000; // milliseconds between two pictures for readers who want no motion
const SLICE = 12; // milliseconds of computing before the page gets a turn
const START = 3; // epochs a second at the start
const GROWTH = 0.7; // how many more with each epoch: the five hundredth comes after seven seconds

const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Clock {
  isPlaying = false;
  speed = 0; // epochs a second; 0 is slowly at first
  stopsWhenSolved = false;
  goal = null; // the epoch of a journey
  #session;
  #journey = 0; // counts journeys, so that a new one ends the last
  #last = 0; // when playing last took steps
  #owed = 0; // epochs, or a part of one, that playing has yet to take

  constructor(session) {
    this.#session = session;
  }

  /** Take steps until an epoch or a moment, or one that solves it; return why there can be no more, if so. */
  #advance(epoch, until = Infinity, stopsWhenSolved = false) {
    const { run } = this.#session;
    while (run.epoch < epoch && performance.now() < until) {
      step(run);
      if (run.diverged) return `Training diverged at epoch ${run.epoch}.`;
      if (stopsWhenSolved && (look(run), solved(run))) return "Learned.";
      if (run.epoch >= LIMITS.epoch) return "This is the last epoch here.";
    }
    return "";
  }

  /** End playing and journeys. */
  stop() {
    this.isPlaying = false;
    this.goal = null;
    this.#journey += 1;
  }

  /** Take steps at once; return why there can be no more, if so. */
  steps(count) {
    this.stop();
    return this.#advance(Math.min(this.#session.run.epoch + count, LIMITS.epoch));
  }

  /** Compute up to an epoch, however long it takes, without holding up the page. */
  travel(epoch, arrived = "", stopsWhenSolved = false) {
    this.stop();
    const mine = this.#journey;
    const session = this.#session;
    this.goal = epoch;
    const go = () => {
      if (mine !== this.#journey) return;
      const why = this.#advance(epoch, performance.now() + SLICE, stopsWhenSolved);
      if (why || session.run.epoch >= epoch) return session.stop(why || arrived);
      session.note = `Computing epoch ${session.run.epoch} of ${epoch}…`;
      session.schedule();
      setTimeout(go);
    };
    go();
    if (this.goal !== null) session.publish();
  }

  /** Take steps with each frame until the session's limit. */
  play() {
    this.stop();
    this.isPlaying = true;
    this.#last = performance.now();
    this.#owed = 0;
    requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now) {
    if (!this.isPlaying) return;
    const session = this.#session;
    const since = now - this.#last;
    if (session.isHeld) this.#last = now; // time stands still
    else if (!still.matches || since >= CHUNK) {
      const before = session.run.epoch;
      this.#owed += (Math.min(since, CHUNK) * (this.speed || START + GROWTH * (before + this.#owed))) / 1000;
      this.#last = now;
      const target = Math.min(session.limit, before + Math.floor(this.#owed));
      this.#owed %= 1;
      const why = this.#advance(target, performance.now() + SLICE / 3, this.stopsWhenSolved);
      if (why || session.run.epoch >= session.limit) return session.stop(why || "Reached the epoch limit.");
      if (target > before) session.publish();
    }
    session.speak();
    requestAnimationFrame((next) => this.#frame(next));
  }
}
