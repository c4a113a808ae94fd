// The natural logarithm, correctly rounded: NumPy draws its normal numbers with the C library's,
// and Math.log differs from that in the last digit once in fourteen times.

const ONE = 1n << 128n; // numbers here are integers, counted in units of 2**-128
const LN2 = 0xb17217f7d1cf79abc9e3b39803f2f6afn;

/** Return log(x), 0 < x < 1, as -(k log(2) + 2 artanh((1 - m) / (1 + m))) for x = m / 2**k. */
export function log(x) {
  let k = 0n;
  for (; x < 0.5; x *= 2) k += 1n;
  const m = BigInt(x * 2 ** 53) << 75n;
  const s = ((ONE - m) << 128n) / (ONE + m);
  let sum = k * LN2;
  for (let power = 2n * s, n = 1n; power; n += 2n) {
    sum += power / n;
    power = (power * s * s) >> 256n;
  }
  return -Number(sum) / 2 ** 128;
}
