// Settings to the page's address and back. Addresses name what numpy_mlp.initialize and train name,
// and leave out what they leave at its default; xordocs/playground.py writes the same.

import { ACTIVATIONS, INITIALIZERS, LOSSES, empty } from "./network.js";
import { pageData } from "./page.js";

/** The largest value of each setting that is a number, as in xordocs/playground.py. */
export const LIMITS = pageData.limits;

export const DEFAULTS = {
  ...pageData.defaults,
  targets: [0, 1, 1, 0],
  changes: [],
  pinned: null, // the settings of the run beside this one
};

function whole(text, low, high, what) {
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
  if (value >= low && value <= high) return value;
  throw new RangeError(`${what} must be a whole number from ${low} to ${high}, got ${text || "nothing"}`);
}

export function finite(text, what = "A number here") {
  const value = /^\s*[-−]?(\d+\.?|\d*\.\d+)(e[-+]?\d+)?\s*$/i.test(text) ? Number(text.replace("−", "-")) : NaN;
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${what} must be a number, with a point: 0.5 or 1e-3; got ${text || "nothing"}`);
}

const oneOf = (table, what) => (text) => {
  if (Object.hasOwn(table, text)) return text;
  throw new RangeError(`${what} must be one of ${Object.keys(table).join(", ")}, got ${text || "nothing"}`);
};

export function label(text) {
  const value = finite(text, "A label");
  if (value >= 0 && value <= 1) return value;
  throw new RangeError(`A label must lie from 0 to 1, got ${text}`);
}

function readChange(text) {
  const [epoch, what, value, ...rest] = text.split(":");
  if (rest.length || !/^(learning_rate|y[0-3]|p\d+)$/.test(what))
    throw new RangeError(`A change must be epoch:what:value, got ${text}`);
  const read = what === "learning_rate" ? FIELDS.learning_rate : what[0] === "y" ? label : finite;
  return [FIELDS.epoch(epoch), what, read(value ?? "")];
}

/** How each setting is read from text; each throws a RangeError that says what it wants. */
export const FIELDS = {
  seed: (text) => whole(text, 0, LIMITS.seed, "The seed"),
  hidden_layers(text) {
    const parts = text ? text.split(",") : [];
    if (!parts.length || parts.length > LIMITS.layers)
      throw new RangeError(`There must be 1 to ${LIMITS.layers} hidden layers, got ${parts.length}`);
    return parts.map((part) => whole(part, 1, LIMITS.width, "The width of a hidden layer"));
  },
  learning_rate(text) {
    const value = finite(text, "The learning rate");
    if (value > 0 && value <= LIMITS.learning_rate) return value;
    throw new RangeError(`The learning rate must be above 0 and at most ${LIMITS.learning_rate}, got ${text}`);
  },
  activation: oneOf(ACTIVATIONS, "The activation"),
  loss: oneOf(LOSSES, "The loss"),
  initializer: oneOf(INITIALIZERS, "The initializer"),
  targets(text) {
    const labels = text.split(",").map(label);
    if (labels.length === 4) return labels;
    throw new RangeError(`There must be four labels, got ${labels.length}`);
  },
  changes(text) {
    const changes = text ? text.split(";").map(readChange) : [];
    if (changes.length > LIMITS.changes)
      throw new RangeError(`There can be ${LIMITS.changes} changes at most, got ${changes.length}`);
    return changes.sort(([a], [b]) => a - b);
  },
  epoch: (text) => whole(text, 0, LIMITS.epoch, "The epoch"),
  pinned(text) {
    const { settings, problems } = parse(text);
    for (const name in problems) throw new RangeError(`The pinned run: ${problems[name]}`);
    return settings;
  },
};

export function write(name, value) {
  if (name === "changes") return value.map((change) => change.join(":")).join(";");
  if (name === "pinned") return value && query(value).slice(1).replaceAll("&", "%26");
  return [value].flat().join(",");
}

/** Read settings from an address's query; problems has a message for each that was wrong. */
export function parse(query) {
  const settings = structuredClone(DEFAULTS);
  const problems = {};
  for (const [name, text] of new URLSearchParams(query)) {
    try {
      if (Object.hasOwn(FIELDS, name)) settings[name] = FIELDS[name](text);
    } catch (error) {
      problems[name] = error.message;
    }
  }
  const numbers = empty(settings.hidden_layers).theta.length;
  const beyond = settings.changes.find(([, what]) => what[0] === "p" && what.slice(1) >= numbers);
  if (beyond) {
    problems.changes = `The network has ${numbers} numbers, p0 to p${numbers - 1}, got ${beyond[1]}`;
    settings.changes = [];
  }
  return { settings, problems };
}

/** Write settings as a query, empty when all are at their defaults. */
export function query(settings) {
  const parts = Object.keys(DEFAULTS)
    .map((name) => [name, write(name, settings[name]), write(name, DEFAULTS[name])])
    .filter(([, value, usual]) => value !== usual)
    .map(([name, value]) => `${name}=${value.replaceAll("+", "")}`); // which would be read as a space
  return parts.length ? `?${parts.join("&")}` : "";
}
