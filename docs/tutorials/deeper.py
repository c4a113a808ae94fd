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
# # Deeper, and another loss
#
# Your [network in NumPy](numpy-network.py) leaves two questions open. Can it have more than one hidden
# layer? And is the squared error a good loss for a question whose answer is yes or no?
#
# **After this lesson you can** write forward and backward pass for any number of layers, derive the
# delta of the cross-entropy, and compare two losses without being unfair to one of them.
#
# **You need** [the network in NumPy](numpy-network.py), the
# [chain rule](downhill.py#the-chain-rule), and the slope of the natural logarithm: along $u$ it is
# $1/u$. ($\log u$ undoes $e^z$: if $u = e^z$, then $z = \log u$. As $u$ rises $e^z$ times as much as
# $z$, so $z$ rises $1/e^z$ times as much as $u$, and that is $1/u$.)
#
# ## More hidden layers
#
# A second hidden layer takes the outputs of the first as its inputs. With eight units in each:
#
# <div class="equations" markdown>
#
# | forward | shape |
# |---|---|
# | $a_0 = x$ | `(4, 2)` |
# | $z_1 = a_0 W_1 + b_1 \qquad a_1 = \mathrm{ReLU}(z_1)$ | `(4, 8)` |
# | $z_2 = a_1 W_2 + b_2 \qquad a_2 = \mathrm{ReLU}(z_2)$ | `(4, 8)` |
# | $z_3 = a_2 W_3 + b_3 \qquad \hat{y} = \sigma(z_3)$ | `(4, 1)` |
#
# </div>
#
# Every hidden layer does the same to what comes out of the one below. So keep the network as a list of
# layers, each a pair of weights and biases, and let a loop walk up the list. It keeps the sums and the
# outputs of all layers, since the way back needs them.
#
# Write it. `layers` is such a list, say `[(W1, b1), (W2, b2), (W3, b3)]`, and `layers[:-1]` is the list
# without its last layer, the output unit. Remember that `a[-1]` is the last entry of a list.


# %% tags=["exercise"]
import numpy as np


def forward(layers, x):
    z = []
    a = [x]
    for W, b in layers[:-1]:
        z.append(...)  # this layer's sums, made from the last outputs
        a.append(...)  # what its units pass on
    W, b = layers[-1]
    z.append(...)  # the output unit's sum
    a.append(...)  # the network's output
    return z, a


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    x = np.array(
        [[0.5, -1.0], [1.5, 0.25], [-0.75, 1.0], [1.0, 2.0], [0.0, 1.0]]
    )
    layers = [
        (
            np.array([[0.5, 1.0, -0.75], [1.0, -0.5, 0.25]]),
            np.array([[-0.5, 0.25, 1.0]]),
        ),
        (
            np.array([[1.0, -1.0], [0.5, 2.0], [-1.5, 0.5]]),
            np.array([[0.75, -0.25]]),
        ),
        (np.array([[0.5], [-1.5]]), np.array([[0.25]])),
    ]
    (W1, b1), (W2, b2), (W3, b3) = layers
    z, a = call("forward", forward, (layers, x), "z, a")
    for name, made, count in (("z", z, 3), ("a", a, 4)):
        found = len(made) if isinstance(made, list) else "no list"
        assert found == count, (
            f"{name} must be a list of {count} arrays here, got {found}. "
            "Append one for each layer."
        )

    def relu(sums):
        return 0.5 * (sums + abs(sums))

    z1 = x @ W1 + b1
    z2 = relu(z1) @ W2 + b2
    z3 = relu(z2) @ W3 + b3
    no_bias = "Is the bias missing?"
    compare("a[0]", a[0], x, "the input")
    compare(
        "z[0]",
        z[0],
        z1,
        "the sum by hand",
        [(no_bias, x @ W1), ("Here stands the sum, before ReLU.", relu(z1))],
    )
    compare(
        "a[1]",
        a[1],
        relu(z1),
        "ReLU",
        [
            ("Is ReLU missing?", z1),
            (
                "A hidden unit's bend is ReLU, not the sigmoid.",
                1 / (1 + np.exp(-z1)),
            ),
        ],
    )
    compare(
        "z[1]",
        z[1],
        z2,
        "the sum by hand",
        [
            (no_bias, relu(z1) @ W2),
            ("What comes in from below is a[-1], after ReLU.", z1 @ W2 + b2),
        ],
    )
    compare("a[2]", a[2], relu(z2), "ReLU", [("Is ReLU missing?", z2)])
    compare(
        "z[2]",
        z[2],
        z3,
        "the sum by hand",
        [
            (no_bias, relu(z2) @ W3),
            ("What comes in from below is a[-1], after ReLU.", z2 @ W3 + b3),
        ],
    )
    compare(
        "a[3]",
        a[3],
        1 / (1 + np.exp(-z3)),
        "the sigmoid",
        [
            ("The output unit's bend is the sigmoid, not ReLU.", relu(z3)),
            ("Is the sigmoid missing?", z3),
            ("The exponent has a minus: e to the −z.", 1 / (1 + np.exp(z3))),
        ],
    )
    print("Three layers, and every sum is right.")


check()

# %% [markdown] tags=["hint"]
# A layer's sums are `a[-1] @ W + b`: the last outputs so far, times this layer's weights, plus its bias.

# %% [markdown] tags=["hint"]
# After the first `append`, `z[-1]` holds the sums that you have made in this round, so what the units
# pass on is `np.maximum(0, z[-1])`. After the loop the sigmoid takes its place.

# %% tags=["solution"]
import numpy as np


def forward(layers, x):
    z = []
    a = [x]
    for W, b in layers[:-1]:
        z.append(a[-1] @ W + b)
        a.append(np.maximum(0, z[-1]))
    W, b = layers[-1]
    z.append(a[-1] @ W + b)
    a.append(1 / (1 + np.exp(-z[-1])))
    return z, a


# %% [markdown]
# The way back is a loop as well, from the top down. It starts with the output unit's delta. At each
# layer it writes down the slopes, which are what comes in from below times the delta, and then hands the
# delta one layer down:
#
# $$\frac{\partial J}{\partial W_l} = a_{l-1}^\top \delta_l$$
#
# $$\delta_{l-1} = \left(\delta_l W_l^\top\right) \odot \mathbb{1}[z_{l-1} > 0]$$
#
# With two hidden layers several paths lead from one weight to the loss, over each unit of the layer
# above. The slopes along all paths add up, and the matrix product $\delta_l W_l^\top$ does the adding.
# This is how the course's package has it. Its lists begin at 0, so `a[depth]` comes in at the layer
# `parameters[depth]`. Its `activation` is the hidden units' function with its slope: ReLU, unless you
# choose another.

# %% tags=["remove-input"]
from xordocs.listings import source
from xordocs.nn import numpy_mlp

source(numpy_mlp.backward)

# %% [markdown]
# A network with two hidden layers of eight units trains as one with a single layer does. Say
# `hidden_layers=(8, 8)`:

# %%
from xordocs import datasets, tables
from xordocs.nn import numpy_mlp

x, y = datasets.xor()
start = numpy_mlp.initialize(hidden_layers=(8, 8), seed=1)
trained, history = numpy_mlp.train(start, x, y, learning_rate=0.5)
tables.predictions(x, y, numpy_mlp.predict(trained, x))

# %% tags=["remove-input"]
from xordocs import playground, plots
from xordocs.experiments.statistics import wilson
from xordocs.nn import losses

tried = range(20)
learned = 0
for seed in tried:
    one, _ = numpy_mlp.train(
        numpy_mlp.initialize((8, 8), seed), x, y, learning_rate=0.5
    )
    learned += losses.accuracy(numpy_mlp.predict(one, x), y) == 1
low, high = wilson(learned, len(tried))
confidence = 0.95
assert losses.accuracy(numpy_mlp.predict(trained, x), y) == 1
assert learned < len(tried)

# %% [markdown]
# The loss goes from `{python} f"{history[0]:.4f}"` to `{python} f"{history[-1]:.5f}"`, and the network
# learns all four rows ([in the
# playground](`{python} playground.link((8, 8), learning_rate=0.5)`)). One seed shows that it can. Of
# the seeds 0 to `{python} tried[-1]`, `{python} learned` learn. That is a sample, and another twenty seeds
# would give another share. An *interval* says how far chance may have moved it: a
# `{python} f"{confidence:.0%}"` interval is made so that about `{python} f"{confidence:.0%}"` of all such
# intervals hold the true share ([the census](census.py#how-sure-is-that) derives it). For twenty seeds it
# is wide, `{python} f"{low:.0%}"` to `{python} f"{high:.0%}"`. XOR needs [one hidden layer](by-hand.py) and no more, so do not look for a
# gain in depth here. What counts is that the same few lines carry any number of layers.
#
# ## Where the squared error falls silent
#
# At ten times its usual learning rate the [network of the last page](numpy-network.py#exercises) was
# thrown onto a wrong answer, very near to 0 or 1, and stayed there. Look at the delta of such a row,
# taken alone, whose label is 0:
#
# $$\delta_2 = 2 (\hat{y} - y)\, \hat{y}(1 - \hat{y}) = 2\, \hat{y}^2 (1 - \hat{y})$$
#
# !!! predict "Before you scroll"
#     The label is 0. For which output does this delta push the hardest: for one half, for something
#     above it, or for an output of 1, which is as wrong as can be?

# %% tags=["remove-input"]
outputs = np.linspace(0, 1, 301)
squared = 2 * outputs**2 * (1 - outputs)
assert abs(outputs[squared.argmax()] - 2 / 3) < 1e-9
plots.delta_curves(
    outputs,
    {"squared error": squared, "cross-entropy": outputs},
    caption="The label is 0, so the further right an output lies, the more wrong it is. The squared "
    "error's delta turns round at ⅔ and comes back to zero where the output is worst. The other "
    "line, which keeps rising, is that of the next section.",
)

# %% [markdown]
# It is largest at $\hat{y} = \frac{2}{3}$, where the slope of $\hat{y}^2 (1 - \hat{y})$, which is
# $2\hat{y} - 3\hat{y}^2$, is zero. Beyond that it falls, and for an output that is certain and wrong
# there is next to nothing left: the sigmoid is flat out there, and its slope $\hat{y}(1 - \hat{y})$ is a
# factor of delta. The worst mistakes move the weights the least. A row with such an output is called
# [*saturated*](../glossary.md#saturated).
#
# ## Cross-entropy
#
# Read the output as a probability: $\hat{y}$ is the probability that the network gives to the label 1,
# and $1 - \hat{y}$ is what it gives to the label 0. A good network gives a high probability to the
# true label. The **cross-entropy** is the negative logarithm of that probability: zero where the true
# label has the probability 1, and growing without end as it goes to 0. Over $N$ rows:
#
# $$J = -\frac{1}{N} \sum_i \left[y_i \log \hat{y}_i + (1 - y_i) \log(1 - \hat{y}_i)\right]$$
#
# For each row one of the two terms is zero, as its label is 0 or 1, and the other has the probability of
# the true label in it.
#
# Now its delta, by the chain rule, for one row with the label 0. There $J = -\log(1 - \hat{y})$. Its
# slope along $\hat{y}$ is $1 / (1 - \hat{y})$, and the sigmoid's slope along $z_2$ is
# $\hat{y}(1 - \hat{y})$, as before:
#
# $$\delta_2 = \frac{1}{1 - \hat{y}} \cdot \hat{y}(1 - \hat{y}) = \hat{y}$$
#
# The factor $1 - \hat{y}$ cancels. For the label 1, where $J = -\log \hat{y}$, the other one does:
#
# $$\delta_2 = -\frac{1}{\hat{y}} \cdot \hat{y}(1 - \hat{y}) = \hat{y} - 1$$
#
# Both are $\hat{y} - y$: delta is the error itself, and the more wrong an output is, the harder it
# pushes. In the training loop two lines change:
#
# <div class="equations" markdown>
#
# | cross-entropy | in NumPy |
# |---|---|
# | $J$, as above | `loss = -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)).mean()` |
# | $\delta_2 = \dfrac{1}{N} (\hat{y} - y)$ | `delta2 = (y_hat - y) / len(y)` |
#
# </div>
#
# (If an output rounds to exactly 0 or 1, the first of these lines takes the logarithm of zero. The way
# out is to compute the loss from the sum $z_2$, which is also called the **logit**. With
# $\hat{y} = \sigma(z_2)$ a row's loss becomes $\log(1 + e^{z_2}) - y z_2$, in NumPy
# `np.logaddexp(0, z2) - y * z2`, which does not overflow.)

# %% tags=["remove-input"]
half = 1 / 2
ratio = half / (2 * half**2 * (1 - half))
playground.ask(
    "At an output of one half, how many times as large is the cross-entropy's delta as the "
    "squared error's?",
    ratio,
    f"For the label 0 the cross-entropy's delta is ŷ = {half:g}, the squared error's "
    f"2ŷ²(1 − ŷ) = {half / ratio:g}.",
    hints={
        1: "The two curves do not meet at one half. Put ŷ = ½ into both formulas.",
        half
        / ratio: "That is the squared error's delta. What is the cross-entropy's?",
        1 / ratio: "The other way round.",
        4: "Is the factor 2 missing in the squared error's?",
    },
)

# %% [markdown]
# ## A fair comparison
#
# Does a network learn XOR more often with the cross-entropy? Do not train both losses at lesson 6's
# learning rate and count. Divide the cross-entropy's delta by the squared error's: what is left is
# $1 / (2\hat{y}(1 - \hat{y}))$. That is 2 at an output of one half, and more everywhere else. So at the
# same $\eta$ each row pushes at least twice as hard, and a comparison at one rate would mix up the loss
# with the length of the step.
#
# So give each loss the rate that suits it best. Try several, each four times the one before, on two
# hundred seeds, the same for all. A network *learns* if after five hundred epochs all four outputs are on the right side
# of one half. The package's [`census`](../reference/census.md) trains a network of ten hidden units from
# each seed, and counts:

# %%
from xordocs.experiments.census import census
from xordocs.nn import losses

candidates = {
    "squared error": losses.MSE,
    "cross-entropy": losses.CROSS_ENTROPY,
}
rates = [1 / 64, 1 / 16, 1 / 4, 1, 4, 16]

trials = {}
for name, loss in candidates.items():
    trials[name] = []
    for rate in rates:
        trials[name].append(census(range(200), learning_rate=rate, loss=loss))

# %% tags=["remove-input"]
from xordocs.experiments.statistics import is_better, only_one
from xordocs.experiments.sweep import best_rate

best = {}
for name, counts in trials.items():
    best[name] = best_rate(rates, [count.solved.sum() for count in counts])
    at_best = counts[rates.index(best[name])].solved
    for end in (0, -1):
        assert is_better(at_best, counts[end].solved), (
            "the grid is too narrow"
        )
plots.by_learning_rate(
    {
        name: (
            rates,
            [count.rate for count in counts],
            [count.interval() for count in counts],
        )
        for name, counts in trials.items()
    },
    caption=f"Each point is the share of two hundred networks, with its {confidence:.0%} interval. "
    "Notice that both lines have a broad top, and fall on both sides of it.",
)

# %% [markdown]
# Both grids reach far enough: at either end clearly fewer learn. Now take each loss at its own best rate,
# or at the middle one of several that are equally good (of two, the larger), and train it on a thousand *other* seeds. The best of several shares is partly luck, and reads too
# high; fresh seeds know nothing of that luck.

# %%
from xordocs.experiments.sweep import best_rate

fresh = range(1000, 2000)
finals = {}
for name, loss in candidates.items():
    solved = [trial.solved.sum() for trial in trials[name]]
    rate = best_rate(rates, solved)
    finals[name] = census(fresh, learning_rate=rate, loss=loss)

# %% tags=["remove-input"]
tables.Table(
    f"Each loss at its own best rate, on {len(fresh):,} other seeds.",
    ["loss", "best rate", "share", "interval"],
    [
        [
            name,
            f"{best[name]:g}",
            f"{count.rate:.1%}",
            " to ".join(f"{bound:.1%}" for bound in count.interval()),
        ]
        for name, count in finals.items()
    ],
)

# %% tags=["remove-input"]
from xordocs.experiments.diagnosis import FLAT

squared, entropy = finals.values()
wrong_by = f"{FLAT:g}"
flat = {
    name: count.counts().get("saturated", 0) for name, count in finals.items()
}
failures = {
    name: int((~count.solved).sum()) for name, count in finals.items()
}
assert {
    name: count.setting.learning_rate for name, count in finals.items()
} == best
assert entropy.interval()[0] > squared.interval()[1] + 0.03
gained, lost = only_one(entropy.solved, squared.solved)
assert is_better(entropy.solved, squared.solved)
assert flat["squared error"] > 0.6 * failures["squared error"]
assert flat["cross-entropy"] == 0

# %% [markdown]
# With the cross-entropy `{python} f"{entropy.rate:.1%}"` of the networks learn XOR, with the squared
# error `{python} f"{squared.rate:.1%}"`: the lower end of the one interval lies above the upper end of the
# other. Seed by seed it is as plain: `{python} gained` of the seeds learn only with the cross-entropy, and
# `{python} lost` only with the squared error. ([The census](census.py#do-two-settings-differ) shows how
# much can be read from such pairs.) All else was the same: the seeds and their first weights, the width,
# the number of epochs; and each loss had the rate that suits it.
#
# ### Is the missing factor the reason?
#
# Yes, because nothing else is different. Strike $\hat{y}(1 - \hat{y})$ from the squared error's delta:
# what remains, $2(\hat{y} - y)$, is the cross-entropy's delta at twice the learning rate. The two ways
# of training differ in this factor and in the rate, and each had its own best rate. So the comparison
# above is an experiment on the factor alone.
#
# How the networks fail agrees with it. Of the `{python} failures["squared error"]` that the squared error
# leaves behind, `{python} flat["squared error"]` are saturated, by
# [the clinic's definition](failure-clinic.py#the-words-and-where-they-begin): they are at rest, and an
# output is more than `{python} wrong_by` away from its label. Of the
# `{python} failures["cross-entropy"]` failures with the cross-entropy, `{python} flat["cross-entropy"] or
# "none"` is. What these figures do not tell is how it would be with other first weights or another
# width: [the census](census.py) asks that, one question at a time.
#
# ## Exercises
#
# !!! exercise "What has changed in the loop"
#     Train the loop of [the last page](numpy-network.py#the-training-loop) on the cross-entropy: it runs
#     there in the page. Which lines change? What is a good learning rate to begin with?
#
# ??? answer "Answer"
#     The line of `loss` and that of `delta2`, as in the table above, and nothing else: all the other
#     slopes are computed from `delta2`. Each row's entry in it is at least twice that of the squared error, so
#     begin with half the old rate or less, and then try a few others to either side.
#
# !!! exercise "Half certain"
#     Suppose that a label is neither 0 nor 1 but one half: a coin decides. For which output is the
#     cross-entropy's delta zero? And is the loss zero there?
#
# ??? answer "Answer"
#     $\hat{y} - y$ is zero for $\hat{y} = \frac{1}{2}$, so the output goes where the label is. The
#     loss there is $-\frac{1}{2} \log \frac{1}{2} - \frac{1}{2} \log \frac{1}{2} = \log 2$, not
#     zero: nobody can foretell a coin, and no output makes the loss smaller.
#
# ## In short
#
# A network is a list of layers, and one loop up and one loop down carry any number of them. With the
# cross-entropy delta is the error itself, $\hat{y} - y$, divided by the number of rows. Compare two
# losses, or any two settings, each at its own best learning rate, on seeds that did not choose it.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.2: cross-entropy for a sigmoid
#   output, and why the squared error stops learning where the sigmoid is flat.
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), ch. 3: the same, with pictures.
