// Which parts of a page share a session: those with the same run="name", on themselves or around them;
// else those of one <xor-run>; else each has its own.

import { read } from "../runs/address.js";
import { SETTINGS } from "../runs/settings.js";
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
    const named = `[run="${CSS.escape(name ?? "")}"]`;
    const members = name ? document.querySelectorAll(`${named}, ${named} > *`) : [box, ...box.children];
    const { settings, problems } = read(attributes(members));
    sessions.set(key, new Session(name ?? `run${sessions.size + 1}`, settings, problems));
  }
  return sessions.get(key);
}

/** Return the settings in elements' attributes as [name, text], each once. */
function attributes(elements) {
  const found = new Map();
  for (const { attributes } of elements)
    for (const { name, value } of attributes)
      if (Object.hasOwn(SETTINGS, name)) found.set(`${name}=${value}`, [name, value]);
  return found.values();
}
