// <xor-map>: the output over the plane, the boundary, each unit's hinge, and the four labelled points.
// A tap on a point flips its label, hinges can be dragged, and the output can be read anywhere.

import { palette } from "../drawing/canvas.js";
import { describeMap, drawMap } from "../drawing/decision_map.js";
import { write } from "../drawing/dom.js";
import { ARROWS, drag } from "../gestures/drag.js";
import { HIGH, LOW } from "../drawing/raster.js";
import { further, nearest, through, turned } from "../model/hinge.js";
import { forward, passing } from "../model/network.js";
import { CASES, nameOf } from "../model/truth_tables.js";
import { Part, canvas } from "../state/part.js";
import { planeOf } from "../state/plane.js";

const MIDDLE = [0.5, 0.5];
const ARM = 0.4; // from one grip of a hinge to the other
const REACH = 12; // pixels from a hinge at which it can be grasped
const STEP = 0.05; // how far an arrow key carries a grip

const button = (name, label, x1 = 0.5, x2 = 0.5) =>
  `<button id="$-${name}" class="xor-${name}" type="button" style="--x:${x1};--y:${x2}" aria-label="${label}"></button>`;
const BUTTONS = [
  ...CASES.map((row, i) => button(`y${i}`, `Point ${row} has label 1`, row[0], row[2])),
  button("cross", "Read the output by arrow keys"),
  button("move", "Move the hinge by arrow keys"),
  button("turn", "Turn the hinge by arrow keys"),
];
const apart = (hinge, place) => Math.hypot(...nearest(hinge, place).map((x, i) => x - place[i]));
const buttonOf = ({ target }) => target.classList[0].slice("xor-".length);

customElements.define("xor-map", class extends Part {
  #grips = { cross: MIDDLE }; // where they are

  build(session) {
    this.render(`
      ${this.title("Decision map", "map")}
      <output id="$-table" class="xor-corner"></output>
      <div class="xor-axes">
        <p>1<span>x₂</span>0</p>
        <div id="$-plane" class="xor-plane">${canvas("map", "Decision map")}${BUTTONS.join("")}</div>
        <p>0<span>x₁</span>1</p>
      </div>
      <output id="$-output"></output>
      <p class="xor-key xor-hint">Output 0&nbsp;<i></i>&nbsp;1&emsp;<b>●</b>&nbsp;label&nbsp;0&emsp;<b>■</b>&nbsp;label&nbsp;1&emsp;━&nbsp;output&nbsp;½&emsp;─&nbsp;hinge</p>
      <p class="xor-hint">Tap a point to flip its label. Drag a line to move it.</p>`);
    this.on("plane", "click", (event) => {
      const name = buttonOf(event);
      if (name[0] === "y") session.edit(name, 1 - Math.round(session.run.y[name[1]]));
      else this.#tap(this.#grips[name] ?? this.#at(event));
    });
    this.on("plane", "keydown", (event) => {
      const by = ARROWS[event.key];
      const name = buttonOf(event);
      const from = this.#grips[name];
      if (!by || !from) return;
      event.preventDefault();
      this.#lift(name)(from.map((x, i) => x + STEP * by[i]));
    });
    this.on("plane", "pointermove", (event) => {
      const place = this.#at(event);
      this.$("plane").style.cursor = this.#near(place) < 0 ? "" : "grab";
      this.#put("cross", place);
    });
    const free = () => session.isHeld && session.release();
    this.on("plane", "lostpointercapture", free);
    addEventListener("keyup", free); // wherever the focus has gone
    drag(this.$("plane"), (event) => {
      const name = buttonOf(event);
      const unit = this.#grips[name] ? session.unit[1] : this.#near(this.#at(event));
      if (unit < 0) return null;
      if (String(session.unit) !== `0,${unit}`) session.select(0, unit);
      const carry = this.#lift(name);
      return (later) => carry(this.#at(later));
    });
  }

  /** Return the place on the plane where a pointer is. */
  #at({ clientX, clientY }) {
    const { left, bottom, width } = this.$("map").getBoundingClientRect();
    return [clientX - left, bottom - clientY].map((pixels) => LOW + ((HIGH - LOW) * pixels) / width);
  }

  /** Return the hinges of the first layer's units. */
  get #hinges() {
    const { weights, bias, units } = this.session.run.network.layers[0];
    return Array.from(bias, (b, unit) => [weights[unit], weights[units + unit], b]);
  }

  /** Return the unit whose hinge is next to a place, -1 if none is within reach. */
  #near(place) {
    const reach = (REACH * (HIGH - LOW)) / this.$("map").clientWidth;
    const far = this.#hinges.map((hinge) => apart(hinge, place));
    return far.indexOf(Math.min(...far.filter((each) => each < reach)));
  }

  /** Choose the hinge at a place; where there is none, put the cross there. */
  #tap(place) {
    const unit = this.#near(place);
    unit < 0 ? this.#put("cross", place) : this.session.select(0, unit);
  }

  /** Return a function that carries a grip to a place, and the chosen hinge with it. Only a turn changes
   * its weights.
   */
  #lift(name) {
    const { session } = this;
    if (name === "cross") return (to) => this.#put(name, to);
    session.hold();
    const [, unit] = session.unit;
    const hinge = this.#hinges[unit];
    const pivot = nearest(hinge, MIDDLE);
    return (to) => {
      const isTurn = name === "turn";
      const bent = isTurn ? turned(hinge, pivot, to) : through(hinge, to);
      const { units } = session.run.network.layers[0];
      bent.forEach((value, i) => {
        if (Number.isFinite(value) && (isTurn || i === 2)) session.edit(`p${i * units + unit}`, Number(value.toPrecision(6)));
      });
      this.#follow(session.unit);
    };
  }

  /** Put a grip at a place, or next to it on the map; or away. */
  #put(name, place) {
    const [x1, x2] = (this.#grips[name] = place?.map((x) => Math.max(LOW, Math.min(HIGH, x)))) ?? [];
    this.$(name).hidden = !place;
    this.$(name).style.cssText = `--x:${x1};--y:${x2}`;
    if (name === "cross") this.#tell();
  }

  /** Tell the output at the cross. */
  #tell() {
    const { network, settings } = this.session.run;
    const { cross } = this.#grips;
    const [output] = forward(network, passing(network, cross), settings.activation);
    write(this.$("output"), `Output at (${cross.map((x) => (Math.round(100 * x) / 100 + 0).toFixed(2)).join(", ")}): ${output.toFixed(3)}`);
  }

  draw({ run, frame, unit, isMoving }) {
    drawMap(this.$("map"), run.network, planeOf(frame), run.y, unit, palette(), isMoving);
    this.#follow(unit);
  }

  /** Put the grips of a hinge where it is. */
  #follow(unit) {
    const hinge = unit?.[0] === 0 && this.#hinges[unit[1]];
    const place = hinge ? nearest(hinge, MIDDLE) : null;
    this.#put("move", place);
    this.#put("turn", place && further(hinge, place, ARM));
  }

  say({ run, frame, isPlaying }) {
    write(this.$("table"), nameOf(run.y) ?? "own labels");
    this.$("output").ariaLive = isPlaying ? "off" : "polite";
    this.#tell();
    CASES.forEach((_, row) => (this.$(`y${row}`).ariaPressed = run.y[row] > 0.5));
    if (!isPlaying) this.$("map").setAttribute("aria-label", describeMap(planeOf(frame), frame.outputs));
  }
});
