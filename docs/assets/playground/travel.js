// The way through the epochs: a step, a journey to a later epoch, or playing at a chosen speed.

import * as address from "./address.js";
import { $, here, state } from "./page.js";
import { begin, look, solved, step } from "./run.js";
import { draw, isBehind, pin } from "./view.js";

const CHUNK = 1000; // milliseconds between two pictures for readers who want no motion
const SLICE = 12; // milliseconds of computing before the page gets a turn
const SILENCE = 5000; // milliseconds between two announcements while playing

const still = matchMedia("(prefers-reduced-motion: reduce)");
let journey = 0; // counts journeys, so that a new one ends the last
let last = 0; // when playing last took steps
let owed = 0; // epochs, or a part of one, that playing has yet to take
let said = 0; // when something was last announced

export const limit = () => Number($("epoch").dataset.value);

export function setLimit(epoch) {
  $("epoch").value = $("epoch").dataset.value = epoch;
}

/** Write what the page shows into its address. */
export function settle() {
  history.replaceState(null, "", location.pathname + address.query(here()) + location.hash);
}

export function announce(text) {
  $("live").textContent = text;
  said = performance.now();
}

/** End playing and journeys; show where the run is, and say it. */
export function stop(reason = "") {
  state.isPlaying = false;
  journey += 1;
  $("play").textContent = "Play";
  document.getElementById("pg").setAttribute("aria-busy", "false");
  $("note").textContent = reason;
  const { loss, words } = draw();
  settle();
  announce(`${reason} Epoch ${state.run.epoch}, loss ${loss}. ${words}`);
}

/** Take steps until an epoch or a moment; return why there can be no more, if so. */
function advance(epoch, until = Infinity) {
  const { run } = state;
  while (run.epoch < epoch && performance.now() < until) {
    step(run);
    if (run.diverged) return `Training diverged at epoch ${run.epoch}.`;
    if ($("stop").checked && (look(run), solved(run))) return "Solved.";
    if (run.epoch >= address.LIMITS.epoch) return "This is the last epoch here.";
  }
  return "";
}

export function steps(count) {
  stop(advance(Math.min(state.run.epoch + count, address.LIMITS.epoch)));
}

/** Compute up to an epoch, however long it takes, without holding up the page. */
export function travel(epoch, arrived = "") {
  stop();
  const mine = journey;
  const go = () => {
    if (mine !== journey) return;
    const why = advance(epoch, performance.now() + SLICE);
    if (why || state.run.epoch >= epoch) return stop(why || arrived);
    $("note").textContent = `Computing epoch ${state.run.epoch} of ${epoch}…`;
    setTimeout(go);
  };
  go();
}

/** Pin a run at the epoch of its settings, once it is computed. */
export function bring(settings) {
  const run = (state.pinned = begin(settings));
  const go = () => {
    if (state.pinned !== run) return;
    const until = performance.now() + SLICE;
    const isOnItsWay = () => run.epoch < settings.epoch && !run.diverged;
    while (isOnItsWay() && performance.now() < until) step(run);
    pin(run);
    if (isOnItsWay()) setTimeout(go);
  };
  go();
}

export function play() {
  const { run } = state;
  if (state.isPlaying) return stop("Paused.");
  if (run.diverged) return stop("A diverged run cannot go on. Reset it.");
  if (run.epoch >= limit()) return stop("At the epoch limit. Raise it, or reset.");
  stop();
  state.isPlaying = true;
  $("play").textContent = "Pause";
  last = performance.now();
  owed = 0;
  requestAnimationFrame(frame);
}

function frame(now) {
  if (!state.isPlaying) return;
  const since = now - last;
  if (!still.matches || since >= CHUNK) {
    owed += (Math.min(since, CHUNK) * $("speed").value) / 1000;
    last = now;
    const before = state.run.epoch;
    const target = Math.min(limit(), before + Math.floor(owed));
    owed %= 1;
    const why = advance(target, performance.now() + SLICE / 3);
    if (why || state.run.epoch >= limit()) return stop(why || "Reached the epoch limit.");
    if (target > before || isBehind) draw();
    if (now - said > SILENCE) announce(`Epoch ${$("at").textContent}, loss ${$("now").textContent}.`);
  }
  requestAnimationFrame(frame);
}
