// Numbers as text.

/** Write a number with four decimals, a small one in two figures, and a large one with a power of ten. */
export const figure = (value) =>
  Math.abs(value) < 0.001 ? `${+value.toPrecision(2)}` : Math.abs(value) >= 1e5 ? value.toExponential(2) : value.toFixed(4);

/** Return the multiples of a round step from one number to another, five steps apart at most. */
export function ticksOf(low, high, least = 0) {
  const unit = 10 ** Math.floor(Math.log10(high - low));
  const step = Math.max(least, unit * [0.2, 0.5, 1, 2].find((each) => (high - low) / unit / each <= 5));
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}
