// What a network makes of the plane: its output's and its units' maps, with the lines between.

import { ROWS, forward, passing, sigmoid } from "./network.js";

const STEPS = 49;
const [LOW, HIGH] = [-0.5, 1.5];
const AXIS = Array.from({ length: STEPS }, (_, i) => LOW + ((HIGH - LOW) * i) / (STEPS - 1));
const POINTS = Float64Array.from(AXIS.flatMap((x2) => AXIS.flatMap((x1) => [x1, x2])));
const GRID = Float64Array.from(
  [0, 0.25, 0.5, 0.75, 1].flatMap((fixed) =>
    AXIS.filter((t) => t >= 0 && t <= 1).flatMap((t) => [t, fixed, fixed, t]),
  ),
);

/** Return a forward pass of a network over the lattice of the map. */
export function survey(network, activation, before) {
  const pass = before ?? passing(network, POINTS);
  forward(network, pass, activation);
  return pass;
}

/** Read the site's colours in the scheme of the moment. */
export function palette(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(name).trim();
  const parts = (name) => colour(name).match(/\w\w/g).map((hex) => parseInt(hex, 16));
  const [zero, mid, one] = ["--xd-zero", "--pg-mid", "--xd-one"].map(parts);
  const ramp = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    const t = Math.abs(i - 127.5) / 127.5;
    const [r, g, b] = (i < 128 ? zero : one).map((end, k) => Math.round(mid[k] + (end - mid[k]) * t));
    ramp[i] = (255 << 24) | (b << 16) | (g << 8) | r;
  }
  const font = `12px ${style.fontFamily}`;
  const named = ["ink", "muted", "rule", "paper", "zero", "one"].map((name) => [name, colour(`--xd-${name}`)]);
  return { ramp, font, ...Object.fromEntries(named) };
}

const behind = new Float64Array(STEPS * STEPS); // the output over the hidden space
let folded; // the last pass over the grid, kept for its room

const picture = new ImageData(STEPS, STEPS);
const pixels = new Uint32Array(picture.data.buffer);
const stamp = document.createElement("canvas");
stamp.width = stamp.height = STEPS;

/** Paint lattice values (place k of every stride) on the stamp, a pixel a point. */
function paint(values, stride, k, shade, ramp) {
  for (let row = 0; row < STEPS; row++)
    for (let column = 0; column < STEPS; column++)
      pixels[(STEPS - 1 - row) * STEPS + column] = ramp[shade(values[(row * STEPS + column) * stride + k])];
  stamp.getContext("2d").putImageData(picture, 0, 0);
}

const clamp = (value) => Math.max(0, Math.min(255, Math.round(value))) || 0;
const shadeOutput = (value) => clamp(255 * value);

/** Paint a unit's output in a square, vermillion where it is positive, blue where negative. */
export function paintUnit(context, left, top, size, pass, layer, unit, isOutput, colours) {
  const values = pass.a[layer + 1];
  const stride = values.length / pass.rows;
  let largest = 1e-9;
  for (let i = unit; i < values.length; i += stride) largest = Math.max(largest, Math.abs(values[i]));
  const shade = isOutput ? shadeOutput : (value) => clamp(127.5 + (127.5 * value) / largest);
  paint(values, stride, unit, shade, colours.ramp);
  context.drawImage(stamp, left, top, size, size);
}

const sizes = new Map(); // asking the page for a size makes it lay itself out, so it is asked once

/** Ask for all sizes anew. */
export const forgetSizes = () => sizes.clear();

/** Size a canvas to its place on the page; return its context in CSS pixels. */
export function prepare(canvas) {
  if (!sizes.get(canvas)?.[0]) sizes.set(canvas, [canvas.clientWidth, canvas.clientHeight]);
  const [width, height] = sizes.get(canvas);
  const ratio = Math.min(2, devicePixelRatio || 1);
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** Stroke where lattice values cross a level, on a map of this size (marching squares). */
function trace(context, values, stride, k, level, size) {
  const cell = size / (STEPS - 1);
  let isOpen = false; // a line through a cell has two ends
  const cut = (i, j) => {
    context[isOpen ? "lineTo" : "moveTo"](i * cell, size - j * cell);
    isOpen = !isOpen;
  };
  context.beginPath();
  for (let j = 0; j + 1 < STEPS; j++)
    for (let i = 0; i + 1 < STEPS; i++) {
      const at = (j * STEPS + i) * stride + k;
      const a = values[at] - level;
      const b = values[at + stride] - level;
      const c = values[at + (STEPS + 1) * stride] - level;
      const d = values[at + STEPS * stride] - level;
      if (a > 0 !== b > 0) cut(i + a / (a - b), j);
      if (b > 0 !== c > 0) cut(i + 1, j + b / (b - c));
      if (c > 0 !== d > 0) cut(i + d / (d - c), j + 1);
      if (d > 0 !== a > 0) cut(i, j + a / (a - d));
    }
  context.stroke();
}

function mark(context, x, y, label, colours) {
  context.beginPath();
  if (label > 0.5) context.rect(x - 8, y - 8, 16, 16);
  else context.arc(x, y, 9, 0, 2 * Math.PI);
  for (const [colour, width] of [[colours.ink, 6], [colours.paper, 4]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
  context.fillStyle = label > 0.5 ? colours.one : colours.zero;
  context.fill();
}

/** Draw the output from above, the boundary, the hinges, and the four labelled points. */
export function drawMap(canvas, network, pass, y, selected, colours) {
  const { context, width: size } = prepare(canvas);
  const last = network.layers.length - 1;
  paint(pass.a.at(-1), 1, 0, shadeOutput, colours.ramp);
  const cell = size / (STEPS - 1);
  context.drawImage(stamp, -cell / 2, -cell / 2, size + cell, size + cell);
  const at = (x) => ((x - LOW) / (HIGH - LOW)) * size;
  context.strokeStyle = colours.ink;
  context.setLineDash([3, 3]);
  context.globalAlpha = 0.45;
  context.lineWidth = 1;
  context.strokeRect(at(0), size - at(1), at(1) - at(0), at(1) - at(0));
  context.setLineDash([]);
  for (let layer = 0; layer < last; layer++) {
    const { units } = network.layers[layer];
    for (let unit = 0; unit < units; unit++) {
      const chosen = selected && selected[0] === layer && selected[1] === unit;
      context.globalAlpha = chosen ? 1 : selected ? 0.25 : 0.6;
      context.lineWidth = chosen ? 2.5 : 1;
      trace(context, pass.z[layer], units, unit, 0, size);
    }
  }
  context.globalAlpha = 1;
  context.lineWidth = 3.5;
  trace(context, pass.z[last], 1, 0, 0, size);
  for (let row = 0; row < 4; row++)
    mark(context, at(ROWS[2 * row]), size - at(ROWS[2 * row + 1]), y[row], colours);
}

/** Show a map that has been drawn in another place too. */
export function copyMap(canvas, map) {
  const { context, width } = prepare(canvas);
  context.drawImage(map, 0, 0, width, width);
}

/** Say what the map shows. */
export function describeMap(pass, outputs) {
  const above = pass.a.at(-1).filter((output) => output > 0.5).length / pass.rows;
  const corners = ["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"].map((c, i) => `${outputs[i].toFixed(2)} at ${c}`);
  return `The output is ${corners.join(", ")}, and above one half on ${Math.round(100 * above)} % of the map from ${LOW} to ${HIGH}.`;
}

/** Draw where the square goes in the space of the last hidden layer's two units. */
export function drawSpace(canvas, network, rows, y, activation, colours) {
  const { context, width: size } = prepare(canvas);
  const [top, above] = network.layers.slice(-2);
  const hidden = rows.a.at(-2);
  if (folded?.of !== network) folded = { ...passing(network, GRID), of: network };
  forward(network, folded, activation);
  const low = Math.min(...folded.a.at(-2), 0);
  const high = Math.max(...folded.a.at(-2), 1e-6);
  const margin = 0.12 * (high - low);
  const start = low - margin;
  const scale = size / (high - low + 2 * margin);
  const place = (a1, a2) => [(a1 - start) * scale, size - (a2 - start) * scale];
  const cell = size / (STEPS - 1);
  for (let j = 0; j < STEPS; j++)
    for (let i = 0; i < STEPS; i++) {
      const a1 = start + (i * cell) / scale;
      const a2 = start + (j * cell) / scale;
      behind[j * STEPS + i] = sigmoid(a1 * above.weights[0] + a2 * above.weights[1] + above.bias[0]);
    }
  paint(behind, 1, 0, shadeOutput, colours.ramp);
  context.drawImage(stamp, -cell / 2, -cell / 2, size + cell, size + cell);
  context.fillStyle = colours.ink;
  context.globalAlpha = 0.45;
  const net = folded.a.at(-2);
  for (let i = 0; i < net.length; i += 2) {
    const [x1, x2] = place(net[i], net[i + 1]);
    context.fillRect(x1 - 0.75, x2 - 0.75, 1.5, 1.5);
  }
  context.globalAlpha = 1;
  context.strokeStyle = colours.ink;
  context.lineWidth = 3.5;
  trace(context, behind, 1, 0, 0.5, size);
  for (let row = 0; row < 4; row++) mark(context, ...place(hidden[2 * row], hidden[2 * row + 1]), y[row], colours);
  const points = [0, 1, 2, 3].map((row) => `(${hidden[2 * row].toFixed(2)}, ${hidden[2 * row + 1].toFixed(2)})`);
  return `The rows of the truth table lie at ${points.join(", ")} in the space of the ${top.units} units.`;
}
