// What a network's units are called.

/** Name a unit by its symbol, as a sentence begins. */
export const unitName = (layers, layer, unit) =>
  layer === layers.length - 1 ? "Output unit" : `Hidden unit a${"₁₂₃₄"[layer]}[${unit}]`;
