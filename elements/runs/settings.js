// What determines a run and what is shown of it: each setting by the name of its argument in
// numpy_mlp.initialize and train, how it is read from text and written as text. Addresses, attributes
// of elements, fields and JSON all read by this.

import { ACTIVATIONS, INITIALIZERS, LOSSES, empty } from "../model/network.js";
import { TRUTH_TABLES } from "../model/truth_tables.js";
import { defaults, limits } from "./limits.js";

export const LIMITS = limits;

export const DEFAULTS = {
  ...defaults,
  targets: [0, 1, 1, 0],
  weights: null, // all numbers of the network at the start, in θ's order, instead of the seed's
  changes: [], // what the reader changed, and at which epoch
  limit: null, // the epoch at which playing stops; null for the usual one, or for epoch if that is later
  views: [], // which of VIEWS are on
  unit: null, // the chosen unit: [layer, unit], counted from 0; with an input for one of its weights
  at: [1, 0], // the row and the stop at which an epoch is looked at in numbers, counted from 0
  pinned: null, // the settings of the run beside this one
};

/** Ways of showing a run that a reader can turn on. */
export const VIEWS = { log: "a logarithmic loss", gradient: "gradients instead of weights" };

function whole(text, low, high, what) {
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
  if (value >= low && value <= high) return value;
  throw new RangeError(`${what} must be a whole number from ${low} to ${high}, got ${text || "nothing"}`);
}

/** Read a number. One comma is a decimal point, as some keypads have no other; before three digits it
 * may be meant to part thousands, and is refused. */
export function finite(text, what = "A number here") {
  const plain = text.replace("−", "-").replace(/^([^,.]*\d),(\d{1,2}|\d{4,})$/, "$1.$2");
  const value = /^\s*[-+]?(\d+\.?|\d*\.\d+)(e[-+]?\d+)?\s*$/i.test(plain) ? Number(plain) : NaN;
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${what} must be a number: 0.5 or 1e-3; got ${text || "nothing"}`);
}

const oneOf = (table, what) => (text) => {
  const name = text.trim().toLowerCase();
  if (Object.hasOwn(table, name)) return name;
  throw new RangeError(`${what} must be one of ${Object.keys(table).join(", ")}, got ${text || "nothing"}`);
};

export function label(text) {
  const value = finite(text, "A label");
  if (value >= 0 && value <= 1) return value;
  throw new RangeError(`A label must lie from 0 to 1, got ${text}`);
}

function readChange(text) {
  const [epoch, what = "", value = "", ...rest] = text.split(":");
  const name = what === "learning_rate" ? "rate" : what;
  if (rest.length || !/^(rate|y[0-3]|p\d+)$/.test(name))
    throw new RangeError(`A change must be epoch:what:value, got ${text}`);
  const read = name === "rate" ? SETTINGS.learning_rate.read : name[0] === "y" ? label : finite;
  return [SETTINGS.epoch.read(epoch), name, read(value)];
}

/** Read the units of each hidden layer: "10,4", or all sizes from inputs to output: "2-10-4-1". */
function readLayers(text) {
  const sizes = /^\s*2-(.*)-1\s*$/.exec(text);
  const parts = text ? (sizes ? sizes[1].split("-") : text.split(",")) : [];
  if (!parts.length || parts.length > LIMITS.layers)
    throw new RangeError(`There must be 1 to ${LIMITS.layers} hidden layers, got ${parts.length}`);
  return parts.map((part) => whole(part, 1, LIMITS.width, "The width of a hidden layer"));
}

/** Read places counted from 1, with a colon between. */
function readPlaces(text, most, form) {
  const places = text.split(":");
  if (places.length === 2 || places.length === most) return places.map((place) => whole(place, 1, LIMITS.width + 1, "A place") - 1);
  throw new RangeError(`It must be ${form}, counted from 1, got ${text || "nothing"}`);
}

const printPlaces = (places) => (places ? places.map((place) => place + 1).join(":") : "");

const list = (value) => (value ?? []).join(",");

/** How each setting is read from text and written; read throws a RangeError that says what it wants. */
export const SETTINGS = {
  seed: { read: (text) => whole(text, 0, LIMITS.seed, "The seed"), print: String },
  hidden_layers: { read: readLayers, print: list },
  learning_rate: {
    read(text) {
      const value = finite(text, "The learning rate");
      if (value > 0 && value <= LIMITS.learning_rate) return value;
      throw new RangeError(`The learning rate must be above 0 and at most ${LIMITS.learning_rate}, got ${text}`);
    },
    print: String,
  },
  activation: { read: oneOf(ACTIVATIONS, "The activation"), print: String },
  loss: { read: oneOf(LOSSES, "The loss"), print: String },
  initializer: { read: oneOf(INITIALIZERS, "The initializer"), print: String },
  epoch: { read: (text) => whole(text, 0, LIMITS.epoch, "The epoch"), print: String },
  targets: {
    read(text) {
      if (/[a-z]/i.test(text)) return [...TRUTH_TABLES[oneOf(TRUTH_TABLES, "The truth table")(text)]];
      const labels = text.split(",").map(label);
      if (labels.length === 4) return labels;
      throw new RangeError(`There must be four labels, got ${labels.length}`);
    },
    print: list,
  },
  weights: { read: (text) => text.split(",").map((part) => finite(part, "A weight")), print: list },
  changes: {
    read(text) {
      const changes = text ? text.split(";").map(readChange) : [];
      if (changes.length > LIMITS.changes)
        throw new RangeError(`There can be ${LIMITS.changes} changes at most, got ${changes.length}`);
      return changes.sort(([a], [b]) => a - b);
    },
    print: (changes) => changes.map((change) => change.join(":")).join(";"),
  },
  limit: { read: (text) => whole(text, 0, LIMITS.epoch, "The last epoch"), print: (limit) => String(limit ?? "") },
  views: { read: (text) => (text ? text.split(",").map(oneOf(VIEWS, "A view")) : []), print: list },
  unit: {
    read: (text) => readPlaces(text, 3, "layer:unit or layer:unit:input"),
    print: printPlaces,
  },
  at: {
    read: (text) => readPlaces(text, 2, "row:stop"),
    print: printPlaces,
  },
};

/** Check what only all settings together can tell, take back what does not fit; return why, by name. */
export function reconcile(settings) {
  const { layers, theta } = empty(settings.hidden_layers);
  const problems = {};
  const beyond = settings.changes.find(([, what]) => what[0] === "p" && what.slice(1) >= theta.length);
  if (beyond) {
    problems.changes = `The network has ${theta.length} numbers, p0 to p${theta.length - 1}, got ${beyond[1]}`;
    settings.changes = [];
  }
  if (settings.weights && settings.weights.length !== theta.length) {
    problems.weights = `The network has ${theta.length} numbers, got ${settings.weights.length} weights`;
    settings.weights = null;
  }
  const [layer, unit, input = 0] = settings.unit ?? [0, 0];
  if (!(unit < layers[layer]?.units && input <= layers[layer].inputs)) {
    problems.unit = `The network has no unit ${SETTINGS.unit.print(settings.unit)}`;
    settings.unit = null;
  }
  const stops = 2 * layers.length + 2; // forward, the loss, backward, the update
  if (settings.at[0] > 3 || settings.at[1] >= stops) {
    problems.at = `The network has 4 rows and ${stops} stops, got ${SETTINGS.at.print(settings.at)}`;
    settings.at = DEFAULTS.at;
  }
  return problems;
}
