// Written by `python -m xordocs.playground`.

export const thresholds = {
  "ALIKE": 1e-06,
  "FLAT": 0.99,
  "REST": 0.0002,
  "RISE": 0.01,
  "SAME": 0.02
};

export const messages = {
  "diverged": "Diverged: the numbers have grown too large. Start again, with smaller steps.",
  "solved": "Learned: all four outputs are on the right side of one half.",
  "symmetric": "Symmetric: the units of a layer are all alike, and stay one unit.",
  "dead": [
    "Dead: a hidden layer's only unit is off on all four rows, so no gradient gets through.",
    "Dead: a whole hidden layer is off on all four rows ({dead} units are), so no gradient gets through."
  ],
  "oscillating": "Oscillating: a step has raised the loss. The steps are too long.",
  "saturated": "Saturated: wrong on {saturated}, where the sigmoid is flat and the gradient vanishes.",
  "merged": "Merged: {merged} share one output, though their labels differ.",
  "still learning": "Still learning: the loss falls."
};
