// Written by `python -m xordocs.playground`.

export const choices = {
  "activation": {
    "relu": "ReLU",
    "leaky_relu": "Leaky ReLU",
    "tanh": "Tanh",
    "sigmoid": "Sigmoid"
  },
  "loss": {
    "mse": "Mean squared error",
    "cross_entropy": "Binary cross-entropy"
  },
  "initializer": {
    "notebook": "N(0, 1), as in the notebook",
    "he": "He",
    "glorot": "Glorot",
    "large": "N(0, 10²), too large",
    "equal": "All equal",
    "zeros": "All zero"
  }
};

export const presets = [
  {
    "name": "The course's network",
    "cause": "solved",
    "text": "Ten units, seed 1: the source notebook's run.",
    "query": ""
  },
  {
    "name": "Two units that are enough",
    "cause": "solved",
    "text": "See in the hidden space how two units fold the square.",
    "query": "?seed=17&hidden_layers=2"
  },
  {
    "name": "Dead units",
    "cause": "dead",
    "text": "All three units end up off on all four rows; no gradient reaches them.",
    "query": "?seed=9&hidden_layers=3"
  },
  {
    "name": "Stuck at 1/4: all four rows merged",
    "cause": "merged",
    "text": "What is left of the hidden layer gives all rows the same output.",
    "query": "?seed=5&hidden_layers=3"
  },
  {
    "name": "Stuck at 1/6: three rows merged",
    "cause": "merged",
    "text": "One row stands alone; the other three share an output.",
    "query": "?seed=2&hidden_layers=3"
  },
  {
    "name": "Stuck at 1/8: two rows merged",
    "cause": "merged",
    "text": "Two rows with different labels share an output of one half.",
    "query": "?seed=4&hidden_layers=3"
  },
  {
    "name": "Saturated: weights too large",
    "cause": "saturated",
    "text": "The sums start so far out that the sigmoid is flat there.",
    "query": "?initializer=large"
  },
  {
    "name": "Thrown out by the learning rate",
    "cause": "saturated",
    "text": "A step so long that an output lands on the wrong side, where nothing brings it back.",
    "query": "?learning_rate=15"
  },
  {
    "name": "Symmetric: all weights zero",
    "cause": "symmetric",
    "text": "The gradient is zero from the first epoch on.",
    "query": "?initializer=zeros"
  },
  {
    "name": "Symmetric: all weights equal",
    "cause": "symmetric",
    "text": "Ten units that stay one: as good as a single unit, and no better.",
    "query": "?seed=5&initializer=equal"
  },
  {
    "name": "Oscillating",
    "cause": "oscillating",
    "text": "Each step jumps across the valley.",
    "query": "?seed=2&hidden_layers=3&learning_rate=15&activation=tanh"
  },
  {
    "name": "Diverged",
    "cause": "diverged",
    "text": "A unit that never dies, a loss that never flattens, a step that is far too long.",
    "query": "?hidden_layers=4,4&learning_rate=100&activation=leaky_relu&loss=cross_entropy"
  },
  {
    "name": "Still learning: steps too short",
    "cause": "still learning",
    "text": "On its way, and far from there.",
    "query": "?learning_rate=0.01"
  }
];
