// A network over a lattice of points of the plane: its units as pictures, a pixel a point, and the
// lines between. The pictures lie one below the other on one canvas: each canvas costs a frame time.

import { forward, passing } from "./network.js";

export const STEPS = 49;
export const [LOW, HIGH] = [-0.5, 1.5];
export const AXIS = Array.from({ length: STEPS }, (_, i) => LOW + ((HIGH - LOW) * i) / (STEPS - 1));
const POINTS = Float64Array.from(AXIS.flatMap((x2) => AXIS.flatMap((x1) => [x1, x2])));

/** Return room for so many pictures. */
export function album(count) {
  const canvas = new OffscreenCanvas(STEPS, STEPS * count);
  const data = new ImageData(STEPS, STEPS * count);
  return { count, canvas, data, pixels: new Uint32Array(data.data.buffer), context: canvas.getContext("2d") };
}

/** Paint values (place k of every stride) as the nth picture, in shades of zero + scale × value. */
export function paint({ pixels }, n, values, stride, k, zero, scale, ramp) {
  for (let row = 0; row < STEPS; row++)
    for (let column = 0; column < STEPS; column++) {
      const shade = Math.round(zero + scale * values[(row * STEPS + column) * stride + k]);
      pixels[((n + 1) * STEPS - 1 - row) * STEPS + column] = ramp[Math.max(0, Math.min(255, shade)) || 0];
    }
}

/** Have the pictures ready to be shown. */
export const develop = ({ context, data }) => context.putImageData(data, 0, 0);

/** Show the nth picture in a square. */
export function show({ canvas }, n, context, left, top, size) {
  context.drawImage(canvas, 0, n * STEPS, STEPS, STEPS, left, top, size, size);
}

/** Return a forward pass over the lattice, with a picture of each unit, the output's last:
 * vermillion where it is positive, blue where negative.
 */
export function survey(network, activation, { ramp }, before) {
  const { layers } = network;
  const count = layers.reduce((sum, { units }) => sum + units, 0);
  const pass = before ?? { ...passing(network, POINTS), album: album(count) };
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
export function contour(context, values, stride, k, level, size) {
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
