// What a network makes of the plane: its units as pictures, a pixel a point, the lines where their sums
// cross zero, the decision map, and the space of two hidden units.
//
// The pictures lie one below the other on one canvas: each canvas costs a frame time.

import { prepare } from "./page.js";
import { ROWS, forward, passing, sigmoid } from "./network.js";

const [LOW, HIGH] = [-0.5, 1.5];
/** How many points a side: while playing, and at rest, when there is time to bend deep hinges well. */
export const [COARSE, FINE] = [49, 97];
const axis = (steps) => Array.from({ length: steps }, (_, i) => LOW + ((HIGH - LOW) * i) / (steps - 1));

/** Return room for so many pictures. */
function album(steps, count) {
  const canvas = new OffscreenCanvas(steps, steps * count);
  const data = new ImageData(steps, steps * count);
  return { steps, count, canvas, data, pixels: new Uint32Array(data.data.buffer), context: canvas.getContext("2d") };
}

/** Paint values (place k of every stride) as the nth picture, in shades of zero + scale × value. */
function paint({ steps, pixels }, n, values, stride, k, zero, scale, ramp) {
  for (let row = 0; row < steps; row++)
    for (let column = 0; column < steps; column++) {
      const shade = Math.round(zero + scale * values[(row * steps + column) * stride + k]);
      pixels[((n + 1) * steps - 1 - row) * steps + column] = ramp[Math.max(0, Math.min(255, shade)) || 0];
    }
}

/** Have the pictures ready to be shown. */
const develop = ({ context, data }) => context.putImageData(data, 0, 0);

/** Show the nth picture in a square. */
export function show({ steps, canvas }, n, context, left, top, size) {
  context.drawImage(canvas, 0, n * steps, steps, steps, left, top, size, size);
}

/** Return a forward pass over the lattice, with a picture of each unit, the output's last:
 * vermillion where it is positive, blue where negative.
 */
export function survey(network, activation, { ramp }, steps, before) {
  const { layers } = network;
  let pass = before;
  if (pass?.album.steps !== steps) {
    const line = axis(steps);
    const points = line.flatMap((x2) => line.flatMap((x1) => [x1, x2]));
    const count = layers.reduce((sum, { units }) => sum + units, 0);
    pass = { ...passing(network, Float64Array.from(points)), album: album(steps, count) };
  }
  forward(network, pass, activation);
  let n = 0;
  layers.forEach(({ units }, layer) => {
    const values = pass.a[layer + 1];
    for (let unit = 0; unit < units; unit++) {
      let largest = 1e-9;
      for (let i = unit; i < values.length; i += units) largest = Math.max(largest, Math.abs(values[i]));
      const isOutput = layer === layers.length - 1;
      paint(pass.album, n++, values, units, unit, isOutput ? 0 : 127.5, isOutput ? 255 : 127.5 / largest, ramp);
    }
  });
  develop(pass.album);
  return pass;
}

/** Stroke where lattice values cross a level, on a map of this size (marching squares). */
function contour(context, values, stride, k, level, size) {
  const steps = Math.sqrt(values.length / stride);
  const cell = size / (steps - 1);
  let isOpen = false; // a line through a cell has two ends
  const cut = (i, j) => {
    context[isOpen ? "lineTo" : "moveTo"](i * cell, size - j * cell);
    isOpen = !isOpen;
  };
  context.beginPath();
  for (let j = 0; j + 1 < steps; j++)
    for (let i = 0; i + 1 < steps; i++) {
      const at = (j * steps + i) * stride + k;
      const a = values[at] - level;
      const b = values[at + stride] - level;
      const c = values[at + (steps + 1) * stride] - level;
      const d = values[at + steps * stride] - level;
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
  const cell = size / (pass.album.steps - 1);
  show(pass.album, pass.album.count - 1, context, -cell / 2, -cell / 2, size + cell);
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
      contour(context, pass.z[layer], units, unit, 0, size);
    }
  }
  context.globalAlpha = 1;
  context.lineWidth = 3.5;
  contour(context, pass.z[last], 1, 0, 0, size);
  for (let row = 0; row < 4; row++)
    mark(context, at(ROWS[2 * row]), size - at(ROWS[2 * row + 1]), y[row], colours);
}

/** Say what the map shows. */
export function describeMap(pass, outputs) {
  const above = pass.a.at(-1).filter((output) => output > 0.5).length / pass.rows;
  const corners = ["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"].map((c, i) => `${outputs[i].toFixed(2)} at ${c}`);
  return `The output is ${corners.join(", ")}, and above one half on ${Math.round(100 * above)} % of the map from ${LOW} to ${HIGH}.`;
}

const GRID = Float64Array.from(
  [0, 0.25, 0.5, 0.75, 1].flatMap((fixed) =>
    axis(COARSE).filter((t) => t >= 0 && t <= 1).flatMap((t) => [t, fixed, fixed, t]),
  ),
);
const behind = new Float64Array(COARSE ** 2); // the output over the hidden space
const backdrop = album(COARSE, 1); // and its picture
let folded; // the last pass over the grid, kept for its room

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
  const cell = size / (COARSE - 1);
  for (let j = 0; j < COARSE; j++)
    for (let i = 0; i < COARSE; i++) {
      const a1 = start + (i * cell) / scale;
      const a2 = start + (j * cell) / scale;
      behind[j * COARSE + i] = sigmoid(a1 * above.weights[0] + a2 * above.weights[1] + above.bias[0]);
    }
  paint(backdrop, 0, behind, 1, 0, 0, 255, colours.ramp);
  develop(backdrop);
  show(backdrop, 0, context, -cell / 2, -cell / 2, size + cell);
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
  contour(context, behind, 1, 0, 0.5, size);
  for (let row = 0; row < 4; row++) mark(context, ...place(hidden[2 * row], hidden[2 * row + 1]), y[row], colours);
  const points = [0, 1, 2, 3].map((row) => `(${hidden[2 * row].toFixed(2)}, ${hidden[2 * row + 1].toFixed(2)})`);
  return `The rows of the truth table lie at ${points.join(", ")} in the space of the ${top.units} units.`;
}
