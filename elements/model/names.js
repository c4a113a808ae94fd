// What a network's units are called.

export const subscript = (index) => "₀₁₂₃₄₅"[index]; // as there are at most five layers

/** Name a unit by its symbol, as a sentence begins. */
export const unitName = (layers, layer, unit) =>
  layer === layers.length - 1 ? "Output unit" : `Hidden unit a${subscript(layer + 1)}[${unit}]`;
