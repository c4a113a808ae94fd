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
# # A ReLU network in NumPy
#
# One hidden layer, a forward pass, a backward pass, a loop. What matters of it fits on this page,
# and all of it is the package's own code, read from its files when the page was built.
#
# **After this page you can** follow a row of data up through a network and its error back down,
# train the network yourself, and read its loss and its surface.

# %%
import numpy as np
from IPython.display import Markdown
from xordocs import datasets, playground, plots, tables
from xordocs.experiments import source_notebook
from xordocs.listings import source
from xordocs.nn import activations, losses, numpy_mlp

x, y = datasets.xor()
parameters = numpy_mlp.initialize(hidden_layers=(10,), seed=1)

# %% [markdown]
# ## The pieces and their shapes
#
# The network is the one whose [forward pass](forward-pass.py) you have followed. It has ten
# **hidden units** and one **output unit**. Each hidden unit takes a weighted
# sum of the two inputs, adds a bias, and lets through what is positive. The output unit takes a weighted sum of the ten hidden values,
# adds a bias, and squashes the result to a number between 0 and 1.

# %% tags=["remove-input"]
shapes = [
    ["x", x.shape, "the inputs, a row for each case"],
    [
        "W₁",
        parameters[0].weights.shape,
        "a column of weights for each hidden unit",
    ],
    ["b₁", parameters[0].bias.shape, "a bias for each hidden unit"],
    [
        "W₂",
        parameters[1].weights.shape,
        "a weight for each hidden unit's output",
    ],
    ["b₂", parameters[1].bias.shape, "the output unit's bias"],
    ["ŷ", y.shape, "the outputs, a row for each case"],
]
tables.Table(
    "Every array of the network.",
    ["array", "shape", "what it holds"],
    [[name, str(shape), text] for name, shape, text in shapes],
)

# %% [markdown]
# The weights start as random numbers from the standard normal distribution, the biases as zeros.
# The seed is an argument: the same seed gives the same network, here and in every later lesson.

# %% tags=["remove-input"]
source(numpy_mlp.initialize)

# %% [markdown]
# ## Two functions that bend
#
# Without something that bends, a layer upon a layer is still a weighted sum, and you saw
# [what a weighted sum can do](setting-the-scene.py#the-best-straight-line). The hidden units use
# the **rectified linear unit**, ReLU: negative sums become zero, positive ones pass. The output
# unit uses the **sigmoid**, $\sigma(z) = 1 / (1 + e^{-z})$, which squashes any number into the
# range from 0 to 1.
#
# Each stands beside its derivative, as you will need both. The sigmoid's slope is
# $\sigma(z)\,(1 - \sigma(z))$, and as $1 - \sigma(z) = \sigma({-z})$ the code needs no subtraction.

# %% tags=["remove-input"]
source(
    activations.relu,
    activations.relu_derivative,
    activations.sigmoid,
    activations.sigmoid_derivative,
)

# %% [markdown]
# ## Forward
#
# Follow one row, say $(0, 1)$. Each hidden unit computes its sum $z$, and passes on
# $a = \max(0, z)$. For this row some units are on, the others are off:

# %%
one_row = numpy_mlp.forward(parameters, x[1:2])
one_row.z[0].round(2)

# %% tags=["remove-input"]
on = int((one_row.z[0] > 0).sum())
assert 0 < on < one_row.z[0].size == 10

# %% [markdown]
# `{python} on` of the `{python} one_row.z[0].size` sums are positive, so `{python} on` units speak
# and the others are silent. The output unit adds up what they say to
# `{python} f"{one_row.z[1].item():.3f}"`, and the sigmoid makes
# `{python} f"{one_row.a[-1].item():.3f}"` of it. The truth is `{python} f"{y[1].item():g}"`. The
# network has not learned yet.

# %% [markdown]
# For all rows at once, with $x$ of shape $(4, 2)$, that is one line of algebra:
#
# $$\hat{y} = \sigma\!\left(\mathrm{ReLU}(x W_1 + b_1)\, W_2 + b_2\right)$$
#
# The package writes it as a loop over the layers, so that there may be any number of them. It
# keeps every $z$ and $a$ on the way up: the way down needs them.

# %% tags=["remove-input"]
source(numpy_mlp.forward)

# %% [markdown]
# ## Backward
#
# You have [carried one row back by hand](backpropagation.py) through a small network. Here is the
# larger one, and again one row first. Its output was too low. How should the output unit's sum have changed? Up:
# a slightly larger sum would give a smaller loss. How much the loss changes for a small rise of
# the sum is the output unit's **delta**. It is negative here, as the output is too low. Two slopes
# multiply: the loss's, $2(\hat{y} - y)/N$, and the sigmoid's, $\hat{y}(1 - \hat{y})$.
#
# Now hand the blame down. A hidden unit that was off had no part in the output, and gets none of
# it. A unit that was on gets its share: the delta, times the weight with which the output
# listened to it. And each weight's blame is the delta above it times the value that came in from
# below. All these slopes together, one for each weight and bias, are the **gradient** of the loss.
#
# Written for all rows: $\odot$ is the product entry by entry, $\top$ turns a matrix's rows into
# columns, and $\mathbb{1}[\cdot]$ is 1 where the condition holds and 0 elsewhere. $z_1$, $a_1$ and
# $\delta_1$ have shape `(4, 10)`, a number for each row and hidden unit; $\delta_2$ has shape `(4, 1)`.
#
# $$\delta_2 = \frac{2}{N} (\hat{y} - y) \odot \hat{y} \odot (1 - \hat{y})$$
#
# $$\delta_1 = \left(\delta_2 W_2^\top\right) \odot \mathbb{1}[z_1 > 0]$$
#
# $$\frac{\partial J}{\partial W_2} = a_1^\top \delta_2 \qquad
# \frac{\partial J}{\partial W_1} = x^\top \delta_1$$
#
# A bias collects the deltas of its unit over the rows: its gradient is the column sum of
# $\delta$. In the code `a[0]` is $x$, `z[0]` is $z_1$ and `a[1]` is $a_1$. The package's code is
# these lines, from the top layer to the bottom: `@` multiplies two matrices, `.T` turns rows into
# columns, and `sum(axis=0)` adds up the rows.

# %% tags=["remove-input"]
source(losses.mse_gradient, losses.mse_delta)

# %% tags=["remove-input"]
source(numpy_mlp.backward)

# %% [markdown]
# ## The training loop
#
# Forward, backward, and a small step against the gradient, as
# [you have written it](backpropagation.py#the-update-step) for nine numbers; then again. One such
# round, over all rows, is an **epoch**. The size of the step is the **learning rate** $\eta$:
#
# $$W \leftarrow W - \eta \, \frac{\partial J}{\partial W}$$
#
# Try it on a single weight first: a model that says $w$ to every row, whose loss is
# [the error of a constant guess](setting-the-scene.py#how-wrong-is-a-guess). Its slope is the mean
# of $2(w - y)$ over the rows. Let the ball roll at several learning rates.

# %% tags=["remove-input"]
playground.embed("descent", learning_rate=0.1)

# %% tags=["remove-input"]
curvature = 2.0  # the slope grows by this much from w to w + 1
best = 1 / curvature
start = 1.75
slope = 2 * (start - y.mean())
assert start - best * slope == y.mean()
assert losses.mse(start - 2 * best * slope + 0 * y, y) == losses.mse(
    start + 0 * y, y
)
playground.ask(
    "At which learning rate does a single step take the ball to the very bottom?",
    best,
    f"The bottom is at the mean of the labels, {y.mean():g}, and the slope is 2(w − {y.mean():g}). "
    f"Times {best:g} that is the whole way to the bottom, from wherever the ball starts.",
    hints={
        2
        * best: "There the step is twice as long, and ends at the same height on the other side.",
    },
)

# %% [markdown]
# The first line of `train` checks what it was given, and copies the arrays. After that come the four
# parts of each epoch: forward, the loss, backward, the step. The loss is computed from the output
# unit's sum, its **logit**. If a step is far too large, numbers overflow: NumPy's warnings are
# switched off for that, as `check_converged` says it better.

# %% tags=["remove-input"]
source(numpy_mlp.update)

# %% tags=["remove-input"]
source(numpy_mlp.train)

# %% [markdown]
# !!! predict "Before you scroll"
#     Always saying one half would cost a quarter; random weights mostly do somewhat worse. How many
#     epochs until the loss is a tenth of the first? Will the curve fall evenly, or fast and then
#     slowly?

# %%
trained, history = numpy_mlp.train(
    parameters,
    x,
    y,
    learning_rate=1.5,
    epochs=500,
    on_epoch=tables.log_every(20),
)

# %%
plots.loss(history)

# %% tags=["remove-input"]
tenth = int((history >= history[0] / 10).nonzero()[0][-1]) + 1
half = len(history) // 2
first_guesses = [
    losses.mse(numpy_mlp.predict(numpy_mlp.initialize(seed=seed), x), y)
    for seed in range(200)
]
assert 1 / 4 < np.median(first_guesses) < 2 / 5
assert 1 / 4 < history[0] < 2 / 5
assert tenth < half
assert history[-1] < 0.7 * history[half]

# %% [markdown]
# Most of that picture is a line along the floor. On a logarithmic scale, where each gridline is ten
# times the one below, you can see that the network goes on improving to the end: from epoch
# `{python} half` on the loss still goes from `{python} f"{history[half]:.5f}"` to
# `{python} f"{history[-1]:.5f}"`.

# %%
plots.loss(history, log=True)

# %% [markdown]
# ## What came out

# %%
y_hat = numpy_mlp.predict(trained, x)
tables.predictions(x, y, y_hat)

# %% [markdown]
# The **accuracy** is the share of rows whose output is on the right side of one half.

# %%
print("Accuracy:", losses.accuracy(y_hat, y))

# %% [markdown]
# The network also has an answer for the points between the corners. Here it is as a surface, and
# from above with the boundary at one half drawn in.

# %%
lattice = datasets.grid()
surface = numpy_mlp.predict(trained, lattice)
plots.surface(lattice, surface)

# %%
plots.contour(lattice, surface, x, y)

# %% [markdown]
# ## How it got there
#
# Each hidden unit bends the sheet along one straight line, its **hinge line**, where its sum is
# zero. Training moves these lines. The ticks show to which side a unit is on. A dotted line has
# all four points on one side: it bends nothing that the data can see.
#
# !!! predict "Before you scroll"
#     The biases start at zero. Through which point do all ten lines pass at the start? And how many
#     of them will part the four points at the end?

# %%
from itertools import pairwise

moments = [0, 20, 100, 500]
snapshots = {0: parameters}
for before, now in pairwise(moments):
    snapshots[now], _ = numpy_mlp.train(
        snapshots[before], x, y, epochs=now - before
    )
plots.hinges(snapshots, x, y)

# %% tags=["remove-input"]
sides = numpy_mlp.forward(trained, x).z[0] > 0
parting = int((sides.any(axis=0) & ~sides.all(axis=0)).sum())
assert not numpy_mlp.forward(parameters, x).z[0][0].any()
assert 2 <= parting < 10

# %% [markdown]
# All ten start at $(0, 0)$, where each sum is its bias. At the end `{python} parting` of them part
# the points. [Two would do](by-hand.py).

# %% [markdown]
# And the output at the same moments:

# %%
plots.maps(
    "The output while the network learns",
    {
        f"epoch {epoch}": numpy_mlp.predict(network, lattice)
        for epoch, network in snapshots.items()
    },
    lattice,
    x,
    y,
)

# %% [markdown]
# Watch the very same run move: press *Play* here, or take it further in
# [the playground](`{python} playground.link()`).

# %% tags=["remove-input"]
playground.embed("controls", "map", "loss", seed=1)

# %% [markdown]
# ## Short interpretation

# %% tags=["remove-input"]
quotes = source_notebook.run("numpy").quotes
quoted = ", ".join(f"{quote.loss} at {quote.where}" for quote in quotes)
really = ", ".join(f"{history[quote.epoch]:.4f}" for quote in quotes)
middle = numpy_mlp.predict(trained, [[0.5, 0.5]]).item()
raw = ", ".join(f"{value:.3f}" for value in y_hat.ravel())
all_right = int((history >= 1 / 16).nonzero()[0][-1]) + 1
log = source_notebook.run("numpy")
ridge = numpy_mlp.predict(trained, np.linspace([0, 1], [1, 0]))
assert abs(history[log.epochs] - log.losses).max() < 1e-4 / 2
assert history[-1] > 0
assert losses.accuracy(y_hat, y) == 1
assert ridge.min() > 1 / 2 > max(y_hat[0], y_hat[3])

# %% [markdown]
# The loss starts at `{python} f"{history[0]:.4f}"`, and is below a tenth of that from epoch
# `{python} tenth` on. The source notebook's text puts it at `{python} quoted`. The run gives
# `{python} really` there, and the log printed right above that text agrees with the run: [every one
# of its figures](../reproduction.py) is compared in this build.
#
# By the last epoch the loss is `{python} f"{history[-1]:.5f}"`. It goes on falling towards zero and
# does not arrive there: the sigmoid reaches 0 or 1 only for an infinite sum. The accuracy is
# `{python} f"{losses.accuracy(y_hat, y):.0%}"` all the same, and has been for long. A single wrong
# row costs at least $\frac{1}{4} \cdot \left(\frac{1}{2}\right)^2 = \frac{1}{16}$, and from epoch
# `{python} all_right` on the loss is below that.
#
# The raw outputs are `{python} raw`. It is the comparison with one half that makes zeros and ones
# of them; the sigmoid alone does not.
#
# On the surface two opposite corners are high and two are low. In the middle the output is
# `{python} f"{middle:.2f}"`: the high corners are joined by a ridge, and the low ones lie on either
# side of it. The source notebook's text sees a valley. The boundary from above is made of straight
# pieces, since each hidden unit bends the sheet along one straight line.

# %% [markdown]
# ## More hidden layers
#
# `hidden_layers` takes as many widths as you like. The same functions, `forward`,
# `backward` and `update`, run the deeper network, as they loop over whatever layers they get.

# %%
deep = numpy_mlp.initialize(hidden_layers=(8, 8), seed=1)
rate = 0.5
deep_trained, deep_history = numpy_mlp.train(
    deep, x, y, learning_rate=rate, epochs=500
)
tables.predictions(x, y, numpy_mlp.predict(deep_trained, x))

# %% [markdown]
# One seed shows that it can work, and no more than that. So count:

# %%
seeds = range(50)
learned = 0
for seed in seeds:
    one, _ = numpy_mlp.train(
        numpy_mlp.initialize((8, 8), seed), x, y, learning_rate=rate
    )
    learned += losses.accuracy(numpy_mlp.predict(one, x), y) == 1

# %% tags=["remove-input"]
assert losses.accuracy(numpy_mlp.predict(deep_trained, x), y) == 1

# %% [markdown]
# Two hidden layers of eight, at a learning rate of `{python} f"{rate:g}"` ([in the
# playground](`{python} playground.link((8, 8), learning_rate=rate)`)): the loss goes from
# `{python} f"{deep_history[0]:.4f}"` to `{python} f"{deep_history[-1]:.5f}"` with seed 1, and
# `{python} learned` of the seeds 0 to `{python} seeds[-1]` learn all four rows. [The
# census](census.py) counts thousands, of networks with one hidden layer.

# %% [markdown]
# ## A better loss for yes-or-no questions
#
# The squared error is what the source notebook uses, and it works here. For labels that are 0 or
# 1 it is rarely the first choice. Look at $\delta_2$ above: when an output is badly wrong and
# close to 0 or 1, the factor $\hat{y}(1 - \hat{y})$ is tiny, and the network hardly learns from
# its worst mistakes. **Cross-entropy** takes the logarithm of the probability given to the truth,
# and its delta loses that factor:
#
# $$J = -\frac{1}{N} \sum_{i=1}^{N} \left[y_i \log \hat{y}_i + (1 - y_i) \log(1 - \hat{y}_i)\right]
# \qquad \delta_2 = \frac{1}{N} (\hat{y} - y)$$
#
# The code takes it from the logit $z$, where no logarithm of a rounded zero is in the way.

# %% tags=["remove-input"]
source(losses.binary_cross_entropy, losses.binary_cross_entropy_delta)

# %%
sharp, _ = numpy_mlp.train(parameters, x, y, loss=losses.CROSS_ENTROPY)
tables.predictions(x, y, numpy_mlp.predict(sharp, x))

# %% tags=["remove-input"]
sharp_error = losses.mse(numpy_mlp.predict(sharp, x), y)
word = "lower" if sharp_error < losses.mse(y_hat, y) else "higher"

# %% [markdown]
# From the same weights and with as many steps, the network trained on cross-entropy ends at a
# squared error of `{python} f"{sharp_error:.2e}"`, `{python} word` than the
# `{python} f"{losses.mse(y_hat, y):.2e}"` of the one that was trained on the squared error itself.

# %% [markdown]
# ## Exercises
#
# !!! exercise "Three learning rates"
#     Predict what the loss does within the same number of epochs at $\eta = 0.1$, $\eta = 1.5$
#     and $\eta = 15$. Then look.
#
# <details class="answer" markdown>
# <summary>Answer</summary>

# %% tags=["remove-input"]
runs = {
    rate: numpy_mlp.train(parameters, x, y, learning_rate=rate)
    for rate in (0.1, 1.5, 15.0)
}
curves = {f"η = {rate:g}": curve for rate, (_, curve) in runs.items()}
plots.loss(curves, log=True)

# %% tags=["remove-input"]
ends = ", ".join(f"{curve[-1]:.2g} at {name}" for name, curve in curves.items())
slow, _, fast = curves.values()
thrown = numpy_mlp.predict(runs[15.0][0], x)
wrong = abs(thrown - y).argmax()
assert history[-1] < slow[-1] < slow[half]
assert abs(thrown - y)[wrong] > 0.99
Markdown(
    f"The losses end at {ends}. The smallest rate is on its way, and slow. The largest overshoots: "
    f"its output for ({x[wrong][0]:g}, {x[wrong][1]:g}) is {thrown[wrong].item():.5f} where the "
    f"truth is {y[wrong].item():g}, and so far out the factor $\\hat{{y}}(1 - \\hat{{y}})$ in "
    "$\\delta_2$ lets next to nothing through.\n\n"
    "In [the playground](../playground.py), seed 1: "
    + ", ".join(
        f"[η = {rate:g}]({playground.link(learning_rate=rate, epoch=500)})"
        for rate in runs
    )
    + "."
)

# %% [markdown]
# </details>
#
# !!! exercise "Off on every row"
#     Suppose a hidden unit is off on all four rows. What are the gradients of its two weights
#     and its bias? What will they be an epoch later?
#
# ??? answer "Answer"
#     All zero: $\mathbb{1}[z_1 > 0]$ is 0 on each row, so its delta is, and with it everything
#     that is computed from it. Its inputs are the data, which do not change, and an
#     update of zero changes nothing: the unit will be off in the next epoch too, and in every one
#     after. Such a unit is called *dead*.
#
# ## Sources
#
# - D. Rumelhart, G. Hinton, R. Williams, "Learning internal representations by error
#   propagation", in *Parallel Distributed Processing*, vol. 1, ch. 8 (1986).
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.1 (XOR with ReLU), §6.2
#   (why the squared error suits yes-or-no questions badly).
