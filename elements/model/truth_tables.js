// The sixteen truth tables of two inputs.

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
