// The natural logarithm, correctly rounded: NumPy draws its normal numbers with the C library's,
// and Math.log differs from that in one last digit out of fourteen.
//
// A number is kept as a pair [high, low] whose sum has about 106 bits (Dekker, 1971).

function sum(a, b) {
  const high = a + b;
  const part = high - a;
  return [high, a - (high - part) + (b - part)];
}

function halves(a) {
  const big = 134217729 * a; // 2**27 + 1
  const high = big - (big - a);
  return [high, a - high];
}

function product(a, b) {
  const high = a * b;
  const [a1, a2] = halves(a);
  const [b1, b2] = halves(b);
  return [high, a1 * b1 - high + a1 * b2 + a2 * b1 + a2 * b2];
}

function add([a, b], [c, d]) {
  const [high, low] = sum(a, c);
  return sum(high, low + b + d);
}

function multiply([a, b], [c, d]) {
  const [high, low] = product(a, c);
  return sum(high, low + a * d + b * c);
}

function divide(a, b) {
  const first = a[0] / b[0];
  const rest = add(a, multiply(b, [-first, 0]));
  return sum(first, rest[0] / b[0]);
}

const LN2 = [0.6931471805599453, 2.3190468138462996e-17];

/** Return log(x), 0 < x < 1, as log(2) k + 2 artanh((m - 1) / (m + 1)) for x = m 2**k. */
export function log(x) {
  let k = 0;
  while (x < Math.SQRT1_2) {
    x *= 2;
    k -= 1;
  }
  const s = divide(sum(x, -1), sum(x, 1));
  const square = multiply(s, s);
  let series = [0, 0];
  for (let n = 45; n > 0; n -= 2) series = add(multiply(series, square), divide([2, 0], [n, 0]));
  return add(multiply(LN2, [k, 0]), multiply(s, series))[0];
}
