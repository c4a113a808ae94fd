// What the page's parts share: data from the package, the run, its fields' messages, and canvases in
// the page's colours and sizes.

export const $ = (id) => document.getElementById(`pg-${id}`);
export const pageData = JSON.parse(document.getElementById("playground-data").textContent);

export const state = {
  run: null,
  isPlaying: false,
  selected: null, // [layer, unit]
  pinned: null, // the run beside it
  reading: null, // the epoch whose loss the reader asks for, null for the last
};

/** Return the settings that open what the page shows. */
export const here = () => ({
  ...state.run.settings,
  epoch: state.run.epoch,
  pinned: state.pinned && state.pinned.settings,
});

/** Put a message beside the fields that it is about, one of which is wrong; or take it away, and what
 * was wrong with it. */
export function complain(name, message, field = $(name)) {
  $(`${name}-problem`).textContent = message;
  if (message) return field?.setAttribute("aria-invalid", "true");
  for (const each of document.querySelectorAll(`[aria-describedby="pg-${name}-problem"]`)) {
    each.removeAttribute("aria-invalid");
    each.value = each.shown ?? each.value;
  }
}

/** Run what may refuse its input; say why beside the field. */
export function attempt(name, action, field) {
  let message = "";
  try {
    action();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    message = error.message;
  }
  complain(name, message, field);
  return !message;
}

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
