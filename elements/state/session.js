// A session: one run, what the reader does with it, and the parts of the page that show it.
//
// Parts subscribe and are told of every change: draw(session) with each picture, then update() and
// say(session), while it moves one part after the other; reshape(session) before, when the network is
// another one.

import { epochs } from "../runs/limits.js";
import { DEFAULTS } from "../runs/settings.js";
import { begin, edit, rewind, startAgain, step } from "../runs/run.js";
import { Clock } from "./clock.js";
import { Frame } from "./frame.js";

const READABLE = 100; // milliseconds: words that change more often cannot be read, and cost frames their time
const SLICE = 12; // milliseconds of computing before the page gets a turn

/** Return the limit of a run that a link opens at an epoch without naming a limit. */
const usualLimit = (epoch) => Math.max(epochs, epoch);

export class Session {
  run = null;
  limit = epochs; // the epoch at which playing stops
  views = new Set(); // which of VIEWS are on
  unit = null; // the chosen unit: [layer, unit], with an input for one of its weights
  at = DEFAULTS.at; // the row and the stop at which an epoch is looked at in numbers
  reading = null; // the epoch whose loss the reader asks for, null for the last
  pinned = null; // the run beside this one
  note = ""; // what the session has to say
  heard = ""; // what is announced instead of the note and the loss
  onOpen = null; // called before another run is opened
  problems = {}; // a message for each setting that was wrong in an address or in attributes
  frame = null; // what the run has come to
  isHeld = false; // whether the reader holds something: time stands still
  clock = new Clock(this);
  parts = new Set();
  #silent = new Set(); // parts that have drawn more than they have said, the one that waits longest first
  #due = 0; // when the next of them may speak
  #isScheduled = false;
  #isKept = false; // whether what was there before the reader held something can be undone to
  #past = []; // settings to undo to
  #future = []; // and to redo

  /** Begin the run of settings; name is that of its group of parts. */
  constructor(name, settings = DEFAULTS, problems = {}) {
    this.name = name;
    this.start(settings, problems);
  }

  // What is shown.

  /** The settings that open what is shown: all that a link has to carry. */
  get settings() {
    const { run, limit, unit, at, pinned } = this;
    const epoch = this.clock.goal ?? run.epoch;
    return {
      ...run.settings,
      epoch,
      limit: limit === usualLimit(epoch) ? null : limit,
      unit,
      at,
      views: [...this.views],
      pinned: pinned && pinned.settings,
    };
  }

  get isPlaying() {
    return this.clock.isPlaying;
  }

  get isComputing() {
    return this.clock.goal !== null;
  }

  /** Whether the next picture follows soon. */
  get isMoving() {
    return this.isPlaying || this.isComputing || this.isHeld;
  }

  // Parts.

  /** Tell a part of every change, from now on; return how to end that. */
  subscribe(part) {
    this.parts.add(part);
    part.reshape?.(this);
    part.draw?.(this);
    part.update?.();
    part.say?.(this);
    return () => this.parts.delete(part) && this.#silent.delete(part);
  }

  /** Tell all parts of a change now. */
  publish() {
    this.#isScheduled = false;
    this.frame = new Frame(this.run, this.isMoving);
    for (const part of this.parts) {
      part.draw?.(this);
      this.#silent.add(part);
    }
    this.speak(); // after all pictures: text drawn after the page was changed makes it work out its styles
  }

  /** Have the parts say what they have drawn: while it moves, one at a time, so that no frame is long. */
  speak() {
    if (!this.isMoving || performance.now() > this.#due) {
      this.#due = performance.now() + READABLE / (this.parts.size || 1); // at the start there are none
      for (const part of this.#silent) {
        this.#silent.delete(part);
        part.update?.();
        part.say?.(this);
        if (this.isMoving) break;
      }
    }
    if (this.isHeld && this.#silent.size) requestAnimationFrame(() => this.speak());
  }

  /** Tell them when there is time. */
  schedule() {
    if (!this.#isScheduled) requestAnimationFrame(() => this.#isScheduled && this.publish());
    this.#isScheduled = true;
  }

  report(note) {
    this.note = note;
    this.heard = "";
    this.publish();
  }

  /** Have the parts say something to readers who do not see them. */
  announce(text) {
    this.heard = text;
    this.publish();
  }

  // Through the epochs.

  /** End playing and journeys, and say why. */
  stop(reason = "") {
    this.clock.stop();
    this.report(reason);
  }

  play() {
    const { run } = this;
    if (run.diverged) return this.stop("A diverged run cannot go on. Reset it.");
    if (run.epoch >= this.limit) return this.stop("Reached the epoch limit. Raise it, or reset.");
    this.clock.play();
    this.report("");
  }

  toggle() {
    return this.isPlaying ? this.stop("Paused.") : this.play();
  }

  /** Take steps, or as many back if count is negative. */
  step(count = 1) {
    if (count < 0) return this.seek(Math.max(0, this.run.epoch + count));
    this.stop(this.clock.steps(count));
  }

  /** Go to an epoch, back or on. */
  seek(epoch, arrived = "") {
    this.clock.stop();
    rewind(this.run, epoch);
    this.clock.travel(epoch, arrived);
  }

  seekLimit() {
    if (this.run.epoch >= this.limit) return this.play();
    this.clock.travel(this.limit, "Reached the epoch limit.", this.clock.stopsWhenSolved);
  }

  reset() {
    this.#remember();
    this.#begin(startAgain(this.run));
    this.stop();
  }

  // What the reader changes.

  /** Change the rate, a label or a number of the network where the run now is. */
  edit(what, value) {
    if (!this.#isKept) this.#remember();
    this.#isKept = this.isHeld; // of what is held, the first change is the one to undo
    edit(this.run, what, value);
    if (this.isHeld || (this.isPlaying && what === "rate")) return this.schedule();
    this.stop(this.isPlaying ? `Paused: a ${what[0] === "y" ? "label" : "number"} was changed.` : "");
  }

  /** Let time stand still while the reader drags something: of its values only the last is kept. */
  hold() {
    if (this.isComputing) this.stop();
    this.isHeld = true;
  }

  release() {
    this.isHeld = this.#isKept = false;
    this.publish();
  }

  /** Start anew with one setting changed; another shape, seed or start drops edited weights. */
  set(name, value) {
    this.#remember();
    const again = startAgain(this.run);
    const keeps = name === "activation" || name === "loss";
    this.#begin({ ...again, [name]: value, ...(keeps ? {} : { changes: [], weights: null }) });
    this.stop();
  }

  /** Open the run of other settings. */
  open(settings) {
    this.onOpen?.();
    this.#remember();
    this.start(settings);
  }

  /** Open the run of other settings as the page itself does: there is no way back from it. */
  start(settings, problems = {}) {
    this.clock.stop();
    this.clock.goal = settings.epoch; // which a link holds from now on
    this.limit = settings.limit ?? usualLimit(settings.epoch);
    this.views = new Set(settings.views);
    this.#begin({ ...settings, epoch: 0 }, problems);
    this.unit = settings.unit;
    this.at = [...settings.at]; // another object, so that parts know that it was not the reader who went there
    this.pinned = null;
    if (settings.pinned) this.#bring(settings.pinned);
    this.clock.travel(settings.epoch);
  }

  #begin(settings, problems = {}) {
    this.problems = problems; // another object, so that parts take back what was wrong
    const before = this.run?.settings.hidden_layers;
    this.run = begin(settings);
    this.reading = null;
    this.frame = new Frame(this.run, false);
    if (String(before) !== String(settings.hidden_layers)) [this.unit, this.at] = [null, [this.at[0], 0]];
    for (const part of this.parts) part.reshape?.(this);
  }

  // Undo.

  #remember(settings = this.settings) {
    this.#past.push(settings);
    this.#future = [];
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  undo() {
    if (!this.canUndo) return;
    this.#future.push(this.settings);
    this.start(this.#past.pop());
  }

  redo() {
    if (!this.canRedo) return;
    this.#past.push(this.settings);
    this.start(this.#future.pop());
  }

  // Ways of showing it.

  setLimit(epoch) {
    this.limit = epoch;
    this.publish();
  }

  setView(name, isOn) {
    this.views[isOn ? "add" : "delete"](name);
    this.publish();
  }

  /** Choose a unit, or one of its weights by the input; none if it is the chosen one. */
  select(...place) {
    this.unit = String(this.unit) === String(place) ? null : place;
    this.publish();
  }

  /** Read the loss of an epoch: of this one when it is null. */
  read(epoch) {
    const isKnown = epoch !== null && epoch < this.run.epoch + this.run.ahead.length;
    this.reading = isKnown ? Math.max(0, epoch) : null;
    this.schedule();
  }

  /** Keep a run beside the ones to come, or none. */
  pin(run) {
    this.pinned = run;
    this.publish();
  }

  /** Return the run as it is, to be kept. */
  copy() {
    const { epoch, settings } = this.run;
    const { limit, views, unit, at, pinned } = DEFAULTS; // which say how this run is shown
    return structuredClone({ ...this.run, settings: { ...settings, epoch, limit, views, unit, at, pinned } });
  }

  /** Pin a run at the epoch of its settings, once it is computed. */
  #bring(settings) {
    const run = begin({ ...settings, pinned: null });
    this.pin(run);
    const go = () => {
      if (this.pinned !== run) return;
      const until = performance.now() + SLICE;
      const isOnItsWay = () => run.epoch < settings.epoch && !run.diverged;
      while (isOnItsWay() && performance.now() < until) step(run);
      this.pin(run);
      if (isOnItsWay()) setTimeout(go);
    };
    go();
  }
}
