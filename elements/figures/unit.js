// <xor-unit>: one epoch in numbers, stop by stop: forward, the loss, backward, the update; and at each
// stop one unit, its picture and its formulas with a row's numbers in them. Within alone="" it is about
// one row as if there were no other, and ends before the update, which a run makes from all four.

import { palette, prepare } from "../drawing/canvas.js";
import { write } from "../drawing/dom.js";
import { FORMULAS, brief, fill } from "../drawing/formulas.js";
import { HIGH, LOW, contour, mark, show } from "../drawing/raster.js";
import { stops } from "../model/factors.js";
import { unitName } from "../model/names.js";
import { CASES, ROWS } from "../model/truth_tables.js";
import { alone } from "../runs/run.js";
import { Part, canvas } from "../state/part.js";
import { planeOf } from "../state/plane.js";

const HINTS = {
  forward: "Each input times its weight, plus the bias; then the bend.",
  loss: "How wrong the output is.",
  backward: "δ: how the loss changes with the unit's sum. A weight's slope is its input times δ.",
  update: "Each number moves against its slope.",
};

customElements.define("xor-unit", class extends Part {
  #followed = "null"; // the choice of a unit that the stop has followed
  #seen = null; // the place in an epoch when it did
  #chosen = []; // the last choice in each layer

  build(session) {
    this.render(`
      ${this.title(`One ${this.#isAlone ? "row" : "epoch"}, in numbers`, "unit")}
      <div class="xor-row">
        <button id="$-unit-back" type="button">Back</button>
        <button id="$-unit-next" type="button">Next</button>
        <label class="xor-inline">Row <select id="$-unit-row"></select></label>
      </div>
      <p class="xor-where" id="$-unit-stop" role="status"></p>
      <div class="xor-inside">
        ${canvas("unit-picture", "The unit's output over the square", "portrait")}
        <div>
          <div class="xor-row" id="$-unit-choices" role="group" aria-label="Units of the layer"></div>
          <p class="xor-title" id="$-unit-name"></p>
          <div id="$-unit-formulas"></div>
        </div>
      </div>
      <p class="xor-hint" id="$-unit-hint"></p>`);
    CASES.forEach((name, row) => this.$("unit-row").add(new Option(name, row)));
    this.on("unit-row", "change", ({ target }) => {
      session.at = [Number(target.value), session.at[1]];
      session.publish();
    });
    this.on("unit-back", "click", () => this.#go(session.at[1] - 1));
    this.on("unit-next", "click", () => this.#go(session.at[1] + 1));
    this.addEventListener("click", ({ target }) => {
      const { unit, input } = target.closest("button")?.dataset ?? {};
      const [layer, shown] = this.#place;
      if (input) session.select(layer, shown, Number(input));
      else if (unit) session.select(layer, Number(unit));
    });
  }

  get #isAlone() {
    return this.closest("[alone]");
  }

  get #stops() {
    return stops(this.session.run.network).filter(({ layer }) => layer !== null || !this.#isAlone);
  }

  get #stop() {
    return this.#stops[this.session.at[1]];
  }

  /** What the stop shows: the chosen unit if it is of the stop's layer, else the layer's first. */
  get #place() {
    const { layer } = this.#stop;
    const { unit } = this.session;
    return unit && (layer === null || layer === unit[0]) ? unit : [layer ?? 0, 0];
  }

  /** Go to a stop, and from the last to the next epoch's first; of one row there are no epochs. */
  #go(at) {
    const { session } = this;
    const count = this.#stops.length;
    const epoch = session.run.epoch + (at === count && !this.#isAlone) - (at < 0);
    if (epoch < 0) return;
    session.at = [session.at[0], (at + count) % count];
    const { layer } = this.#stop;
    if (layer === null || session.unit?.[0] === layer) session.publish();
    else session.select(...(this.#chosen[layer] ?? [layer, 0]));
    if (epoch !== session.run.epoch) session.step(epoch - session.run.epoch);
  }

  /** Go to the layer of a unit that was chosen elsewhere, unless the place was chosen, too. */
  #follow(session) {
    const { unit, at } = session;
    const isGiven = at !== this.#seen;
    this.#seen = at;
    if (!isGiven && this.#followed === String(unit)) return;
    this.#followed = String(unit);
    if (unit) this.#chosen[unit[0]] = unit;
    const { phase, layer } = this.#stop;
    if (isGiven || !unit || layer === null || (layer === unit[0] && phase !== "loss")) return;
    const way = phase === "backward" ? phase : "forward";
    const stop = this.#stops.findIndex((each) => each.phase === way && each.layer === unit[0]);
    this.#seen = session.at = [at[0], stop];
  }

  reshape() {
    this.#chosen = [];
  }

  draw(session) {
    this.#follow(session);
    const { run, frame } = session;
    const [layer, unit] = this.#place;
    const { context, width: size } = prepare(this.$("unit-picture"));
    const plane = planeOf(frame);
    const { units } = run.network.layers[layer];
    const before = run.network.layers.slice(0, layer).reduce((sum, each) => sum + each.units, 0);
    const colours = palette();
    show(plane.album, before + unit, context, 0, 0, size);
    context.strokeStyle = colours.line;
    context.lineWidth = 2;
    contour(context, plane.z[layer], units, unit, 0, size);
    const place = (row) => [0, 1].map((i) => ((ROWS[2 * row + i] - LOW) / (HIGH - LOW)) * size);
    const [left, bottom] = place(session.at[0]);
    context.strokeRect(left - 14, size - bottom - 14, 28, 28);
    run.y.forEach((label, row) => {
      const [x1, x2] = place(row);
      mark(context, x1, size - x2, label, colours);
    });
  }

  say(session) {
    this.#follow(session);
    const [row, stop] = session.at;
    const [run, at] = this.#isAlone ? [alone(session.run, row), 0] : [session.run, row]; // at which place in its pass
    const { network, pass } = run;
    const { phase, layer: ofStop } = this.#stop;
    const place = this.#place;
    const [layer, unit] = place;
    const { units } = network.layers[layer];
    const isOutput = layer === network.layers.length - 1;
    const where = isOutput ? ", output" : `, hidden layer ${layer + 1}`;
    const what = `${phase}${ofStop === null || phase === "loss" ? "" : where}`;
    write(this.$("unit-stop"), `${this.#isAlone ? "Stop" : `Epoch ${run.epoch}, stop`} ${stop + 1} of ${this.#stops.length}: ${what}`);
    this.$("unit-row").value = row;
    const wraps = this.#isAlone && stop + 1 === this.#stops.length;
    write(this.$("unit-next"), phase === "update" ? "Take the step" : wraps ? "From the start" : "Next");
    this.$("unit-back").setAttribute("aria-disabled", !stop && !run.epoch);
    const value = (each) => {
      const i = at * units + each;
      if (phase === "forward") return `${brief(pass.z[layer][i])} → ${brief(pass.a[layer + 1][i])}`;
      return phase === "backward" ? `δ ${brief(pass.delta[layer][i])}` : "";
    };
    const choices = [...Array(units).keys()].map(
      (each) => `<button type="button" data-unit="${each}" aria-pressed="${each === unit}">[${each}] <small>${value(each)} </small></button>`,
    );
    this.$("unit-choices").hidden = isOutput;
    fill(this.$("unit-choices"), choices.join(""));
    write(this.$("unit-name"), phase === "loss" ? "Loss" : unitName(network.layers, layer, unit) + (isOutput ? ": ŷ" : ""));
    fill(this.$("unit-formulas"), FORMULAS[phase](run, at, ...place));
    write(this.$("unit-hint"), HINTS[phase] + (phase === "backward" && pass.rows > 1 ? " The rows add up." : ""));
  }
});
