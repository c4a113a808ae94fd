// <xor-strip>: the next twenty seeds, trained at once: a small map and a verdict each, and how many
// have learned.

import { palette, prepare } from "../drawing/canvas.js";
import { make, write } from "../drawing/dom.js";
import { contour, show, survey } from "../drawing/raster.js";
import { plateaus } from "../model/loss_ladder.js";
import { ROWS } from "../model/truth_tables.js";
import { begin, look, solved, startAgain, step } from "../runs/run.js";
import { LIMITS } from "../runs/settings.js";
import { Part } from "../state/part.js";

const SEEDS = 20;
const LASTING = 4000; // milliseconds from the first epoch to the last
const SLICE = 2; // milliseconds of a frame for training, and as many for drawing
const STRIDE = 10; // epochs that a run takes at a time
const POINTS = 25; // on a side of a small map
const NEAR = 0.02; // of a loss, to be named by a fraction

const still = matchMedia("(prefers-reduced-motion: reduce)");

customElements.define("xor-strip", class extends Part {
  #entries = []; // each seed's run and its place on the page
  #settings = null; // what they have in common; the seed is the one before theirs
  #limit = 0;
  #timer = null;

  build() {
    this.render(`
      ${this.title("The next twenty seeds", "strip")}
      <p class="xor-row">
        <button id="$-train" class="xor-primary" type="button">Train the next ${SEEDS} seeds</button>
        <output id="$-count"></output>
      </p>
      <p class="xor-hint" id="$-setting">The same network from ${SEEDS} other starts, each trained to the epoch limit.</p>
      <ol class="xor-seeds" id="$-seeds"></ol>`);
    this.on("train", "click", () => this.#train());
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#timer);
    super.disconnectedCallback();
  }

  #train() {
    const settings = { ...startAgain(this.session.run), changes: [], weights: null };
    this.#settings = settings;
    const seeds = Array.from({ length: SEEDS }, (_, i) => (settings.seed + 1 + i) % (LIMITS.seed + 1));
    this.#limit = this.session.limit;
    this.$("seeds").replaceChildren();
    this.#entries = seeds.map((seed) => ({ run: begin({ ...settings, seed }), ...this.#place(seed) }));
    const sizes = `2-${settings.hidden_layers.join("-")}-1`;
    write(this.$("setting"), `Seeds ${seeds[0]} to ${seeds.at(-1)} of ${sizes}, rate ${settings.learning_rate}, ${this.#limit} epochs. Choose one to open it.`);
    write(this.$("count"), "Training…");
    cancelAnimationFrame(this.#timer);
    this.#advance(performance.now(), 0);
  }

  /** Make the place of a seed. */
  #place(seed) {
    const button = make(make(this.$("seeds"), "li"), "button", "", { type: "button", class: "xor-seed" });
    const picture = make(button, "canvas", "", { "aria-hidden": "true" });
    make(button, "span", `Seed ${seed}`);
    button.addEventListener("click", () => this.#open(seed));
    return { button, picture, words: make(button, "span", "", { class: "xor-note" }) };
  }

  /** With each frame take all runs on, and draw maps, from the next one on, while there is time; at the
   * end, those that are left. */
  #advance(begun, next, left = SEEDS) {
    this.#timer = requestAnimationFrame((now) => {
      const part = still.matches ? 1 : Math.min(1, (now - begun) / LASTING);
      const isDone = train(this.#entries, Math.ceil(part * this.#limit), performance.now() + SLICE) && part === 1;
      const until = performance.now() + SLICE;
      for (let i = 0; (isDone ? left > 0 : i < SEEDS && !still.matches) && performance.now() < until; i++) {
        draw(this.#entries[next++ % SEEDS]);
        if (isDone) left -= 1;
      }
      isDone && left <= 0 ? this.#count() : this.#advance(begun, next, left);
    });
  }

  #count() {
    let learned = 0;
    for (const { run, words, button } of this.#entries) {
      const loss = look(run);
      if (solved(run)) learned += 1;
      button.classList.add(solved(run) ? "xor-learned" : "xor-failed");
      write(words, solved(run) ? "learned ✓" : `✗ loss ${inWords(loss, run)}`);
    }
    write(this.$("count"), `${learned} of ${SEEDS} learned`);
    const detail = { settings: this.#settings, learned, seeds: SEEDS };
    this.dispatchEvent(new CustomEvent("xor-counted", { bubbles: true, detail }));
  }

  /** Open the run of a seed, at its last epoch. */
  #open(seed) {
    const { session } = this;
    const { run } = this.#entries.find((entry) => entry.run.settings.seed === seed);
    session.open({ ...session.settings, ...run.settings, epoch: this.#limit, unit: null });
    session.announce(`Seed ${seed} is open.`);
    document.querySelector("xor-playground")?.scrollIntoView();
  }

  resized() {
    super.resized();
    this.#entries.forEach(draw);
  }

  say({ run }) {
    for (const { button, run: own } of this.#entries)
      button.setAttribute("aria-pressed", own.settings.seed === run.settings.seed);
  }
});

/** Train runs to an epoch, all at the same pace, until there is no more time; return whether all are there. */
function train(entries, due, until) {
  const isBehind = ({ run }) => run.epoch < due && !run.diverged;
  for (let behind = entries; (behind = behind.filter(isBehind)).length; )
    for (const entry of behind) {
      if (performance.now() > until) return false;
      for (let i = 0; i < STRIDE && isBehind(entry); i++) step(entry.run);
    }
  return true;
}

/** Write a loss, by a fraction where rows that share an output give it. */
function inWords(loss, { y, settings }) {
  const rungs = Object.entries(plateaus(settings.loss, y));
  const near = rungs.find(([, rung]) => Math.abs(loss - rung) < NEAR * rung);
  return near ? `≈ ${near[0]}` : loss.toFixed(3);
}

/** Draw a run's small map: the output, the boundary, and the four points. */
function draw(entry) {
  const { network, settings, y } = entry.run;
  const colours = palette();
  const { context, width: size } = prepare(entry.picture);
  entry.pass = survey(network, settings.activation, colours, POINTS, entry.pass);
  const cell = size / (POINTS - 1);
  show(entry.pass.album, entry.pass.album.count - 1, context, -cell / 2, -cell / 2, size + cell);
  context.strokeStyle = colours.line;
  context.lineWidth = 2;
  contour(context, entry.pass.z.at(-1), 1, 0, 0, size);
  y.forEach((label, row) => {
    const [left, top] = [(ROWS[2 * row] + 0.5) / 2, (1.5 - ROWS[2 * row + 1]) / 2].map((place) => place * size);
    context.fillStyle = label > 0.5 ? colours.mark1 : colours.mark0;
    context.strokeStyle = colours.rim;
    context.beginPath();
    if (label > 0.5) context.rect(left - 3, top - 3, 6, 6);
    else context.arc(left, top, 3.5, 0, 7);
    context.stroke();
    context.fill();
  });
}
