// Written by `python -m xordocs.playground`.

export const defaults = {
  "seed": 1,
  "hidden_layers": [
    10
  ],
  "learning_rate": 1.5,
  "activation": "relu",
  "loss": "mse",
  "initializer": "notebook",
  "epoch": 0
};

export const limits = {
  "seed": 4294967295,
  "layers": 4,
  "width": 16,
  "learning_rate": 1000000,
  "epoch": 20000,
  "changes": 100000
};

export const epochs = 500;
