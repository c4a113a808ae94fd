# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The same network in TensorFlow
#
# You took the derivatives by hand. TensorFlow takes them for you: it records what you compute on
# a tape, and plays the tape backwards.
#
# **After this page you can** read a `GradientTape` training loop, tell what it does for you and
# what it leaves to you, and say why the same seed gives two frameworks two different runs.

# %%
import numpy as np
from IPython.display import Markdown
from xordocs import datasets, plots, tables
from xordocs.experiments import source_notebook
from xordocs.listings import source
from xordocs.nn import losses, numpy_mlp, tensorflow_mlp

x, y = datasets.xor()
parameters = tensorflow_mlp.initialize(hidden_layers=(10,), seed=1)

# %% [markdown]
# ## Forward, with tensors
#
# The algebra is that of [the NumPy network](numpy-network.py#forward). `tf.matmul` is `@`, and
# the arrays are called tensors. The weights are `tf.Variable`s, since they will change. There is
# no `backward` below, as none is needed.

# %% tags=["remove-input"]
source(tensorflow_mlp.forward)

# %% [markdown]
# ## The training loop
#
# Everything computed inside the `with` block is recorded. `tape.gradient` walks the record from
# the loss back to the variables, and returns a gradient of each variable's shape. These are the
# $\partial J / \partial W$ that you worked out before. `assign_sub` subtracts in place: the
# update is still yours to write.

# %% tags=["remove-input"]
source(tensorflow_mlp.train)

# %% [markdown]
# ## Ask the tape about our own backward pass
#
# Two ways to one gradient are a chance to check. Here both start from the same weights:

# %%
import tensorflow as tf

variables = [
    (tf.Variable(weights), tf.Variable(bias)) for weights, bias in parameters
]
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(
        tf.square(
            y.astype("float32")
            - tensorflow_mlp.forward(variables, x.astype("float32"))
        )
    )
by_tape = tape.gradient(loss, variables)
by_hand = numpy_mlp.backward(parameters, *numpy_mlp.forward(parameters, x), y)

gap = max(
    abs(tape_part.numpy() - hand_part).max()
    for tape_layer, hand_layer in zip(by_tape, by_hand, strict=True)
    for tape_part, hand_part in zip(tape_layer, hand_layer, strict=True)
)

# %% tags=["remove-input"]
assert gap < 1e-6
assert (parameters[0].bias == 0).all()
Markdown(
    f"The largest difference over all weights and biases is {gap:.1e}. TensorFlow computes with "
    "about seven decimal digits here (float32), NumPy with about sixteen (float64), so this is "
    "as equal as it gets. It is so on the row $(0, 0)$ too, where each hidden sum is its bias, zero: "
    "[on its kink](gradient-check.py#on-the-kink) TensorFlow takes ReLU's left slope, as we do."
)

# %% [markdown]
# ## Train
#
# !!! predict "Before you scroll"
#     The seed is `1` again. Will the first loss be the one that NumPy gave?

# %%
trained, history = tensorflow_mlp.train(
    parameters,
    x,
    y,
    learning_rate=1.5,
    epochs=500,
    on_epoch=tables.log_every(20),
)

# %%
numpy_parameters = numpy_mlp.initialize(hidden_layers=(10,), seed=1)
_, numpy_history = numpy_mlp.train(numpy_parameters, x, y)
plots.loss({"TensorFlow": history, "NumPy": numpy_history}, log=True)

# %%
y_hat = tensorflow_mlp.predict(trained, x)
tables.predictions(x, y, y_hat)

# %%
print("Accuracy:", losses.accuracy(y_hat, y))

# %%
lattice = datasets.grid()
surface = tensorflow_mlp.predict(trained, lattice)
plots.surface(lattice, surface)

# %%
plots.contour(lattice, surface, x, y)

# %% [markdown]
# ## Short interpretation

# %% tags=["remove-input"]
quotes = source_notebook.run("tensorflow").quotes
runs = {"tensorflow": history, "numpy": numpy_history}
names = {"numpy": "NumPy", "tensorflow": "TensorFlow"}
quoted = ", ".join(
    f"{quote.loss} for {names[quote.framework]} at epoch {quote.epoch}"
    for quote in quotes
)
really = ", ".join(
    f"{runs[quote.framework][quote.epoch]:.4f}" for quote in quotes
)
ahead = int(np.flatnonzero(history >= numpy_history)[-1]) + 1
assert ahead < len(history)
assert abs(history[0] - numpy_history[0]) > 0.01
assert not np.isin(parameters[0].weights, numpy_parameters[0].weights).any()
Markdown(
    f"The two runs differ before the first step: {history[0]:.4f} here, {numpy_history[0]:.4f} in "
    "NumPy. The seed is the same and the generators are not, so the weights they draw have "
    "nothing in common. A seed is a promise within one generator. To compare frameworks, hand "
    "both the same *weights*, as the [next page](keras-and-comparison.py) does.\n\n"
    f"The source notebook's text quotes {quoted}. This build's runs give {really}. From that the "
    "notebook concludes that TensorFlow converges a bit faster. From epoch "
    f"{ahead} on its loss is indeed the lower one to the end, but the two runs started "
    "from different weights: what differs is the luck of the draw, not the framework."
)

# %% [markdown]
# ## Exercises
#
# !!! exercise "What the tape does not do"
#     In an epoch of `train`, three things happen: a loss is computed, gradients are taken, variables are
#     updated. Which of them would you have to change to train with momentum?
#
# ??? answer "Answer"
#     Only the update. Momentum keeps a decaying sum of the gradients and subtracts that; what
#     is differentiated stays the same. In Keras the update is an object of its own, the
#     *optimizer*.
#
# ## Sources
#
# - M. Abadi and others, "TensorFlow: a system for large-scale machine learning", OSDI (2016).
# - NumPy's compatibility policy (NEP 19): the streams of the legacy `RandomState` are frozen.
