// A unit's hinge in the plane: the line w₁x₁ + w₂x₂ + b = 0, as [w₁, w₂, b].

/** Return the point of a hinge next to another point; no finite numbers if the weights are zero. */
export function nearest([w1, w2, b], [x1, x2]) {
  const off = (w1 * x1 + w2 * x2 + b) / (w1 * w1 + w2 * w2);
  return [x1 - off * w1, x2 - off * w2];
}

/** Return the point that is so far along a hinge from one of its points, to the left of [w₁, w₂]. */
export function further([w1, w2], [x1, x2], far) {
  const share = far / Math.hypot(w1, w2);
  return [x1 - share * w2, x2 + share * w1];
}

/** Return the hinge with the same weights that goes through a point. */
export const through = ([w1, w2], [x1, x2]) => [w1, w2, -w1 * x1 - w2 * x2];

/** Return a hinge turned about one of its points, so that another point lies further along it. */
export function turned([w1, w2], pivot, [x1, x2]) {
  const along = [x1 - pivot[0], x2 - pivot[1]];
  const scale = Math.hypot(w1, w2) / Math.hypot(...along);
  return through([scale * along[1], -scale * along[0]], pivot);
}
