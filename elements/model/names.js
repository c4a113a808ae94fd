// What a network's units are called.

/** Name a unit, as a sentence begins. */
export const unitName = (layers, layer, unit) =>
  layer === layers.length - 1 ? "Output unit" : `Hidden unit ${unit + 1} of layer ${layer + 1}`;
