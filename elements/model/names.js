// What a network's units and numbers are called.

/** Write an index below the line. */
export const subscript = (index) => String(index).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);

/** Name a unit in the middle of a sentence. */
export const unitName = (layers, layer, unit) =>
  layer === layers.length - 1 ? "output unit" : `hidden unit ${unit + 1} of layer ${layer + 1}`;

/** Name a unit's weight by the input that it weighs; the input after the last is the bias's 1. */
export function weightName(layers, layer, unit, input) {
  const name = unitName(layers, layer, unit);
  if (input === layers[layer].inputs) return `Bias of ${name}`;
  const source = layer ? unitName(layers, layer - 1, input) : `x${subscript(input + 1)}`;
  return `Weight from ${source} to ${name}`;
}
