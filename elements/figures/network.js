// <xor-network>: the network as a graph, with a map in each unit, and weights to be dragged on their lines. Within
// alone="" it says what the network answers to its row, and at which loss.

import { write } from "../drawing/dom.js";
import { buildDiagram, describe, describeDiagram, drawUnits, placeOf, updateDiagram, weightAt } from "../drawing/diagram.js";
import { CASES } from "../model/truth_tables.js";
import { alone, begin } from "../runs/run.js";
import { Part } from "../state/part.js";
import { planeOf } from "../state/plane.js";

const START = 4; // pixels from which on a movement is a drag
const KEYS = { ArrowUp: 5, ArrowRight: 5, ArrowDown: -5, ArrowLeft: -5, PageUp: 50, PageDown: -50 }; // hundredths

customElements.define("xor-network", class extends Part {
  #diagram;
  #width = 0; // for which the diagram is built
  #grip = null; // the weight that a pointer is on: { place, canDrag, x, y, value, isDragged }

  build(session) {
    this.render(`
      ${this.title("Network", "network")}
      <label class="xor-check xor-corner"><input id="$-gradient" type="checkbox"> Gradient instead of weights</label>
      <div id="$-diagram" class="xor-diagram"></div>
      ${this.closest("[alone]") ? `<p class="xor-verdict" id="$-row"></p>` : ""}
      <p class="xor-note" id="$-chosen"></p>
      <p class="xor-hint">In each unit: its output over the square. Orange and solid is positive, blue and dashed negative. Choose a unit to see its numbers; drag a weight up or down.</p>`);
    this.on("gradient", "change", ({ target }) => session.setView("gradient", target.checked));
    this.on("diagram", "pointerdown", (event) => this.#grasp(event));
    this.on("diagram", "pointermove", (event) => this.#drag(event));
    this.on("diagram", "pointerup", () => this.#let(true));
    this.on("diagram", "pointercancel", () => this.#let(false));
    this.on("diagram", "keydown", (event) => this.#press(event));
    for (const free of ["keyup", "focusout"]) this.on("diagram", free, () => session.isHeld && !this.#grip && session.release());
  }

  #point({ clientX, clientY, target }) {
    if (target.place) return target.place;
    const { left, top } = this.$("diagram").getBoundingClientRect();
    return target.closest("button") ? undefined : weightAt(this.#diagram, clientX - left, clientY - top);
  }

  #grasp(event) {
    const place = event.button ? undefined : this.#point(event);
    if (!place) return;
    const { pointerType, pointerId, clientX: x, clientY: y, target } = event;
    const isFinger = pointerType === "touch"; // it may be on its way down the page: only a chosen number holds it
    const isSlipping = isFinger && !(target.place && String(place) === String(this.session.unit));
    const canDrag = !isSlipping && !this.session.views.has("gradient");
    const value = this.#valueAt(place);
    this.#grip = { place, canDrag, x, y, value, isDragged: false };
    this.$("diagram").setPointerCapture(pointerId);
    if (!isFinger) event.preventDefault(); // of text, nothing is marked
    target.place && target.focus({ preventScroll: true });
  }

  #drag(event) {
    const grip = this.#grip;
    if (!grip) return this.$("diagram").classList.toggle("xor-near", !!this.#point(event));
    const way = event.clientX - grip.x - (event.clientY - grip.y);
    if (!grip.canDrag || (!grip.isDragged && Math.abs(way) < START)) return;
    if (!grip.isDragged && String(grip.place) !== String(this.session.unit)) this.session.select(...grip.place);
    grip.isDragged = true;
    this.session.hold();
    this.#change(grip.place, grip.value + way / 50);
  }

  #let(isTap) {
    const grip = this.#grip;
    this.#grip = null;
    if (grip?.isDragged) this.session.release();
    else if (grip && isTap) this.session.select(...grip.place);
  }

  #press(event) {
    const { place } = event.target;
    if (!place) return;
    if (event.key === "Enter" || event.key === " ") this.session.select(...place);
    else if (Object.hasOwn(KEYS, event.key) && !this.session.views.has("gradient")) {
      this.session.hold();
      this.#change(place, this.#valueAt(place) + KEYS[event.key] / 100);
    } else return;
    event.preventDefault();
  }

  #valueAt(place) {
    const { network } = this.session.run;
    const value = network.theta[placeOf(network, place)];
    return Number.isFinite(value) ? value : 0;
  }

  #change(place, value) {
    this.session.edit(`p${placeOf(this.session.run.network, place)}`, Number(value.toFixed(2)));
  }

  reshape(session) {
    const box = this.$("diagram");
    const place = [...box.children].indexOf(document.activeElement);
    if (this.#grip) this.#grip.canDrag = false;
    this.#width = box.clientWidth;
    this.#diagram = buildDiagram(box, session.run.network, (...unit) => session.select(...unit));
    box.children[place]?.focus({ preventScroll: true });
  }

  resized() {
    if (this.$("diagram").clientWidth !== this.#width) this.reshape(this.session);
    super.resized();
  }

  draw({ frame }) {
    drawUnits(this.#diagram, planeOf(frame));
  }

  say({ run, views, unit, at, isPlaying }) {
    const isGradient = views.has("gradient");
    this.$("gradient").checked = isGradient;
    const own = this.closest("[alone]") && alone(run, at[0]);
    updateDiagram(this.#diagram, (own ?? run).gradient, isGradient, unit);
    const start = own && alone(begin({ ...run.settings, changes: [] }), at[0]);
    if (own) write(this.$("row"), sayRow(own, at[0], start.loss));
    write(this.$("chosen"), unit ? describe(run.network, run.pass, ...unit) : "");
    if (!isPlaying) describeDiagram(this.#diagram, run.pass);
  }
});

/** Say what the network answers to a row, and at which loss, beside that with the first weights. */
function sayRow({ pass, y, loss }, row, first) {
  const answer = pass.a.at(-1)[0].toFixed(3);
  const [now, then] = [loss, first].map((each) => each.toFixed(4));
  const was = now === then ? "" : `; at the start it was ${then}`;
  return `Row (${CASES[row].replace(" ", ", ")}), label ${y[0]}: the answer is ŷ = ${answer}, the loss ${now}${was}.`;
}
