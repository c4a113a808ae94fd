// The network as a graph: a map in each unit, and each number on the line that it belongs to.

import { prepare } from "./canvas.js";
import { make, write } from "./dom.js";
import { short } from "./numbers.js";
import { show } from "./raster.js";

/** Build the diagram of a network's shape; choose is told which unit was chosen. */
export function buildDiagram(container, network, choose) {
  const { layers } = network;
  const width = container.clientWidth;
  const most = Math.max(2, ...layers.map(({ units }) => units));
  const pitch = Math.max(34, Math.min(96, 420 / most));
  const gap = (width - 96) / layers.length;
  const node = Math.max(24, Math.min(64, pitch - 5, gap - 40)); // a number fits between two
  const height = most * pitch + 20;
  const x = (column) => 30 + gap * column;
  const rise = (count, unit) => height / 2 + (unit - (count - 1) / 2) * pitch;
  const inputAt = (i) => height * (0.25 + i / 2);
  container.innerHTML = '<svg aria-hidden="true"><g></g><g></g></svg><canvas aria-hidden="true"></canvas>';
  container.style.height = `${height}px`;
  const [svg, canvas] = container.children;
  const [lines, texts] = svg.children;
  const say = (px, py, anchor, text) => make(texts, "text", text, { x: px, y: py, "text-anchor": anchor });
  ["x₁", "x₂"].forEach((name, i) => {
    make(texts, "circle", "", { cx: x(0), cy: inputAt(i), r: 15, class: "xor-input" });
    say(x(0), inputAt(i) + 4, "middle", name);
  });
  const parts = layers.map(({ inputs, units }, layer) => {
    const isOutput = layer === layers.length - 1;
    const edges = [];
    for (let i = 0; i < inputs; i++)
      for (let unit = 0; unit < units; unit++)
        edges.push(make(lines, "line", "", { x1: x(layer), y1: layer ? rise(inputs, i) : inputAt(i), x2: x(layer + 1), y2: rise(units, unit) }));
    const roomy = gap > 130;
    const nodes = Array.from({ length: units }, (_, unit) => {
      const left = x(layer + 1) - node / 2;
      const at = rise(units, unit);
      const top = at - node / 2;
      const style = `left:${left}px;top:${top}px;width:${node}px;height:${node}px`;
      const button = make(container, "button", "", { type: "button", class: "xor-unit", style });
      button.addEventListener("click", () => choose(layer, unit));
      return {
        button,
        square: [left + 1, top + 1, node - 2],
        weights: roomy && !layer && say(left - 6, at - 3, "end"),
        bias: isOutput ? gap > 60 && say(x(layer + 1), at + node / 2 + 15, "middle") : roomy && say(left - 6, at + 11, "end"),
      };
    });
    const sends = layer && gap > 60
      ? Array.from({ length: inputs }, (_, i) => say(x(layer) + node / 2 + 5, rise(inputs, i) + 4, "start"))
      : [];
    return { edges, nodes, sends };
  });
  return { parts, network, canvas };
}

/** Show in each unit what it makes of the plane. */
export function drawUnits({ parts, canvas }, { album }) {
  const { context } = prepare(canvas);
  parts.flatMap(({ nodes }) => nodes).forEach(({ square }, n) => show(album, n, context, ...square));
}

/** Bring the diagram's lines and numbers up to date. */
export function updateDiagram({ parts, network }, gradient, showsGradient, selected) {
  const shown = showsGradient ? gradient : network;
  const largest = Math.max(1e-12, ...shown.theta.map(Math.abs));
  const thickness = (w) => (showsGradient ? (5 * Math.abs(w)) / largest : Math.min(6, 1.4 * Math.abs(w))) + 0.4;
  parts.forEach(({ edges, nodes, sends }, layer) => {
    const { weights, bias, units } = shown.layers[layer];
    edges.forEach((edge, i) => {
      const touches = !selected || (selected[0] === layer && selected[1] === i % units) ||
        (selected[0] === layer - 1 && selected[1] === Math.floor(i / units));
      const width = thickness(weights[i]).toFixed(1);
      const kind = `${weights[i] < 0 ? "xor-minus" : "xor-plus"}${touches ? "" : " xor-faint"}`;
      if (edge.drawn === width + kind) return;
      edge.drawn = width + kind;
      edge.setAttribute("stroke-width", width);
      edge.setAttribute("class", kind);
    });
    const hears = selected && selected[0] === layer ? selected[1] : units === 1 ? 0 : -1;
    sends.forEach((text, i) => write(text, hears < 0 ? "" : short(weights[i * units + hears])));
    nodes.forEach((node, unit) => {
      if (node.weights) write(node.weights, `${short(weights[unit])}  ${short(weights[units + unit])}`);
      if (node.bias) write(node.bias, `b ${short(bias[unit])}`);
      node.button.setAttribute("aria-pressed", String(!!selected && selected[0] === layer && selected[1] === unit));
    });
  });
}

/** Give each unit its name, with its numbers, for those who do not see the diagram. */
export function describeDiagram({ parts, network }, pass) {
  parts.forEach(({ nodes }, layer) =>
    nodes.forEach(({ button }, unit) => button.setAttribute("aria-label", describe(network, pass, layer, unit))),
  );
}

/** Say which unit it is, what it hears, and what it says. */
export function describe({ layers }, pass, layer, unit) {
  const { weights, bias, units, inputs } = layers[layer];
  const list = Array.from({ length: inputs }, (_, i) => short(weights[i * units + unit])).join(", ");
  const outputs = [0, 1, 2, 3].map((row) => short(pass.a[layer + 1][row * units + unit])).join(", ");
  const name = layer === layers.length - 1 ? "Output unit" : `Hidden unit ${unit + 1} of layer ${layer + 1}`;
  return `${name}: weights ${list}, bias ${short(bias[unit])}; on the four rows ${outputs}`;
}
