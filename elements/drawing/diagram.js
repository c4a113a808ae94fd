// The network as a graph: a map in each unit, a line for each number, and the numbers at the beginning
// of their lines, where no line runs.

import { subscript, unitName } from "../model/names.js";
import { prepare } from "./canvas.js";
import { make, write } from "./dom.js";
import { show } from "./raster.js";

const NUMBER = 44; // the width of a number
const LANE = 26; // and its height with the space below
const REACH = 8; // how near a line one must point

/** Write a number as briefly as the lines of a diagram have room for. */
function short(value) {
  const size = Math.abs(value);
  const text = size && (size < 0.005 || size >= 1000) ? value.toExponential(0) : value.toFixed(2);
  return text.replace("+", "").replaceAll("-", "−");
}

/** Write a number without a power of ten, as far as it goes: attributes of ARIA know none. */
const decimal = (value) => Math.max(-1e20, Math.min(1e20, value)).toFixed(4);

/** Build the diagram of a network's shape; choose is told which unit was chosen.
 *
 * A layer of few units has a number on each of its lines. Of one with more, a row of numbers shows
 * those of the chosen unit.
 */
export function buildDiagram(container, network, choose) {
  const { layers } = network;
  const width = container.clientWidth;
  const most = Math.max(2, ...layers.map(({ units }) => units));
  const pitch = Math.max(34, Math.min(96, 420 / most));
  const gap = (width - 76) / layers.length;
  const node = Math.max(24, Math.min(64, pitch - 5, gap - NUMBER - 36));
  const isTight = gap - node < NUMBER + 16; // numbers stand in the place of pictures, and below inputs
  const isOpen = layers.map(({ units }, layer) => !isTight && units * LANE <= (layer ? pitch : most * pitch * 0.3));
  const foot = LANE * Math.max(...layers.map(({ units }, layer) => (isOpen[layer] ? units : 1))) + 12;
  const height = most * pitch + foot;
  const x = (column) => 18 + gap * column;
  const rise = (count, unit) => (most * pitch) / 2 + (unit - (count - 1) / 2) * pitch;
  container.innerHTML = '<svg aria-hidden="true"><g></g><g></g></svg><canvas aria-hidden="true"></canvas>';
  container.style.height = `${height}px`;
  const [svg, canvas] = container.children;
  const [lines, marks] = svg.children;
  const disc = (cx, cy, text, kind) => {
    const group = make(marks, "g", "", { class: kind });
    make(group, "circle", "", { cx, cy, r: 14 });
    make(group, "text", text, { x: cx, y: cy + 4, "text-anchor": "middle" });
    return group;
  };
  make(marks, "text", "ŷ", { x: x(layers.length) + node / 2 + 7, y: rise(1, 0) + 4 });
  const parts = layers.map(({ inputs, units }, layer) => {
    const side = layer ? node / 2 : 14; // from a source's middle to where its lines begin
    const sourceAt = (i) => (i === inputs ? height - foot / 2 : layer ? rise(inputs, i) : most * pitch * (0.25 + i / 2));
    const numberAt = isTight ? Math.max(0, x(layer) - NUMBER / 2) : x(layer) + side + 3;
    const lanes = isOpen[layer] ? units : 1;
    const edges = [];
    const numbers = [];
    for (let i = 0; i <= inputs; i++) {
      if (!layer && i < inputs) disc(x(0), sourceAt(i), `x${subscript(i + 1)}`, "xor-input");
      for (let unit = 0; unit < units; unit++) {
        const y1 = sourceAt(i) + (isOpen[layer] ? (unit - (units - 1) / 2) * LANE : 0);
        const ends = [0, y1, 0, rise(units, unit)];
        edges.push({ line: make(lines, "line", "", { y1, y2: ends[3] }), ends });
        if (unit >= lanes) continue;
        const top = y1 - (isTight && !layer ? (i === inputs ? 40 : -15) : 12);
        const style = `left:${numberAt}px;top:${top}px;width:${NUMBER}px`;
        numbers.push(make(container, "span", "", { role: "spinbutton", class: "xor-weight", style }));
      }
    }
    const nodes = Array.from({ length: units }, (_, unit) => {
      const left = x(layer + 1) - node / 2;
      const top = rise(units, unit) - node / 2;
      const style = `left:${left}px;top:${top}px;width:${node}px;height:${node}px`;
      const button = make(container, "button", "", { type: "button", class: "xor-unit", style });
      button.addEventListener("click", () => choose(layer, unit));
      return { button, square: [left + 1, top + 1, node - 2] };
    });
    const starts = [x(layer) + side, numberAt + NUMBER + 2]; // without numbers, and behind them
    const goals = [x(layer + 1), x(layer + 1) - (isTight ? NUMBER / 2 + 2 : 0)]; // and before the next layer's
    const one = disc(x(layer), sourceAt(inputs), "1", "xor-one"); // which the bias weighs
    return { edges, numbers, nodes, one, units, lanes, starts, goals, isOpen: isOpen[layer] };
  });
  return { parts, network, canvas };
}

/** Show in each unit what it makes of the plane. */
export function drawUnits({ parts, canvas }, { album }) {
  const { context } = prepare(canvas);
  parts.flatMap(({ nodes }) => nodes).forEach(({ square }, n) => show(album, n, context, ...square));
}

/** Bring the diagram's lines and numbers up to date; chosen is null, [layer, unit], or [layer, unit,
 * input] for a weight, whose way to the loss is shown.
 */
export function updateDiagram({ parts, network }, gradient, showsGradient, chosen) {
  const shown = showsGradient ? gradient : network;
  const largest = Math.max(1e-12, ...shown.theta.map(Math.abs));
  const thickness = (w) => (showsGradient ? (5 * Math.abs(w)) / largest : Math.min(6, 1.4 * Math.abs(w))) + 0.4;
  const [atLayer, atUnit, atInput] = chosen ?? [];
  const isOnWay = (layer, unit, input) => {
    if (!chosen) return true;
    if (layer === atLayer) return unit === atUnit && (atInput === undefined || input === atInput);
    if (layer === atLayer + 1) return input === atUnit;
    return layer > atLayer && atInput !== undefined && input < network.layers[layer].inputs;
  };
  parts.forEach(({ edges, numbers, nodes, one, units, lanes, starts, goals, isOpen }, layer) => {
    const { start, inputs } = network.layers[layer];
    const hasNumbers = isOpen || layer === atLayer;
    const x1 = starts[Number(hasNumbers)];
    const x2 = goals[Number(layer + 1 === atLayer)];
    const isRead = (unit) => isOpen || (layer === atLayer && unit === atUnit);
    edges.forEach((edge, e) => {
      const [unit, input] = [e % units, Math.floor(e / units)];
      const value = shown.theta[start + e];
      edge.isHidden = input === inputs && !isRead(unit);
      const width = thickness(value).toFixed(1);
      const faint = isOnWay(layer, unit, input) ? "" : " xor-faint";
      const kind = `${value < 0 ? "xor-minus" : "xor-plus"}${edge.isHidden ? " xor-gone" : faint}`;
      const style = [width, kind, x1, x2].join();
      if (edge.drawn === style) return;
      edge.drawn = style;
      Object.assign(edge.ends, { 0: x1, 2: x2 });
      edge.line.setAttribute("x1", x1);
      edge.line.setAttribute("x2", x2);
      edge.line.setAttribute("stroke-width", width);
      edge.line.setAttribute("class", kind);
    });
    one.classList.toggle("xor-gone", !hasNumbers);
    numbers.forEach((number, n) => {
      const unit = isOpen ? n % units : layer === atLayer ? atUnit : -1;
      number.hidden = unit < 0;
      if (number.hidden) return;
      number.place = [layer, unit, Math.floor(n / lanes)];
      const at = placeOf(network, number.place);
      write(number, short(shown.theta[at]));
      number.tabIndex = layer === atLayer && unit === atUnit ? 0 : -1;
      number.classList.toggle("xor-chosen", String(number.place) === String(chosen));
      number.setAttribute("aria-label", weightName(network.layers, ...number.place));
      number.setAttribute("aria-valuenow", decimal(network.theta[at]));
      number.setAttribute("aria-valuetext", number.textContent);
    });
    nodes.forEach(({ button }, unit) => button.setAttribute("aria-pressed", String(layer === atLayer && unit === atUnit)));
  });
}

/** Return the place in θ of the weight of an input; the bias follows the last. */
export const placeOf = ({ layers }, [layer, unit, input]) => layers[layer].start + input * layers[layer].units + unit;

/** Return the weight [layer, unit, input] whose line runs nearest to a point, undefined if none is near. */
export function weightAt({ parts }, px, py) {
  let least = REACH;
  let nearest;
  parts.forEach(({ edges, units }, layer) =>
    edges.forEach(({ ends: [x1, y1, x2, y2], isHidden }, e) => {
      const [dx, dy] = [x2 - x1, y2 - y1];
      const share = Math.max(0, Math.min(1, ((px - x1) * dx + (py - y1) * dy) / (dx * dx + dy * dy)));
      const away = Math.hypot(x1 + share * dx - px, y1 + share * dy - py);
      if (isHidden || away >= least) return;
      least = away;
      nearest = [layer, e % units, Math.floor(e / units)];
    }),
  );
  return nearest;
}

/** Give each unit its name, with its numbers, for those who do not see the diagram. */
export function describeDiagram({ parts, network }, pass) {
  parts.forEach(({ nodes }, layer) =>
    nodes.forEach(({ button }, unit) => button.setAttribute("aria-label", describe(network, pass, layer, unit))),
  );
}

/** Name a unit's weight by the input that it weighs; the input after the last is the bias's 1. */
function weightName(layers, layer, unit, input) {
  const source = layer ? unitName(layers, layer - 1, input).toLowerCase() : `x${subscript(input + 1)}`;
  const what = input === layers[layer].inputs ? "Bias of" : `Weight from ${source} to`;
  return `${what} ${unitName(layers, layer, unit).toLowerCase()}`;
}

/** Say which unit it is, what it hears, and what it says. */
export function describe({ layers }, pass, layer, unit) {
  const { weights, bias, units, inputs } = layers[layer];
  const list = Array.from({ length: inputs }, (_, i) => short(weights[i * units + unit])).join(", ");
  const outputs = [0, 1, 2, 3].map((row) => short(pass.a[layer + 1][row * units + unit])).join(", ");
  return `${unitName(layers, layer, unit)}: weights ${list}, bias ${short(bias[unit])}; on the four rows ${outputs}`;
}
