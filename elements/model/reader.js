// A network that reads a picture: one hidden layer of ReLU units, and a softmax over the answers.

/** Return how it shares 1 among its answers. */
export function read([W1, b1, W2, b2], pixels) {
  const a1 = sums(pixels, W1, b1).map((z) => Math.max(0, z));
  const z2 = sums(a1, W2, b2);
  const grown = z2.map((z) => Math.exp(z - Math.max(...z2)));
  const total = grown.reduce((sum, each) => sum + each);
  return grown.map((each) => each / total);
}

function sums(inputs, weights, [bias]) {
  return bias.map((start, unit) => inputs.reduce((sum, input, i) => sum + input * weights[i][unit], start));
}
