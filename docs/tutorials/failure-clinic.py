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
# # Failure clinic
#
# So far most of your networks have learned. Sooner or later one will not. Here is one that has learned XOR, and seven
# that have not. Their losses are all you see of them so far:

# %% tags=["remove-input"]
import numpy as np
from xordocs import DivergedError, datasets, playground, plots, tables
from xordocs.experiments import diagnosis, vectorized_mlp
from xordocs.experiments.census import census
from xordocs.nn import activations, initializers, losses, numpy_mlp
from xordocs.nn.parameters import Layer

x, y = datasets.xor()
rungs = diagnosis.ladder(y)
assert list(rungs) == ["1/8", "1/6", "1/4"]
NEAR = 0.005

CORNERS = ("(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)")


def first(cases, cause, rung=None):
    """The first seed of a census with a cause, and with a loss on a rung."""
    hits = cases.findings.cause == diagnosis.CAUSES.index(cause)
    if rung is not None:
        hits &= abs(cases.losses - rung) < NEAR
    return int(cases.seeds[hits][0])


def first_to_die(cases):
    """The first seed that ends dead although each unit was on for some row at the start."""
    hits = cases.findings.cause == diagnosis.CAUSES.index("dead")
    for seed in cases.seeds[hits].tolist():
        start = numpy_mlp.initialize((3,), seed)
        if (numpy_mlp.forward(start, x).z[0] > 0).any(axis=0).all():
            return seed
    raise AssertionError("no network dies")


short = census(range(200), width=3)
usual = census(range(200))
alike = census(range(50), initializer=initializers.EQUAL)
one_of = alike.findings.cause == diagnosis.CAUSES.index("symmetric")
one_of &= ~alike.findings.saturated.any(axis=0)
one_of &= ~alike.findings.dead.any(axis=0)
three = {"hidden_layers": (3,)}
cases = {
    "two merged": three | {"seed": first(short, "merged", 1 / 8)},
    "three merged": three | {"seed": first(short, "merged", 1 / 6)},
    "four merged": three | {"seed": first(short, "merged", 1 / 4)},
    "dead": three | {"seed": first_to_die(short)},
    "saturated": {"seed": first(usual, "saturated")},
    "symmetric": {
        "seed": int(alike.seeds[one_of][0]),
        "initializer": initializers.EQUAL,
    },
    # a nudge of the first weights by a part in 1e8 leaves its jumps as they are
    "oscillating": three
    | {"seed": 91, "activation": activations.TANH, "learning_rate": 15.0},
    "still learning": {"seed": 1, "learning_rate": 0.01},
}
networks, findings, histories = {}, {}, {}
for name, case in cases.items():
    start = numpy_mlp.initialize(
        case.get("hidden_layers", (10,)),
        case["seed"],
        case.get("initializer", initializers.NOTEBOOK),
    )
    hidden = case.get("activation", activations.RELU)
    networks[name], histories[name] = numpy_mlp.train(
        start, x, y, case.get("learning_rate", 1.5), 500, activation=hidden
    )
    findings[name] = diagnosis.diagnose(
        networks[name], hidden, losses=histories[name][-10:]
    )
    assert name.endswith(findings[name].cause), (name, findings[name])
usual_end, learned = numpy_mlp.train(numpy_mlp.initialize((10,), 1), x, y)
lineup = {"learned": learned} | histories
del lineup["four merged"]
plots.loss_panels(
    dict(zip("ABCDEFGH", lineup.values(), strict=True)),
    rungs,
    caption="Five hundred epochs of each, on the same axes. Which losses still fall, and at which of the dotted "
    "levels, 1/8, 1/6 and 1/4, do the others rest?",
)

# %% [markdown]
# [First look for a bug](#first-is-it-a-bug), and for wrong rows. If the code and the rows are right, look at the
# loss: it tells you where to look next.
#
# **After this lesson you can** say what has happened to a network that has stopped learning, sometimes
# from its loss alone, and write tests that find out.
#
# **You need** the training loop of [lesson 6](numpy-network.py), and the second loss, cross-entropy, from
# [lesson 7](deeper.py).
#
# !!! predict "From memory"
#     1. Where is the sigmoid flat, and what does that do to a delta of the squared error?
#     2. With the cross-entropy, what is the output unit's delta on one row?
#     3. Why do first weights have to be random?
#
# ??? answer "Answers"
#     1. Far from a sum of 0, on both sides. Its slope $\hat{y}(1 - \hat{y})$ is a factor of that delta, so the delta is
#        next to nothing.
#     2. The error itself, $\hat{y} - y$.
#     3. Units with equal weights compute the same, get the same slopes, and stay equal.
#
# A network has **learned** XOR when all four outputs are on the right side of one half. Its loss **rests** when its
# last steps hardly lower it any more.
#
# ## The loss ladder
#
# Train a thousand networks with three hidden units, each from its own seed and four times as long as usual.
# Then keep those that have not learned: `losses[mask]` keeps the entries where `mask` is `True`, and `~` exchanges
# `True` and `False`. The function `census` belongs to the course's package. A cell
# without a *Run* button, such as this one, runs in the downloaded notebook.
#
# !!! predict "Before you scroll"
#     On which of the three levels from the top of the page will most of them rest? And will some rest elsewhere?

# %% tags=["hide-output"]
from xordocs.experiments.census import census

patients = census(range(1000), width=3, epochs=2000)
stuck = patients.losses[~patients.solved]
print(len(stuck), "of", len(patients.seeds), "have not learned XOR.")

# %% tags=["remove-input", "hide-output"]
near = {name: int((abs(stuck - r) < NEAR).sum()) for name, r in rungs.items()}
entropy_rungs = []
for shared in ([0.0, 1.0], [0.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0]):
    m = np.mean(shared)
    each = losses.cross_entropies(np.log(m / (1 - m)), np.array(shared))
    cost = -len(shared) * (m * np.log(m) + (1 - m) * np.log(1 - m)) / 4
    assert np.isclose(each.sum() / 4, cost)
    entropy_rungs.append(cost)
assert min(near.values()) > 0
assert sum(near.values()) == len(stuck)
for name, rows in (("1/8", 2), ("1/6", 3)):
    at = ~patients.solved & (abs(patients.losses - rungs[name]) < NEAR)
    for seed in patients.seeds[at].tolist():
        ((*shared,),) = patients.diagnosis(seed).merged
        assert len(shared) == rows
lowest = ~patients.solved & (abs(patients.losses - rungs["1/8"]) < NEAR)
sample = int(patients.seeds[lowest][0])
answers = np.array(patients.diagnosis(sample).outputs)
sample_outputs = ", ".join(f"{answer:.2f}" for answer in answers)
by_label = [sorted(answers[y.ravel() == label]) for label in (0, 1)]
assert np.allclose(by_label, [[0, 0.5], [0.5, 1]], atol=0.02)
plots.ladder(
    stuck,
    rungs,
    caption="Three numbers, and nothing between them. The count above each rung says "
    "how many networks have come to rest there.",
)

# %% [markdown]
# <div class="xd-then" markdown>
#
# All `{python} len(stuck)` networks that have not learned rest at three heights: `{python} near["1/8"]` near
# $1/8$, `{python} near["1/6"]` near $1/6$, and `{python} near["1/4"]` near $1/4$.
#
# </div>
#
# Level stretches of a loss curve are called **plateaus**, and this course calls the height of such a plateau a
# **rung**. Where do $1/8$, $1/6$ and $1/4$ come from?
#
# Look at one of those near $1/8$, seed `{python} sample`. At the end its outputs are
# `{python} sample_outputs`: two are nearly right, and two rows with different labels get one half, as if the network
# could not tell them apart. Each of these two is off by one half, so the mean of the four squares is about
# $\left(\frac14 + \frac14\right)/4 = \frac18$.
#
# In general, a network that gives $n$ rows with different labels the same output has **merged** them. The best single
# answer for them is the mean $m$ of their labels. With $N$ rows in all, here four, it still adds to the squared error
#
# $$J = \frac{n\,m\,(1-m)}{N}$$
#
# ??? note "Where the formula comes from"
#     Let $\hat{y}$ be the output that the $n$ rows share. Their part of the loss, $\sum (\hat{y} - y)^2 / N$,
#     is smallest where its slope $\sum 2(\hat{y} - y) / N$ is zero, which is where $\hat{y}$ is the mean $m$ of
#     their labels. The $nm$ rows with label 1 are then off by $1 - m$, and the other $n(1 - m)$ rows are off
#     by $m$:
#
#     $$\begin{aligned}
#     J &= \frac{nm\,(1-m)^2 + n(1-m)\,m^2}{N} \\
#     &= \frac{nm\,(1-m)\,\big((1-m) + m\big)}{N} \\
#     &= \frac{n\,m\,(1-m)}{N}
#     \end{aligned}$$
#
#     With the cross-entropy the rungs stand elsewhere: $n\,\big({-m} \log m - (1-m) \log(1-m)\big)/N$ are
#     `{python} f"{entropy_rungs[0]:.3f}"`, `{python} f"{entropy_rungs[1]:.3f}"` and
#     `{python} f"{entropy_rungs[2]:.3f}"`.
#
# Rows that are not merged can be right, and then they cost nothing. In code:


# %% tags=["live"]
def rung(labels):  # of four rows in all
    n = len(labels)
    m = sum(labels) / n
    return n * m * (1 - m) / 4


print(f"two rows, labels 0 and 1:  {rung([0, 1]):.4f}")
print(f"three rows, one label 1:   {rung([0, 1, 0]):.4f}")
print(f"three rows, two labels 1:  {rung([0, 1, 1]):.4f}")
print(f"all four rows:             {rung([0, 1, 1, 0]):.4f}")

# %% tags=["remove-input"]
assert rung([0, 1]) == rungs["1/8"]
assert np.isclose(rung([0, 1, 0]), rungs["1/6"])
assert np.isclose(rung([0, 1, 1]), rungs["1/6"])
assert rung([0, 1, 1, 0]) == rungs["1/4"]

# %% [markdown]
# And so it is: in all `{python} near["1/8"]` networks near $1/8$ two rows share an output, and in all
# `{python} near["1/6"]` near $1/6$ three do. The top rung has other causes, too. Two pairs, each merged by itself, cost
# $1/8$ each. A single row with the output 1 instead of 0 costs $(1 - 0)^2 / 4$. There the loss is not enough: look at
# the outputs and the units.
#
# (With hundreds of rows the rungs of a few lie close together, and only the top one stands out: always giving the mean
# $m$ of all labels costs $m(1-m)$. Where one row in five has the label 1, that is `{python} f"{1 / 5 * 4 / 5:.2f}"`.)
#
# ## First: is it a bug?
#
# Before you look for a diagnosis, ask:
#
# - **Shapes**: print them. Does `y_hat - y` have the shape of `y`? `(4, 1)` minus `(4,)` is `(4, 4)`, without a word.
# - **The gradient**: does it [agree with nudges](gradient-check.py)?
# - **The first loss**: is it at most two or three times that of always giving the same answer? If it is far larger, look
#   at the first weights.
# - **Two rows** alone: does a network of ten units learn them by heart, from most seeds? If not, look for a bug.
# - **The rows**: look at ten of them, inputs and labels. Are they what you think, and are the numbers in one column
#   [about as large](table.py) as in another?
#
# ## Which of them is it?
#
# If a network of yours has not learned, ask two questions. The first is: **what does its loss do?** Each name is a
# link to its patient, further down.
#
# | its loss | the network is | what helped its patient |
# |---|---|---|
# | still falls | [still learning](#still-learning) | a larger rate, or more time |
# | jumps up and down | [oscillating](#oscillating) | shorter steps |
# | grows until it is no number | [diverged](#diverged) | shorter steps |
# | rests | one of the four below | |
#
# If it rests, the second question is: **what do you see inside?** Take the first line that fits:
#
# | inside | the network is | what helped its patient |
# |---|---|---|
# | all hidden units have the same weights, in and out | [symmetric](#symmetric) | random first weights |
# | all hidden units are off on all rows | [dead](#dead) | sigmoid hidden units |
# | a row's output is near the wrong end | [saturated](#saturated) | cross-entropy, or smaller first weights |
# | rows with different labels share an output | [merged](#merged) | sigmoid hidden units |
#
# If a network of your own *rests*, go in this order: another seed; then more units, with [first weights that are made
# for them](#what-is-a-diagnosis-for); and only then what helped the patient. The patients below are small, so that
# you see what has gone wrong.
#
# !!! exercise "The eight losses"
#     Go back to [the eight losses](#failure-clinic) at the top. Which names do the tables leave for each of them, as
#     long as you see nothing else?
#
# ??? answer "Answer"
#     A comes down to zero, so it has learned. H still falls, and G jumps up and down. The others rest: B on the rung
#     of two merged rows, C and F on that of three, D and E on the top rung, where the loss tells you least. In order,
#     A to H are: `{python} ", ".join(lineup)`. C and F end at the same height, and so do D and E: to tell them apart,
#     look inside.
#
# ## The patients
#
# Now meet the patients, one by one. With A, which has learned, seven of them make the eight losses at the top; a
# network with four merged rows and one that has diverged come in addition. Each is shown at its last epoch. Press
# *Play* to see it train. The dotted lines are the rungs, and `2-3-1` means two inputs, three hidden units and one
# output. *What helps* was tried on the patient itself; [*What to change first*](what-to-change.py) tries such changes
# on many networks.


# %% tags=["remove-input"]
def player(name):
    return playground.embed("player", epoch=500, **cases[name])


def learns(name, scale=1.0, **changes):
    """Whether a patient learns from the same first weights, with something changed."""
    width = cases[name].get("hidden_layers", (10,))
    activation = changes.get("activation", activations.RELU)
    start = numpy_mlp.initialize(width, cases[name]["seed"])
    start = [Layer(scale * weights, bias) for weights, bias in start]
    network, _ = numpy_mlp.train(start, x, y, **changes)
    outputs = numpy_mlp.predict(network, x, activation)
    return losses.accuracy(outputs, y) == 1


# %% [markdown]
# ### Merged

# %% tags=["remove-input"]
player("two merged")

# %% tags=["remove-input"]
ill = patients.findings.cause == diagnosis.CAUSES.index("merged")
seeds = patients.seeds[ill].tolist()
batch = vectorized_mlp.initialize(seeds, 3, initializers.NOTEBOOK, np.float64)
vectorized_mlp.train(batch, 1.5, 2000, activations.RELU, losses.MSE, 1)
all_off = four_merged = 0
for k, seed in enumerate(seeds):
    w1, w2, b = batch.hidden[..., k]
    a1 = np.maximum(0, x @ [w1, w2] + b)
    ((*rows,),) = patients.diagnosis(seed).merged
    if len(rows) < 4:
        assert not a1[rows].any()
        all_off += 1
        continue
    four_merged += 1
    assert ((a1 > 0).all(axis=0) | (a1 == 0).all(axis=0)).all()
assert all_off == near["1/8"] + near["1/6"]
for name in ("two merged", "three merged", "four merged"):
    outputs = numpy_mlp.forward(networks[name], x).a[1]
    (rows,) = findings[name].merged
    is_on = outputs > 0
    if name == "four merged":
        assert (is_on.all(axis=0) | ~is_on.any(axis=0)).all()
    else:
        assert not is_on[list(rows)].any()
answers = numpy_mlp.predict(networks["two merged"], x)
deltas = 2 / 4 * (answers - y) * answers * (1 - answers)
too_low, too_high = sorted(deltas[list(findings["two merged"].merged[0]), 0])
assert np.isclose(too_high, -too_low, rtol=0.02)
assert abs(deltas).sum() < 1.05 * (too_high - too_low)
SIGMOID_RATE = 3.0  # the census's best, for ten units
SIGMOID, LEAKY = activations.SIGMOID, activations.LEAKY_RELU
for name in ("two merged", "three merged", "four merged", "dead"):
    assert learns(name, activation=SIGMOID, learning_rate=SIGMOID_RATE)
    assert not learns(name, learning_rate=SIGMOID_RATE)
u, v = np.exp(np.random.RandomState(0).randn(2, 100))
assert np.allclose(
    1 / (1 + u) ** 2 + 1 / (1 + v) ** 2 - 1 / (1 + u * v),
    (u * v * (u - v) ** 2 + (u * v - 1) ** 2)
    / ((1 + u) ** 2 * (1 + v) ** 2 * (1 + u * v)),
)

# %% [markdown]
# - **You see** rows with different labels that share an output, here two that share one half, and a loss that
#   rests on their rung.
# - **Inside**, every unit is off on the merged rows. It is the same in all `{python} all_off` networks on the two
#   lower rungs. There $a_1$ and $\delta_1$ are zero, so these rows add nothing to any weight's slope. For $b_2$ their
#   $\delta_2$, each $\frac{2}{4} \cdot \frac12 \cdot \frac12 \cdot \frac12$ in size, cancel,
#   `{python} f"{too_high:.2f}"` and $-`{python} f"{-too_low:.2f}"`$: one row wants a smaller output, the other a
#   larger one. The other rows are nearly right, and hardly move anything either.
# - **What helps:** [sigmoid](by-hand.py#on-top-a-sigmoid) hidden units. From the same first weights, at a
#   rate of `{python} f"{SIGMOID_RATE:g}"`, this network learns. Two lines of the loop change:
#   `a1 = 1 / (1 + np.exp(-z1))`, and on the way back `delta1 = (delta2 @ W2.T) * a1 * (1 - a1)`.
#
# <details class="note" markdown>
# <summary>Two more patients: three rows merged, and all four</summary>
#
# Three rows share one third or two thirds. Again every unit is off on them:

# %% tags=["remove-input"]
player("three merged")

# %% [markdown]
# All four rows share one half. Here each unit is either on in all four rows or off in all four, as in all
# `{python} four_merged` networks that merge them. So nothing bends before the sigmoid, and without a bend the loss
# cannot be below $1/4$:

# %% tags=["remove-input"]
player("four merged")

# %% [markdown]
# With sigmoid hidden units, at a rate of `{python} f"{SIGMOID_RATE:g}"`, both learn.
#
# </details>
#
# ??? note "Why a sigmoid alone does not get below 1/4"
#     Without a bend, $z_2$ has [the same sum on both diagonals](setting-the-scene.py#the-best-flat-sheet).
#     A row with label 0 is off by $\hat{y} = 1/(1 + e^{-z_2})$, a row with label 1 by
#     $1 - \hat{y} = 1/(1 + e^{z_2})$. Let $u$ and $v$ be these powers of $e$ for the two rows with label 0,
#     and $s$ and $t$ those for the two rows with label 1. The four exponents add up to 0, so $uvst = 1$. And
#     for positive $u$ and $v$
#
#     $$\begin{aligned}
#     &\frac{1}{(1+u)^2} + \frac{1}{(1+v)^2} - \frac{1}{1+uv} \\
#     &\quad = \frac{uv\,(u-v)^2 + (uv-1)^2}{(1+u)^2 (1+v)^2 (1+uv)} \ge 0
#     \end{aligned}$$
#
#     So the squares of the first two errors add up to at least $1/(1+uv)$, and those of the other two to at
#     least $1/(1+st) = uv/(1+uv)$. Together they come to at least 1, so the mean of all four is at least
#     $1/4$. It is exactly $1/4$ only for $u = v = s = t = 1$, where every output is one half. That is where
#     these networks rest.
#
# ### Dead

# %% tags=["remove-input"]
player("dead")

# %% tags=["remove-input"]
assert np.allclose(findings["dead"].outputs, 1 / 2, atol=0.01)
assert (numpy_mlp.forward(networks["dead"], x).z[0] < 0).all()
assert abs(networks["dead"][-1].bias.item()) < 0.01

# %% [markdown]
# - **You see** an output of one half on every row, which the map paints in neither colour, and a loss on the
#   top rung.
# - **Inside**, all units are off on all rows. A ReLU unit that is off passes on 0 and has the slope 0, so its
#   $\delta_1$ is 0 and its weights never change again: it is **dead**. At the start each was on for some
#   row. Only the output's bias $b_2$ still has a slope, and it settles at zero, where $\sigma(0) = 1/2$.
# - **What helps:** sigmoid hidden units, as above. Among ten units a few dead ones are usual, and most of these
#   networks [learn all the same](census.py#born-dead).
#
# ### Saturated

# %% tags=["remove-input"]
player("saturated")

# %% tags=["remove-input"]
thrown, fast = numpy_mlp.train(
    numpy_mlp.initialize((10,), 1), x, y, learning_rate=15
)
assert diagnosis.diagnose(thrown, losses=fast[-10:]).cause == "saturated"

# %% tags=["remove-input"]
(flat_row,) = findings["saturated"].saturated
flat_output = findings["saturated"].outputs[flat_row]
flat_slope = 2 * (flat_output - y[flat_row, 0])
flat_slope *= flat_output * (1 - flat_output)
assert abs(flat_slope) < 0.01
assert y[flat_row, 0] == 0
assert learns("saturated", loss=losses.CROSS_ENTROPY, learning_rate=0.75)
assert not learns("saturated", learning_rate=0.75)
WAITED = 20
assert not learns("saturated", epochs=WAITED * 500)

# %% [markdown]
# - **You see** an output near the wrong end: `{python} CORNERS[flat_row]` has the label
#   `{python} f"{y[flat_row, 0]:g}"` and the output `{python} f"{flat_output:.5f}"`.
# - **Inside**, the output unit is **saturated**: its sigmoid is almost flat there, and its slope all but
#   **vanishes**. As [lesson 7 finds](deeper.py#where-the-squared-error-falls-silent), the worst mistakes then
#   teach the least: the slope of this row's squared error with respect to $z_2$ is about
#   $`{python} tables.scientific(flat_slope)`$. That is not zero, but waiting does not help this one: after
#   `{python} WAITED` times as many steps it still has not learned.
# - **What helps:** [cross-entropy](deeper.py#cross-entropy), whose $\delta_2$ is largest where a row is most
#   wrong. With this loss and half the rate the network learns, and [on many
#   seeds](what-to-change.py#which-loss) it helps as well.
#
# ### Symmetric

# %% tags=["remove-input"]
player("symmetric")

# %% tags=["remove-input"]
equal = networks["symmetric"]
assert np.ptp(np.vstack(equal[0]), axis=1).max() < 1e-9
assert np.ptp(equal[1].weights) < 1e-9
assert losses.accuracy(numpy_mlp.predict(usual_end, x), y) == 1

# %% [markdown]
# - **You see** a loss that rests, from a start in which every hidden unit got the same weights.
# - **Inside**, all hidden units have the same weights, in and out, because they began alike. They compute the same
#   sums, get the same $\delta_1$ and take the same steps, so ten units do the work of one for ever, and [one cannot
#   compute XOR](by-hand.py#exercises).
# - **What helps:** random first weights, which **break the symmetry**. From those of seed 1 it learns.
#
# <details class="note" markdown>
# <summary>Worse: all weights at zero</summary>
#
# Then the gradient is exactly zero, and nothing ever moves. In the first epoch:

# %% tags=["live"]
from xordocs import datasets
from xordocs.nn import initializers, numpy_mlp

x, y = datasets.xor()
zeros = numpy_mlp.initialize((10,), 1, initializers.ZEROS)
z, a = numpy_mlp.forward(zeros, x)
(dW1, db1), (dW2, db2) = numpy_mlp.backward(zeros, z, a, y)

print("largest slope in W1:", abs(dW1).max())
print("largest slope in b1:", abs(db1).max())
print("largest slope in W2:", abs(dW2).max())
print("slope of b2:        ", abs(db2).max())

# %% tags=["remove-input"]
_, flat = numpy_mlp.train(zeros, x, y)
assert max(abs(it).max() for it in (dW1, db1, dW2, db2)) == 0
assert set(flat) == {1 / 4}

# %% [markdown]
# Because $W_2 = 0$, no delta is handed back to $W_1$ and $b_1$, and because $a_1 = 0$, there is no slope for
# $W_2$. For $b_2$ the $\delta_2$ cancel: every output is one half, and the labels are two 0s and two 1s.
#
# </details>
#
# ### Oscillating

# %% tags=["remove-input"]
player("oscillating")

# %% tags=["remove-input"]
patient = cases["oscillating"]
last = histories["oscillating"][-100:]
steps = np.diff(last)
ups = int((steps > 0).sum())
assert (steps[1:] * steps[:-1] < 0).all(), (
    "it does not go up and down in turn"
)
assert abs(steps).min() > 0.05
assert findings["oscillating"].merged == ((0, 1, 2, 3),)
more, _ = numpy_mlp.train(
    networks["oscillating"],
    x,
    y,
    patient["learning_rate"],
    1,
    activation=activations.TANH,
)
swings = [
    float(np.mean(numpy_mlp.predict(one, x, activations.TANH)))
    for one in (networks["oscillating"], more)
]
assert min(swings) < 0.25
assert max(swings) > 0.65
USUAL_RATE = 1.5
assert patient["learning_rate"] == 10 * USUAL_RATE
calm, calmed = numpy_mlp.train(
    numpy_mlp.initialize((3,), patient["seed"]),
    x,
    y,
    USUAL_RATE,
    activation=activations.TANH,
)
assert (np.diff(calmed) < 0).all()
assert losses.accuracy(numpy_mlp.predict(calm, x, activations.TANH), y) == 1

# %% [markdown]
# - **You see** a loss that jumps up and down, so often that the line fills a band. Of its last
#   `{python} len(last) - 1` changes `{python} ups` are upward, every second one, and it jumps between about
#   `{python} f"{last.min():.2f}"` and `{python} f"{last.max():.2f}"`.
# - **Inside**, each step **overshoots**: it lands on the [other side of the
#   valley](downhill.py#the-learning-rate). All four answers are the same, and they jump with the loss, from
#   about `{python} f"{min(swings):.2f}"` to about `{python} f"{max(swings):.2f}"` and back, over the one half
#   between them, where the loss would be lower. The learning rate is `{python} f"{patient['learning_rate']:g}"`,
#   ten times the usual one, and the hidden units are [tanh](../glossary.md#activation).
# - **What helps:** a smaller rate. From the same first weights, at `{python} f"{USUAL_RATE:g}"`, the loss falls
#   with every step, and this network learns.
#
# ### Diverged

# %% tags=["remove-input"]
wild = next(one for one in playground.PRESETS if one.cause == "diverged")
assert wild.setting["activation"] == activations.LEAKY_RELU
assert wild.setting["loss"] == losses.CROSS_ENTROPY
settings = dict(wild.setting)
try:
    numpy_mlp.train(
        numpy_mlp.initialize(settings.pop("hidden_layers")), x, y, **settings
    )
except DivergedError as error:
    when = error.epoch
assert "diverged" not in census(range(100), learning_rate=1000).counts()
TAME_RATE = USUAL_RATE / 2
tame = dict(wild.setting) | {"learning_rate": TAME_RATE}
tamed, _ = numpy_mlp.train(
    numpy_mlp.initialize(tame.pop("hidden_layers")), x, y, **tame
)
outputs = numpy_mlp.predict(tamed, x, activations.LEAKY_RELU)
assert losses.accuracy(outputs, y) == 1
playground.embed("player", epoch=500, **wild.setting)

# %% [markdown]
# - **You see** a loss that leaps up, farther with each step (the axis counts powers of ten), in the end NaN, "not a
#   number", and an empty map, because there is no output to paint. `train` stops with a `DivergedError`, here at epoch
#   `{python} when`.
# - **Inside**, the steps are longer still, and the weights grow until a number is too large for a `float`.
#   The learning rate is `{python} f"{wild.setting['learning_rate']:g}"`. (You will hardly meet this one here: the
#   network has two hidden layers, of four units, the cross-entropy, and *leaky ReLU*, which gives a negative sum a
#   small slope in place of zero.)
# - **What helps:** a smaller rate. At `{python} f"{TAME_RATE:g}"` this network learns.
#
# ### Still learning

# %% tags=["remove-input"]
player("still learning")

# %% tags=["remove-input"]
rate = cases["still learning"]["learning_rate"]
network, epochs = networks["still learning"], 500
while losses.accuracy(numpy_mlp.predict(network, x), y) < 1:
    network, _ = numpy_mlp.train(network, x, y, rate, epochs=500)
    epochs += 500

# %% [markdown]
# - **You see** a loss that still falls.
# - **Inside** nothing is wrong. At a rate of `{python} f"{rate:g}"` the steps are short.
# - **What helps:** a larger rate. At the usual one five hundred epochs are enough. Or time: at its own rate the
#   network has learned all four rows by epoch `{python} f"{epochs:,}"`.
#
# <details class="note" markdown>
# <summary>The patients at rest: each change at other rates</summary>

# %% tags=["remove-input"]
RATES = (0.375, 0.75, 1.5, 3.0, 6.0)
CHANGES = {
    "rate alone": {},
    "leaky ReLU": {"activation": LEAKY},
    "sigmoid": {"activation": SIGMOID},
    "cross-entropy": {"loss": losses.CROSS_ENTROPY},
    "first weights / 4": {"scale": 0.25},
}
at_rest = [
    "two merged",
    "three merged",
    "four merged",
    "dead",
    "saturated",
]
helped = {
    (name, change): sum(
        learns(name, **setting, learning_rate=rate) for rate in RATES
    )
    for name in at_rest
    for change, setting in CHANGES.items()
}
assert not any(helped[name, "rate alone"] for name in at_rest)
assert not any(helped[name, "leaky ReLU"] for name in at_rest)
assert all(helped[name, "sigmoid"] >= 3 for name in at_rest)
for change in ("cross-entropy", "first weights / 4"):
    assert [name for name in at_rest if helped[name, change]] == ["saturated"]
tables.Table(
    f"The number of learning rates, of five from {RATES[0]:g} to {RATES[-1]:g}, at which the patient learns after a "
    "change.",
    ["patient", *CHANGES],
    [
        [
            name,
            *(
                f"{count} of 5" if count else "none"
                for count in (helped[name, change] for change in CHANGES)
            ),
        ]
        for name in at_rest
    ],
)

# %% tags=["remove-input"]
others = [rate for rate in RATES if rate != USUAL_RATE]
solved = {
    rate: census(range(500), learning_rate=rate).solved for rate in RATES
}
resting = np.flatnonzero(~solved[USUAL_RATE])
freed = int(np.any([solved[rate][resting] for rate in others], axis=0).sum())
assert 0 < freed < len(resting) / 5
well_begun = census(
    range(10_000, 12_000), width=32, initializer=initializers.HE
)
assert well_begun.setting.learning_rate == USUAL_RATE
assert well_begun.rate > 0.99
for two in ([0, 1], [2, 3]):
    by_heart = sum(
        losses.accuracy(
            numpy_mlp.predict(
                numpy_mlp.train(
                    numpy_mlp.initialize((10,), seed), x[two], y[two]
                )[0],
                x[two],
            ),
            y[two],
        )
        == 1
        for seed in range(20)
    )
    assert by_heart > 16  # most seeds

# %% [markdown]
# Where *What helps* names a change and a rate, the rate alone may have helped. So here each change is made at five
# rates, and each rate is also tried alone. No other rate saves any of these patients. Neither does **leaky ReLU**,
# which keeps a small slope where ReLU has none; in networks of ten units it saves most of those that [end
# merged](what-to-change.py#which-activation). The sigmoid saves all five. The cross-entropy saves only the saturated
# one, for which it is made; so do smaller first weights. Five patients prove little, though: [the census](census.py)
# counts thousands.
#
# </details>
#
# ## What is a diagnosis for?
#
# - If the loss falls slowly from the start, [check the gradient](gradient-check.py), and try a larger rate. If the
#   rate is as large as it can be, wait. If the loss jumps, take shorter steps.
# - If it rests and the rate was very large, take the usual rate: [at fifteen](numpy-network.py#exercises) the network of
#   lesson 6 rests, too.
# - If it rests at the usual rate, another rate seldom helps: of `{python} len(resting)` such networks of ten units,
#   from five hundred seeds, `{python} freed` learn when they are trained again from the same first weights at one of
#   four other rates. So change the network, the loss or the first weights, as the table says.
#
# Sigmoid hidden units freed every patient that came to rest from random weights. They are a cure for small networks
# of one hidden layer: [with ten hidden layers](what-to-change.py#through-ten-layers) of eight sigmoid units, and
# their usual first weights, none of the networks tried has learned. **What people do instead is to begin well**, with
# more ReLU units, and with first weights that are made for them, [the He
# start](what-to-change.py#which-first-weights). Of `{python} f"{len(well_begun.seeds):,}"` networks that began so,
# with thirty-two units, at the usual rate, `{python} f"{well_begun.solved.sum():,}"` have learned.
#
# ## The words, and where they begin
#
# Whenever this course counts networks, it uses these words, each with a threshold. **At rest** means that the
# last ten steps lowered the loss by at most `{python} f"{diagnosis.REST:.2%}"` each, on average. (With
# [mini-batches](handwriting.py#many-small-steps), in which each step sees other rows, look at the mean of an epoch:
# single steps always jump.)
#
# <details class="note" markdown>
# <summary>All thresholds, and what else these things are called</summary>

# %% tags=["remove-input"]
assert diagnosis.ALIKE == 1e-6
tables.Table(
    "When a word is used. A network gets the first name that fits, from top to bottom.",
    ["name", "when", "elsewhere"],
    [
        ["diverged", "a number is no longer finite", "divergence"],
        [
            "learned",
            "all four outputs are on the right side of 1/2",
            "solved, an accuracy of 1",
        ],
        [
            "symmetric",
            "all hidden units have the same weights, in and out, and the "
            "same biases, to a millionth of the largest",
            "unbroken symmetry",
        ],
        [
            "dead",
            "all hidden units are off, z₁ ≤ 0, on all four rows",
            "dead or dying ReLUs",
        ],
        [
            "oscillating",
            f"one of the last ten steps raised the loss by over {diagnosis.RISE:.0%}",
            "overshooting, too large a learning rate",
        ],
        [
            "saturated",
            f"an output is more than {diagnosis.FLAT:g} from its label, "
            "and the network is at rest",
            "a saturated output unit, a vanishing gradient",
        ],
        [
            "merged",
            "two rows with different labels have outputs at most "
            f"{diagnosis.SAME:g} apart, and the network is at rest",
            "stuck on a plateau",
        ],
        ["still learning", "none of these", "not converged yet"],
    ],
)

# %% [markdown]
# </details>
#
# ??? note "Are these local minima?"
#     A **local minimum** is a place from which no small step leads down. Researchers have asked whether XOR has any
#     for networks of *sigmoid* units. With two of them there are none at finite weights (Hamey, 1998), nor with one
#     and direct connections from the inputs to the output (Sprinkhuizen-Kuyper and Boers, 1996). With three there is
#     a region of them (the same authors, 1999).
#
#     These theorems say nothing about ReLU networks, but the dead patient answers for itself. All its sums are below
#     zero, so after a small move of any of its numbers all units are still off. All four rows still share one output,
#     $\sigma(b_2)$, and the loss cannot be below $1/4$. With $b_2 = 0$, which this patient approaches, it is $1/4$: a
#     local minimum, and a flat one.
#
# ## Exercises
#
# ### Which units are dead?
#
# Write the first test of the clinic. `z1` holds the hidden units' sums, with a row for each of the four
# rows of XOR and a column for each unit.


# %% name="dead-units" tags=["exercise"]
import numpy as np


def dead_units(z1):
    # True for each unit that is
    # off on all rows: (units,)
    return ...


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    # A sum of exactly zero is off, too. Only the units 1 and 3 are dead.
    z1 = np.array(
        [
            [1.0, -1.0, -2.0, -0.5, 0.5],
            [-1.0, -2.0, 0.5, 0.0, 0.5],
            [-1.0, -0.5, -1.0, -3.0, 2.0],
            [-2.0, -3.0, -1.0, -0.5, 1.0],
        ]
    )
    found = call("dead_units", dead_units, (z1,), "dead")
    compare(
        "dead",
        found,
        np.array([False, True, False, True, False]),
        "a count by hand",
        [
            (
                "A sum of exactly zero is off, too.",
                np.array([False, True, False, False, False]),
            ),
            (
                "Off on some row is too few: a dead unit is off on all.",
                np.array([True, True, True, True, False]),
            ),
            (
                "These are the rows. Along which axis do the rows lie?",
                np.array([False, False, False, False]),
            ),
            (
                "These are the units that are not dead.",
                np.array([True, False, True, False, True]),
            ),
            ("Is one number for each unit and row too many?", z1 <= 0),
            (
                "These are the units that are on in all rows.",
                np.array([False, False, False, False, True]),
            ),
        ],
    )
    print("Both dead units are found, and no other.")


check()

# %% [markdown] tags=["hint"]
# `z1 <= 0` is `True` wherever a unit is off. It has the shape of `z1`.

# %% [markdown] tags=["hint"]
# `.all(axis=0)` goes down the rows and leaves one answer for each column.


# %% tags=["solution"]
import numpy as np


def dead_units(z1):
    return (z1 <= 0).all(axis=0)


# %% [markdown]
# ### A diagnosis of your own
#
# Now give a network that is at rest its name. Return the first word that fits:
#
# - `"learned"`: all four outputs are on the right side of one half.
# - `"dead"`: all hidden units are off on all four rows.
# - `"saturated"`: an output is more than `{python} f"{diagnosis.FLAT:g}"` from its label.
# - `"other"`: none of these.


# %% name="diagnose" tags=["exercise"]
def diagnose(z1, y_hat, y):
    # z1: (4, units)
    # y_hat and y: (4, 1)
    return ...


# %% tags=["check"]
from xordocs.exercises import call


def check():
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    off = np.array([[-1.0, 0.0], [-2.0, -0.5], [-0.5, -1.0], [0.0, -1.0]])
    on = np.array([[0.5, 0.75], [0.5, 0.5], [0.25, 0.5], [0.5, 0.125]])
    half = np.array([[-1.0, 1.0], [-2.0, 0.5], [-0.5, 1.0], [-1.0, 1.0]])
    cases = [
        ("learned", half, [0.25, 0.75, 0.875, 0.125], "all four are right"),
        (
            "learned",
            off,
            [0.25, 0.75, 0.875, 0.125],
            "it has learned, dead units or not: that test comes first",
        ),
        ("dead", off, [0.5, 0.5, 0.5, 0.5], "all units are off on all rows"),
        (
            "dead",
            off,
            [0.995, 0.995, 0.995, 0.995],
            "all units are off on all rows, and that test comes earlier",
        ),
        (
            "saturated",
            half,
            [0.995, 0.75, 0.875, 0.125],
            "row (0, 0) is at the wrong end, its label is 0",
        ),
        (
            "saturated",
            on,
            [0.125, 0.005, 0.75, 0.125],
            "row (0, 1) is at the wrong end, its label is 1",
        ),
        (
            "other",
            half,
            [0.125, 0.5, 0.5, 0.125],
            "an output of one half is not above one half",
        ),
        (
            "other",
            half,
            [0.125, 0.875, 0.25, 0.25],
            "row (1, 0) is wrong, and no output is near the wrong end",
        ),
        (
            "other",
            on,
            [0.985, 0.875, 0.75, 0.125],
            "row (0, 0) is wrong, and not far enough from its label",
        ),
        (
            "other",
            on,
            [0.5, 0.995, 0.5, 0.005],
            "rows near their own labels are right, not saturated",
        ),
    ]
    for word, z1, outputs, why in cases:
        y_hat = np.array([[output] for output in outputs])
        said = call("diagnose", diagnose, (z1, y_hat, y), "word")
        asked = "outputs " + ", ".join([str(output) for output in outputs])
        assert isinstance(said, str), (
            f"diagnose must return a word, got {said} for {asked}."
        )
        assert said == word, (
            f"For {asked} diagnose says {said}, and it is {word}: {why}."
        )
    print("Ten networks, ten right diagnoses.")


check()

# %% [markdown] tags=["hint"]
# `(y_hat > 0.5) == (y > 0.5)` says of each row whether it is right.

# %% [markdown] tags=["hint"]
# All hidden units are dead when `z1 <= 0` holds everywhere. How far each output is from its label is
# `abs(y_hat - y)`.


# %% tags=["solution"]
def diagnose(z1, y_hat, y):
    if ((y_hat > 0.5) == (y > 0.5)).all():
        return "learned"
    if (z1 <= 0).all():
        return "dead"
    if (abs(y_hat - y) > 0.99).any():
        return "saturated"
    return "other"


# %% [markdown]
# ### Three strangers, one loss
#
# Nobody tells you what is wrong with these three. Each has three hidden units and was trained at the usual rate, and
# all rest at the same loss:

# %% name="strangers" tags=["live"]
from xordocs import datasets
from xordocs.nn import numpy_mlp

x, y = datasets.xor()
strangers = []
for seed in [54, 66, 31]:
    start = numpy_mlp.initialize(hidden_layers=(3,), seed=seed)
    network, seen = numpy_mlp.train(
        start, x, y, learning_rate=1.5, epochs=500
    )
    strangers.append(network)
    print(f"stranger {len(strangers) - 1}: loss {seen[-1]:.3f}")

# %% [markdown]
# Look inside each of them. `z[0]` holds its hidden units' sums, and `a[-1]` its outputs. Print what you need to know:

# %% name="look-inside" tags=["live", "hide-output"]
z, a = numpy_mlp.forward(strangers[0], x)
print(a[-1].round(3))


# %% [markdown]
# Then give each its name, one of the words in [the tables](#which-of-them-is-it).


# %% name="verdicts" tags=["exercise"]
def verdicts():
    # a word for each stranger,
    # in their order
    return [..., ..., ...]


# %% tags=["check"]
from xordocs.exercises import call


def check():
    words = ["merged", "saturated", "dead"]
    known = ["symmetric", "oscillating", "diverged", "still learning"]
    known += words
    looks = [
        "count the units that are on, and compare its four outputs.",
        "look at its output for the row (1, 0), whose label is 1.",
        "its outputs are alike, but look at its sums, too. Where two names "
        "fit, take the first in the second table.",
    ]
    names = "first, second, third"
    said = call("verdicts", verdicts, (), names)
    for place in range(3):
        assert said[place] in known, (
            f"Stranger {place}: {said[place]} is none of the tables' words."
        )
        assert said[place] == words[place], (
            f"Stranger {place} is not {said[place]}: {looks[place]}"
        )
    print("Three causes behind one loss, and you told them apart.")


check()

# %% [markdown] tags=["hint"]
# `(z[0] > 0).astype(int)` has a 1 where a unit is on: a row for each row of XOR, a column for each unit. Take the
# table's last four lines from the top: same weights? all off? an output near the wrong end? rows that share one?


# %% tags=["solution"]
def verdicts():
    return ["merged", "saturated", "dead"]


# %% tags=["remove-input"]
assert verdicts() == [diagnosis.diagnose(one).cause for one in strangers]
assert {f"{seen[-1]:.3f}"} == {
    f"{diagnosis.diagnose(one).loss:.3f}" for one in strangers
}

# %% [markdown]
# ### From the loss alone

# %% tags=["remove-input"]
playground.ask(
    f"A network has come to rest at a squared error of {1 / 6:.4f}. How many rows share one output?",
    3,
    "That is the rung of one sixth: three rows share the mean of their labels, one third or two thirds.",
    hints={
        2: "Two rows with different labels cost n m (1 − m) / 4 with n = 2 and m = ½.",
        4: "All four rows with the mean ½ cost a quarter.",
        1: "A row that is not merged can be right, and costs nothing.",
    },
)

# %% tags=["remove-input"]
five_x = np.vstack([x, x[3:]])
five_y = np.vstack([y, 1 - y[3:]])
rests = []
for bend, rate in ((activations.RELU, USUAL_RATE), (SIGMOID, SIGMOID_RATE)):
    for seed in range(1, 6):
        five, five_losses = numpy_mlp.train(
            numpy_mlp.initialize((10,), seed),
            five_x,
            five_y,
            rate,
            2000,
            bend,
        )
        rests.append(five_losses[-1])
assert max(abs(np.array(rests) - 2 * (1 / 2) ** 2 / 5)) < 0.001
told = numpy_mlp.predict(five, five_x, bend).ravel()
# the same row twice; on some processors a row is rounded by its place
assert abs(told[3] - told[4]) < 1e-12

# %% [markdown]
# !!! exercise "A patient from outside"
#     A friend trains ten ReLU units on a file of five rows. From each of five seeds the loss comes to rest at
#     about `{python} f"{min(rests):.1f}"`. With sigmoid units it rests there, too. Here are one network's outputs:
#
#     | row | 0 | 1 | 2 | 3 | 4 |
#     |---|--:|--:|--:|--:|--:|
#     | label | 0 | 1 | 1 | 0 | 1 |
#     | output | `{python} f"{told[0]:.2f}"` | `{python} f"{told[1]:.2f}"` | `{python} f"{told[2]:.2f}"` | `{python} f"{told[3]:.2f}"` | `{python} f"{told[4]:.2f}"` |
#
#     What is the diagnosis, and does the rung fit it? What would you look at next?
#
# ??? answer "Answer"
#     Rows 3 and 4 are merged: they share the mean of their labels, ½, and with five rows that costs
#     $n\,m\,(1-m)/5 = \tfrac{2}{5} \cdot \tfrac14$. But neither another seed nor the sigmoid separates them. So look
#     at the rows: both have the inputs $(1, 1)$, with different labels. No network can give the same inputs two
#     answers: the file has to be corrected.
#
# ## In short
#
# Look at the loss first. While it falls, wait; if it jumps, take shorter steps. If it rests, its height,
# $n\,m\,(1-m)/N$ in the squared error, can say how many rows are merged. On the top rung look further, because a dead
# layer, a saturated row and a straight line end there, too.
#
# Next: [how often does each of these happen](census.py)? An encore counts
# [what to change first](what-to-change.py).
#
# ## Sources
#
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), ch. 3: a single neuron that saturates,
#   and learns slowly.
# - L. Hamey, "XOR has no local minima: a case study in neural network error surface analysis",
#   *Neural Networks* (1998).
# - I. Sprinkhuizen-Kuyper, E. Boers, "The error surface of the simplest XOR network has only
#   global minima", *Neural Computation* (1996), doi 10.1162/neco.1996.8.6.1301; and "A local minimum
#   for the `2-3-1` XOR network", *IEEE Transactions on Neural Networks* (1999).
# - L. Lu, Y. Shin, Y. Su, G. Karniadakis, "Dying ReLU and initialization: theory and numerical
#   examples", *Communications in Computational Physics* (2020).
