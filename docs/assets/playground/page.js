// What the page's parts share: the run, how it is looked at, and where on the page things are.

export const $ = (id) => document.getElementById(`pg-${id}`);
export const course = JSON.parse(document.getElementById("playground-data").textContent);

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
