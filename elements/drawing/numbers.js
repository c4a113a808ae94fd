// Numbers as text.

/** Write a number with four decimals, a small one in two figures, and a large one with a power of ten. */
export const figure = (value) =>
  Math.abs(value) < 0.001 ? `${+value.toPrecision(2)}` : Math.abs(value) >= 1e5 ? value.toExponential(2) : value.toFixed(4);

/** Return a round step that divides a scale from 0 to a number into five parts at most. */
export function stepOf(high) {
  const unit = 10 ** Math.floor(Math.log10(high));
  return unit * [0.2, 0.5, 1, 2].find((step) => high / unit / step <= 5);
}
