// What a model without a hidden layer makes of the four rows, as in xordocs/nn/linear_regression.py: a
// plane over the two inputs; and, with nothing but a bias, a constant guess.

/** Return the heights over the four rows of the plane through those over (0, 0), (0, 1) and (1, 0). */
export const planeThrough = ([h00, h01, h10]) => [h00, h01, h10, h01 + h10 - h00];

/** Return the heights of the plane whose squared error is least. It misses all four labels by as much,
 * above and below in turn around the square. */
export function bestPlane(y) {
  const miss = (y[0] - y[1] - y[2] + y[3]) / 4;
  return [y[0] - miss, y[1] + miss, y[2] + miss, y[3] - miss];
}

/** Return the mean squared error of outputs. */
export const squaredError = (outputs, y) => outputs.reduce((sum, output, row) => sum + (output - y[row]) ** 2, 0) / y.length;

/** Return the squared error of a guess that is the same for all rows, and its slope. */
export function guessed(guess, y) {
  const errors = [...y].map((label) => guess - label);
  return {
    loss: squaredError(errors.map(() => guess), y),
    slope: (2 * errors.reduce((sum, error) => sum + error)) / y.length,
  };
}
