// NumPy's legacy generator, whose streams NumPy has promised never to change: the Mersenne Twister
// (Matsumoto and Nishimura, 1998) and Marsaglia's polar method.

import { log } from "./logarithm.js";
import { ROUNDINGS } from "./roundings.js";

const N = 624;
const M = 397;

/** Return a function that draws what numpy.random.RandomState(seed).randn draws, one at a time. */
export function normal(seed) {
  const uniform = twister(seed);
  const off = roundings(seed);
  let kept = null;
  let pair = 0;
  return () => {
    if (kept !== null) {
      const second = kept;
      kept = null;
      return second;
    }
    let x, y, square;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    number[0] = log(square);
    bits[0] += off[pair++] ?? 0n;
    const factor = Math.sqrt((-2 * number[0]) / square);
    kept = factor * x;
    return factor * y;
  };
}

const number = new Float64Array(1);
const bits = new BigInt64Array(number.buffer);

/** Return, for those of a seed's pairs where NumPy's logarithm is one float off, which way. */
function roundings(seed) {
  const off = {};
  let place = 0;
  for (const [, far, sign] of ROUNDINGS.matchAll(/(\w+)([-+])/g)) {
    place += parseInt(far, 36);
    if (Math.floor(place / 512) === seed) off[place % 512] = sign === "+" ? 1n : -1n;
  }
  return off;
}

/** Return a function that draws from [0, 1) with 53 bits. */
function twister(seed) {
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    const last = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = Math.imul(1812433253, last) + i;
  }
  let place = N;
  const integer = () => {
    if (place === N) {
      twist(state);
      place = 0;
    }
    let y = state[place++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return () => {
    const high = integer() >>> 5;
    return (high * 67108864 + (integer() >>> 6)) / 9007199254740992;
  };
}

function twist(state) {
  for (let i = 0; i < N; i++) {
    const y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
    state[i] = state[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}
