// <xor-hinges>: the hidden units' hinges, to move until the sum of the units parts the points. Without a hidden
// space beside them they are a puzzle, with letters instead of the units' names, and no sums.

import { palette, prepare } from "../drawing/canvas.js";
import { write } from "../drawing/dom.js";
import { label, onTheirSide } from "../drawing/label.js";
import { knob, put, snap } from "../gestures/knob.js";
import { FINE, HIGH, LOW, album, contour, develop, mark, paint, show, survey } from "../drawing/raster.js";
import { CASES, ROWS } from "../model/truth_tables.js";
import { Part, canvas } from "../state/part.js";

const STEP = 0.05;
const AWAY = 35; // pixels from a knob to the middle of its unit's name
const LIMITS = [LOW + STEP, HIGH - STEP];

const print = (value) => (Math.abs(value) < 0.005 ? 0 : value).toFixed(2).replace("-", "−");
const unitName = (unit) => `a₁[${unit}]`;
const inWords = (unit) => (unit < 2 ? `the ${["first", "second"][unit]} hidden unit` : `hidden unit [${unit}]`);

/** Write terms [factor, name] as a sum: "a₁[0] − 2a₁[1]". */
const sum = (terms) =>
  terms
    .map(([factor, name]) => `${factor < 0 ? "−" : "+"} ${Math.abs(factor) === 1 ? "" : Number(Math.abs(factor).toFixed(2))}${name}`)
    .join(" ")
    .replace(/^\+ /, "");

/** Return where a unit's name goes: beyond the tip of its arrow, or beside it, where the thick line on which
 * these values are zero, the points and the knobs leave room.
 */
function nameAt([x, y], tip, taken, values, size) {
  const length = Math.hypot(tip[0] - x, tip[1] - y) / AWAY;
  const [right, down] = [(tip[0] - x) / length, (tip[1] - y) / length];
  const isAbove = (left, top) => {
    const [column, row] = [left, size - top].map((place) => Math.round((place / size) * (FINE - 1)));
    return values[row * FINE + column] > 0;
  };
  const isFree = ([left, top]) =>
    taken.every((place) => Math.hypot(place[0] - left, place[1] - top) > 30) &&
    new Set([-18, 18].flatMap((across) => [-10, 10].map((up) => isAbove(left + across, top + up)))).size === 1;
  const places = [[right, down], [down, -right], [-down, right]].map((way) =>
    [18, 10].map((edge, axis) => Math.max(edge, Math.min(size - edge, tip[axis] + way[axis]))),
  );
  return places.find(isFree) ?? places[0];
}

customElements.define("xor-hinges", class extends Part {
  #hinges = []; // of each unit a place on its hinge, and its knobs: there, and where the sum is one
  #pass;
  #picture = album(FINE, 1);
  #isPuzzle;

  build() {
    this.#isPuzzle = !this.parentElement.querySelector("xor-space");
    this.render(`
      ${this.title("Hinges to move", "hinges")}
      <div class="xor-board" id="$-board">${canvas("hinges", "Hinges", "map")}</div>
      ${this.#isPuzzle ? "" : `<table class="xor-table" id="$-rows"></table><div class="xor-formula" id="$-sums"></div>`}
      <p class="xor-verdict" id="$-right"></p>
      <p class="xor-hint">${this.#isPuzzle ? "Drag a 0 to move its line, a 1 to turn it, or use the arrow keys." : "Drag a knob, or use the arrow keys. A line goes from where its unit’s sum is 0 to where it is 1."}</p>`);
  }

  reshape({ run }) {
    this.#pass = undefined; // has room for another network
    const { units } = run.network.layers[0];
    if (this.#hinges.length === units) return;
    this.$("board").replaceChildren(this.$("hinges"));
    this.#hinges = Array.from({ length: units }, (_, unit) => this.#hinge(unit));
  }

  #hinge(unit) {
    const { session } = this;
    const [start, end] = [`Hinge of ${inWords(unit)}`, `Where the sum of ${inWords(unit)} is one`].map((name, i) => {
      const moved = (place) => {
        session.hold(); // until the reader leaves the knob
        const [foot, tip] = this.#ends(unit);
        const from = i ? foot : place;
        const to = i ? place : tip;
        this.#move(unit, from, [to[0] - foot[0], to[1] - foot[1]]);
      };
      return knob(this.$("hinges"), name, LIMITS, {
        move: (x, y) => {
          const scale = (HIGH - LOW) / this.$("hinges").clientWidth;
          moved([snap(LOW + x * scale, STEP, LIMITS), snap(HIGH - y * scale, STEP, LIMITS)]);
        },
        push: (...way) => moved(this.#ends(unit)[i].map((place, axis) => snap(place + way[axis] * STEP, STEP, LIMITS))),
        leave: () => session.release(),
      });
    });
    start.textContent = 0;
    end.textContent = 1;
    return { foot: [0.5, 0.5], knobs: [start, end] };
  }

  /** Return a unit's two weights and its bias. */
  #unit(unit) {
    const { units, weights, bias } = this.session.run.network.layers[0];
    return [weights[unit], weights[units + unit], bias[unit]];
  }

  /** Return where a unit's arrow starts and ends; null if the unit has no hinge. */
  #ends(unit) {
    const [w1, w2, b] = this.#unit(unit);
    const size = w1 * w1 + w2 * w2;
    if (!(size > 1e-6)) return null;
    const [x1, x2] = this.#hinges[unit].foot;
    const off = (w1 * x1 + w2 * x2 + b) / size; // the foot may have come off the hinge
    const foot = [x1 - off * w1, x2 - off * w2];
    return [foot, [foot[0] + w1 / size, foot[1] + w2 / size]];
  }

  /** Give a unit the weights whose sum is zero at the arrow's foot and one at its end. */
  #move(unit, foot, arrow) {
    const size = arrow[0] ** 2 + arrow[1] ** 2;
    if (size < STEP ** 2 / 2) return; // an arrow of no length has no direction
    const [w1, w2] = arrow.map((part) => part / size);
    this.#hinges[unit].foot = foot;
    const { start, units } = this.session.run.network.layers[0];
    [w1, w2, 0 - w1 * foot[0] - w2 * foot[1]].forEach((value, i) => this.session.edit(`p${start + i * units + unit}`, value));
  }

  draw({ run }) {
    const { context, width: size } = prepare(this.$("hinges"));
    const colours = palette();
    const [bias] = run.network.layers.at(-1).bias;
    const { z } = (this.#pass = survey(run.network, run.settings.activation, colours, FINE, this.#pass));
    paint(this.#picture, 0, z.at(-1), 1, 0, -255 * bias, 255, colours.ramp);
    develop(this.#picture);
    const cell = size / (FINE - 1);
    show(this.#picture, 0, context, -cell / 2, -cell / 2, size + cell);
    context.strokeStyle = colours.line;
    context.lineWidth = 3.5;
    contour(context, z.at(-1), 1, 0, 0, size);
    const at = ([x1, x2]) => [((x1 - LOW) / (HIGH - LOW)) * size, ((HIGH - x2) / (HIGH - LOW)) * size];
    const corners = CASES.map((_, row) => at(ROWS.subarray(2 * row)));
    corners.forEach((place, row) => mark(context, ...place, run.y[row], colours));
    const placed = this.#hinges.map((_, unit) => this.#ends(unit));
    const taken = [...corners, ...placed.flatMap((ends) => ends?.map(at) ?? [])];
    this.#hinges.forEach(({ knobs }, unit) => {
      const ends = placed[unit];
      for (const each of knobs) each.hidden = !ends;
      if (!ends) return;
      for (const [colour, width, dash] of [[colours.rim, 4, []], [colours.line, 1.5, [2, 3]]]) {
        context.strokeStyle = colour;
        context.lineWidth = width; // dark within pale: seen on both colours
        contour(context, z[0], this.#hinges.length, unit, 0, size);
        context.setLineDash(dash); // what joins the knobs is no hinge
        context.beginPath();
        for (const each of ends) context.lineTo(...at(each));
        context.stroke();
        context.setLineDash([]);
      }
      label(context, this.#isPuzzle ? String.fromCharCode(65 + unit) : unitName(unit), ...nameAt(...ends.map(at), taken, z.at(-1), size), colours);
      knobs.forEach((each, i) => put(each, at(ends[i]), ends[i][0], `x₁, x₂: ${ends[i].map(print).join(", ")}`));
    });
  }

  say({ run }) {
    const { network, pass, y } = run;
    const [bias] = network.layers.at(-1).bias;
    const isRight = CASES.map((_, row) => {
      const above = pass.z.at(-1)[row];
      return Math.abs(above) > 1e-9 && above > 0 === y[row] > 0.5; // on the line is on no side
    });
    const right = isRight.filter(Boolean).length;
    const where = this.#isPuzzle ? "" : `, where ${this.#count(run, isRight)} is ${print(-bias)}`;
    const words = `${onTheirSide(right)} of the thick line${where}.`;
    write(this.$("right"), words);
    this.$("right").dataset.cause = right === 4 ? "solved" : "";
    this.$("hinges").setAttribute("aria-label", `Hinges. ${words}`);
  }

  /** Fill the table of the four rows, and the units' sums; return the output unit's, without its bias. */
  #count({ network, pass, y, settings }, isRight) {
    const { weights, bias } = network.layers.at(-1);
    const names = this.#hinges.map((_, unit) => unitName(unit));
    const name = sum(names.map((each, unit) => [weights[unit], each]));
    const bend = settings.activation.replace("relu", "ReLU");
    const sums = names.map((each, unit) => {
      const [w1, w2, b] = this.#unit(unit).map(print);
      return `<p>${each} = ${bend}(${w1}x₁ + ${w2}x₂ + ${b})</p>`.replaceAll("+ −", "− ");
    });
    const rows = CASES.map((inputs, row) => {
      const outputs = pass.a[1].subarray(row * names.length, (row + 1) * names.length);
      const numbers = [...outputs, pass.z.at(-1)[row] - bias[0]].map(print);
      return `<tr><th scope="row">${inputs}</th><td>${numbers.join("</td><td>")}</td><td class="xor-${isRight[row] ? "yes" : "no"}">${y[row]} ${isRight[row] ? "✓" : "✗"}</td></tr>`;
    });
    const heads = ["x₁ x₂", ...names, name, "Label"].join('</th><th scope="col">');
    this.$("rows").innerHTML = `<thead><tr><th scope="col">${heads}</th></tr></thead><tbody>${rows.join("")}</tbody>`;
    this.$("sums").innerHTML = sums.join("");
    return name;
  }
});
