// <xor-plot>: what a cell has drawn, a loss or a map of outputs, as the playground draws it.

import { palette, prepare, forgetSizes, watchScheme } from "../drawing/canvas.js";
import { make } from "../drawing/dom.js";
import { describeCurve, drawCurve } from "../drawing/loss_curve.js";
import { album, contour, develop, mark, paint, show } from "../drawing/raster.js";

const EDGE = 20; // pixels around the map, so that the points are whole

const KINDS = {
  loss: {
    text: ({ runs }) => describeCurve(runs[0][1]),
    key: ({ runs }) => (runs.length < 2 ? "" : `━ ${runs[0][0]}, ╍ ${runs[1][0]}`),
    draw: (canvas, { runs, log }) => {
      const losses = runs[0][1];
      const beside = runs[1]?.[1] ?? [];
      const epochs = Math.max(1, losses.length - 1, beside.length - 1);
      drawCurve(canvas, losses, beside, { log, epochs, epoch: losses.length - 1, rungs: {} }, palette());
    },
  },
  map: {
    text: ({ low, high, outputs }) => {
      const above = outputs.filter((output) => output > 0.5).length / outputs.length;
      return `The output is above one half on ${Math.round(100 * above)} % of the map from ${low} to ${high}.`;
    },
    key: () => "● label 0, ■ label 1, ━ output ½",
    draw: drawOutputs,
  },
};

function drawOutputs(canvas, { low, high, outputs, rows, labels }) {
  const { context, width } = prepare(canvas);
  const colours = palette();
  const steps = Math.sqrt(outputs.length);
  const size = width - 2 * EDGE;
  const pictures = album(steps, 1);
  paint(pictures, 0, outputs, 1, 0, 0, 255, colours.ramp);
  develop(pictures);
  context.translate(EDGE, EDGE);
  show(pictures, 0, context, 0, 0, size);
  context.strokeStyle = colours.line;
  context.lineWidth = 3.5;
  contour(context, outputs, 1, 0, 0.5, size);
  const at = (x) => ((x - low) / (high - low)) * size;
  labels.forEach((label, row) => mark(context, at(rows[2 * row]), size - at(rows[2 * row + 1]), label, colours));
  context.translate(-EDGE, -EDGE);
}

customElements.define("xor-plot", class extends HTMLElement {
  connectedCallback() {
    const { kind } = this.plot;
    const { text, key, draw } = KINDS[kind];
    const canvas = make(this, "canvas", "", { class: kind === "map" ? "xor-map" : "xor-plot", role: "img", "aria-label": text(this.plot) });
    make(this, "p", key(this.plot), { class: "xor-hint" });
    const redraw = () => {
      forgetSizes(this);
      if (canvas.clientWidth) draw(canvas, this.plot);
    };
    watchScheme(redraw);
    new ResizeObserver(redraw).observe(this);
  }
});
