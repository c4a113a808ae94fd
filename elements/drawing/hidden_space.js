// Where the square goes in the space of the last hidden layer's two units.

import { subscript } from "../model/names.js";
import { forward, passing, sigmoid } from "../model/network.js";
import { ROWS } from "../model/truth_tables.js";
import { prepare } from "./canvas.js";
import { label } from "./label.js";
import { stepOf } from "./numbers.js";
import { COARSE, album, axis, contour, develop, mark, paint, show } from "./raster.js";

const FIXED = [0, 0.25, 0.5, 0.75, 1];
const ALONG = [0, ...axis(COARSE).filter((t) => t > 0 && t < 1), 1];
const GRID = Float64Array.from(FIXED.flatMap((fixed) => ALONG.flatMap((t) => [t, fixed, fixed, t])));
const behind = new Float64Array(COARSE ** 2); // the output over the hidden space
const backdrop = album(COARSE, 1); // and its picture
let folded; // the last pass over the grid, kept for its room

/** Draw where the square goes in the space of the last hidden layer's two units.
 *
 * At `share` 0 its points lie where the inputs are, at one half where the units' sums put them, and at 1 where their
 * outputs do. What the network says of each place is of the hidden space, and appears on the last stretch, when
 * the picture closes in on where the points have gone.
 */
export function drawSpace(canvas, network, rows, y, activation, colours, share) {
  const { context, width: size } = prepare(canvas);
  const [top, above] = network.layers.slice(-2);
  const between = (from, to, part) => from + part * (to - from);
  const last = Math.max(0, 5 * share - 4);
  const moved = (from, { z, a }) =>
    a.at(-2).map((end, i) =>
      share < 0.5 ? between(from[i], z.at(-2)[i], 2 * share) : between(z.at(-2)[i], end, 2 * share - 1),
    );
  const hidden = moved(ROWS, rows);
  if (folded?.of !== network) folded = { ...passing(network, GRID), of: network };
  forward(network, folded, activation);
  const net = moved(GRID, folded);
  const [ends, way] = [folded.a.at(-2), folded.z.at(-2)];
  const low = between(Math.min(...ends, ...way, 0), Math.min(...ends, 0), last);
  const high = between(Math.max(...ends, ...way, 1), Math.max(...ends, 1e-6), last);
  const margin = 0.12 * (high - low);
  const start = low - margin;
  const scale = size / (high - low + 2 * margin);
  const place = (a1, a2) => [(a1 - start) * scale, size - (a2 - start) * scale];
  if (last) drawOutput(context, size, above, start, scale, last, colours);
  const step = stepOf(high - low);
  const lowest = Math.ceil(low / step);
  const ticks = Array.from({ length: Math.floor(high / step) - lowest + 1 }, (_, i) => (lowest + i) * step);
  context.lineWidth = 1;
  context.strokeStyle = colours.muted;
  for (const [tick, alpha] of [...ticks.map((each) => [each, 0.2]), [0, 0.5]]) {
    const [x, y] = place(tick, tick);
    context.globalAlpha = alpha; // the axes through zero are darker
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, size);
    context.moveTo(0, y);
    context.lineTo(size, y);
    context.stroke();
  }
  context.globalAlpha = 0.6;
  context.strokeStyle = last < 0.5 ? colours.ink : colours.line; // on the page, or on the colours
  for (let line = 0; line < 2 * FIXED.length; line++) {
    const first = (line >> 1) * 4 * ALONG.length + (line & 1) * 2;
    context.beginPath();
    for (let i = first; i < first + 4 * ALONG.length; i += 4) context.lineTo(...place(net[i], net[i + 1]));
    context.stroke();
  }
  context.globalAlpha = 1;
  const marks = [0, 1, 2, 3].map((row) => place(hidden[2 * row], hidden[2 * row + 1]));
  marks.forEach((at, row) => mark(context, ...at, y[row], colours));
  const isClear = (x, y) => marks.every(([left, top]) => Math.abs(left - x) > 25 || Math.abs(top - y) > 19);
  for (const tick of ticks) {
    const text = `${+tick.toPrecision(2)}`.replace("-", "−");
    const [x, y] = place(tick, tick);
    for (const at of [[x, size - 9], [16, y]]) if (isClear(...at)) label(context, text, ...at, colours);
  }
  const names = axisNames(share, network.layers.length - 1);
  [[size - 34, size - 30], [34, 10]].forEach((at, i) => isClear(...at) && label(context, names[i], ...at, colours));
  const points = [0, 1, 2, 3].map((row) => `(${hidden[2 * row].toFixed(2)}, ${hidden[2 * row + 1].toFixed(2)})`);
  const where = share < 1 ? "on their way to" : "in";
  return `The rows of the truth table lie at ${points.join(", ")}, ${where} the space of the ${top.units} units.`;
}

/** Return the names of both axes, or of what they are on the way from and to. */
function axisNames(share, layer) {
  const own = subscript(layer);
  const stages = (i) => [`x${subscript(i + 1)}`, `z${own}[${i}]`, `a${own}[${i}]`];
  const way = new Set([Math.floor(2 * share), Math.ceil(2 * share)]);
  return [0, 1].map((i) => Array.from(way, (at) => stages(i)[at]).join(" → "));
}

/** Draw what the output unit says of each place of the hidden space, and where it changes its mind. */
function drawOutput(context, size, above, start, scale, alpha, colours) {
  const cell = size / (COARSE - 1);
  for (let j = 0; j < COARSE; j++)
    for (let i = 0; i < COARSE; i++) {
      const a1 = start + (i * cell) / scale;
      const a2 = start + (j * cell) / scale;
      behind[j * COARSE + i] = sigmoid(a1 * above.weights[0] + a2 * above.weights[1] + above.bias[0]);
    }
  context.globalAlpha = alpha;
  paint(backdrop, 0, behind, 1, 0, 0, 255, colours.ramp);
  develop(backdrop);
  show(backdrop, 0, context, -cell / 2, -cell / 2, size + cell);
  context.strokeStyle = colours.line;
  context.lineWidth = 3.5;
  contour(context, behind, 1, 0, 0.5, size);
}
