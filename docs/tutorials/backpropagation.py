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
# # Backpropagation, one row by hand
#
# A network has answered, and its answer is wrong. Which of its numbers should change, and which
# way? You could try each of them in turn. Or you walk once from the loss back to the inputs, and
# pick up the answer for every number on the way. That walk is **backpropagation**.
#
# **After this page you can** carry a loss back to each weight and bias of a small network with a
# pencil, write the same as six lines of NumPy, and confirm every slope by a nudge.
#
# You need the [forward pass](forward-pass.py), and to remember that a derivative is a slope: how
# much one number changes when you change another a little.
#
# ## A network with nine numbers
#
# Two inputs, two hidden units, one output unit. Six weights and three biases make nine numbers, few
# enough to see them all. $W_1$ has shape `(2, 2)`, a column for each hidden unit; $b_1$ has shape
# `(1, 2)`, $W_2$ `(2, 1)` and $b_2$ `(1, 1)`.

# %% tags=["live"]
import numpy as np

W1 = np.array([[1.5, 2.0], [1.0, -1.5]])
b1 = np.array([[-0.5, 0.5]])
W2 = np.array([[0.5], [-1.5]])
b2 = np.array([[0.5]])
parameters = (W1, b1, W2, b2)


def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    z2 = a1 @ W2 + b2
    y_hat = 1 / (1 + np.exp(-z2))
    return z1, a1, z2, y_hat


def loss(y_hat, y):
    return ((y_hat - y) ** 2).mean()


# %% [markdown]
# Take the row $(1, 1)$. XOR says 0. The inputs have shape `(1, 2)`, one row, and so has every
# array on the way up one row.

# %% tags=["live"]
x = np.array([[1.0, 1.0]])
y = np.array([[0.0]])

z1, a1, z2, y_hat = forward(parameters, x)
print("z1", z1)
print("a1", a1)
print("z2", z2)
print("y_hat", y_hat)
print("loss", loss(y_hat, y))

# %% tags=["remove-input"]
from IPython.display import Markdown
from xordocs import datasets, playground, plots, tables
from xordocs.exercises import slopes
from xordocs.listings import source
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer

assert (z1 > 0).all()
assert z2.item() == 0
assert loss(y_hat, y) == 1 / 4
network = [Layer(W1, b1), Layer(W2, b2)]
plots.network_graph(network, numpy_mlp.forward(network, x))

# %% [markdown]
# Both hidden units are on. They pass on `{python} f"{a1[0, 0]:g}"` and `{python} f"{a1[0, 1]:g}"`,
# the output unit's sum comes to `{python} f"{z2.item():g}"`, and the sigmoid makes
# `{python} f"{y_hat.item():g}"` of it. The network says "one half" where the truth is
# `{python} f"{y.item():g}"`, and its loss is `{python} f"{loss(y_hat, y):g}"`.
#
# ## Slopes multiply
#
# A weight does not touch the loss. It changes a sum, the sum changes an output, and the
# output changes the loss. Suppose that a small rise of $u$ raises $v$ three times as much, and that
# a small rise of $v$ raises $J$ twice as much. Then a small rise of $u$ raises $J$ six times as much.
# Along a path slopes multiply, and this is the **chain rule**:
#
# $$\frac{\partial J}{\partial u} = \frac{\partial J}{\partial v} \cdot \frac{\partial v}{\partial u}$$
#
# The curly $\partial$ says that everything else stays as it is while $u$ moves. In this network,
# for one row, there is a single path from each weight to the loss: follow the lines in the picture.
#
# ## Back through the output unit
#
# Walk from the loss down. The first thing below it is the output $\hat{y}$, and below that the
# output unit's sum $z_2$.
#
# !!! predict "Before you scroll"
#     The output is one half, and should be 0. If $z_2$ rises a little, does the loss rise or fall?
#
# - The loss is $(\hat{y} - y)^2$. Its slope along $\hat{y}$ is $2(\hat{y} - y)$.
# - The output is $\hat{y} = \sigma(z_2) = 1 / (1 + e^{-z_2})$. Its slope along $z_2$ is
#   $e^{-z_2} / (1 + e^{-z_2})^2$, which is one factor $\hat{y}$, and another factor $1 - \hat{y}$.
#
# Multiply them. The product is so useful that it has a name, the output unit's **delta**:
#
# $$\delta_2 = \frac{\partial J}{\partial z_2} = 2 (\hat{y} - y) \cdot \hat{y} (1 - \hat{y})$$

# %% tags=["remove-input"]
delta2 = 2 * (y_hat - y) * y_hat * (1 - y_hat)
dW2 = a1.T @ delta2
delta1 = (delta2 @ W2.T) * (z1 > 0)
dW1 = x.T @ delta1
assert delta2.item() == 1 / 4
assert delta2.item() > 0
assert delta1.tolist() == [[1 / 8, -3 / 8]]

# %% [markdown]
# With the numbers of our row that is
# $2 \cdot `{python} f"{(y_hat - y).item():g}"` \cdot `{python} f"{y_hat.item():g}"` \cdot
# `{python} f"{(1 - y_hat).item():g}"` = `{python} f"{delta2.item():g}"`$. It is positive: if the
# sum rises, the loss rises. The output is too high, so the sum has to come down.
#
# One step further down lie the output unit's weights and its bias. The sum is
# $z_2 = a_{1,1} w_1 + a_{1,2} w_2 + b_2$, so its slope along a weight is the value that this weight
# multiplies, and its slope along the bias is 1:
#
# $$\frac{\partial J}{\partial W_2} = a_1^\top \delta_2 \qquad
# \frac{\partial J}{\partial b_2} = \delta_2$$
#
# The mark $\top$ turns the row $a_1$, of shape `(1, 2)`, into a column, so that the slopes have the
# shape of $W_2$. They are `{python} f"{dW2[0, 0]:g}"` and `{python} f"{dW2[1, 0]:g}"`: the unit that
# spoke louder has the larger share of the blame.
#
# ## Back through the hidden units
#
# The sum $z_2$ hangs on the hidden units' outputs, too. Its slope along a unit's output is the
# weight with which the output unit listens to it. And a unit's output follows its sum with slope 1
# if the unit is on, and with slope 0 if it is off, as ReLU has it. So each hidden unit has a delta
# of its own:
#
# $$\delta_1 = \left(\delta_2 W_2^\top\right) \odot \mathbb{1}[z_1 > 0]$$
#
# Here $\odot$ multiplies entry by entry, and $\mathbb{1}[\cdot]$ is 1 where the condition holds and 0
# elsewhere. Both units are on, and their deltas are `{python} f"{delta1[0, 0]:g}"` and
# `{python} f"{delta1[0, 1]:g}"`. The second is negative, as its weight is: the more this unit says,
# the lower the output, and lower is where the output should go.
#
# A hidden unit's sum has the inputs for its values, so the rest you know already:
#
# $$\frac{\partial J}{\partial W_1} = x^\top \delta_1 \qquad
# \frac{\partial J}{\partial b_1} = \delta_1$$
#
# ## All nine, and a nudge for each
#
# Is it right? Ask the loss itself. Raise one number a little and look, lower it as
# much and look again. The difference of the two losses over the distance between the two places is
# the slope, and no chain rule was needed. Such a **nudge** is slow, and it is honest.

# %% tags=["remove-input"]
source(slopes)

# %% tags=["remove-input"]
inputs, ones = ["x₁", "x₂"], ["δ₁[0]", "δ₁[1]"]
formulas = {
    "W1": [[f"{name} · {delta}" for delta in ones] for name in inputs],
    "b1": [ones],
    "W2": [["a₁[0] · δ₂"], ["a₁[1] · δ₂"]],
    "b2": [["δ₂"]],
}
numbers = {
    "W1": [
        [f"{a:g} · ({d:g})" if d < 0 else f"{a:g} · {d:g}" for d in delta1[0]]
        for a in x[0]
    ],
    "b1": [[f"{d:g}" for d in delta1[0]]],
    "W2": [[f"{a:g} · {delta2.item():g}"] for a in a1[0]],
    "b2": [[f"{delta2.item():g}"]],
}
by_chain_rule = {"W1": dW1, "b1": delta1, "W2": dW2, "b2": delta2}
arrays = dict(zip(by_chain_rule, parameters, strict=True))
by_nudge = {
    name: slopes(lambda: loss(forward(parameters, x)[-1], y), array)
    for name, array in arrays.items()
}
gap = max(abs(by_nudge[name] - by_chain_rule[name]).max() for name in arrays)
assert gap < 1e-9
assert sum(array.size for array in arrays.values()) == 9
tables.Table(
    "Every slope of the network for the row (1, 1), by the chain rule and by a nudge.",
    ["", "value", "its slope is", "in numbers", "slope", "nudge"],
    [
        [
            f"{name}[{row}, {column}]",
            f"{array[row, column]:g}",
            formulas[name][row][column],
            numbers[name][row][column],
            f"{by_chain_rule[name][row, column]:.6f}",
            f"{by_nudge[name][row, column]:.6f}",
        ]
        for name, array in arrays.items()
        for row, column in np.ndindex(array.shape)
    ],
)

# %% [markdown]
# The last two columns agree, to within `{python} f"{gap:.0e}"`. Look at the rows of $W_1$ and of
# $b_1$: for this row both inputs are 1, and a bias behaves like a weight whose input is always 1. So
# they have the same slopes.
#
# The same network, alive: press *Next* until it says "backward", choose the row $(1, 1)$, and choose a
# unit to see its delta with the numbers in it. This figure learns from all four rows at once and
# takes the mean of their losses, so each row's deltas are a quarter of what the row alone would give.

# %% tags=["remove-input"]
playground.embed("unit", weights=network)

# %% [markdown]
# ## Write it yourself
#
# Now the row $(0, 1)$, for which XOR says 1. Here in the page you write into a cell and press *Check*;
# in the downloaded notebook you run the cell, and then the check below it. The check nudges every
# number, and compares.
#
# ### The output unit
#
# Replace each `...` with one line. The names `x`, `y`, `z1`, `a1`, `z2` and `y_hat` hold this row's numbers.

# %% tags=["exercise"]
x = np.array([[0.0, 1.0]])
y = np.array([[1.0]])
z1, a1, z2, y_hat = forward(parameters, x)

delta2 = ...  # the loss's slope times the sigmoid's, shape (1, 1)
dW2 = ...  # a slope for each weight of the output unit, shape (2, 1)
db2 = ...  # the slope of its bias, shape (1, 1)

# %% tags=["check"]
from xordocs.exercises import compare, slopes


def check():
    compare("x", x, np.array([[0.0, 1.0]]), "the row of this exercise")
    compare("y", y, np.array([[1.0]]), "its label")

    def loss_of_row():
        return loss(forward(parameters, x)[-1], y)

    compare(
        "delta2",
        delta2,
        slopes(lambda: loss(1 / (1 + np.exp(-z2)), y), z2),
        "a nudge of z2",
        [
            (
                "Is the sigmoid's slope missing, the factor ŷ(1 − ŷ)?",
                2 * (y_hat - y),
            ),
            (
                "Is the factor 2 missing, from the slope of the square?",
                (y_hat - y) * y_hat * (1 - y_hat),
            ),
        ],
    )
    compare(
        "dW2",
        dW2,
        slopes(loss_of_row, W2),
        "a nudge of the weight",
        [
            ("What comes in from below is a1, not z1.", z1.T @ delta2),
            ("Is what comes in from below missing, a1?", delta2),
        ],
    )
    compare(
        "db2",
        db2,
        slopes(loss_of_row, b2),
        "a nudge of the bias",
        [
            (
                "The bias has no gradient yet: its input is always 1.",
                0 * delta2,
            ),
        ],
    )
    print("All of the output unit's slopes agree with their nudges.")


check()

# %% [markdown] tags=["hint"]
# `delta2` is a product of four factors: 2, $\hat{y} - y$, $\hat{y}$ and $1 - \hat{y}$. All are
# numbers or arrays of shape `(1, 1)`, and `*` multiplies them.

# %% [markdown] tags=["hint"]
# `dW2` is a column `(2, 1)`. `a1` is a row `(1, 2)`, so `a1.T` is a column `(2, 1)`, and `@` with
# `delta2`, of shape `(1, 1)`, keeps it one.

# %% tags=["solution"]
x = np.array([[0.0, 1.0]])
y = np.array([[1.0]])
z1, a1, z2, y_hat = forward(parameters, x)

delta2 = 2 * (y_hat - y) * y_hat * (1 - y_hat)
dW2 = a1.T @ delta2
db2 = delta2

# %% tags=["remove-input"]
assert delta2.item() < 0

# %% [markdown]
# This time $\delta_2$ is negative: the output is too low, and a larger sum would lower the loss.
#
# ### The hidden units
#
# Hand the delta down. `delta2` is the one that you have computed, and one of the two units is off
# for this row: `z1` says which.

# %% tags=["exercise"]
delta1 = ...  # a delta for each hidden unit, shape (1, 2)
dW1 = ...  # a slope for each weight below them, shape (2, 2)
db1 = ...  # a slope for each of their biases, shape (1, 2)

# %% tags=["check"]
from xordocs.exercises import compare, slopes


def check():
    def loss_above(z1):
        return loss(1 / (1 + np.exp(-(np.maximum(0, z1) @ W2 + b2))), y)

    true_delta2 = slopes(lambda: loss(1 / (1 + np.exp(-z2)), y), z2)
    compare(
        "delta2, from the exercise above,", delta2, true_delta2, "a nudge of z2"
    )
    compare(
        "delta1",
        delta1,
        slopes(lambda: loss_above(z1), z1),
        "a nudge of z1",
        [
            (
                "Is ReLU's slope missing? A unit that is off gets no blame.",
                true_delta2 @ W2.T,
            ),
            (
                "Is the weight missing with which the output unit listens?",
                true_delta2 * (z1 > 0),
            ),
            (
                "ReLU's slope is 1 or 0, not what the unit passes on.",
                (true_delta2 @ W2.T) * a1,
            ),
            (
                "Is it turned round which unit is on?",
                (true_delta2 @ W2.T) * (z1 <= 0),
            ),
        ],
    )
    compare(
        "dW1",
        dW1,
        slopes(lambda: loss_above(x @ W1 + b1), W1),
        "a nudge of the weight",
        [
            ("Is what comes in from below missing, x?", delta1),
            ("What comes in from below is x, not a1.", a1.T @ delta1),
        ],
    )
    compare(
        "db1",
        db1,
        slopes(lambda: loss_above(x @ W1 + b1), b1),
        "a nudge of the bias",
        [
            (
                "The bias has no gradient yet: its input is always 1.",
                0 * delta1,
            ),
            (
                "The sum runs over the wrong axis, and mixes the two units.",
                delta1.sum(axis=1, keepdims=True),
            ),
            (
                "The sum runs over the wrong axis, and mixes the two units.",
                delta1.sum(axis=1),
            ),
        ],
    )
    print("All slopes of the hidden units agree with their nudges.")


check()

# %% [markdown] tags=["hint"]
# `delta2 @ W2.T` has shape `(1, 2)`: the output unit's delta, times the weight that leads to each
# hidden unit. What is still missing is the slope of ReLU.

# %% [markdown] tags=["hint"]
# `z1 > 0` is `True` where a unit is on, and counts as 1 in a product. For the weights, do as you did
# one layer above: what comes in from below, turned into a column, `@` the delta.

# %% tags=["solution"]
delta1 = (delta2 @ W2.T) * (z1 > 0)
dW1 = x.T @ delta1
db1 = delta1

# %% tags=["remove-input"]
assert (z1 > 0).tolist() == [[True, False]]
silent = sum(int((array == 0).sum()) for array in (dW1, db1, dW2, db2))
assert silent == 5
assert not dW1[:, 1].any()
assert not dW1[0].any()

# %% [markdown]
# Of the nine slopes `{python} silent` are zero for this row. The second unit is off, so no path runs
# through it: not to its own two weights and its bias, and not to the weight above it, which
# multiplies a zero. And the first input is 0, so the weights that multiply it have no part in
# this row either. Other rows will have other zeros.
#
# ### The update step
#
# A slope says which way is up. To lower the loss, move every number a little the other way. How
# far is the **learning rate** $\eta$:
#
# $$\theta \leftarrow \theta - \eta\, \frac{\partial J}{\partial \theta}$$
#
# That holds for each of the nine numbers $\theta$. Write it for the four arrays. Make new arrays, and
# leave the old ones as they are.


# %% tags=["exercise"]
def update(parameters, gradients, learning_rate):
    W1, b1, W2, b2 = parameters
    dW1, db1, dW2, db2 = gradients
    W1 = ...  # the old weights, and a step against their slope
    b1 = ...
    W2 = ...
    b2 = ...
    return W1, b1, W2, b2


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    names = ["W1", "b1", "W2", "b2"]
    rate = 0.25
    before = [array.copy() for array in parameters]
    gradients = (
        np.array([[0.5, -1.0], [2.0, 0.75]]),
        np.array([[1.5, -0.25]]),
        np.array([[-2.0], [1.25]]),
        np.array([[0.625]]),
    )
    after = call(
        "update",
        update,
        (tuple([array.copy() for array in before]), gradients, rate),
        "W1, b1, W2, b2",
    )
    for name, old, slope, new in zip(
        names, before, gradients, after, strict=True
    ):
        compare(
            name,
            new,
            old - rate * slope,
            "a step down the slope",
            [
                (f"{name} has not moved yet.", old),
                (
                    "The step goes up the slope: turn its sign.",
                    old + rate * slope,
                ),
                ("Is the learning rate missing?", old - slope),
                ("The learning rate multiplies the slope.", old - slope / rate),
                ("Is the old number missing?", -rate * slope),
                (
                    "These are the numbers of the transposed slope.",
                    old - rate * slope.T,
                ),
                (
                    "A sum runs over the wrong axis: each has its own.",
                    old - rate * slope.sum(axis=1, keepdims=True),
                ),
            ],
        )
    given = tuple([array.copy() for array in before])
    call("update", update, (given, gradients, rate), "W1, b1, W2, b2")
    for name, old, array in zip(names, before, given, strict=True):
        compare(
            f"given {name}",
            array,
            old,
            "before the step it",
            [
                (
                    "`-=` changes the array that was given: "
                    f"write {name} = {name} - …, which makes a new one.",
                    old - rate * gradients[names.index(name)],
                )
            ],
        )
    print("All four arrays take their step, and the old ones are as they were.")


check()

# %% [markdown] tags=["hint"]
# Each line has the form `W1 = W1 - …`. On the right stands a product of a number and an array of the
# same shape as `W1`.


# %% tags=["solution"]
def update(parameters, gradients, learning_rate):
    W1, b1, W2, b2 = parameters
    dW1, db1, dW2, db2 = gradients
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    return W1, b1, W2, b2


# %% [markdown]
# Take that step with your slopes, and look at the loss of the row before it and after it:

# %% tags=["live"]
stepped = update(parameters, (dW1, db1, dW2, db2), learning_rate=1.0)

print(f"before {loss(forward(parameters, x)[-1], y):.4f}")
print(f"after  {loss(forward(stepped, x)[-1], y):.4f}")

# %% tags=["remove-input"]
loss_before = loss(forward(parameters, x)[-1], y)
loss_after = loss(forward(stepped, x)[-1], y)
other_x, other_y = np.array([[1.0, 1.0]]), np.array([[0.0]])
other_before = loss(forward(parameters, other_x)[-1], other_y)
other_after = loss(forward(stepped, other_x)[-1], other_y)
assert loss_after < loss_before
assert other_after > other_before

# %% [markdown]
# One step lowers it from `{python} f"{loss_before:.4f}"` to `{python} f"{loss_after:.4f}"`. The row
# $(1, 1)$ has not been asked: its loss went from `{python} f"{other_before:.4f}"` to
# `{python} f"{other_after:.4f}"` by the same step. That is why a network learns from all rows
# together. Their slopes add up, each row pulls its own way, and
# [the next page](numpy-network.py#backward) does it for all four at once, by the same formulas.
#
# ## Exercises
#
# !!! exercise "A step too far"
#     Set the learning rate of the last cell to `10.0`, and look at the loss after the step. It is
#     smaller than ever. Why is this no proof of a good learning rate?

# %% tags=["remove-input"]
far = update(parameters, (dW1, db1, dW2, db2), learning_rate=10.0)
far_loss = loss(forward(far, x)[-1], y)
far_other = loss(forward(far, other_x)[-1], other_y)
assert far_loss < loss_after
assert far_other > 0.9
assert (forward(far, datasets.xor()[0])[-1] > 1 / 2).all()
Markdown(
    '??? answer "Answer"\n'
    f"    The row's own loss comes to {far_loss:.5f}, but that of (1, 1) to {far_other:.4f}: the "
    "network now says 1 to everything. A slope describes the loss nearby. After a long step you "
    "stand somewhere that it said nothing about."
)

# %% [markdown]
# !!! exercise "Count the paths"
#     Give the network a second hidden layer of two units between the first and the output. How many
#     paths lead from one weight of the first layer to the loss, and what does the chain rule do with
#     them?
#
# ??? answer "Answer"
#     Two: the weight's unit speaks to both units of the second layer, and both speak to the output.
#     Along each path the slopes multiply, and where paths meet their products add. The sum is
#     inside the matrix product: `delta @ W.T` adds up, for each unit below, what comes from every
#     unit above.
#
# ## In short
#
# A delta is the loss's slope along a unit's sum; it is handed down times the weight, times the slope
# of the bend. A weight's slope is what comes in from below times the delta above, and a bias's is the
# delta itself.
#
# ## Sources
#
# - D. Rumelhart, G. Hinton, R. Williams, "Learning internal representations by error
#   propagation", in *Parallel Distributed Processing*, vol. 1, ch. 8 (1986).
# - S. Linnainmaa, master's thesis, University of Helsinki (1970): derivatives accumulated backwards
#   through a computation. P. Werbos, *Beyond Regression*, PhD thesis, Harvard (1974).
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.5.
