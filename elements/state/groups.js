// Which parts of a page share a session: those with the same run="name", on themselves or around them;
// else those of one <xor-run>; else each has its own.

import { DEFAULTS, SETTINGS, reconcile } from "../runs/settings.js";
import { watchScheme } from "../drawing/canvas.js";
import { Session } from "./session.js";

const sessions = new Map(); // by name, or by the element around the parts

/** Return the session of a part; the first part that asks begins it, by the attributes of all. */
export function sessionOf(part) {
  const name = part.closest("[run]")?.getAttribute("run");
  const box = part.closest("xor-run") ?? part;
  const key = name ?? box;
  if (!sessions.has(key)) {
    if (!sessions.size) watchScheme(() => sessions.forEach((session) => session.publish()));
    const members = name ? document.querySelectorAll(`[run="${CSS.escape(name)}"]`) : [box, ...box.children];
    sessions.set(key, new Session(name ?? `run${sessions.size + 1}`, settingsOf(members)));
  }
  return sessions.get(key);
}

/** Return the settings in elements' attributes. */
function settingsOf(elements) {
  const settings = structuredClone(DEFAULTS);
  for (const { attributes } of elements)
    for (const { name, value } of attributes)
      if (Object.hasOwn(SETTINGS, name)) settings[name] = SETTINGS[name].read(value);
  for (const problem of Object.values(reconcile(settings))) throw new RangeError(problem);
  return settings;
}
