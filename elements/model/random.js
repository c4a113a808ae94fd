// NumPy's legacy generator, whose streams NumPy has promised never to change: the Mersenne Twister
// (Matsumoto and Nishimura, 1998) and Marsaglia's polar method.

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

// The natural logarithm, correctly rounded: NumPy draws with the C library's, and Math.log differs from
// that in the last digit once in fourteen times. Numbers here are integers, counted in units of 2**-128.
const ONE = 1n << 128n;
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

// Where NumPy's own logarithm is not correctly rounded; written by tests/browser/roundings.py. How far
// on, in base 36, is seed times 512 and place of a pair; which way.
const ROUNDINGS = "97+1yg+d+51a-11l-8t+li+fv+dk-2w+6kx+2dv+2r-3ew+ga-1qe+xe+11q+7pc-e0-2h1-bq-2s0+zo-2cf-tb-us-of-1hy-n8+1hk-fs+ih+2br-80x+16i+z+1of-21x-5k+r-kf+375+29a-77-1o7-16r+29b+2m6-47n-24+1av+c3+1q7-1rc+9w+sm-82+1e1+218+55-w7-20qr+1m30+i6i+1bsp+38xe-ema-jcs+oic+13hr+11jh+21vt-1720-6be+vzk+em8+25uf+e7g-1l5+93g+gli+qgk+ohe+bgy-1yu-14b2+1kvt+qgs+14al+iyy+iye+5xo-rna-2igh+3yp+sge-3ke2-547-h+1ko+ft5-73l+k60+1mgh-7ib-1fcr+1i4d-ow9-5xf-5xa+8-i68-1911-ec+mwr+aa7+tm7+zyi-1pml+35o-i62+1t72+1drh-249o-stv-1a7u+owc+7w8+bgo-92g-xlo-2qy+dtq-2ry+1mv4+2cji+18mz+1iwx+fek+r9e-6bq-1l1+6pe+26mq-54p-1k3h+33ev-q2o-a9b-xkt+4qs-1c7l+4ca+xkf+bve+c8k+2vw3-t9+8oq-lbr-e83-tm7-2rw-6bj-bv5+11ih+owl+5if+115d+2fbf+c8j-153f-6pt+2cu-1z2-f0x-i5y+1150+16e-1vyl+1uqz-1bsw+6bs-o3q+1ku+ef+mx0+26m3-mwg+g7l+kje-glh+";
