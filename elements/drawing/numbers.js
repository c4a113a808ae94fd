// Numbers as text.

/** Write a number in four figures, very small and very large ones with a power of ten. */
export const figure = (value) =>
  value === 0 ? "0" : Math.abs(value) < 0.001 || Math.abs(value) >= 1e5 ? value.toExponential(2) : value.toFixed(4);

/** Write a number as briefly as the lines of a diagram have room for. */
export function short(value) {
  const size = Math.abs(value);
  const text = size && (size < 0.005 || size >= 1000) ? value.toExponential(0) : value.toFixed(2);
  return text.replace("+", "").replaceAll("-", "−");
}

/** Write a number without a power of ten, as far as it goes: attributes of ARIA know none. */
export const decimal = (value) => Math.max(-1e20, Math.min(1e20, value)).toFixed(4);

/** Return a round step that divides a scale from 0 to a number into five parts at most. */
export function stepOf(high) {
  const unit = 10 ** Math.floor(Math.log10(high));
  return unit * [0.2, 0.5, 1, 2].find((step) => high / unit / step <= 5);
}
