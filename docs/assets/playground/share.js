// The run to take away, and a run brought back: as a link, as JSON, as code.

import * as address from "./address.js";
import { ACTIVATIONS } from "./network.js";
import { $, attempt, complain, here, state } from "./page.js";

const link = () => location.origin + location.pathname + address.query(here());
const FORMATS = {
  link: [link, "xor.txt"],
  json: [asJson, "xor.json"],
  numpy: [asNumpy, "xor_numpy.py"],
  keras: [asKeras, "xor_keras.py"],
};
const format = () => FORMATS[document.querySelector("[name=format]:checked").value];

function show() {
  const { run } = state;
  const isFinite = run.network.theta.every(Number.isFinite);
  $("text").value = isFinite ? format()[0](run, link(), here()) : link();
  complain("text", isFinite ? "" : "A diverged run has no numbers to export; here is its link.");
}

/** Return the query of a link or of JSON. */
function read(text) {
  const link = /^(?:\S*\/playground[^?#\s]*)?(?:\?([^#\s]*))?(?:#\S*)?$/.exec(text.trim());
  if (link?.[0]) return link[1] ?? "";
  try {
    const { ...settings } = JSON.parse(text).settings;
    return address.query({ ...address.DEFAULTS, ...settings });
  } catch {
    throw new RangeError("This is neither a link to a run nor JSON that holds one.");
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    $("shared").textContent = "Copied.";
  } catch {
    if (!$("dialog").open) $("export").click();
    $("text").select(); // to be copied by hand
  }
}

/** Listen to the buttons; open is told the query of a run that was brought back. */
export function listen(open) {
  const on = (id, action) => $(id).addEventListener("click", action);
  on("copy", () => copy(link()));
  on("export", () => {
    if (state.isPlaying) $("play").click(); // what is shown stays what it is
    show();
    $("dialog").showModal();
  });
  $("formats").addEventListener("change", show);
  on("copy-text", () => copy($("text").value));
  on("close", () => $("dialog").close());
  on("download", () => {
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([$("text").value]));
    anchor.download = format()[1];
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  });
  on("open", () =>
    attempt("text", () => {
      const query = read($("text").value);
      const [problem] = Object.values(address.parse(query).problems);
      if (problem) throw new RangeError(problem);
      $("dialog").close();
      open(query);
    }),
  );
}

const ROWS = "[[0, 0], [0, 1], [1, 0], [1, 1]]";

const matrix = ({ inputs, units, weights }) =>
  Array.from({ length: inputs }, (_, i) => [...weights.subarray(i * units, (i + 1) * units)]);

/** Write the settings, the numbers and the outputs; the settings alone open the run again. */
function asJson(run, link, settings) {
  const predictions = [...run.pass.a.at(-1)];
  const parameters = run.network.layers.map((layer) => ({ weights: matrix(layer), bias: [[...layer.bias]] }));
  return JSON.stringify({ settings, parameters, predictions, losses: run.losses }, null, 1);
}

function layers(run, bias) {
  const list = (numbers) => `[${numbers.join(", ")}]`;
  const pairs = run.network.layers.map(
    (layer) => `    (np.array([\n${matrix(layer).map((row) => `        ${list(row)},\n`).join("")}    ]), np.array(${bias(list([...layer.bias]))})),\n`,
  );
  return `layers = [  # weights (inputs, units) and bias of each\n${pairs.join("")}]\n`;
}

function asNumpy(run, link) {
  return `"""An XOR network at epoch ${run.epoch}: ${link}"""

import numpy as np

${layers(run, (bias) => `[${bias}]`)}

def hidden(z):
    ${ACTIVATIONS[run.settings.activation].numpy}


a = np.array(${ROWS}, dtype=float)
for weights, bias in layers[:-1]:
    a = hidden(a.dot(weights) + bias)
weights, bias = layers[-1]
predictions = 1 / (1 + np.exp(-(a.dot(weights) + bias)))
print(predictions)
`;
}

function asKeras(run, link) {
  const { hidden_layers: hidden, activation } = run.settings;
  const dense = hidden.map((units) => `    keras.layers.Dense(${units}, activation=${ACTIVATIONS[activation].keras}),\n`);
  return `"""An XOR network at epoch ${run.epoch}: ${link}"""

import keras
import numpy as np

${layers(run, (bias) => bias)}
model = keras.Sequential([
    keras.Input((2,)),
${dense.join("")}    keras.layers.Dense(1, activation="sigmoid"),
])
model.set_weights([array for layer in layers for array in layer])
predictions = model.predict(np.array(${ROWS}, dtype=float), verbose=0)
print(predictions)
`;
}
