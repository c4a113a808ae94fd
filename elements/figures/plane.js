// <xor-plane>: a plane over the four points, three of its corners to move. It is all that a model
// without a hidden layer can be; its error follows.

import { palette, prepare } from "../drawing/canvas.js";
import { write } from "../drawing/dom.js";
import { onTheirSide } from "../drawing/label.js";
import { knob, put, snap } from "../gestures/knob.js";
import { mark } from "../drawing/raster.js";
import { bestPlane, planeThrough, squaredError } from "../model/linear.js";
import { ROWS } from "../model/truth_tables.js";
import { Part, canvas } from "../state/part.js";

const CORNERS = ["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"];
const AROUND = [0, 1, 3, 2]; // the rows in the order in which one goes around the square
const STEP = 0.05;
const TILTED = [0, 0.5, 0.5]; // where it starts, as in the lesson: w₁ = w₂ = ½, b = 0
const LIMITS = [-0.25, 1.25]; // of the corners that the reader moves
const PATCHES = 8; // on a side of the sheet
const UP = 0.16; // how far up one is, in widths of the drawing

/** Return where a point is drawn, in widths of the drawing. */
const project = (x1, x2, height) => [0.14 + 0.3 * x1 + 0.42 * x2, 0.42 + 0.15 * x1 - 0.13 * x2 - UP * height];

customElements.define("xor-plane", class extends Part {
  #heights = TILTED; // over the first three rows; null is the best fit
  #knobs;

  build(session) {
    this.render(`
      ${this.title("One plane, four points", "plane")}
      <div class="xor-board">${canvas("plane", "A plane over the four points", "stage")}</div>
      <p class="xor-formula" id="$-error"></p>
      <p id="$-follows"></p>
      <p class="xor-verdict" id="$-right"></p>
      <p class="xor-buttons"><button id="$-best" type="button">Show the best fit</button></p>
      <p class="xor-hint">Move three corners of the sheet, by dragging or with the arrow keys. Each stick is an error: from a label to the sheet. The thick line is where the sheet is one half high.</p>`);
    const board = this.$("plane");
    this.#knobs = [0, 1, 2].map((row) => {
      const start = () => [...(this.#heights ?? bestPlane(session.run.y))];
      return knob(board, `Height of the sheet at ${CORNERS[row]}`, LIMITS, {
        move: (_, y) => {
          const [, ground] = project(ROWS[2 * row], ROWS[2 * row + 1], 0);
          this.#set(start(), row, (ground - y / board.clientWidth) / UP);
        },
        push: (right, up) => this.#set(start(), row, start()[row] + (up || right) * STEP),
      });
    });
    this.on("best", "click", () => {
      this.#heights = null;
      this.#show();
    });
  }

  #set(heights, row, height) {
    heights[row] = snap(height, STEP, LIMITS);
    this.#heights = heights.slice(0, 3);
    this.#show();
  }

  #show() {
    this.draw(this.session);
    this.say(this.session);
  }

  /** The heights of the sheet over the four rows. */
  #sheet(y) {
    return this.#heights ? planeThrough(this.#heights) : bestPlane(y);
  }

  draw({ run }) {
    const heights = this.#sheet(run.y);
    const { context, width } = prepare(this.$("plane"));
    drawPlane(context, width, heights, run.y, palette());
    this.#knobs.forEach((each, row) => {
      const [x, y] = project(ROWS[2 * row], ROWS[2 * row + 1], heights[row]);
      const words = `${heights[row].toFixed(2)}; error ${squaredError(heights, run.y).toFixed(4)}`;
      put(each, [x * width, y * width], heights[row], words);
    });
  }

  say({ run: { y } }) {
    const heights = this.#sheet(y);
    const [h00, h01, h10, h11] = heights.map((height) => height.toFixed(2).replace("-", "−"));
    const squares = heights.map((height, row) => `${Math.abs(height - y[row]).toFixed(2)}²`);
    const error = squaredError(heights, y).toFixed(4);
    const right = heights.filter((height, row) => (y[row] > 0.5 ? height > 0.5 : height < 0.5)).length;
    const isFlat = heights.every((height) => height === 0.5);
    write(this.$("error"), `J = (${squares.join(" + ")}) / 4 = ${error}`);
    write(this.$("follows"), `The corner at (1, 1) follows the other three: ${h01} + ${h10} − ${h00} = ${h11}.`.replace("− −", "+ "));
    write(this.$("right"), isFlat ? "Flat at one half: no point is on either side of it." : `${onTheirSide(right)} of one half.`);
    const described = heights.map((height, row) => `${height.toFixed(2)} at ${CORNERS[row]}`).join(", ");
    this.$("plane").setAttribute("aria-label", `A plane over the four points: ${described}. The error is ${error}.`);
  }
});

/** Draw the sheet, the labels, and the errors between them. */
function drawPlane(context, width, heights, y, colours) {
  const at = (x1, x2, height) => project(x1, x2, height).map((place) => place * width);
  const over = (row, height) => at(ROWS[2 * row], ROWS[2 * row + 1], height);
  const path = (points) => {
    context.beginPath();
    for (const point of points) context.lineTo(...point);
  };
  const height = (x1, x2) => heights[0] + (heights[2] - heights[0]) * x1 + (heights[1] - heights[0]) * x2;
  context.lineWidth = 1;
  context.strokeStyle = colours.muted;
  context.setLineDash([3, 3]);
  path(AROUND.map((row) => over(row, 0)));
  context.closePath();
  context.stroke();
  context.setLineDash([]);
  for (let i = 0; i < PATCHES; i++)
    for (let j = 0; j < PATCHES; j++) {
      const [left, right, front, back] = [i, i + 1, j, j + 1].map((place) => place / PATCHES);
      const middle = height((left + right) / 2, (front + back) / 2) - 0.5;
      context.fillStyle = middle ? (middle > 0 ? colours.one : colours.zero) : colours.muted;
      context.globalAlpha = Math.min(0.75, 0.1 + Math.abs(middle));
      path([[left, front], [right, front], [right, back], [left, back]].map(([x1, x2]) => at(x1, x2, height(x1, x2))));
      context.fill();
    }
  context.globalAlpha = 1;
  context.strokeStyle = colours.ink;
  path(AROUND.map((row) => over(row, heights[row])));
  context.closePath();
  context.stroke();
  context.lineWidth = 3.5;
  path(crossing(heights, 0.5).map(([x1, x2]) => at(x1, x2, 0.5)));
  context.stroke();
  context.font = colours.font;
  context.textAlign = "center";
  CORNERS.forEach((name, row) => {
    context.strokeStyle = colours.ink;
    context.lineWidth = 2;
    context.setLineDash([5, 3]);
    path([over(row, y[row]), over(row, heights[row])]);
    context.stroke();
    context.setLineDash([]);
    const [left, top] = over(row, Math.min(0, y[row], heights[row]));
    context.fillStyle = colours.muted;
    context.fillText(name, left, top + 26);
    mark(context, ...over(row, y[row]), y[row], colours);
  });
  context.fillStyle = colours.muted;
  context.fillText("x₁", ...at(0.5, -0.16, 0));
  context.fillText("x₂", ...at(1.16, 0.5, 0));
}

/** Return the two places on the rim of the square where the plane through its corners has a height. */
function crossing(heights, level) {
  return AROUND.flatMap((row, i) => {
    const next = AROUND[(i + 1) % 4];
    if (heights[row] > level === heights[next] > level) return [];
    const part = (level - heights[row]) / (heights[next] - heights[row]);
    const between = (axis) => ROWS[2 * row + axis] + part * (ROWS[2 * next + axis] - ROWS[2 * row + axis]);
    return [[between(0), between(1)]];
  });
}
