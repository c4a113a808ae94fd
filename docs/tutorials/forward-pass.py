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
# # Forward pass
#
# A network is a function: numbers go in at one end, and one number comes out at the other. In [lesson
# 2](by-hand.py) you chose the weights by hand, so that the network said what you wanted. From here on the
# weights are given, and the first question is what the network answers. Carrying a row from the inputs to
# the output is called the **forward pass**. By the end of the lesson the forward pass alone will be enough to teach a
# network XOR, slowly.
#
# Here a row stands at the inputs of a network with nine numbers. A pencil is enough to find out its answer.

# %% tags=["remove-input"]
import numpy as np
from xordocs import playground, plots, tables
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer

small = [
    Layer(np.array([[1.5, 2.0], [1.0, -1.5]]), np.array([[-0.5, 0.5]])),
    Layer(np.array([[0.5], [-1.5]]), np.array([[0.5]])),
]
row = np.array([[1.0, 1.0]])
passed = numpy_mlp.forward(small, row)
plots.worked_forward(
    small,
    passed,
    with_sums=False,
    caption="Each weight stands on its line, each bias below its unit. Negative weights are dashed "
    "and blue. The question marks are for you.",
)

# %% [markdown]
# **After this lesson you can** compute a network's answer with a pencil, write the same for any number
# of rows in four lines of NumPy, say which hidden units are on for a row, and train a network by nudges alone.
#
# **You need** [ReLU and the sigmoid](by-hand.py) and [gradient descent](downhill.py#gradient-descent).
#
# ## A network with nine numbers
#
# Two inputs, two hidden units and one output unit make six weights and three biases. These
# are easy to compute with, but they do not solve XOR:

# %% tags=["live"]
import numpy as np

W1 = np.array([[1.5, 2.0], [1.0, -1.5]])
b1 = np.array([[-0.5, 0.5]])
W2 = np.array([[0.5], [-1.5]])
b2 = np.array([[0.5]])

# %% [markdown]
# Each column of $W_1$ belongs to one hidden unit, and each row to one input. Rows and columns are counted
# from 0, as in the code. So $W_1[0, 1]$, in row 0 and column 1, is the weight that leads from the first
# input to the second hidden unit.
#
# ## One row, every sum
#
# Take the row $(1, 1)$.
#
# !!! predict "Before you scroll"
#     Take a pencil. What is the sum of each hidden unit? Is the unit on? What does the output unit's
#     sum come to, and what does the sigmoid turn it into?

# %% tags=["remove-input", "hide-output"]
for layer, mine in zip(small, [Layer(W1, b1), Layer(W2, b2)], strict=True):
    assert all(map(np.array_equal, layer, mine))
plots.worked_forward(
    small,
    passed,
    caption="Follow the lines into a unit: add up what they bring and the bias, and you have its sum.",
)

# %% [markdown]
# A hidden unit multiplies each input by the weight on its line, adds up the products, and adds its bias.
# That is its **sum**, $z_1$, elsewhere also called its *pre-activation*. [ReLU](by-hand.py) passes on a positive sum
# and turns any other into 0. What it passes on is the unit's **output**, $a_1$. The output unit adds up the hidden
# units' outputs in the same way to get its sum $z_2$, and the sigmoid turns $z_2$ into the network's output $\hat{y}$.

# %% tags=["remove-input", "hide-output"]
z1, z2 = passed.z
a1, y_hat = passed.a[1:]


def product(value, weight):
    return (
        f"{value:g} · ({weight:g})"
        if weight < 0
        else f"{value:g} · {weight:g}"
    )


def written(values, weights, bias):
    products = [product(*pair) for pair in zip(values, weights, strict=True)]
    text = " + ".join(products) + f" {'-' if bias < 0 else '+'} {abs(bias):g}"
    # a line is broken before a sign, if it must be
    for sign in "+-·":
        text = text.replace(f"{sign} ", f"{sign}\N{NO-BREAK SPACE}")
    return text.replace(" ·", "\N{NO-BREAK SPACE}·").replace("-", "−")


assert (z1 > 0).all()
assert z2.item() == 0
assert y_hat.item() == 1 / 2
tables.Table(
    "Every sum of the network for the row (1, 1).",
    ["unit", "its sum", "comes to", "it passes on"],
    [
        *(
            [
                f"{name} hidden unit",
                written(row[0], W1[:, unit], b1[0, unit]),
                f"{z1[0, unit]:g}",
                f"ReLU({z1[0, unit]:g}) = {a1[0, unit]:g}",
            ]
            for unit, name in enumerate(["first", "second"])
        ),
        [
            "output unit",
            written(a1[0], W2[:, 0], b2.item()),
            f"{z2.item():g}",
            f"σ({z2.item():g}) = {y_hat.item():g}",
        ],
    ],
)

# %% [markdown]
# <div class="xd-then" markdown>
#
# Both hidden units are on. The output is `{python} f"{y_hat.item():g}"`, exactly halfway between the two
# labels: on this row the network has no opinion yet.
#
# </div>
#
# In symbols, with the row $x$ of shape `(1, 2)`:
#
# $$z_1 = x W_1 + b_1 \qquad a_1 = \mathrm{ReLU}(z_1)$$
#
# $$z_2 = a_1 W_2 + b_2 \qquad \hat{y} = \sigma(z_2)$$
#
# The **matrix product** $x W_1$ is what you have done by hand: go along the row $x$ and down a column of $W_1$,
# multiply entry by entry, and add up. In code it is `@`:

# %% tags=["live"]
x = np.array([[1.0, 1.0]])
z1 = x @ W1 + b1
print(z1)

# %% [markdown]
# Now try the other rows. Choose a row and a hidden unit in this figure, and you see the unit's formula
# with the numbers filled in. The map shows the unit's output for every point of the square.
# *Next* takes you on to the output unit. The steps after that, the loss and the way back, belong to the
# next lesson.

# %% tags=["remove-input"]
playground.embed("unit", weights=small, at=(3, 0), alone=True)

# %% tags=["remove-input"]
zero = numpy_mlp.forward(small, np.zeros((1, 2)))
playground.ask(
    "What is the output unit's sum for the row (0, 0)?",
    zero.z[1].item(),
    "With both inputs at zero, every hidden sum is its unit's bias. The first unit is off and passes on 0, "
    f"the second passes on {zero.a[1][0, 1]:g}: "
    f"{written(zero.a[1][0], W2[:, 0], b2.item())} = {zero.z[1].item():g}.".replace(
        "-", "−"
    ),
    hints={
        (
            zero.z[0] @ W2 + b2
        ).item(): "A hidden unit with a negative sum passes on 0.",
        (zero.a[1] @ W2).item(): "Is the output unit's bias missing?",
        round(
            zero.a[2].item(), 2
        ): "That is the network's output. The sum comes before the sigmoid.",
        0.0: "When the inputs are 0, the biases are still there.",
    },
    tolerance=0.001,
)

# %% [markdown]
# ## All rows at once
#
# No row depends on another. So stack all four in one array and let the same product carry them on
# together. It does for each row of $x$ what it did for one:

# %% tags=["live"]
x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
z1 = x @ W1 + b1
print(z1)

# %% tags=["remove-input"]
tables.Table(
    "Shapes: for one row, for the four rows, and in words.",
    ["array", "one row", "four rows", "what it holds"],
    [
        [
            "x",
            "(1, 2)",
            "(4, 2)",
            "a row for each case, a column for each input",
        ],
        [
            "W₁",
            "(2, 2)",
            "(2, 2)",
            "a row for each input, a column for each hidden unit",
        ],
        ["b₁", "(1, 2)", "(1, 2)", "a bias for each hidden unit"],
        ["z₁, a₁", "(1, 2)", "(4, 2)", "a column for each hidden unit"],
        ["W₂", "(2, 1)", "(2, 1)", "a row for each hidden unit, one column"],
        ["b₂", "(1, 1)", "(1, 1)", "the output unit's bias"],
        ["z₂, ŷ", "(1, 1)", "(4, 1)", "one number for each case"],
    ],
)

# %% [markdown]
# For a product `A @ B`, `A` needs as many columns as `B` has rows, and this number disappears from the
# result: shapes `(4, 2)` and `(2, 1)` give `(4, 1)`. The parameters keep their shapes, however many rows
# come in.
#
# The sum `x @ W1 + b1` adds an array of shape `(1, 2)` to one of shape `(4, 2)`. NumPy adds the single
# row of `b1` to each of the four rows, which is what you want: every row gets the same biases. This is
# called **broadcasting**, and it is the reason why the biases are a row, of shape `(1, 2)`, and not a
# column, of shape `(2, 1)`.
#
# Where shapes do not fit, NumPy stops with an error. You will meet it often, so meet it once on purpose, with the
# two factors exchanged:

# %%
try:
    W1 @ x
except ValueError as error:
    for part in str(error).split(", "):
        print(part)

# %% [markdown]
# Read such a message from its end: `x` has four rows, `W1` has two columns, and the two numbers differ. (`try` and
# `except` are only here so that the page goes on.) Then print the `shape` of both factors, and ask which of them
# is not what you meant.
#
# ## Write it yourself
#
# You have seen the first line of the forward pass. Now write all four, as a function that takes the
# parameters and any number of rows. The check tries it on another network with three hidden units, and on
# five rows.


# %% tags=["exercise"]
def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = ...  # each unit's sum
    a1 = ...  # ReLU of the sums
    z2 = ...  # the output's sum
    y_hat = ...  # its sigmoid
    return z1, a1, y_hat


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    def sigmoid(z):
        return np.exp(z) / (1 + np.exp(z))

    rows = np.array(
        [[0.5, -1.0], [1.5, 0.25], [-0.75, 1.0], [1.0, 2.0], [0.0, 0.0]]
    )
    trial = (
        np.array([[1.5, 2.0, -1.0], [1.0, -1.5, 0.75]]),
        np.array([[-0.5, 0.5, 0.125]]),
        np.array([[0.5], [-1.5], [0.75]]),
        np.array([[0.25]]),
    )
    W1, b1, W2, b2 = trial
    given = call("forward", forward, (trial, rows), "z1, a1, y_hat")
    z1 = rows @ W1 + b1
    a1 = 0.5 * (z1 + abs(z1))
    z2 = a1 @ W2 + b2
    grown = np.exp(z2)
    y_hat = sigmoid(z2)
    truth = "the sum by hand"
    compare(
        "z1",
        given[0],
        z1,
        truth,
        [
            ("Is the bias b1 missing?", rows @ W1),
            ("The bias is added, not taken away.", rows @ W1 - b1),
            ("z1 comes before ReLU.", a1),
        ],
    )
    compare(
        "a1",
        given[1],
        a1,
        "ReLU",
        [
            ("Is ReLU missing?", z1),
            ("That is what ReLU leaves out: keep the rest.", z1 - a1),
            (
                "Where a unit is on, it passes on its sum, not a 1.",
                1.0 * (z1 > 0),
            ),
            ("A negative sum becomes zero, not positive.", abs(z1)),
        ],
    )
    compare(
        "y_hat",
        given[2],
        y_hat,
        "the sigmoid",
        [
            ("Is the sigmoid missing?", z2),
            ("Is the bias b2 missing?", sigmoid(a1 @ W2)),
            (
                "What comes into the output unit is a1, not z1.",
                sigmoid(z1 @ W2 + b2),
            ),
            ("The bias is added, not taken away.", sigmoid(a1 @ W2 - b2)),
            (
                "The sigmoid has a minus in its exponent: e to the −z.",
                1 - y_hat,
            ),
            ("Is the 1 missing below the line, 1 + e to the −z?", grown),
            (
                "The output unit's bend is the sigmoid, not ReLU.",
                np.maximum(0, z2),
            ),
        ],
    )
    print("All three arrays are right, on five rows that you have not seen.")


check()

# %% [markdown] tags=["hint"]
# `np.maximum(0, z1)` compares each entry with zero and keeps the larger of the two.

# %% [markdown] tags=["hint"]
# `z2` is computed like `z1`, with `a1` in the place of `x`. The sigmoid is
# $\sigma(z) = 1 / (1 + e^{-z})$, and `np.exp(-z2)` is $e^{-z_2}$.


# %% tags=["solution"]
def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    z2 = a1 @ W2 + b2
    y_hat = 1 / (1 + np.exp(-z2))
    return z1, a1, y_hat


# %% [markdown]
# Your function takes all four rows of XOR at once:

# %% tags=["live"]
z1, a1, y_hat = forward((W1, b1, W2, b2), x)
print("a1")
print(a1)
print("y_hat")
print(y_hat.round(3))

# %% tags=["remove-input"]
patterns = [tuple(on) for on in (z1 > 0).tolist()]
assert patterns == [(False, True), (True, False), (True, True), (True, True)]
right = ((y_hat > 0.5).ravel() == [False, True, True, False]).tolist()
assert right[:3] == [True, True, False]
assert y_hat[3].item() == 1 / 2
z2 = a1 @ W2 + b2
assert z2[1].item() == 0.5 * 1 + 0.25
assert z2[2].item() == -2.25 - 0.5
assert z2[3].item() == -2.25 + 2.75 - 0.5

# %% [markdown]
# A zero in $a_1$ is a unit that is off. For $(0, 0)$ the first unit is off, for $(0, 1)$ the second, and
# for the other two rows both are on. Which units are on matters, because as long as the same units are
# on, $z_2$ is one and the same weighted sum of the inputs. Around $(0, 1)$, where the second
# unit is off, put the first unit's sum into $z_2$:
#
# $$\begin{aligned}
# z_2 &= 0.5\,(1.5 x_1 + x_2 - 0.5) + 0.5 \\
# &= 0.75 x_1 + 0.5 x_2 + 0.25
# \end{aligned}$$
#
# Around $(1, 1)$ both units are on, and in the same way you get $-2.25 x_1 + 2.75 x_2 - 0.5$. So before
# its sigmoid one network is several linear models in one, each for its own piece of the plane. Such a piece is called a
# *linear region*, and the pieces meet at the [hinge lines](by-hand.py#the-plane-folded).
#
# ## Ten hidden units
#
# The course's own network is larger: ten hidden units, and random weights to begin with. Nothing changes
# but the shapes. A few words about the code: `RandomState(1)` draws random numbers, and they are the same
# in every run; the 1 is called their [seed](../glossary.md#seed). `randn(2, 10)` fills an array of shape
# `(2, 10)` with them. `(z1 > 0).sum(axis=1)` counts the units that are on: `axis=1` adds up along each
# row, and a `True` counts as 1. `.ravel()` puts the numbers of an array into one row, for printing.
#
# !!! predict "Before you scroll"
#     The weights are as often negative as positive, and the biases are zero. How many of the ten
#     units will be on for $(1, 1)$? And for $(0, 0)$?

# %% tags=["live", "hide-output"]
random = np.random.RandomState(1)
W1 = random.randn(2, 10)
b1 = np.zeros((1, 10))
W2 = random.randn(10, 1)
b2 = np.zeros((1, 1))

z1, a1, y_hat = forward((W1, b1, W2, b2), x)
print("units on", (z1 > 0).sum(axis=1))
print("outputs", y_hat.ravel().round(3))

# %% tags=["remove-input", "hide-output"]
ten = [Layer(W1, b1), Layer(W2, b2)]
on = (z1 > 0).sum(axis=1)
y = np.array([[0.0], [1.0], [1.0], [0.0]])
by_chance = int(((y_hat > 0.5) == (y > 0.5))[1:].sum())
assert on[0] == 0
assert 0 < on[3] < 10
assert y_hat[0].item() == 1 / 2
assert len({tuple(row) for row in (z1 > 0).tolist()}) == 4
plots.network_graph(
    ten,
    numpy_mlp.forward(ten, x[3:4]),
    caption="The row (1, 1). Thick lines are large weights, and dashed lines are negative ones. Each box "
    "holds what its unit passes on. Notice how many are grey: these units are off and pass on 0.",
)

# %% [markdown]
# <div class="xd-then" markdown>
#
# Of the ten units, `{python} on[3]` are on for $(1, 1)$. For $(0, 0)$ none is: every sum is its unit's
# bias, which is zero. So the output is $\sigma(0)$, one half, and that means neither 0 nor 1. Of the
# other three outputs, `{python} by_chance or "none"` `{python} "lies" if by_chance < 2 else "lie"` on the
# right side of one half, by chance.
#
# </div>
#
# This network has not learned anything yet. In [lesson 6](numpy-network.py) it will.
#
# ## Teach it by nudges
#
# Your `forward` is all you need to make a network learn, if you are patient. Take three hidden units, thirteen numbers
# in all. [Nudge each of them](downhill.py#a-slope-is-rise-over-run), see what the loss does, and step against the
# slope. Then do it again, two hundred times. (`copy` makes a second array, so that all numbers are nudged before any of
# them has taken its step.) This takes some seconds:

# %% name="nudged" tags=["live"]
y = np.array([[0.0], [1.0], [1.0], [0.0]])


def loss(parameters):
    y_hat = forward(parameters, x)[2]
    return ((y_hat - y) ** 2).mean()


random = np.random.RandomState(1)
parameters = [random.randn(2, 3), np.zeros((1, 3))]
parameters += [random.randn(3, 1), np.zeros((1, 1))]

nudge = 0.0001
for step in range(200):
    before = loss(parameters)
    stepped = []
    for array in parameters:
        new = array.copy()
        for row in range(array.shape[0]):
            for column in range(array.shape[1]):
                old = array[row, column]
                array[row, column] = old + nudge
                slope = (loss(parameters) - before) / nudge
                array[row, column] = old
                new[row, column] = old - 1.5 * slope
        stepped.append(new)
    parameters = stepped

print(f"loss {loss(parameters):.4f}")
print(forward(parameters, x)[2].round(2))

# %% tags=["remove-input"]
numbers = sum(array.size for array in parameters)
assert numbers == 13
outputs = forward(parameters, x)[2]
assert ((outputs > 0.5) == (y > 0.5)).all()

# %% [markdown]
# **It has learned XOR**, from nothing but forward passes. But each step took `{python} numbers + 1` of them, one more
# than the network has numbers. With a million numbers it would be a million and one, for a single step. The next
# lesson finds all slopes on one walk back.
#
# ## Exercises
#
# !!! exercise "Without the bend"
#     Leave ReLU out, so that the hidden units pass on their sums as they are. Write $z_2$ in terms of
#     $x$. What kind of model is left?
#
# ??? answer "Answer"
#     $$\begin{aligned}
#     z_2 &= (x W_1 + b_1) W_2 + b_2 \\
#     &= x (W_1 W_2) + (b_1 W_2 + b_2)
#     \end{aligned}$$
#
#     The product $W_1 W_2$ is one column of two weights, and the rest is one bias. So a linear model is
#     left, which [cannot do XOR](setting-the-scene.py). Without a bend, a hidden layer adds nothing that the network
#     could compute.
#
# !!! exercise "The wrong shape"
#     What happens to `x @ W1 + b1` if `b1` has shape `(4, 1)` instead? NumPy does not complain. But what
#     has it added to what?
#
# ??? answer "Answer"
#     Broadcasting now repeats a column: each *row* of the data gets a bias of its own, the same for all
#     hidden units. The shapes fit, as long as there are four rows, but the result is wrong. The same
#     happens to labels of shape `(4,)`: then `y_hat - y` has shape `(4, 4)`, each output minus each label,
#     and its mean square is a loss that falls, but not yours. So look at the shapes even when no error tells
#     you to.
#
# ## In short
#
# Sum, bend, sum, squash: `z1 = x @ W1 + b1`, `a1 = np.maximum(0, z1)`, `z2 = a1 @ W2 + b2`, and the
# sigmoid of `z2`. The rows of $x$ go through together, and the shapes of the parameters do not depend on
# how many there are.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.1: a forward pass for XOR, all
#   rows at once; §6.3: hidden units.
