// Settings from the parts of an address or the attributes of elements.

import { DEFAULTS, SETTINGS, reconcile } from "./settings.js";

/** What stands between the parts of a pinned run's query, which is itself a part of another. */
export const SEPARATOR = "~";

/** Read settings from parts [name, text]; problems has a message for each part that was wrong.
 *
 * Names are taken in any case, with - for _, and with the "amp;" that a link copied from HTML may have.
 * A pinned run pins no other.
 */
export function read(parts, mayPin = true) {
  const settings = structuredClone(DEFAULTS);
  const problems = Object.create(null); // no setting is too odd a name for it
  const given = new Set();
  for (const [written, text] of parts) {
    const name = written.toLowerCase().replace(/^amp;/, "").replaceAll("-", "_");
    const isPinned = mayPin && name === "pinned";
    if (!isPinned && !Object.hasOwn(SETTINGS, name)) {
      problems[written] = `There is no setting ${written || text}`;
      continue;
    }
    if (given.has(name)) {
      problems[name] = `${name} is given twice; the first counts`;
      continue;
    }
    given.add(name);
    try {
      settings[name] = isPinned ? readPinned(text) : SETTINGS[name].read(text);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems[name] = error.message;
    }
  }
  return { settings, problems: { ...problems, ...reconcile(settings) } };
}

function readPinned(text) {
  const { settings, problems } = read(new URLSearchParams(text.replaceAll(SEPARATOR, "&")), false);
  for (const name in problems) throw new RangeError(`The pinned run: ${problems[name]}`);
  return settings;
}
