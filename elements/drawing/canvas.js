// Canvases in the page's colours and sizes.

let shades = null; // of the scheme of the moment
const places = new Map(); // asking the page for a size makes it lay itself out, so it is asked once

/** Return the site's colours in the scheme of the moment, and a ramp of 256 from class 0 to class 1. */
export function palette() {
  return (shades ??= readPalette());
}

function readPalette() {
  const style = getComputedStyle(document.body);
  const colour = (name) => style.getPropertyValue("--xd-" + name).trim();
  const context = new OffscreenCanvas(256, 1).getContext("2d");
  const gradient = (context.fillStyle = context.createLinearGradient(0, 0, 256, 0));
  ["low", "mid", "high"].forEach((name, i) => gradient.addColorStop(i / 2, colour(name)));
  context.fillRect(0, 0, 256, 1);
  const ramp = new Uint32Array(context.getImageData(0, 0, 256, 1).data.buffer);
  const named = "line mark0 mark1 muted one paper zero rim rule ink first second".split(" ").map((name) => [name, colour(name)]);
  return { ramp, font: `13px ${style.fontFamily}`, ...Object.fromEntries(named) };
}

/** Call back when the scheme, and so the palette, has changed. */
export function watchScheme(changed) {
  const renew = () => {
    shades = null;
    changed();
  };
  new MutationObserver(renew).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", renew);
}

/** Ask for the sizes of a part's canvases anew. */
export function forgetSizes(element) {
  for (const canvas of places.keys()) if (element.contains(canvas) || !canvas.isConnected) places.delete(canvas);
}

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
