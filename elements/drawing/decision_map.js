// The decision map: the output over the plane, the boundary, the hinges, and the four labelled points.

import { CASES, ROWS } from "../model/truth_tables.js";
import { prepare } from "./canvas.js";
import { HIGH, LOW, contour, mark, show } from "./raster.js";

const CALM = 400; // milliseconds between two leaps of a map: three flashes in a second can harm (WCAG 2.3.1)
const LEAP = 0.15; // how far outputs change on average for a leap
const NEAR = 0.004; // to zero: where the sum is on a twentieth of the map, rounding would place the boundary

/** Draw the output from above, the boundary, the hinges, and the four labelled points; but, while a run
 * moves, no leap soon after another. */
export function drawMap(canvas, network, pass, y, selected, colours, isMoving) {
  if (flashes(canvas, pass.a.at(-1), isMoving)) return;
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

/** Return whether a map would leap too soon after its last leap; if not, remember what it shows. */
function flashes(canvas, outputs, isMoving) {
  const seen = canvas.seen ?? outputs;
  const leaps = outputs.reduce((sum, output, i) => sum + Math.abs(output - seen[i]), 0) > LEAP * outputs.length;
  const now = performance.now();
  if (leaps && isMoving && now < canvas.calm) return true;
  canvas.seen = outputs.slice();
  if (leaps) canvas.calm = now + CALM;
  return false;
}

/** Say what the map shows. */
export function describeMap(pass, outputs) {
  const above = pass.a.at(-1).filter((output) => output > 0.5).length / pass.rows;
  const corners = CASES.map((row, i) => `${outputs[i].toFixed(2)} at (${row.replace(" ", ", ")})`);
  return `The output is ${corners.join(", ")}, and above one half on ${Math.round(100 * above)} % of the map from ${LOW} to ${HIGH}.`;
}
