// The sixteen truth tables of two inputs, and the losses at which a network that learns one can get
// stuck, as in xordocs/experiments/diagnosis.py.

/** The inputs of the four rows, one row after the other. */
export const ROWS = Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1);

/** The rows as text: "0 0" to "1 1". */
export const CASES = ["0 0", "0 1", "1 0", "1 1"];

/** Each table's four labels under its name. */
export const TRUTH_TABLES = {
  false: [0, 0, 0, 0],
  nor: [1, 0, 0, 0],
  "not x1 and x2": [0, 1, 0, 0],
  "not x1": [1, 1, 0, 0],
  "x1 and not x2": [0, 0, 1, 0],
  "not x2": [1, 0, 1, 0],
  xor: [0, 1, 1, 0],
  nand: [1, 1, 1, 0],
  and: [0, 0, 0, 1],
  xnor: [1, 0, 0, 1],
  x2: [0, 1, 0, 1],
  "not x1 or x2": [1, 1, 0, 1],
  x1: [0, 0, 1, 1],
  "x1 or not x2": [1, 0, 1, 1],
  or: [0, 1, 1, 1],
  true: [1, 1, 1, 1],
};

/** Return the name of the table with these labels, null if they are no zeros and ones. */
export const nameOf = (labels) =>
  Object.keys(TRUTH_TABLES).find((name) => TRUTH_TABLES[name].every((label, row) => label === labels[row])) ?? null;

const FRACTIONS = [[1, 8], [1, 6], [3, 16], [1, 4]];

/** Return the mean squared errors that remain when rows share an output, each under its fraction
 * or its digits; the least first.
 *
 * The rows of a group cost least at the mean of their labels; rows outside it cost nothing.
 */
export function lossLadder(labels) {
  const rungs = new Map();
  for (let group = 1; group < 16; group++) {
    const shared = [...labels].filter((_, row) => (group >> row) & 1);
    const mean = shared.reduce((sum, label) => sum + label, 0) / shared.length;
    const loss = shared.reduce((sum, label) => sum + (label - mean) ** 2, 0) / 4;
    if (loss < 1e-9) continue;
    const fraction = FRACTIONS.find(([over, under]) => Math.abs(loss - over / under) < 1e-9);
    rungs.set(fraction ? fraction.join("/") : loss.toFixed(3), loss);
  }
  return Object.fromEntries([...rungs].sort(([, a], [, b]) => a - b));
}
