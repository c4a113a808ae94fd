// What a network makes of the plane: its units as pictures, a pixel a point, and the lines where their
// sums cross zero.
//
// The pictures lie one below the other on one canvas: each canvas costs a frame time.

import { forward, passing } from "../model/network.js";

/** What of the plane is shown, on both axes: from LOW to HIGH. */
export const LOW = -0.5;
export const HIGH = 1.5;

/** How many points a side: while playing, and at rest, when there is time to bend deep hinges well. */
export const COARSE = 49;
export const FINE = 97;

/** Return the places of so many points on an axis. */
export const axis = (steps) => Array.from({ length: steps }, (_, i) => LOW + ((HIGH - LOW) * i) / (steps - 1));

/** Return room for so many pictures. */
export function album(steps, count) {
  const canvas = new OffscreenCanvas(steps, steps * count);
  const data = new ImageData(steps, steps * count);
  return { steps, count, canvas, data, pixels: new Uint32Array(data.data.buffer), context: canvas.getContext("2d") };
}

/** Paint values (place k of every stride) as the nth picture, in shades of zero + scale × value. */
export function paint({ steps, pixels }, n, values, stride, k, zero, scale, ramp) {
  for (let row = 0; row < steps; row++)
    for (let column = 0; column < steps; column++) {
      const shade = Math.round(zero + scale * values[(row * steps + column) * stride + k]);
      pixels[(n * steps + steps - 1 - row) * steps + column] = ramp[Math.max(0, Math.min(255, shade))]; // none for NaN
    }
}

/** Have the pictures ready to be shown. */
export const develop = ({ context, data }) => context.putImageData(data, 0, 0);

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

/** Stroke where lattice values cross a level, on a map of this size (marching squares), but not in cells
 * with two corners nearer to it than this, if given: rounding would place the line.
 */
export function contour(context, values, stride, k, level, size, near) {
  const steps = Math.sqrt(values.length / stride);
  const cell = size / (steps - 1);
  let isOpen; // a line through a cell has two ends
  const cut = (i, j) => context[(isOpen = !isOpen) ? "moveTo" : "lineTo"](i * cell, size - j * cell);
  context.beginPath();
  for (let j = 0; j < steps - 1; j++)
    for (let i = 0; i < steps - 1; i++) {
      const at = stride * (i + j * steps) + k;
      const a = values[at] - level;
      const b = values[at + stride] - level;
      const c = values[at + steps * stride + stride] - level;
      const d = values[at + steps * stride] - level;
      if (near && [a, b, c, d].filter((value) => Math.abs(value) < near).length > 1) continue;
      if (a > 0 !== b > 0) cut(i + a / (a - b), j);
      if (b > 0 !== c > 0) cut(i + 1, j + b / (b - c));
      if (c > 0 !== d > 0) cut(i + d / (d - c), j + 1);
      if (d > 0 !== a > 0) cut(i, j + a / (a - d));
    }
  context.stroke();
}

/** Draw a labelled point: a disc for 0, a square for 1. */
export function mark(context, x, y, label, colours) {
  context.beginPath();
  if (label > 0.5) context.rect(x - 8, y - 8, 16, 16);
  else context.arc(x, y, 9, 0, 2 * Math.PI);
  for (const [colour, width] of [[colours.line, 6], [colours.rim, 4]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
  context.fillStyle = label > 0.5 ? colours.mark1 : colours.mark0;
  context.fill();
}
