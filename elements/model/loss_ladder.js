// The losses at which a network can get stuck: those at which rows of different labels share an output.

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

/** Return those of a loss by its name: cross-entropy has none that the labels alone tell. */
export const plateaus = (loss, labels) => (loss === "mse" ? lossLadder(labels) : {});
