// The truth table, and the tables of all weights and biases: numbers to read and to change.

import { ROWS } from "./network.js";
import { figure } from "./curve.js";

/** Add an element, HTML or SVG as its parent is. */
export function make(parent, name, text = "", attributes = {}) {
  const element = document.createElementNS(parent.namespaceURI, name);
  element.textContent = text;
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  parent.append(element);
  return element;
}

function field(parent, name, changed) {
  const input = make(parent, "input", "", { type: "text", inputmode: "decimal", "aria-label": name });
  input.addEventListener("change", () => changed(input));
  return input;
}

/** Put a number into its field, unless it is there or the reader is typing another. */
function show(input, text) {
  if (input.shown === text) return;
  if (document.activeElement !== input || input.shown === input.value) input.value = text;
  input.shown = text;
}

/** Write text where it is another than before, into the node that is there: a node put in its place
 * makes the page work out styles as well as lay itself out. */
export function write(element, text) {
  const node = element.firstChild ?? element.appendChild(new Text());
  if (node.data !== text) node.data = text;
}

/** Build the truth table; changed is told a row and its label's field. */
export function buildTruth(body, changed) {
  body.replaceChildren();
  return [0, 1, 2, 3].map((row) => {
    const line = make(body, "tr");
    const name = `${ROWS[2 * row]} ${ROWS[2 * row + 1]}`;
    make(line, "th", name, { scope: "row" });
    const input = field(make(line, "td"), `Label of ${name}`, (entry) => changed(row, entry));
    input.setAttribute("aria-describedby", "pg-targets-problem");
    return { input, output: make(line, "td"), rounded: make(line, "td") };
  });
}

export function updateTruth(cells, outputs, y) {
  cells.forEach(({ input, output, rounded }, row) => {
    show(input, String(y[row]));
    write(output, outputs[row].toFixed(8));
    const isRight = outputs[row] >= 0 && outputs[row] > 0.5 === y[row] > 0.5; // NaN is not
    write(rounded, `${Number(outputs[row] > 0.5)} ${isRight ? "✓" : "✗"}`);
    rounded.className = isRight ? "pg-yes" : "pg-no";
  });
}

/** Build a table for each layer; changed is told a number's place in θ and its field. */
export function buildNumbers(container, network, changed) {
  container.replaceChildren();
  const cells = [];
  network.layers.forEach(({ inputs, units, start }, layer) => {
    const isOutput = layer === network.layers.length - 1;
    const title = isOutput ? "Output layer" : `Hidden layer ${layer + 1}`;
    const box = make(container, "div", "", { class: "pg-scroll", tabindex: "0", role: "region", "aria-label": title });
    const table = make(box, "table", "", { class: "pg-table" });
    make(table, "caption", title);
    const head = make(make(table, "thead"), "tr");
    make(head, "td");
    for (let unit = 0; unit < units; unit++) make(head, "th", isOutput ? "output" : `unit ${unit + 1}`, { scope: "col" });
    const body = make(table, "tbody");
    for (let i = 0; i <= inputs; i++) {
      const line = make(body, "tr");
      const name = i === inputs ? "bias" : layer ? `from ${i + 1}` : `from x${"₁₂"[i]}`;
      make(line, "th", name, { scope: "row" });
      for (let unit = 0; unit < units; unit++) {
        const place = start + i * units + unit;
        const cell = make(line, "td");
        const label = `${title}, ${isOutput ? "output" : `unit ${unit + 1}`}, ${name}`;
        const input = field(cell, label, (entry) => changed(place, entry));
        input.setAttribute("aria-describedby", "pg-parameters-problem");
        cells[place] = { input, slope: make(cell, "small") };
      }
    }
  });
  return cells;
}

export function updateNumbers(cells, theta, gradient) {
  cells.forEach(({ input, slope }, place) => {
    show(input, figure(theta[place]));
    write(slope, `∂ ${figure(gradient[place])}`);
  });
}
