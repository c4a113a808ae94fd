// Canvases in the page's colours and at their places' sizes.

/** Read the site's colours in the scheme of the moment. */
export function palette(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(name).trim();
  const context = new OffscreenCanvas(256, 1).getContext("2d");
  const shades = (context.fillStyle = context.createLinearGradient(0, 0, 256, 0));
  ["--xd-zero", "--pg-mid", "--xd-one"].forEach((name, i) => shades.addColorStop(i / 2, colour(name)));
  context.fillRect(0, 0, 256, 1);
  const ramp = new Uint32Array(context.getImageData(0, 0, 256, 1).data.buffer);
  const font = `12px ${style.fontFamily}`;
  const named = ["ink", "muted", "rule", "paper", "zero", "one"].map((name) => [name, colour(`--xd-${name}`)]);
  return { ramp, font, ...Object.fromEntries(named) };
}

const places = new Map(); // asking the page for a size makes it lay itself out, so it is asked once

/** Ask for all sizes anew. */
export const forgetSizes = () => places.clear();

/** Size a canvas to its place on the page, and clear it; return its context in CSS pixels. */
export function prepare(canvas) {
  if (!places.get(canvas)?.width) {
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = Math.min(2, devicePixelRatio);
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    places.set(canvas, { context, width, height });
  }
  const place = places.get(canvas);
  place.context.clearRect(0, 0, place.width, place.height);
  return place;
}
