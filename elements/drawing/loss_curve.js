// The loss over the epochs, of this run and of a pinned one.

import { prepare } from "./canvas.js";
import { figure, stepOf } from "./numbers.js";

const EDGE = { left: 46, right: 44, top: 24, bottom: 24 };
const LINE = 14; // pixels from one line of text to the next

/** Draw losses over at least one epoch, faint those beyond this epoch, dashed those of another run, and with
 * dots the rungs at which runs get stuck; return from a place on the canvas to an epoch.
 */
export function drawCurve(canvas, losses, beside, { log, epochs, epoch, reading, rungs }, colours) {
  const { context, width, height } = prepare(canvas);
  let largest = 0.3;
  let smallest = 0.1;
  for (const curve of [losses, beside])
    for (const loss of curve) {
      if (loss > largest) largest = loss;
      if (loss < smallest && loss > 0) smallest = loss;
    }
  const low = log ? Math.floor(Math.log10(smallest)) : 0;
  const high = log ? Math.ceil(Math.log10(largest)) : largest * 1.05;
  const inner = { width: width - EDGE.left - EDGE.right, height: height - EDGE.top - EDGE.bottom };
  const x = (epoch) => EDGE.left + (inner.width * epoch) / epochs;
  const y = (loss) => {
    const value = log ? Math.max(low, Math.log10(loss)) : loss;
    return EDGE.top + inner.height * (1 - (value - low) / (high - low));
  };
  const right = width - EDGE.right;
  context.font = colours.font;
  context.fillStyle = colours.muted;
  context.textBaseline = "middle";
  context.textAlign = "right";
  context.fillText("loss", EDGE.left - 9, 9);
  context.fillText("epoch", EDGE.left - 9, height - 9);
  const every = Math.ceil((high - low) / 6);
  const step = stepOf(high);
  const ticks = log
    ? Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => 10 ** (low + i * every))
    : Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => i * step);
  for (const tick of ticks) {
    line(context, colours.rule, [], EDGE.left, y(tick), right, y(tick));
    const text = `${(tick < 0.001 && tick) || tick >= 1e6 ? tick.toExponential(0) : +tick.toPrecision(2)}`.replace("+", "");
    context.fillText(text, EDGE.left - 9, y(tick));
  }
  context.textAlign = "left";
  let free = height - EDGE.bottom;
  for (const name in rungs) {
    const at = y(rungs[name]);
    line(context, colours.muted, [2, 4], EDGE.left, at, right, at);
    const beside = Math.min(at, free);
    if (at - beside > LINE) continue; // too far from its line
    if (beside < at) line(context, colours.muted, [], right + 2, at, right + 9, beside); // level, it would be a minus
    context.fillText(name, right + 12, beside);
    free = beside - LINE;
  }
  context.textAlign = "center";
  for (let at = 0; at <= epochs; at += Math.max(1, stepOf(epochs))) context.fillText(at, x(at), height - 9);
  const draw = (curve, colour, dash, alpha = 1) => {
    context.strokeStyle = colour;
    context.globalAlpha = alpha;
    context.setLineDash(dash);
    context.lineWidth = 2;
    context.beginPath();
    const stride = Math.ceil(curve.length / 2000);
    for (let i = 0; i < curve.length; i += stride) context.lineTo(x(i), y(curve[i]));
    context.stroke();
  };
  draw(losses, colours.first, [], 0.35);
  draw(losses.slice(0, epoch + 1), colours.first, []);
  draw(beside, colours.second, [6, 4]);
  context.setLineDash([]);
  context.fillStyle = colours.paper;
  context.strokeStyle = colours.first;
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(x(epoch), y(losses[epoch]), 6, 0, 7);
  context.fill();
  context.stroke();
  if (losses[reading] !== undefined) {
    line(context, colours.muted, [], x(reading), EDGE.top, x(reading), height - EDGE.bottom);
    context.beginPath();
    context.arc(x(reading), y(losses[reading]), 4, 0, 7);
    context.fillStyle = colours.ink;
    context.fill();
  }
  return (px) => Math.round(((px - EDGE.left) / inner.width) * epochs);
}

function line(context, colour, dash, x1, y1, x2, y2) {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/** Say what the curve shows. */
export function describeCurve(losses) {
  return `The loss goes from ${figure(losses[0])} at epoch 0 to ${figure(losses.at(-1))} at epoch ${losses.length - 1}.`;
}
