// What happens at a stop of an epoch, as HTML: each formula with its numbers, and under each number the
// symbol that stands for it.

import { hiddenDeltaOf, outputDeltaOf, shares, sumOf } from "../model/factors.js";
import { LOSSES, lossOf } from "../model/network.js";
import { CASES } from "../model/truth_tables.js";
import { figure } from "./numbers.js";

/** Write a number in three figures. */
export function brief(value) {
  const size = Math.abs(value);
  const text = size && (size < 0.001 || size >= 1e5) ? value.toExponential(2) : String(Number(value.toPrecision(3)));
  return text.replace("+", "").replace(/-/g, "−");
}

const subscript = (index) => String(index).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);

/** Return a unit's symbols as the course writes them, those of its weights before its bias's: entries are
 * counted from 0, as in code, and the single output unit's need no place.
 */
function symbolsOf(layers, layer, unit) {
  const { inputs, units } = layers[layer];
  const number = subscript(layer + 1);
  const isSingle = units === 1 && layer === layers.length - 1;
  const place = (within) => number + (isSingle ? "" : `[${within}]`);
  const sources = Array.from({ length: inputs }, (_, i) => (layer ? `a${subscript(layer)}[${i}]` : `x${subscript(i + 1)}`));
  return {
    numbers: [...sources.map((_, i) => `W${number}[${i}, ${unit}]`), `b${place(`0, ${unit}`)}`],
    sources: [...sources, "1"],
    sum: `z${place(unit)}`,
    output: isSingle ? "ŷ" : `a${place(unit)}`,
    delta: `δ${place(unit)}`,
  };
}

const inBrackets = (text) => text.replace(/^[-−].*/, "($&)");
const product = (a, b) => `${inBrackets(brief(a))} · ${inBrackets(brief(b))}`;
const term = (sign, number, symbol) =>
  `<span class="xor-term">${sign} <span><b>${number}</b> <small>${symbol}</small></span></span>`;
const line = (...terms) => `<p class="xor-formula">${terms.flat().join(" ")}</p>`;
const sum = (terms, open = "") => terms.map(([number, symbol], i) => term(i ? "+" : open, number, symbol));

const logistic = (z) => `1 / (1 + e<sup>${brief(-z)}</sup>)`;
const BENDS = {
  relu: { name: "ReLU", text: (z) => `max(0, ${brief(z)})` },
  leaky_relu: { name: "leaky ReLU", text: (z) => `max(${brief(z)}, 0.01 · ${inBrackets(brief(z))})` },
  tanh: { name: "tanh", text: (z) => `tanh(${brief(z)})` },
  sigmoid: { name: "σ", text: logistic },
};

/** A unit's weighted sum and its output, on a row. */
export function forwardOf({ network, pass, settings }, row, layer, unit) {
  const { terms, bias, z, a } = sumOf(network, pass, row, layer, unit);
  const { numbers, sources, sum: symbol, output } = symbolsOf(network.layers, layer, unit);
  const parts = terms.map((each, i) => [product(...each), `${sources[i]} · ${numbers[i]}`]);
  const isOutput = layer === network.layers.length - 1;
  const { name, text } = isOutput ? BENDS.sigmoid : BENDS[settings.activation];
  return (
    line(sum([...parts, [inBrackets(brief(bias)), numbers.at(-1)]]), term("=", brief(z), symbol)) +
    line(term("", text(z), `${name}(${symbol})`), term("=", brief(a), output))
  );
}

const ERRORS = {
  mse: (out, y) => [`(${brief(out)} − ${brief(y)})²`, "(ŷ − y)²"],
  cross_entropy: (out, y) => [
    `−${brief(y)} · ln ${brief(out)} − ${brief(1 - y)} · ln(1 − ${brief(out)})`,
    "−y ln ŷ − (1 − y) ln(1 − ŷ)",
  ],
};

/** A row's loss, and the mean of all rows'. */
export function lossOfRow({ pass, y, settings: { loss } }, row) {
  const losses = [...pass.z.at(-1)].map((z, each) => LOSSES[loss].row(z, y[each]));
  return (
    line(term("", ...ERRORS[loss](pass.a.at(-1)[row], y[row])), term("=", brief(losses[row]), `loss on ${CASES[row]}`)) +
    line(sum(losses.map((each, i) => [brief(each), CASES[i]]), "("), term(") /", "4", "rows"), term("=", brief(lossOf(pass, y, loss)), "J"))
  );
}

/** A unit's δ on a row, with its factors. */
function deltaOf({ network, pass, y, settings }, row, layer, unit) {
  const { layers } = network;
  const last = layers.length - 1;
  const own = symbolsOf(layers, layer, unit);
  const result = `${own.delta} = ∂J/∂${own.sum}`;
  if (layer === last) {
    const { factors, delta } = outputDeltaOf(pass, y, settings.loss, row);
    const symbols = [`${factors.length - 1} / 4`, "ŷ − y", "ŷ (1 − ŷ)"];
    const terms = factors.map((factor, i) => term(i ? "·" : "", inBrackets(brief(factor)), symbols[i]));
    return line(terms, term("=", brief(delta), result));
  }
  const { terms, slope, delta } = hiddenDeltaOf(network, pass, settings.activation, row, layer, unit);
  const above = (k) => {
    const { numbers, delta } = symbolsOf(layers, layer + 1, k);
    return `${numbers[unit]} · ${delta}`;
  };
  const several = terms.length > 1;
  return line(
    sum(terms.map((each, k) => [product(...each), above(k)]), several ? "(" : ""),
    term(several ? ") ·" : "·", brief(slope), `${BENDS[settings.activation].name}′(${own.sum})`),
    term("=", brief(delta), result),
  );
}

const cells = (texts) => texts.map((text) => `<td>${text}</td>`).join("");

/** Return a table; each row begins inside its heading. */
function table(label, columns, rows) {
  const heads = ["number", ...columns].map((text) => `<th scope="col">${text}</th>`).join("");
  const body = rows.map((row) => `<tr><th scope="row">${row}</tr>`).join("");
  return `<div class="xor-scroll" tabindex="0" role="region" aria-label="${label}"><table class="xor-table"><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A unit's δ, and the slope of each of its numbers: on each row what came in times δ, and their sum;
 * of the chosen one with the factors.
 */
export function backwardOf(run, row, layer, unit, input = 0) {
  const { network, pass, gradient } = run;
  const { units, start } = network.layers[layer];
  const { numbers, sources, delta } = symbolsOf(network.layers, layer, unit);
  const slope = (i) => gradient.theta[start + i * units + unit];
  const factors = shares(network, pass, layer, unit, input);
  const rows = numbers.map((number, i) => {
    const products = shares(network, pass, layer, unit, i).map(([a, each]) => brief(a * each));
    const button = `<button type="button" data-input="${i}" aria-pressed="${i === input}">${number}</button>`;
    return `${button} ${sources[i]} · ${delta}</th>${cells([...products, `<b>${brief(slope(i))}</b>`])}`;
  });
  return (
    deltaOf(run, row, layer, unit) +
    table("Slopes", [...CASES, "slope"], rows) +
    line(
      sum(factors.map((each, i) => [product(...each), `${sources[input]} · ${delta} on ${CASES[i]}`])),
      term("=", brief(slope(input)), `∂J/∂${numbers[input]}`),
    )
  );
}

/** Each number of a unit before and after the step. */
export function updateOf({ network, gradient, rate }, row, layer, unit) {
  const { units, start } = network.layers[layer];
  const rows = symbolsOf(network.layers, layer, unit).numbers.map((number, i) => {
    const [w, slope] = [network, gradient].map(({ theta }) => theta[start + i * units + unit]);
    const texts = [figure(w), `− ${brief(rate)} · ${inBrackets(brief(slope))}`, `<b>${figure(w - rate * slope)}</b>`];
    return `${number}</th>${cells(texts).replace(/-/g, "−")}`;
  });
  return table("Update", ["now", "− η · slope", "next"], rows);
}

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
