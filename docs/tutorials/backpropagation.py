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
# picture: One row’s error on its way back
# ---

# %% [markdown]
# # Backpropagation, one row by hand
#
# A network has answered, and its answer is wrong: for the row $(1, 1)$ this one says $\hat{y} = 1/2$, and the label
# is 0. It has two inputs, two hidden units, one output unit, and nine numbers that may be to blame. Which of them
# should change, and which way? Touch one, and its path to the answer lights up. Drag it, and watch the loss.

# %% tags=["remove-input"]
import numpy as np
from IPython.display import Markdown
from xordocs import datasets, playground, plots, tables
from xordocs.exercises import slopes
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer

network = [
    Layer(np.array([[1.5, 2.0], [1.0, -1.5]]), np.array([[-0.5, 0.5]])),
    Layer(np.array([[0.5], [-1.5]]), np.array([[0.5]])),
]
playground.embed(
    "network", weights=network, run="path", at=(3, 3), alone=True
)

# %% [markdown]
# (A circle with a 1 in it stands for the input of a bias, which is always 1. The box *Gradient instead of weights*
# shows the slopes that this lesson finds.) You could **nudge** each number in turn, [as in the last
# lesson](forward-pass.py#teach-it-by-nudges): change it a little and see what the loss does. Or you could walk from
# the loss back to the inputs, once, and pick up the slope of every number on the way. That walk is
# **backpropagation**.
#
# **After this lesson you can** carry a loss back to each weight and bias of a small network with a
# pencil, write the same as six lines of NumPy, and confirm every slope by a nudge.
#
# **You need** the [forward pass](forward-pass.py) and the [chain rule](downhill.py#the-chain-rule).
#
# ## The network and its loss
#
# This is the network of the previous lesson, in code:

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
    return z1, a1, y_hat


def loss(y_hat, y):
    return ((y_hat - y) ** 2).mean()


# %% [markdown]
# Take the row $(1, 1)$ again. Its label is 0.

# %% tags=["live"]
x = np.array([[1.0, 1.0]])
y = np.array([[0.0]])

z1, a1, y_hat = forward(parameters, x)
print("z1", z1)
print("a1", a1)
print("y_hat", y_hat)
print("loss", loss(y_hat, y))

# %% tags=["remove-input"]
assert (z1 > 0).all()
assert (a1 @ W2 + b2).item() == 0
assert loss(y_hat, y) == 1 / 4
for layer, mine in zip(network, [Layer(W1, b1), Layer(W2, b2)], strict=True):
    assert all(map(np.array_equal, layer, mine))

# %% [markdown]
# The output is `{python} f"{y_hat.item():g}"`, but the label is `{python} f"{y.item():g}"`, so the loss
# is `{python} f"{loss(y_hat, y):g}"`.
#
# ## A path from each weight to the loss
#
# A weight does not act on the loss directly. It changes a sum, the sum changes an output, the output
# changes the next sum, and so on up to the loss. That is the path that lights up [in the
# figure](#backpropagation-one-row-by-hand) when you touch the weight's number.
#
# In this network there is a single path from each weight to the loss. (With more layers or more output units there
# are several, and what comes along them [adds up](deeper.py#the-way-back).) The chain rule says what to do
# with a path: along it, slopes multiply. For the first weight of the output unit, for instance,
#
# $$\frac{\partial J}{\partial W_2[0, 0]} = \frac{\partial J}{\partial \hat{y}} \cdot
# \frac{\partial \hat{y}}{\partial z_2} \cdot \frac{\partial z_2}{\partial W_2[0, 0]}$$
#
# On the right-hand side are three slopes, one for each short step. **All paths share their last steps.** So begin at
# the end, at the loss, compute what they share once, and use it for every weight.
#
# ## Back through the output unit
#
# !!! predict "Before you scroll"
#     The output is one half, but it should be 0. If $z_2$ rises a little, does the loss rise or fall?
#
# - The loss of one row is $J = (\hat{y} - y)^2$, the square of its **error** $\hat{y} - y$. Its slope with
#   respect to $\hat{y}$ is twice the error, $2(\hat{y} - y)$: when $\hat{y}$ alone changes a little, $J$
#   changes by that many times as much.
# - The output is $\hat{y} = \sigma(z_2) = 1 / (1 + e^{-z_2})$. Its slope with respect to $z_2$ is
#   $\hat{y} (1 - \hat{y})$, as [lesson 3](downhill.py#the-chain-rule) found in four steps.
#
# The product of the two is the slope of the loss with respect to the output unit's sum. Each unit has such a
# slope, called its **delta**. The output unit's delta is
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
# For this row it is
# $2 \cdot `{python} f"{(y_hat - y).item():g}"` = `{python} f"{2 * (y_hat - y).item():g}"`$, twice the error, times
# $`{python} f"{y_hat.item():g}"` \cdot `{python} f"{(1 - y_hat).item():g}"` =
# `{python} f"{(y_hat * (1 - y_hat)).item():g}"`$, the slope of the sigmoid. That makes
# `{python} f"{delta2.item():g}"`. It is positive: if the sum
# rises, so does the loss. The output is too high, and the sum has to come down.
#
# What changes this sum? First of all the output unit's own weights and its bias:
#
# $$z_2 = a_1[0] W_2[0, 0] + a_1[1] W_2[1, 0] + b_2$$
#
# Raise $W_2[0, 0]$ by a little, and $z_2$ rises $a_1[0]$ times as much. So the slope of the sum with respect
# to a weight is **what comes in on that weight's line**, and with respect to the bias it is 1. Multiply by
# $\delta_2$, and you have the slope of the loss. For the two weights that is
# $`{python} f"{a1[0, 0]:g}"` \cdot `{python} f"{delta2.item():g}"` = `{python} f"{dW2[0, 0]:g}"`$ and
# $`{python} f"{a1[0, 1]:g}"` \cdot `{python} f"{delta2.item():g}"` = `{python} f"{dW2[1, 0]:g}"`$: the weight that
# takes in the larger output has the larger slope. In one formula for both, and one for the bias:
#
# $$\frac{\partial J}{\partial W_2} = a_1^\top \delta_2 \qquad
# \frac{\partial J}{\partial b_2} = \delta_2$$
#
# The mark $\top$ turns the row $a_1$, of shape `(1, 2)`, into a
# column of shape `(2, 1)`. So each weight's slope stands where the weight stands in $W_2$. Such an array is the
# [gradient](downhill.py#many-weights-one-gradient) with respect to the weights.

# %% tags=["remove-input"]
plots.worked_backward(
    network,
    numpy_mlp.forward(network, x),
    [delta2],
    product=f"2 · {(y_hat - y).item():g} · {(y_hat * (1 - y_hat)).item():g}",
    caption="The first step back. On each orange line stands its weight's slope and beside it, in grey, what it is made of: "
    "what comes in, times the delta. Above the output unit stands the product that is its delta, and below it the slope of "
    "its bias. The pale lines are still to come.",
)

# %% [markdown]
# ## Back through the hidden units
#
# Go on towards the inputs. The path from the first hidden unit's sum $z_1[0]$ runs through its output
# $a_1[0]$ to $z_2$ and on to the loss. It has three parts:
#
# - The output is $\mathrm{ReLU}(z_1[0])$. Its slope is 1 if the unit is on, and 0 if it is off. At exactly 0 it
#   has a kink and no slope, and by custom one takes 0.
# - In $z_2$ this output is multiplied by $W_2[0, 0]$, so that weight is the slope of $z_2$ with respect to the
#   output.
# - From $z_2$ to the loss the slope is $\delta_2$, which you already have.
#
# The product of the three is the hidden unit's delta. Both units are on for this row, so
#
# $$\begin{aligned}
# \delta_1[0] &= \delta_2 \cdot W_2[0, 0] \cdot 1 \\
# \delta_1[1] &= \delta_2 \cdot W_2[1, 0] \cdot 1
# \end{aligned}$$
#
# That is
# $`{python} f"{delta2.item():g}"` \cdot `{python} f"{W2[0, 0]:g}"` = `{python} f"{delta1[0, 0]:g}"`$ and
# $`{python} f"{delta2.item():g}"` \cdot (`{python} f"{W2[1, 0]:g}"`) = `{python} f"{delta1[0, 1]:g}"`$.
# The second delta is negative because its weight is: if this unit's sum rises, the network's output
# falls, and with it the loss. Now compute both at once. The array $W_2$ is a column, and $W_2^\top$ holds the
# same numbers as a row, of shape `(1, 2)`. So $\delta_2$, of shape `(1, 1)`, times $W_2^\top$ has one
# number for each hidden unit:
#
# $$\delta_1 = \frac{\partial J}{\partial z_1} = \left(\delta_2 W_2^\top\right) \odot
# \mathbb{1}[z_1 > 0]$$
#
# Here $\odot$ multiplies entry by entry, and $\mathbb{1}[z_1 > 0]$ is 1 where a unit is on and 0 where it
# is off.
#
# The last part is as before. On a hidden unit's lines the inputs come in, and what comes in, times the
# delta, is the slope:
#
# $$\frac{\partial J}{\partial W_1} = x^\top \delta_1 \qquad
# \frac{\partial J}{\partial b_1} = \delta_1$$
#
# The column $x^\top$ has two inputs and the row $\delta_1$ two deltas. A column times a row: each sum has only one
# term, and each of the four is the slope of one weight:
#
# $$\begin{aligned}
# x^\top \delta_1 &= \begin{pmatrix} 1 \\ 1 \end{pmatrix} \begin{pmatrix} `{python} f"{delta1[0, 0]:g}"` &
# `{python} f"{delta1[0, 1]:g}"` \end{pmatrix} \\
# &= \begin{pmatrix} `{python} f"{dW1[0, 0]:g}"` & `{python} f"{dW1[0, 1]:g}"` \\
# `{python} f"{dW1[1, 0]:g}"` & `{python} f"{dW1[1, 1]:g}"` \end{pmatrix}
# \end{aligned}$$

# %% tags=["remove-input"]
plots.worked_backward(
    network,
    numpy_mlp.forward(network, x),
    [delta1, delta2],
    caption="The second step. On the right, the delta is multiplied by each line's weight and by ReLU's slope: that "
    "product, in grey, is the hidden unit's delta. On the left, each line has its weight's slope. Thick lines are large "
    "numbers, and dashed ones are negative.",
)

# %% [markdown]
# ## A nudge for each
#
# Is all this right? Ask the loss itself. Raise one number a little and note the loss, then lower it by as
# much and note the loss again. The difference of the two losses, divided by the distance between the two
# places, comes close to the slope, without any chain rule. Here is such a nudge of $W_1[0, 0]$. `copy` makes a second
# array, so that $W_1$ stays as it is, and `[-1]` takes the last of what `forward` returns, the output:


# %% tags=["live"]
x = np.array([[1.0, 1.0]])
y = np.array([[0.0]])


def loss_with(value):
    changed = W1.copy()
    changed[0, 0] = value
    return loss(forward((changed, b1, W2, b2), x)[-1], y)


h = 0.00001
rise = loss_with(1.5 + h) - loss_with(1.5 - h)
print(f"{rise / (2 * h):.6f}")

# %% tags=["remove-input"]
inputs, deltas = ["x₁", "x₂"], ["δ₁[0]", "δ₁[1]"]
formulas = {
    "W₁": [[f"{name} · {delta}" for delta in deltas] for name in inputs],
    "b₁": [deltas],
    "W₂": [["a₁[0] · δ₂"], ["a₁[1] · δ₂"]],
    "b₂": [["δ₂"]],
}
numbers = {
    "W₁": [
        [f"{a:g} · ({d:g})" if d < 0 else f"{a:g} · {d:g}" for d in delta1[0]]
        for a in x[0]
    ],
    "b₁": [[f"{d:g}" for d in delta1[0]]],
    "W₂": [[f"{a:g} · {delta2.item():g}"] for a in a1[0]],
    "b₂": [[f"{delta2.item():g}"]],
}
written = {
    "W₁": "W₁[{},\u00a0{}]",
    "b₁": "b₁[{1}]",
    "W₂": "W₂[{},\u00a0{}]",
    "b₂": "b₂",
}
by_chain_rule = {"W₁": dW1, "b₁": delta1, "W₂": dW2, "b₂": delta2}
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
    ["", "its slope is", "in numbers", "slope", "nudge"],
    [
        [
            written[name].format(row, column),
            formulas[name][row][column],
            numbers[name][row][column],
            f"{by_chain_rule[name][row, column]:.4f}",
            f"{by_nudge[name][row, column]:.4f}",
        ]
        for name, array in arrays.items()
        for row, column in np.ndindex(array.shape)
    ],
)

# %% [markdown]
# In the table, $x_1$ and $x_2$ are the two inputs. Its last two columns agree to within
# $`{python} tables.scientific(gap)`$. For this row both inputs are 1, so the weights of a hidden unit
# have the same slope as its bias, whose input is always 1. The row $(1, 0)$ shows better what the inputs
# do: on two of the lines a 0 comes in, and 0 times any delta is 0. However you change such a weight,
# nothing changes for this row.

# %% tags=["remove-input"]
other = np.array([[1.0, 0.0]])
other_z1, other_a1, other_y_hat = forward(parameters, other)
other_delta2 = 2 * (other_y_hat - 1) * other_y_hat * (1 - other_y_hat)
other_delta1 = (other_delta2 @ W2.T) * (other_z1 > 0)
other_dW1 = other.T @ other_delta1
nudged_dW1 = slopes(lambda: loss(forward(parameters, other)[-1], 1.0), W1)
assert abs(other_dW1 - nudged_dW1).max() < 1e-9
assert (other_dW1 == 0).tolist() == [[False, False], [True, True]]
tables.Table(
    "The weights of the hidden units for the row (1, 0), whose label is 1. Look at the zeros.",
    ["", "comes in", "delta", "slope"],
    [
        [
            written["W₁"].format(row, column),
            f"{other[0, row]:g}",
            f"{other_delta1[0, column]:.4f}",
            f"{other_dW1[row, column] + 0.0:.4f}",
        ]
        for row, column in np.ndindex(W1.shape)
    ],
)

# %% [markdown]
# In this figure you can see where each number comes from. It begins where the way back begins, at $\delta_2$, and
# *Next* leads back to the hidden units. Choose a unit or a weight to see the factors of its slope, and its path in
# the network. ReLU′, with a prime, is the slope of ReLU: 1 for a unit that is on, 0 for one that is off.

# %% tags=["remove-input"]
playground.embed(
    "network", "unit", weights=network, run="nine", at=(3, 3), alone=True
)

# %% [markdown]
# ## Write it yourself
#
# Now it is your turn, with the row $(0, 1)$, whose label is 1. Here in the page you write into a cell and
# press *Check*, which nudges every number and compares. In the downloaded notebook you run the cell, and
# then the check below it.
#
# ### The output unit
#
# Replace each `...` with one line. The names `x`, `y`, `z1`, `a1` and `y_hat` hold this row's
# numbers. In code a slope is named after its parameter, with a d in front: `dW2` is
# $\partial J / \partial W_2$.

# %% tags=["exercise"]
x = np.array([[0.0, 1.0]])
y = np.array([[1.0]])
z1, a1, y_hat = forward(parameters, x)

# the loss's slope,
# times the sigmoid's
delta2 = ...  # shape (1, 1)
# a slope for each weight
dW2 = ...  # shape (2, 1)
# the slope of its bias
db2 = ...  # shape (1, 1)

# %% tags=["check"]
from xordocs.exercises import compare, slopes


def check():
    compare("x", x, np.array([[0.0, 1.0]]), "the row of this exercise")
    compare("y", y, np.array([[1.0]]), "its label")

    def loss_of_row():
        return loss(forward(parameters, x)[-1], y)

    z2 = a1 @ W2 + b2

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
            ("What comes in is a1, not z1.", z1.T @ delta2),
            ("Is what comes in missing, a1?", delta2),
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
z1, a1, y_hat = forward(parameters, x)

delta2 = 2 * (y_hat - y) * y_hat * (1 - y_hat)
dW2 = a1.T @ delta2
db2 = delta2

# %% tags=["remove-input"]
assert delta2.item() < 0

# %% [markdown]
# This time $\delta_2$ is negative: the output is too low, so a larger sum would lower the loss.
#
# ### The hidden units
#
# Now hand back the `delta2` that you have computed. One of the two units is off for this row, and `z1`
# says which.

# %% tags=["exercise"]
# a delta for each hidden unit
delta1 = ...  # shape (1, 2)
# a slope for each of its weights
dW1 = ...  # shape (2, 2)
# a slope for each of the biases
db1 = ...  # shape (1, 2)

# %% tags=["check"]
from xordocs.exercises import compare, slopes


def check():
    def loss_above(z1):
        return loss(1 / (1 + np.exp(-(np.maximum(0, z1) @ W2 + b2))), y)

    z2 = a1 @ W2 + b2
    true_delta2 = slopes(lambda: loss(1 / (1 + np.exp(-z2)), y), z2)
    above = "delta2, from the exercise above,"
    compare(above, delta2, true_delta2, "a nudge of z2")
    compare(
        "delta1",
        delta1,
        slopes(lambda: loss_above(z1), z1),
        "a nudge of z1",
        [
            (
                "Is ReLU's slope missing? It is 0 where a unit is off.",
                true_delta2 @ W2.T,
            ),
            (
                "Is the weight missing on the way back, W2?",
                true_delta2 * (z1 > 0),
            ),
            (
                "ReLU's slope is 1 or 0, not what the unit passes on.",
                (true_delta2 @ W2.T) * a1,
            ),
            (
                "Is it the wrong way round? ReLU's slope is 1 where z1 > 0.",
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
            ("Is what comes in missing, x?", delta1),
            ("What comes in is x, not a1.", a1.T @ delta1),
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
# `z1 > 0` is `True` where a unit is on, and counts as 1 in a product. For the weights, do what you did
# for the output unit: what comes in, turned into a column, `@` the delta.

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
# Of the nine slopes, `{python} silent` are zero for this row. The second unit is off, so a small change
# of its own two weights or its bias changes nothing. Nor does the weight on its output, which multiplies
# a zero. The first input is 0, so the weights that multiply it change nothing either. To see this, choose
# the row 0 1 in the figure above. Other rows have other zeros.
#
# ### The update step
#
# A slope says which way is up. To lower the loss, move every number a little the other way, by the
# [learning rate](downhill.py#the-learning-rate) $\eta$ times its slope:
#
# $$\theta \leftarrow \theta - \eta\, \frac{\partial J}{\partial \theta}$$
#
# The letter $\theta$ stands for any of the nine numbers. Write the step for the four arrays: make new
# arrays, and leave the old ones as they are.


# %% tags=["exercise"]
def update(parameters, gradients, learning_rate):
    W1, b1, W2, b2 = parameters
    dW1, db1, dW2, db2 = gradients
    # the old weights, and a
    # step against their slope
    W1 = ...
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
                (
                    "The learning rate is a factor of the step.",
                    old - slope / rate,
                ),
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
    print("All four arrays take their step; the old ones are as they were.")


check()

# %% [markdown] tags=["hint"]
# Each line has the form `W1 = W1 - …`. In place of the dots goes the product of a number and an array of
# the same shape as `W1`.


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
# Take that step with your slopes, and compare the row's loss before and after:

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
# One step lowers the loss from `{python} f"{loss_before:.4f}"` to `{python} f"{loss_after:.4f}"`. But the
# same step takes the loss of the row $(1, 1)$ from `{python} f"{other_before:.4f}"` to
# `{python} f"{other_after:.4f}"`. A step that looks at one row alone can spoil another. So [the next
# lesson](numpy-network.py) looks at all four rows before each step, by the same formulas.
#
# ## Exercises
#
# !!! exercise "A step too far"
#     Set the learning rate of the last cell to `10.0`, and look at the row's loss after the step. It is
#     smaller than ever. Why is that no proof of a good learning rate?

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
    "outputs of all four rows are above one half now. A slope describes the loss nearby, and says nothing "
    "about where a long step ends."
)

# %% [markdown]
# !!! exercise "Count the paths"
#     Give the network a second hidden layer, with two units, between the first one and the output. How
#     many paths lead from one weight of the first layer to the loss, and what does the chain rule do with
#     them?
#
# ??? answer "Answer"
#     Two: the weight's unit leads to both units of the second layer, and both of these lead to the
#     output. Along each path the slopes multiply, and the products of the paths add up. The matrix
#     product does the adding: for each unit, `delta @ W.T` adds up what comes back from every unit of the
#     later layer. [Lesson 7](deeper.py) builds such a network.
#
# ## In short
#
# A delta is the slope of the loss with respect to a unit's sum. To hand it back, multiply it by the weight
# and by the slope of the bend. A weight's slope is what comes in times the delta, and a bias's slope is the
# delta itself.
#
# ## Sources
#
# - D. Rumelhart, G. Hinton, R. Williams, "Learning internal representations by error
#   propagation", in *Parallel Distributed Processing*, vol. 1, ch. 8 (1986).
# - S. Linnainmaa, master's thesis, University of Helsinki (1970): derivatives accumulated backwards
#   through a computation. P. Werbos, *Beyond Regression*, PhD thesis, Harvard (1974).
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.5.
