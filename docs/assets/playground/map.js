// What a network makes of the plane: the decision map, and the space of two hidden units.

import { AXIS, HIGH, LOW, STEPS, album, contour, develop, paint, show } from "./lattice.js";
import { ROWS, forward, passing, sigmoid } from "./network.js";

const GRID = Float64Array.from(
  [0, 0.25, 0.5, 0.75, 1].flatMap((fixed) =>
    AXIS.filter((t) => t >= 0 && t <= 1).flatMap((t) => [t, fixed, fixed, t]),
  ),
);

/** Read the site's colours in the scheme of the moment. */
export function palette(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(name).trim();
  const context = new OffscreenCanvas(256, 1).getContext("2d");
  const shades = (context.fillStyle = context.createLinearGradient(0, 0, 256, 0));
  ["--xd-zero", "--pg-mid", "--xd-one"].forEach((name, i) => shades.addColorStop(i / 2, colour(name)));
  context.fillRect(0, 0, 256, 1);
  const ramp = new Uint32Array(context.getImageData(0, 0, 256, 1).data.buffer);
  const font = `12px ${style.fontFamily}`;
  const named = ["ink", "muted", "rule", "paper", "zero", "one"].map((name) => [name, colour(`--xd-${name}`)]);
  return { ramp, font, ...Object.fromEntries(named) };
}

const behind = new Float64Array(STEPS * STEPS); // the output over the hidden space
const backdrop = album(1); // and its picture
let folded; // the last pass over the grid, kept for its room

const places = new Map(); // asking the page for a size makes it lay itself out, so it is asked once

/** Ask for all sizes anew. */
export const forgetSizes = () => places.clear();

/** Size a canvas to its place on the page, and clear it; return its context in CSS pixels. */
export function prepare(canvas) {
  if (!places.get(canvas)?.width) {
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = Math.min(2, devicePixelRatio);
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    places.set(canvas, { context, width, height });
  }
  const place = places.get(canvas);
  place.context.clearRect(0, 0, place.width, place.height);
  return place;
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
  const cell = size / (STEPS - 1);
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
