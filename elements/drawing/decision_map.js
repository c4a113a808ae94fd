// The decision map: the output over the plane, the boundary, the hinges, and the four labelled points.

import { CASES, ROWS } from "../model/truth_tables.js";
import { prepare } from "./canvas.js";
import { HIGH, LOW, contour, mark, show } from "./raster.js";

const CALM = 400; // milliseconds between two leaps of a map: three flashes in a second can harm (WCAG 2.3.1)
const LEAP = 0.15; // how far outputs change on average for a leap
const NEAR = 0.004; // to zero: where the sum is on a twentieth of the map, rounding would place the boundary

const shown = new WeakMap(); // what each canvas shows: { outputs, leapt, waits }

/** Draw the output from above, the boundary, the hinges, and the four labelled points. A leap soon after another waits. */
export function drawMap(canvas, ...what) {
  const outputs = what[1].a.at(-1);
  const before = shown.get(canvas);
  clearTimeout(before?.waits);
  const now = performance.now();
  const leaps = before?.outputs.length === outputs.length && meanChange(before.outputs, outputs) > LEAP;
  const rest = leaps ? before.leapt + CALM - now : 0;
  if (rest > 0) {
    before.waits = setTimeout(() => drawMap(canvas, ...what), rest);
    return;
  }
  shown.set(canvas, { outputs: outputs.slice(), leapt: leaps ? now : before?.leapt ?? -CALM });
  draw(canvas, ...what);
}

function meanChange(from, to) {
  let sum = 0;
  for (let i = 0; i < to.length; i++) sum += Math.abs(to[i] - from[i]);
  return sum / to.length;
}

function draw(canvas, network, pass, y, selected, colours) {
  const { context, width: size } = prepare(canvas);
  const last = network.layers.length - 1;
  const cell = size / (pass.album.steps - 1);
  show(pass.album, pass.album.count - 1, context, -cell / 2, -cell / 2, size + cell);
  const at = (x) => ((x - LOW) / (HIGH - LOW)) * size;
  context.strokeStyle = colours.line;
  context.setLineDash([3, 3]);
  context.globalAlpha = 0.45;
  context.lineWidth = 1;
  context.strokeRect(at(0), at(0), at(1) - at(0), at(1) - at(0));
  context.setLineDash([]);
  const near = pass.z[last].filter((value) => Math.abs(value) < NEAR).length > pass.rows / 20 && NEAR;
  network.layers.forEach(({ units }, layer) => {
    for (let unit = 0; unit < units; unit++) {
      const isBold = layer === last || `${selected}` === `${layer},${unit}`;
      context.globalAlpha = isBold ? 1 : selected ? 0.25 : 0.6;
      context.lineWidth = layer === last ? 3.5 : isBold ? 2.5 : 1;
      contour(context, pass.z[layer], units, unit, 0, size, layer === last && near);
    }
  });
  context.globalAlpha = 1;
  for (let row = 0; row < 4; row++)
    mark(context, at(ROWS[2 * row]), size - at(ROWS[2 * row + 1]), y[row], colours);
}

/** Say what the map shows. */
export function describeMap(pass, outputs) {
  const above = pass.a.at(-1).filter((output) => output > 0.5).length / pass.rows;
  const corners = CASES.map((row, i) => `${outputs[i].toFixed(2)} at (${row.replace(" ", ", ")})`);
  return `The output is ${corners.join(", ")}, and above one half on ${Math.round(100 * above)} % of the map from ${LOW} to ${HIGH}.`;
}
