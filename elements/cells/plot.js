// <xor-plot>: what a cell has drawn, a loss or a map of outputs, as the playground draws it; or a film of maps.

import { palette, prepare, forgetSizes, watchScheme } from "../drawing/canvas.js";
import { make } from "../drawing/dom.js";
import { describeCurve, drawCurve } from "../drawing/loss_curve.js";
import { album, contour, develop, mark, paint, show } from "../drawing/raster.js";

const EDGE = 20; // pixels around the map, so that the points are whole
const PACE = 5; // moments of a film in a second: faster, three flashes in a second could harm (WCAG 2.3.1)

const KINDS = {
  loss: {
    text: ({ runs }) => describeCurve(runs[0][1]),
    key: ({ runs: [one, other] }) => (other ? `━ ${one[0]}, ╍ ${other[0]}` : describeCurve(one[1])),
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
  film: {
    text: ({ moments }) => `The output at ${moments.length} moments, from epoch ${moments[0][0]} to ${moments.at(-1)[0]}.`,
    key: () => KINDS.map.key(),
    draw: (canvas, plot, at) => drawOutputs(canvas, { ...plot, outputs: plot.moments[at][1] }),
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
    const canvas = make(this, "canvas", "", { class: kind === "loss" ? "xor-plot" : "xor-map", role: "img", "aria-label": text(this.plot) });
    const slider = kind === "film" && this.#addControls();
    make(this, "p", key(this.plot), { class: "xor-hint" });
    const redraw = () => {
      forgetSizes(this);
      if (canvas.clientWidth) draw(canvas, this.plot, slider && Number(slider.value));
    };
    slider && slider.addEventListener("input", redraw);
    watchScheme(redraw);
    new ResizeObserver(redraw).observe(this);
  }

  /** Add what plays a film, and return its slider; the film stands at its end. */
  #addControls() {
    const { moments } = this.plot;
    const last = moments.length - 1;
    const box = make(this, "div", "", { class: "xor-buttons" });
    const play = make(box, "button", "Play", { type: "button", class: "xor-primary" });
    const label = make(box, "label", "Epoch ", { class: "xor-readout" });
    const slider = make(label, "input", "", { type: "range", min: 0, max: last });
    const epoch = make(label, "output", "");
    slider.value = last;
    const say = () => {
      epoch.textContent = moments[slider.value][0];
      slider.setAttribute("aria-valuetext", epoch.textContent);
    };
    const seek = (at) => {
      slider.value = at;
      slider.dispatchEvent(new Event("input"));
    };
    let started = 0; // when the film began, 0 while it rests
    const stop = () => {
      started = 0;
      play.textContent = "Play";
    };
    const turn = (now) => {
      if (!started || !this.isConnected) return;
      const at = Math.min(last, Math.floor(((now - started) / 1000) * PACE));
      if (at !== Number(slider.value)) seek(at);
      if (at === last) return stop();
      requestAnimationFrame(turn);
    };
    play.onclick = () => {
      if (started) return stop();
      seek(0);
      started = performance.now();
      play.textContent = "Pause";
      requestAnimationFrame(turn);
    };
    for (const kind of ["pointerdown", "keydown"]) slider.addEventListener(kind, stop); // the reader takes over
    slider.addEventListener("input", say);
    say();
    return slider;
  }
});
