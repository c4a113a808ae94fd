// <xor-pad>: paper to write a digit on. Its picture, 8 by 8 numbers from 0 to 16, takes the place of the rows
// of `drawn` in the cell that follows, and the cell runs. A pad with weights of its own, W1, b1, W2 and b2,
// needs no cell: its bars follow the pen, and after each stroke it says what it reads.

import { make } from "../drawing/dom.js";
import { addTools } from "../python/tools.js";

const SIZE = 32; // dots along each side, as those who made the training pictures had
const SIDE = 8; // pixels along each side, each a square of dots
const PEN = 4; // dots across
const INK = 16; // dots in a pixel
const PLACE = /(drawn = np\.array\(\s*\[\n)[^]*?(\n\s*\]\s*\))/;

customElements.define("xor-pad", class extends HTMLElement {
  #strokes = []; // each a list of points, from 0 to 1
  #tools;
  #weights;

  connectedCallback() {
    if (this.#tools) return;
    this.classList.add("xor", "xor-pad");
    const paper = make(this, "canvas", "", { width: 256, height: 256, role: "img", "aria-label": "Paper to write a digit on" });
    this.#tools = addTools(this, "Read it", () => this.#read());
    const clear = document.createElement("button");
    Object.assign(clear, { type: "button", textContent: "Clear" });
    this.#tools.status.before(clear);
    clear.onclick = () => this.#clear(paper);
    paper.onpointerdown = (event) => {
      paper.setPointerCapture(event.pointerId);
      this.#strokes.push([]);
      this.#add(paper, event);
    };
    paper.onpointermove = (event) => paper.hasPointerCapture(event.pointerId) && this.#add(paper, event);
    this.#weights = JSON.parse(this.getAttribute("weights"));
    if (this.#weights) {
      this.#tools.row.firstElementChild.hidden = true; // it reads by itself
      paper.onlostpointercapture = () => this.#read(); // also if the stroke was cancelled
    }
    this.#clear(paper);
  }

  #clear(paper) {
    this.#strokes = [];
    this.#draw(paper);
    this.#show();
    this.#tools.say("Write a digit, as large as the paper.");
  }

  #add(paper, { offsetX, offsetY }) {
    this.#strokes.at(-1).push([offsetX / paper.clientWidth, offsetY / paper.clientHeight]);
    this.#draw(paper);
    this.#show();
    this.#tools.say("");
  }

  #draw(paper) {
    const pen = paper.getContext("2d");
    pen.clearRect(0, 0, paper.width, paper.height);
    pen.strokeStyle = getComputedStyle(this).color;
    trace(pen, this.#strokes, ([x, y]) => [x * paper.width, y * paper.height], paper.width * PEN / SIZE);
  }

  async #read() {
    if (!this.#strokes.length) return this.#tools.say("Write a digit first.");
    if (this.#weights) return this.#tools.say(`It reads a ${this.#show()}.`);
    const cell = [...document.querySelectorAll("xor-code")].find((each) => this.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
    await customElements.whenDefined("xor-code");
    if (!PLACE.test(cell.source)) return this.#tools.say("The cell below has no array “drawn” any more: press its Reset.");
    const rows = picture(this.#strokes).map((row) => `        [${row.join(", ")}],`);
    const { scrollX, scrollY } = window;
    cell.write(cell.source.replace(PLACE, `$1${rows.join("\n")}$2`));
    this.#tools.row.firstElementChild.focus(); // the cell's field would open a phone's keyboard
    scrollTo(scrollX, scrollY);
    await cell.run();
  }

  /** Show the shares of the digits as bars, which are empty while nothing is written; return the largest's digit. */
  #show() {
    if (!this.#weights) return this.#tools.results.replaceChildren(); // what the cell has shown is of another picture
    const list = document.createElement("ol");
    list.className = "xor-shares";
    const shares = this.#strokes.length ? read(this.#weights, picture(this.#strokes).flat().map((dots) => dots / INK)) : [];
    const said = shares.indexOf(Math.max(...shares));
    for (const digit of this.#weights[3][0].keys()) {
      const entry = make(list, "li", "", digit === said ? { class: "xor-said" } : {});
      make(entry, "span", `${digit}`);
      make(entry, "span").style.inlineSize = `${100 * (shares[digit] ?? 0)}%`;
      make(entry, "span", shares.length ? `${Math.round(100 * shares[digit])}%` : "");
    }
    this.#tools.results.replaceChildren(list);
    return said;
  }
});

/** Return how a network with a hidden layer of ReLU units and a softmax shares 1 among its answers. */
function read([W1, b1, W2, b2], pixels) {
  const a1 = sums(pixels, W1, b1).map((z) => Math.max(0, z));
  const z2 = sums(a1, W2, b2);
  const grown = z2.map((z) => Math.exp(z - Math.max(...z2)));
  const total = grown.reduce((sum, each) => sum + each);
  return grown.map((each) => each / total);
}

function sums(inputs, weights, [bias]) {
  return bias.map((start, unit) => inputs.reduce((sum, input, i) => sum + input * weights[i][unit], start));
}

/** Draw strokes with a round pen, each point where `place` puts it. */
function trace(pen, strokes, place, width) {
  Object.assign(pen, { lineWidth: width, lineCap: "round", lineJoin: "round" });
  for (const stroke of strokes) {
    pen.beginPath();
    pen.moveTo(...place(stroke[0]));
    for (const point of stroke) pen.lineTo(...place(point));
    pen.stroke();
  }
}

/** Return the strokes as rows of numbers, 0 for paper to 16 for ink: moved into the middle, and made as large
 * as the training pictures. */
function picture(strokes) {
  const points = strokes.flat();
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (SIZE - PEN) / Math.max(right - left, bottom - top, PEN / SIZE);
  const place = ([x, y]) => [SIZE / 2 + (x - (left + right) / 2) * scale, SIZE / 2 + (y - (top + bottom) / 2) * scale];
  const dots = Object.assign(document.createElement("canvas"), { width: SIZE, height: SIZE }).getContext("2d");
  trace(dots, strokes, place, PEN);
  const { data } = dots.getImageData(0, 0, SIZE, SIZE);
  const each = SIZE / SIDE;
  const count = (row, column) => {
    let ink = 0;
    for (let y = row * each; y < (row + 1) * each; y += 1)
      for (let x = column * each; x < (column + 1) * each; x += 1) ink += data[4 * (y * SIZE + x) + 3] > 127;
    return ink;
  };
  return Array.from({ length: SIDE }, (_, row) => Array.from({ length: SIDE }, (_, column) => count(row, column)));
}
