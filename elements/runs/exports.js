// A run to take away: as JSON, as NumPy code, as Keras code.

import { LEAK } from "../model/network.js";

/** Each activation in a program: the body of a NumPy function, and an argument of a Keras layer. */
const CODE = {
  relu: { numpy: "return np.maximum(z, 0)", keras: '"relu"' },
  leaky_relu: {
    numpy: `return np.maximum(z, ${LEAK} * z)`,
    keras: `lambda z: keras.ops.leaky_relu(z, ${LEAK})`,
  },
  tanh: { numpy: "return np.tanh(z)", keras: '"tanh"' },
  sigmoid: { numpy: "return 1 / (1 + np.exp(-z))", keras: '"sigmoid"' },
};

const ROWS = "[[0, 0], [0, 1], [1, 0], [1, 1]]";

const matrix = ({ inputs, units, weights }) =>
  Array.from({ length: inputs }, (_, i) => [...weights.subarray(i * units, (i + 1) * units)]);

/** Write the settings, the numbers and the outputs; the settings alone open the run again. */
export function asJson(run, link, settings) {
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

/** Write a program that computes the outputs from the numbers. */
export function asNumpy(run, link) {
  return `"""An XOR network at epoch ${run.epoch}: ${link}"""

import numpy as np

${layers(run, (bias) => `[${bias}]`)}

def hidden(z):
    ${CODE[run.settings.activation].numpy}


a = np.array(${ROWS}, dtype=float)
for weights, bias in layers[:-1]:
    a = hidden(a.dot(weights) + bias)
weights, bias = layers[-1]
predictions = 1 / (1 + np.exp(-(a.dot(weights) + bias)))
print(predictions)
`;
}

/** Write a program that builds the model in Keras. */
export function asKeras(run, link) {
  const { hidden_layers: hidden, activation } = run.settings;
  const dense = hidden.map((units) => `    keras.layers.Dense(${units}, activation=${CODE[activation].keras}),\n`);
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
