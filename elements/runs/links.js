// Settings to an address and back, as xordocs/playground/links.py writes it: what is at its default is
// left out. And settings from JSON.

import { SEPARATOR, read } from "./address.js";
import { DEFAULTS, SETTINGS, reconcile } from "./settings.js";

/** The longest address that mail programs and chats leave whole. */
export const LONGEST = 2000;

/** Read the settings in an address's query, with or without its question mark; a hash that looks like
 * one is a problem, too. */
export function parse(query, hash = "") {
  const parts = [...new URLSearchParams(query)].filter(([name]) => !/^(amp;)?embed$/i.test(name)); // no setting: see embed.js
  const found = read(parts);
  const stray = /^#?(\w+=.*)/.exec(hash);
  for (const name in found.problems) found.problems[name] += suggestion(name);
  if (stray) found.problems["#"] = `Settings stand behind a question mark, not behind #, got ${hash}`;
  return found;
}

/** Name the setting that one may have meant. */
function suggestion(name) {
  const meant = { lr: "learning_rate", rate: "learning_rate", layers: "hidden_layers", sizes: "hidden_layers", labels: "targets", epochs: "epoch" }[name.toLowerCase()];
  return meant ? `; ${meant} is one` : "";
}

/** Write settings as [name, text], those that are not at their defaults. */
export function write(settings) {
  const parts = Object.keys(SETTINGS).map((name) => [name, SETTINGS[name].print(settings[name]), SETTINGS[name].print(DEFAULTS[name])]);
  const given = parts.filter(([, text, usual]) => text !== usual).map(([name, text]) => [name, text]);
  if (settings.pinned) given.push(["pinned", print({ ...settings.pinned, pinned: null }).slice(1).replaceAll("&", SEPARATOR)]);
  return given;
}

/** Write settings as a query, empty when all are at their defaults. */
export function print(settings) {
  const parts = write(settings).map(([name, text]) => `${name}=${text.replaceAll("+", "")}`); // a space in addresses
  return parts.length ? `?${parts.join("&")}` : "";
}

/** Read the settings of JSON that asJson wrote; each must be of the kind that this page writes. */
export function fromObject(given, mayPin = true) {
  const settings = structuredClone(DEFAULTS);
  for (const [name, value] of Object.entries(given)) {
    if (name === "pinned" && value === null) continue;
    const isPinned = mayPin && name === "pinned";
    if (!isPinned && !Object.hasOwn(SETTINGS, name)) throw new RangeError(`There is no setting ${name}`);
    if (isPinned) settings.pinned = readPinned(value);
    else if (JSON.stringify(value) !== JSON.stringify(DEFAULTS[name])) settings[name] = readValue(name, value);
  }
  const [problem] = Object.values(reconcile(settings));
  if (problem) throw new RangeError(problem);
  return settings;
}

function readPinned(value) {
  if (Object(value) === value && !Array.isArray(value)) return fromObject(value, false);
  throw new RangeError(ofAnotherKind("pinned", value));
}

const ofAnotherKind = (name, value) => `${name} is of another kind than this page writes, got ${JSON.stringify(value)}`;

/** Read one value of JSON: what its text is read as must be the value again. */
function readValue(name, value) {
  let back;
  try {
    back = SETTINGS[name].read(SETTINGS[name].print(value));
  } catch (error) {
    if (error instanceof RangeError) throw error;
  }
  if (JSON.stringify(back) === JSON.stringify(value)) return back;
  throw new RangeError(ofAnotherKind(name, value));
}
