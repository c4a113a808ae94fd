// What happens at a stop of an epoch, as HTML: each formula with its numbers, and under each number the
// symbol that stands for it.

import { hiddenDeltaOf, outputDeltaOf, shares, sumOf } from "../model/factors.js";
import { subscript } from "../model/names.js";
import { LOSSES, lossOf } from "../model/network.js";
import { CASES } from "../model/truth_tables.js";

/** Write a number in so many figures. */
export function brief(value, figures = 3) {
  const size = Math.abs(value);
  const text = size && (size < 0.001 || size >= 1e5) ? value.toExponential(2) : String(Number(value.toPrecision(figures)));
  return text.replace("+", "").replace(/-/g, "−");
}

/** Return a unit's symbols as the course has them: places are counted from 0, as in code, and the output
 * unit has none.
 */
function symbolsOf({ layers }, layer, unit) {
  const own = subscript(layer + 1);
  const of = (letter) => letter + own + (layers[layer + 1] ? `[${unit}]` : "");
  const isBias = (i) => i === layers[layer].inputs;
  const source = (i) => (isBias(i) ? "1" : layer ? `a${subscript(layer)}[${i}]` : `x${subscript(i + 1)}`);
  const weight = (i) => (isBias(i) ? of("b") : `W${own}[${i}, ${unit}]`);
  return { of, source, weight, delta: of("δ") };
}

/** Return the symbol of a unit's output. */
const outputOf = (network, layer, unit) => (network.layers[layer + 1] ? symbolsOf(network, layer, unit).of("a") : "ŷ");

const inBrackets = (text) => text.replace(/^−.*/, "($&)");
const product = (a, b) => `${inBrackets(brief(a))} · ${inBrackets(brief(b))}`;
const term = (sign, number, symbol) =>
  `<span class="xor-term">${sign} <span><b>${number}</b> <small>${symbol}</small></span></span>`;
const line = (...terms) => `<p class="xor-formula">${terms.flat().join(" ")}</p>`;
const sum = (terms, open = "") => terms.map(([number, symbol], i) => term(i ? "+" : open, number, symbol));

const BENDS = {
  relu: { name: "ReLU", text: (z) => `max(0, ${brief(z)})` },
  leaky_relu: { name: "leaky ReLU", text: (z) => `max(${brief(z)}, 0.01 · ${inBrackets(brief(z))})` },
  tanh: { name: "tanh", text: (z) => `tanh(${brief(z)})` },
  sigmoid: { name: "σ", text: (z) => `1 / (1 + e<sup>${brief(-z)}</sup>)` },
};

/** A unit's weighted sum and its output, on a row. */
function forwardOf({ network, pass, settings }, row, layer, unit) {
  const { terms, bias, z, a } = sumOf(network, pass, row, layer, unit);
  const { of, source, weight } = symbolsOf(network, layer, unit);
  const parts = terms.map((each, i) => [product(...each), `${source(i)} · ${weight(i)}`]);
  const isOutput = layer === network.layers.length - 1;
  const { name, text } = isOutput ? BENDS.sigmoid : BENDS[settings.activation];
  return (
    line(sum([...parts, [inBrackets(brief(bias)), of("b")]]), term("=", brief(z), of("z"))) +
    line(term("", text(z), `${name}(${of("z")})`), term("=", brief(a), outputOf(network, layer, unit)))
  );
}

const ERRORS = {
  mse: (out, y) => [`(${brief(out)} − ${brief(y)})²`, "(ŷ − y)²"],
  cross_entropy: (out, y) => [
    `−${brief(y)} · ln ${brief(out)} − ${brief(1 - y)} · ln(1 − ${brief(out)})`,
    "−y ln ŷ − (1 − y) ln(1 − ŷ)",
  ],
};

/** A row's loss, and if there are several the mean of all rows'. */
function lossOfRow({ pass, y, settings: { loss } }, row) {
  const losses = [...pass.z.at(-1)].map((z, each) => LOSSES[loss].row(z, y[each]));
  const isOne = pass.rows === 1;
  const mean = line(sum(losses.map((each, i) => [brief(each), CASES[i]]), "("), term(") /", pass.rows, "rows"), term("=", brief(lossOf(pass, y, loss)), "J"));
  return line(term("", ...ERRORS[loss](pass.a.at(-1)[row], y[row])), term("=", brief(losses[row]), isOne ? "J" : `loss on ${CASES[row]}`)) + (isOne ? "" : mean);
}

/** A unit's δ on a row, with its factors. */
function deltaOf({ network, pass, y, settings }, row, layer, unit) {
  const own = symbolsOf(network, layer, unit);
  const end = (delta) => term("=", brief(delta), `${own.delta} = ∂J/∂${own.of("z")}`);
  if (layer === network.layers.length - 1) {
    const { factors, delta } = outputDeltaOf(pass, y, settings.loss, row);
    const symbols = [`${factors.length - 1}${pass.rows > 1 ? " / 4" : ""}`, "ŷ − y", "ŷ (1 − ŷ)"];
    const terms = factors.map((factor, i) => term(i ? "·" : "", inBrackets(brief(factor)), symbols[i]));
    return line(terms, end(delta));
  }
  const { terms, slope, delta } = hiddenDeltaOf(network, pass, settings.activation, row, layer, unit);
  const above = (k) => {
    const { weight, delta } = symbolsOf(network, layer + 1, k);
    return `${weight(unit)} · ${delta}`;
  };
  return line(
    sum(terms.map((each, k) => [product(...each), above(k)]), "("),
    term(") ·", brief(slope), `${BENDS[settings.activation].name}′(${own.of("z")})`),
    end(delta),
  );
}

const cells = (texts) => texts.map((text) => `<td>${text}</td>`).join("");

/** Return a table; each row begins inside its heading. */
function table(name, columns, rows) {
  const heads = ["number", ...columns].map((text) => `<th scope="col">${text}</th>`).join("");
  const body = rows.map((row) => `<tr><th scope="row">${row}</tr>`).join("");
  return `<div class="xor-scroll" tabindex="0" role="region" aria-label="${name}"><table class="xor-table"><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A unit's δ, and the slope of each of its numbers: on each row what came in times δ, and their sum;
 * of the chosen one with the factors.
 */
function backwardOf(run, row, layer, unit, input = 0) {
  const { network, pass, gradient } = run;
  const { inputs, units, start } = network.layers[layer];
  const { source, weight, delta } = symbolsOf(network, layer, unit);
  const slope = (i) => gradient.theta[start + i * units + unit];
  const factors = shares(network, pass, layer, unit, input);
  const rows = Array.from({ length: inputs + 1 }, (_, i) => {
    const products = shares(network, pass, layer, unit, i).map(([a, each]) => brief(a * each));
    const button = `<button type="button" data-input="${i}" aria-pressed="${i === input}">${weight(i)}</button>`;
    return `${button} ${source(i)} · ${delta}</th>${cells([...(pass.rows > 1 ? products : []), `<b>${brief(slope(i))}</b>`])}`;
  });
  return (
    deltaOf(run, row, layer, unit) +
    table("Slopes", [...(pass.rows > 1 ? CASES : []), "slope"], rows) +
    line(
      sum(factors.map((each, i) => [product(...each), `${source(input)} · ${delta}${pass.rows > 1 ? ` on ${CASES[i]}` : ""}`])),
      term("=", brief(slope(input)), `∂J/∂${weight(input)}`),
    )
  );
}

/** Each number of a unit before and after the step. */
function updateOf({ network, gradient, rate }, row, layer, unit) {
  const { inputs, units, start } = network.layers[layer];
  const { weight } = symbolsOf(network, layer, unit);
  const rows = Array.from({ length: inputs + 1 }, (_, i) => {
    const [w, slope] = [network, gradient].map(({ theta }) => theta[start + i * units + unit]);
    const texts = [brief(w, 5), `− ${brief(rate)} · ${inBrackets(brief(slope))}`, `<b>${brief(w - rate * slope, 5)}</b>`];
    return `${weight(i)}</th>${cells(texts)}`;
  });
  return table("Update", ["now", "− η · slope", "next"], rows);
}

/** The formulas of each phase, as HTML: of a run's unit, on a row. */
export const FORMULAS = { forward: forwardOf, loss: lossOfRow, backward: backwardOf, update: updateOf };

/** Put HTML in a place. Where only its texts are others than before the elements stay; else a button
 * that had the focus hands it to the one that takes its place.
 */
export function fill(element, html) {
  const tags = html.replace(/>[^<]+/g, ">");
  if (element.tags === tags) {
    const fresh = document.createElement("div");
    fresh.innerHTML = html;
    return renew(element, fresh);
  }
  const held = [...element.querySelectorAll("button")].indexOf(document.activeElement);
  element.tags = tags;
  element.innerHTML = html;
  element.querySelectorAll("button")[held]?.focus({ preventScroll: true });
}

/** Give the texts of an element to another of the same form. */
function renew(old, fresh) {
  if (old.data !== fresh.data) old.data = fresh.data; // which only texts have
  old.childNodes.forEach((node, i) => renew(node, fresh.childNodes[i]));
}
