// The plane as a frame's network sees it, computed when a part first asks, and once for all parts.

import { palette } from "../drawing/canvas.js";
import { COARSE, FINE, survey } from "../drawing/raster.js";

const surveyed = new WeakMap(); // by frame
const rooms = new WeakMap(); // by network, to be used again

/** Return a forward pass over the plane, with a picture of each unit. */
export function planeOf(frame) {
  if (!surveyed.has(frame)) {
    const { network, settings } = frame.run;
    const steps = frame.isMoving ? COARSE : FINE;
    const plane = survey(network, settings.activation, palette(), steps, rooms.get(network));
    rooms.set(network, plane);
    surveyed.set(frame, plane);
  }
  return surveyed.get(frame);
}
