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
# # Keras, and the three side by side
#
# No derivative and no loop of your own this time: name the layers, compile, fit. Then the question that the last page left
# open: given the *same* weights, do three implementations take the same path?
#
# **After this page you can** write the network as a Keras model, move weights between frameworks,
# and tell a difference of rounding from a difference of substance.

# %%
from IPython.display import Markdown
from xordocs import datasets, playground, plots, tables
from xordocs.listings import source
from xordocs.nn import keras_mlp, losses, numpy_mlp, tensorflow_mlp

x, y = datasets.xor()
parameters = numpy_mlp.initialize(hidden_layers=(10,), seed=1)

# %% [markdown]
# ## The model
#
# A `Dense` layer is a weight matrix, a bias and a function. Its `set_weights` takes NumPy arrays,
# so the model can start from the very weights of [the first network](numpy-network.py). One
# detail: Keras stores a bias with shape `(10,)`, ours has `(1, 10)`.

# %% tags=["remove-input"]
source(keras_mlp.model)

# %% [markdown]
# ## Compile and fit
#
# `compile` chooses an optimizer and a loss, `fit` runs the loop. Given arrays, `fit` cuts them into
# batches of thirty-two, shuffles them, and makes a new dataset of them in each epoch, which for four
# rows takes far longer than the step itself. So it gets a dataset that hands over all rows again
# and again, and takes one step an epoch.

# %% tags=["remove-input"]
source(keras_mlp.train)

# %%
keras_trained, keras_history = keras_mlp.train(
    parameters,
    x,
    y,
    learning_rate=1.5,
    epochs=500,
    on_epoch=tables.log_every(100),
)

# %%
y_hat = keras_mlp.predict(keras_trained, x)
tables.predictions(x, y, y_hat)

# %%
print("Accuracy:", losses.accuracy(y_hat, y))

# %%
lattice = datasets.grid()
plots.contour(lattice, keras_mlp.predict(keras_trained, lattice), x, y)

# %% [markdown]
# ## Three runs from the same weights
#
# !!! predict "Before you scroll"
#     NumPy computes in float64, TensorFlow and Keras in float32. After all these steps, how far
#     apart will their losses be: in the second digit, the fourth, the eighth?

# %%
_, numpy_history = numpy_mlp.train(parameters, x, y)
_, tensorflow_history = tensorflow_mlp.train(parameters, x, y)

runs = {
    "NumPy": numpy_history,
    "TensorFlow": tensorflow_history,
    "Keras": keras_history,
}
tables.Table(
    "The loss of three implementations from the same weights.",
    ["epoch", *runs],
    [
        [str(epoch), *(f"{run[epoch]:.8f}" for run in runs.values())]
        for epoch in (0, 1, 10, 100, 200, 300, 400, 499)
    ],
)

# %% [markdown]
# A plot of the three losses would show one line. So here is the difference from NumPy's, on a
# logarithmic scale:

# %%
others = {name: runs[name] for name in ("TensorFlow", "Keras")}
plots.difference(others, numpy_history)

# %% [markdown]
# ## Short interpretation

# %% tags=["remove-input"]
import numpy as np

epsilon = np.finfo(np.float32).eps
gaps = {name: abs(run - numpy_history).max() for name, run in others.items()}
assert max(gaps.values()) < 100 * epsilon
Markdown(
    "Over all epochs the loss differs from NumPy's by at most "
    + " and ".join(f"{gap:.1e} ({name})" for name, gap in gaps.items())
    + f". A float32 number near 1 has neighbours {epsilon:.1e} away, so that is rounding, and "
    "nothing else. The three take the same path. Which framework you write this network in is a "
    "question of comfort and speed, not of what it learns."
)

# %% [markdown]
# ## Exercises
#
# !!! exercise "Explain the gap"
#     The two float32 frameworks do not agree with each other to the last digit either, though
#     they follow the same formulas in the same precision. Name one reason.
#
# %% tags=["remove-input"]
assert (keras_history != tensorflow_history).any()
a, b, c = np.float32([0.1, 0.3, 0.4])
assert (a + b) + c != a + (b + c)
Markdown(
    '??? answer "Answer"\n'
    "    Floating-point addition is not associative. In float32 "
    f"$({a!s} + {b!s}) + {c!s}$ is {(a + b) + c:.8f}, and ${a!s} + ({b!s} + {c!s})$ is {a + (b + c):.8f}. The "
    "sum over the rows, the mean and the matrix products may each be added up in another order, "
    "and a compiler may fuse operations that another keeps apart."
)

# %% [markdown]
# !!! exercise "When would rounding matter?"
#     Here the differences stay small over the whole run. Can you think of a network, or a
#     learning rate, for which they would grow?

# %% tags=["remove-input"]
from xordocs.experiments.census import census
from xordocs.nn.activations import RELU, TANH


def parted(rate, activation=RELU):
    """The seeds whose networks end with another loss in float32."""
    ends = [
        census(range(300), 10, rate, activation=activation, dtype=dtype)
        for dtype in (np.float64, np.float32)
    ]
    far_apart = abs(np.subtract(*(end.losses for end in ends))) > 0.01
    return ends[0].seeds[far_apart].tolist()


near, far, smooth = parted(1.5), parted(10), parted(20, TANH)
assert len(near) < min(len(far), len(smooth))
Markdown(
    '??? answer "Answer"\n'
    "    Where steps overshoot. Then each step magnifies the difference that the last one left, "
    "and the two runs part. Of three hundred networks of [the census](census.py) "
    f"{len(near) or 'none'} {'ends' if len(near) == 1 else 'end'} with another loss in float32 "
    "than in float64 (more than a hundredth away) at a learning rate of `1.5`, and "
    f"{len(far)} at `10`: seeds "
    + ", ".join(
        f"[{seed}]({playground.link(seed=seed, learning_rate=10, epoch=500)})"
        for seed in far
    )
    + ". A kink can do it too, where rounding decides whether a unit is on. But it takes none: of "
    f"as many tanh networks, which have no kinks, {len(smooth)} part at `20`."
)

# %% [markdown]
# ## Sources
#
# - The Keras documentation: the `Sequential` model, `fit`, and the `Dense` layer.
# - D. Goldberg, "What every computer scientist should know about floating-point arithmetic",
#   *ACM Computing Surveys* (1991).
